"""From a backup to a vault: into a new folder, never over a vault; all of it, compared byte for byte, or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pysqlite3.dbapi2 as sqlite

from vigtool.errors import BackupDamaged, BackupFilmDamaged, VaultDamaged
from vigtool.ids import Id
from vigtool.vault.backing_up import require_room
from vigtool.vault.backup_place import BackupPlace, Generation
from vigtool.vault.backup_trust import vouched
from vigtool.vault.core import Clock
from vigtool.vault.creation import clear_leftover, move_in, new_parents, place_to_build, refuse_taken
from vigtool.vault.folder import (
    README,
    VaultFolder,
    create_private_file,
    make_private_folder,
    refuse_network,
    sync_folder,
)
from vigtool.vault.keyslots import Key
from vigtool.vault.looking_into import looking_into
from vigtool.vault.reading_back import Step, copy_file
from vigtool.vault.sqlite_engine import SqliteEngine
from vigtool.vault.storage import Cancelled, Report, naming_disk_errors
from vigtool.vault.vault import Vault

T = TypeVar("T")

_HINT = "take another of the backups in the same place, or one from another disk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be restored.

    Attributes:
        generation: which backup.
        place: where its films lie.
        to: a folder that is empty, or not there.
        key: a passphrase or a recovery key of the vault as it was then.
        user: whose key it is, where that is known.
        despite_damage: bring everything else back where a film of the backup is damaged or gone.
    """

    generation: Generation
    place: BackupPlace
    to: Path
    key: Key
    user: Id | None = None
    despite_damage: bool = False


def restore_vault(
    wanted: Wanted, then: Callable[[Vault, tuple[Id, ...]], T], clock: Clock, report: Report, cancelled: Cancelled
) -> T:
    """Copy a backup into a new folder, open it there, let `then` do with it what has to be done, and close it.

    Args:
        wanted: what, and where to.
        then: is given the open vault and the sealed files that are damaged or gone; only after it has come to its
            end does the folder get its name. What it raises takes everything away again.
        clock: the time now.
        report: told bytes done of about so many.
        cancelled: asked between pieces.

    Raises:
        VaultExists: there is something in that folder. WrongPassphrase: before any film is copied.
        BackupFilmDamaged: naming the film that is not what was written. BackupDamaged: the records are not.
        StorageFailed, VaultNewer, Cancelled. Nothing is left then.
    """
    folder = Path(os.path.abspath(wanted.to))  # noqa: PTH100 - resolve() would follow a link that leads to the place
    with naming_disk_errors(), new_parents(folder.parent):
        refuse_network(folder.parent)
        refuse_taken(folder)
        building = place_to_build(folder)
        clear_leftover(building, clock)
        try:
            building.mkdir(mode=0o700)
            result = _build(wanted, VaultFolder(building), then, clock, report, cancelled)
            move_in(building, folder)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
    return result


def _build(
    wanted: Wanted,
    inside: VaultFolder,
    then: Callable[[Vault, tuple[Id, ...]], T],
    clock: Clock,
    report: Report,
    cancelled: Cancelled,
) -> T:
    manifest = wanted.generation.manifest
    require_room(inside.root, manifest.size)
    done, total = 0, max(1, 2 * manifest.size)

    def step(size: int) -> None:
        nonlocal done
        done += size
        report(min(done, total), total)

    _bring_records(wanted, inside, clock, step, cancelled)
    lost = _bring_films(wanted, inside, step, cancelled)
    create_private_file(inside.readme, README.encode("utf-8"))
    with Vault.open(inside.root, wanted.key, wanted.user, clock=clock, records=_in_file) as vault:
        result = then(vault, lost)
    report(total, total)
    return result


def _in_file(inside: VaultFolder) -> SqliteEngine:
    """Restored records lie in the folder, wherever they were when the backup was made."""
    return SqliteEngine(inside.database)


def _bring_records(wanted: Wanted, inside: VaultFolder, clock: Clock, step: Step, cancelled: Cancelled) -> None:
    """The records, and whether they and the manifest belong together."""
    manifest, source = wanted.generation.manifest, wanted.generation.database
    found = copy_file(source, inside.database, step, cancelled) if source.is_file() else None
    if found != (manifest.records.sha256, manifest.records.size):
        message = "the records of this backup are not what was written"
        raise BackupDamaged(message, _HINT)
    with looking_into(inside.database, wanted.place.films, wanted.key, clock, wanted.user) as core:
        if not vouched(core, wanted.generation):
            message = "the manifest of this backup was not signed by a user of its vault"
            raise BackupDamaged(message, _HINT)
    _forget_devices(inside.database)


def _forget_devices(database: Path) -> None:
    """Let the copy take a name of its own when it is opened, also where its file gets the number of the lost one."""
    copy = sqlite.connect(os.fspath(database), isolation_level=None)
    try:
        copy.execute("UPDATE device SET inode = -1")
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite.Error:
        message = "the records of this backup are not what was written"
        raise VaultDamaged(message, _HINT) from None
    finally:
        copy.close()


def _bring_films(wanted: Wanted, inside: VaultFolder, step: Step, cancelled: Cancelled) -> tuple[Id, ...]:
    """Every film of the backup; those that could not be had, or are not what was written."""
    manifest = wanted.generation.manifest
    lost = set(manifest.missing) | set(manifest.damaged)
    make_private_folder(inside.footage)
    for file, part in sorted(manifest.films.items()):
        source, target = wanted.place.films.footage_file(file), inside.footage_file(file)
        make_private_folder(target.parent)
        found = copy_file(source, target, step, cancelled) if source.is_file() else None
        if found == (part.sha256, part.size):
            continue
        if not wanted.despite_damage:
            message = f"the sealed file {file} of this backup is {'not what was written' if found else 'gone'}"
            raise BackupFilmDamaged(message, f"{_HINT}; or restore everything but what is damaged")
        lost.add(file)
    for folder in inside.footage.iterdir():
        sync_folder(folder)
    return tuple(sorted(lost))
