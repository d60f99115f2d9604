"""Getting a vault back from a backup, and trying beforehand whether that would work."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from vigtool.casework.backup import Backup
from vigtool.casework.erasure import Erasure
from vigtool.errors import InvalidRecord, NoSuchRecord, VigtoolError
from vigtool.ids import Id
from vigtool.practice.erasing import reapply
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.vault import restoring
from vigtool.vault.backup_check import check_generation
from vigtool.vault.backup_place import Generation, find
from vigtool.vault.keyslots import Key
from vigtool.vault.log_ahead import entries_beyond
from vigtool.vault.moments import utc_now
from vigtool.vault.shapes import Finding
from vigtool.vault.tombstones import check_list, read_beside, take_over
from vigtool.vault.vault import Vault
from vigtool.vault.verify import Depth, verify


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationFacts:
    """One backup as its folder says, which anybody can read without a key.

    Attributes:
        folder: of this backup.
        backup: its id.
        vault: of which vault it is.
        size: bytes of all that belongs to it.
        films: how many sealed films belong to it.
    """

    folder: Path
    backup: Id
    vault: Id
    made: datetime
    keep_until: date
    size: int
    films: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedBackup:
    """What a trial restore found.

    Attributes:
        facts: which backup was tried.
        findings: what is not as it was written; nothing where all is well.
        films: how many sealed films were looked at.
        whole: whether every byte of them was read.
    """

    facts: GenerationFacts
    findings: tuple[Finding, ...]
    films: int
    whole: bool

    @property
    def good(self) -> bool:
        """Whether the vault could be got back from it."""
        return not self.findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A vault that was got back. It is closed.

    Attributes:
        folder: where it is.
        facts: the backup it came from.
        erased_again: what had been erased after the backup was made, and was erased again now.
        unbelieved: erasures after the backup that nobody stands for who might erase that, as far as the backup knows: a
            person has to decide.
        rolled_back: whether a later state of the vault is known: what was done since is not in this one.
        newer_entries: how many entries of the audit log are known that are not in it.
        lost: sealed films that are damaged or gone in the backup.
        findings: what else in the restored vault is not as it was written.
    """

    folder: Path
    facts: GenerationFacts
    erased_again: tuple[Erasure, ...] = ()
    unbelieved: tuple[Erasure, ...] = ()
    rolled_back: bool = False
    newer_entries: int = 0
    lost: tuple[Id, ...] = ()
    findings: tuple[Finding, ...] = ()


def generations(source: Path) -> list[GenerationFacts]:
    """The backups in a folder, the newest first.

    Args:
        source: the folder of one backup, of all backups of a vault, or the one that holds it.

    Raises:
        NotABackup, BackupDamaged, StorageFailed.
    """
    return [_facts(each) for each in reversed(find(source)[1])]


def check_backup(
    folder: Path,
    key: Key,
    *,
    vault: Vault | None = None,
    whole: bool = False,
    user: Id | None = None,
    report: Report = silent,
    cancelled: Cancelled = never,
) -> TriedBackup:
    """A trial restore, without writing anything: the newest backup in a folder is opened with the key, and looked into.

    Every record is opened, its signature and the audit log are checked, of every film the beginning and the end are
    opened; where it is to be `whole`, every byte of every film is read and compared.

    Args:
        folder: the folder of one backup, or of all; in this case the newest is tried.
        key: a passphrase or a recovery key.
        vault: whose backup it is, if it is open; a trial that went well is entered there.
        whole: read every byte of every film.
        user: whose key it is, where that is known.
        report: told bytes done of about so many.
        cancelled: asked between pieces.

    Raises:
        NotABackup, WrongPassphrase, StorageFailed, Cancelled. BackupDamaged: it does not open at all.
    """
    place, found = find(folder)
    generation = found[-1]
    findings = check_generation(place, generation, key, user, whole=whole, report=report, cancelled=cancelled)
    tried = TriedBackup(
        facts=_facts(generation), findings=tuple(findings), films=len(generation.manifest.films), whole=whole
    )
    if vault is not None and generation.manifest.vault == vault.vault_id:
        _enter_trial(vault, tried)
    return tried


