"""Making a backup of a vault that is open and may be written to meanwhile.

Films come first, since they take long; then the records, which name the films that belong to them; then whatever film
came in between. All of it is read back before the backup gets its name, which is the last step: cut off anywhere
before, it is no backup, and the ones before it are as they were.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from vigtool.errors import StorageFailed
from vigtool.ids import Id
from vigtool.vault.backup_films import Brought, FilmCopier, KeptFile, kept_files
from vigtool.vault.backup_manifest import Manifest, Part
from vigtool.vault.backup_place import BackupPlace, Generation, generation_in
from vigtool.vault.backup_records import check_records, checkpoints_of, copied, copy_records
from vigtool.vault.backup_trust import vouched
from vigtool.vault.folder import create_private_file, sync_folder
from vigtool.vault.storage import Cancelled, Report, naming_disk_errors
from vigtool.vault.vault import Vault

_MARGIN = 1.01
_SPARE = 16 << 20
_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What backup is wanted.

    Attributes:
        backup: its id, under which the vault has written down that it is coming.
        keep_until: the last day on which it is to be kept.
        whole: read every film that lies in the place already again.
        erasures: the signed list of what was erased from the vault; may be empty.
    """

    backup: Id
    made: datetime
    keep_until: date
    whole: bool = False
    erasures: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that lies in its place, whole and read back.

    Attributes:
        copied: how many films were not there before.
        damaged: records and films that were not whole in the vault already.
    """

    generation: Generation
    copied: int
    damaged: tuple[Id, ...]


class _Progress:
    """Bytes done of about so many in all."""

    def __init__(self, total: int, report: Report) -> None:
        self._total, self._report = max(1, total), report
        self._done = 0

    def step(self, size: int) -> None:
        self._done += size
        self._report(min(self._done, self._total), self._total)

    def end(self) -> None:
        self._report(self._total, self._total)


def make_backup(vault: Vault, place: BackupPlace, wish: Wish, report: Report, cancelled: Cancelled) -> Made:
    """Make one backup. Not to be called inside a transaction; other threads may use the vault meanwhile.

    Args:
        vault: open.
        place: where to; its folder is made where it is not there.
        wish: which.
        report: told bytes done of about so many in all.
        cancelled: asked between pieces.

    Raises:
        VaultHeld: another program makes a backup there. StorageFailed: no room, unplugged, or the disk gave back
            something else. BackupDamaged: naming what did not come out right. Cancelled. Nothing of it is left then.
    """
    with naming_disk_errors():
        place.prepare()
        with place.held():
            place.clear_leftovers()
            building = place.building(wish.backup)
            building.mkdir(mode=0o700)
            try:
                return _make(vault, place, building, wish, report, cancelled)
            except BaseException:
                with suppress(OSError):
                    shutil.rmtree(building)
                raise


def _make(vault: Vault, place: BackupPlace, building: Path, wish: Wish, report: Report, cancelled: Cancelled) -> Made:
    kept, records = _kept_now(vault), _records_size(vault)
    copier = FilmCopier(
        source=vault.core.folder.footage_file,
        place=place,
        known=_known(vault, place),
        whole=wish.whole,
        step=lambda _: None,
        cancelled=cancelled,
    )
    lacking = sum(each.size for each in copier.lacking(kept))
    require_room(place.root, lacking + records)
    progress = _Progress(3 * lacking + 2 * records, report)
    copier.step = progress.step
    copier.bring(kept)
    part, damaged = _bring_records(vault, building, copier, progress, cancelled)
    films = copier.brought
    with copied(vault, building / "vault.db") as core:
        manifest = Manifest(
            vault=vault.vault_id,
            backup=wish.backup,
            made=wish.made,
            keep_until=wish.keep_until,
            records=part,
            films=films.parts,
            damaged=tuple(films.damaged),
            missing=tuple(films.missing),
            checkpoints=checkpoints_of(core, vault.user_id),
            erasures=wish.erasures,
        )
    generation = _name(vault, place, building, manifest)
    progress.end()
    return Made(generation, films.copied, (*damaged, *sorted(films.damaged)))


def _bring_records(
    vault: Vault, building: Path, copier: FilmCopier, progress: _Progress, cancelled: Cancelled
) -> tuple[Part, list[Id]]:
    """Copy the records, and then the films that they name and that came meanwhile.

    A film that they name and that has gone from the vault meanwhile, erased or sealed anew, asks for newer records.
    """
    file = building / "vault.db"
    tries = 0
    while True:
        tries += 1
        file.unlink(missing_ok=True)
        part = copy_records(vault, file, _as_bytes(progress, _records_size(vault)), cancelled)
        with copied(vault, file) as core:
            damaged = check_records(vault, core, cancelled)
            with core.storage.reading() as connection:
                kept = kept_files(core, connection)
        copier.bring(kept)
        _only(copier.brought, kept)
        if tries == _TRIES or copier.brought.missing <= {each.file for each in _kept_now(vault)}:
            return part, damaged


def _only(brought: Brought, kept: Iterable[KeptFile]) -> None:
    """Leave out what the records do not name any more."""
    named = {each.file for each in kept}
    brought.parts = {file: part for file, part in brought.parts.items() if file in named}
    brought.damaged &= named
    brought.missing &= named


def _name(vault: Vault, place: BackupPlace, building: Path, manifest: Manifest) -> Generation:
    """Write the manifest, read it back, and give the whole its name."""
    text = manifest.signed(vault.user_id, vault.core.keyring.signer)
    create_private_file(building / "manifest.txt", text.encode())
    if generation_in(building).manifest != manifest:
        message = "the disk gave back something else than was written"
        raise StorageFailed(message, "this disk should not be trusted: take another")
    sync_folder(building)
    final = place.folder_of(manifest)
    building.rename(final)
    sync_folder(place.root)
    return generation_in(final)


def _known(vault: Vault, place: BackupPlace) -> dict[Id, Part]:
    """Films that an earlier backup of this vault, signed by one of its users, vouches for; the newest has the word."""
    known: dict[Id, Part] = {}
    for generation in place.generations():
        if vouched(vault.core, generation):
            manifest = generation.manifest
            known |= {file: part for file, part in manifest.films.items() if file not in manifest.damaged}
    return known


def _kept_now(vault: Vault) -> list[KeptFile]:
    with vault.core.storage.reading() as connection:
        return kept_files(vault.core, connection)


def _records_size(vault: Vault) -> int:
    """About how many bytes the copy of the records will have."""
    return vault.core.storage.size()


def _as_bytes(progress: _Progress, size: int) -> Callable[[int, int], None]:
    told = 0

    def so_far(done: int, total: int) -> None:
        nonlocal told
        now = size * done // max(1, total)
        progress.step(max(0, now - told))
        told = max(told, now)

    return so_far


def require_room(folder: Path, size: int) -> None:
    """Make sure that there is room for so many bytes.

    Raises:
        StorageFailed: there is not. OSError.
    """
    free, needed = shutil.disk_usage(folder).free, int(size * _MARGIN) + _SPARE
    if free < needed:
        message = f"this needs {needed >> 20} MB of room on the disk it goes to, and {free >> 20} are free"
        raise StorageFailed(message, "make room there, or choose another disk; nothing was changed")
