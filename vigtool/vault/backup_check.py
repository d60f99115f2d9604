"""Looking into a backup where it lies, without writing anything: whether a vault could be got back from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vigtool.errors import BackupDamaged, FilmMissing, NotAVault, SealBroken
from vigtool.errors import Cancelled as WasCancelled
from vigtool.ids import Id
from vigtool.vault.backup_films import KeptFile, kept_files
from vigtool.vault.backup_manifest import Manifest, Part
from vigtool.vault.backup_place import BackupPlace, Generation
from vigtool.vault.backup_trust import vouched
from vigtool.vault.footage import open_sealed
from vigtool.vault.keyslots import Key
from vigtool.vault.looking_into import looking_into
from vigtool.vault.moments import utc_now
from vigtool.vault.reading_back import Step, sha256_of
from vigtool.vault.shapes import Finding
from vigtool.vault.storage import Cancelled, Report, naming_disk_errors
from vigtool.vault.verify import Depth, verify_core

_HINT = "make another backup, reading every film again (vigtool vault backup --whole)"
_OTHER = "take another of the backups in the same place, or make a new one"


def check_generation(
    place: BackupPlace,
    generation: Generation,
    key: Key,
    user: Id | None,
    *,
    whole: bool,
    report: Report,
    cancelled: Cancelled,
) -> list[Finding]:
    """What of one backup is not as it was written.

    Args:
        place: where its films lie.
        generation: the backup.
        key: a passphrase or a recovery key of the vault as it was then.
        user: whose key it is, where that is known.
        whole: read every byte of every film, not its ends alone.
        report: told bytes done of about so many.
        cancelled: asked between pieces.

    Raises:
        BackupDamaged: the records do not open. WrongPassphrase, StorageFailed, Cancelled.
    """
    manifest = generation.manifest
    total = max(1, manifest.size if whole else manifest.records.size) + manifest.records.size
    done = 0

    def step(size: int) -> None:
        nonlocal done
        done += size
        report(min(done, total), total)

    with naming_disk_errors():
        if not generation.database.is_file():
            raise _records_broken()
        found = sha256_of(generation.database, step, cancelled)
        if found != (manifest.records.sha256, manifest.records.size):
            raise _records_broken()
        try:
            with looking_into(generation.database, place.films, key, utc_now, user) as core:
                if not vouched(core, generation):
                    message = "the manifest of this backup was not signed by a user of its vault"
                    raise BackupDamaged(message, _OTHER)
                findings = verify_core(core, lambda _done, _total: None, cancelled, films=Depth.NOTHING)
                with core.storage.reading() as connection:
                    kept = kept_files(core, connection)
                findings += _Films(place, manifest, step, cancelled, whole=whole).findings(kept)
        except NotAVault:
            raise _records_broken() from None
    report(total, total)
    return findings


class _Films:
    """The films of one backup."""

    def __init__(
        self, place: BackupPlace, manifest: Manifest, step: Step, cancelled: Cancelled, *, whole: bool
    ) -> None:
        self._place, self._manifest = place, manifest
        self._step, self._cancelled = step, cancelled
        self._whole = whole

    def findings(self, kept: list[KeptFile]) -> Iterator[Finding]:
        """What is wrong with the films that the records name; those that were so in the vault already are named too."""
        for each in kept:
            if self._cancelled():
                raise WasCancelled
            what = self._fault(each)
            if what:
                yield Finding(object=each.record or each.file, what=what, hint=_HINT)

    def _fault(self, kept: KeptFile) -> str:
        """A plain sentence, or nothing."""
        part, file = self._manifest.films.get(kept.file), self._place.films.footage_file(kept.file)
        if part is None:
            return "a film was gone from the vault already when this backup was made"
        if kept.file in self._manifest.damaged:
            return "a film was damaged in the vault already when this backup was made"
        if not file.is_file():
            return "a film is gone from this backup"
        if file.stat().st_size != part.size or not self._reads_well(file, kept, part):
            return "a film is not what was written to this backup"
        return ""

    def _reads_well(self, file: Path, kept: KeptFile, part: Part) -> bool:
        if self._whole:
            return sha256_of(file, self._step, self._cancelled)[0] == part.sha256
        if kept.sealed is None or kept.identity is None:
            return True
        try:
            open_sealed(file, kept.sealed, kept.identity).close()
        except (SealBroken, FilmMissing):
            return False
        return True


def _records_broken() -> BackupDamaged:
    message = "the records of this backup are not what was written"
    return BackupDamaged(message, _OTHER)