def restore(
    source: Path,
    to: Path,
    key: Key,
    *,
    instead_of: Path | None = None,
    despite_damage: bool = False,
    user: Id | None = None,
    report: Report = silent,
    cancelled: Cancelled = never,
) -> Restored:
    """Get a vault back into a new folder, all of it or nothing. No vault is ever written over.

    What was erased after the backup was made, as far as the backups in the same place, or the vault that is replaced,
    know of it, is erased again before anybody can open the folder.

    Args:
        source: the folder of one backup, or of all; in this case the newest is taken.
        to: an empty folder, or one that is not there yet.
        key: a passphrase or a recovery key of the vault as it was then.
        instead_of: the folder of the vault that is to be replaced, where it is still there; it is only looked at.
        despite_damage: bring everything else back where a film of the backup is damaged or gone.
        user: whose key it is, where that is known.
        report: told bytes done of about so many.
        cancelled: asked between pieces.

    Raises:
        NotABackup, VaultExists, WrongPassphrase, StorageFailed, Cancelled.
        BackupDamaged: naming the object. Nothing is left then.
    """
    place, found = find(source)
    generation = found[-1]
    others = place.generations()

    def then(vault: Vault, lost: tuple[Id, ...]) -> Restored:
        newer = entries_beyond(vault, others, instead_of)
        told = {"lost": len(lost), "newer": newer}
        with vault.transaction("restore", [generation.manifest.backup], told) as writer:
            for stored in vault.all(Backup):
                if stored.id == generation.manifest.backup and not stored.value.whole:
                    writer.change(stored, replace(as_made(stored.value, generation), checked=datetime.now(UTC)))
        erased, unbelieved = _erase_again(vault, others, (place.root, instead_of), report)
        findings = verify(vault, silent, cancelled, films=Depth.ENDS)
        return Restored(
            folder=to,
            facts=_facts(generation),
            erased_again=erased,
            unbelieved=unbelieved,
            rolled_back=newer > 0,
            newer_entries=newer,
            lost=lost,
            findings=tuple(findings),
        )

    wanted = restoring.Wanted(
        generation=generation, place=place, to=to, key=key, user=user, despite_damage=despite_damage
    )
    return restoring.restore_vault(wanted, then, utc_now, report, cancelled)


def _erase_again(
    vault: Vault, others: list[Generation], folders: tuple[Path | None, ...], report: Report
) -> tuple[tuple[Erasure, ...], tuple[Erasure, ...]]:
    """Erase what had been erased since; and what else is said to be erased, on the word of nobody who might do it."""
    lists = [each.manifest.erasures for each in others if each.manifest.vault == vault.vault_id]
    for folder in folders:
        with suppress(VigtoolError):
            lists.append((folder and read_beside(folder)) or b"")
    believed: dict[Id, Erasure] = {}
    doubted: dict[Id, Erasure] = {}
    for data in filter(None, lists):
        with suppress(InvalidRecord):
            found = check_list(data, vault)
            take_over(vault.core, found)
            believed.update({each.id: each for each in found.believed})
            doubted.update({each.id: each for each in found.doubted})
    again = reapply(vault, believed.values(), report=report) if believed else ()
    return again, tuple(each for id_, each in doubted.items() if id_ not in believed)


def as_made(backup: Backup, generation: Generation, damaged: tuple[Id, ...] = ()) -> Backup:
    """The record of a backup, which is entered while it is being made, once it is whole; `damaged` names its films."""
    manifest = generation.manifest
    return replace(
        backup,
        size=manifest.size,
        films=len(manifest.films),
        checkpoint="\n".join(manifest.checkpoints),
        whole=True,
        missing=manifest.missing,
        damaged=damaged,
    )


def _enter_trial(vault: Vault, tried: TriedBackup) -> None:
    """Write down that it was tried, and when it went well."""
    told = {"findings": len(tried.findings), "films": tried.films, "whole": int(tried.whole)}
    with vault.transaction("backup check", [tried.facts.backup], dict(told)) as writer, suppress(NoSuchRecord):
        stored = vault.get(Backup, tried.facts.backup)
        if tried.good:
            writer.change(stored, replace(stored.value, checked=datetime.now(UTC)))


def _facts(generation: Generation) -> GenerationFacts:
    manifest = generation.manifest
    return GenerationFacts(
        folder=generation.folder,
        backup=manifest.backup,
        vault=manifest.vault,
        made=manifest.made,
        keep_until=manifest.keep_until,
        size=manifest.size,
        films=len(manifest.films),
    )
