"""Where backups lie: one folder for all backups of one vault, on a stick or another disk.

vault-backup-<8 digits of the vault's id>/
README.txt
backup.lock                            locked by the program that writes here
footage/ab/<32 digits>.age             sealed films of every backup here, by name, once each
2026-11-22T093000Z-<8 digits>/         one backup: the day and time it was made, and digits of its id
vault.db                           the records as they stood
manifest.txt                       what belongs to it
.new-<id>/                             a backup that is being made; of no use where it was cut off
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

from filelock import FileLock, Timeout

from vigtool.errors import BackupDamaged, NotABackup, UnfitPlace, VaultHeld
from vigtool.ids import Id
from vigtool.vault.backup_manifest import Manifest, parse_manifest
from vigtool.vault.folder import VaultFolder, create_private_file, make_private_folder, sync_folder
from vigtool.vault.signed_note import SignedNote
from vigtool.vault.storage import naming_disk_errors

README = """\
This folder holds backups of a vault of vigtool. Everything in it is sealed: without a passphrase of one of the vault's
users nobody can read it.

To get a vault back, choose "Get a vault back from a backup" on the first page of vigtool, or, in a terminal:
vigtool vault restore THIS-FOLDER --to NEW-FOLDER
Do not rename, move or delete single files in here. The folder as a whole may be copied.

The format is described in docs/formats.md of vigtool.
"""

_NAME = "vault-backup-"
_NEW, _OLD = ".new-", ".old-"
_GENERATION = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z-[0-9a-f]{8}")
_LARGEST = 1 << 27


@dataclass(frozen=True, slots=True)
class Generation:
    """One backup as it lies in its place.

    Attributes:
        folder: of this backup.
        manifest: what belongs to it; nothing of it is believed before `note` was checked.
    """

    folder: Path
    manifest: Manifest
    note: SignedNote = field(repr=False)

    @property
    def database(self) -> Path:
        """The records."""
        return self.folder / "vault.db"


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """The folder of all backups of one vault. Its sealed films lie as they do in the vault's own folder."""

    root: Path

    @property
    def films(self) -> VaultFolder:
        """Tells where a sealed film lies in it."""
        return VaultFolder(self.root)

    def building(self, backup: Id) -> Path:
        """Where a backup is while it is made."""
        return self.root / f"{_NEW}{backup}"

    def folder_of(self, manifest: Manifest) -> Path:
        """Where it is once it is whole."""
        return self.root / f"{manifest.made.astimezone(UTC):%Y-%m-%dT%H%M%SZ}-{manifest.backup[:8]}"

    def folders(self) -> list[Path]:
        """The folders of whole backups, the oldest first."""
        with naming_disk_errors():
            found = [path for path in self.root.iterdir() if _GENERATION.fullmatch(path.name)] if self.is_there else []
        return sorted(path for path in found if path.is_dir())

    @property
    def is_there(self) -> bool:
        """Whether there is such a folder."""
        return self.root.is_dir()

    def generations(self) -> list[Generation]:
        """The backups in it whose manifests can be read, the oldest first."""
        found = []
        for folder in self.folders():
            with suppress(BackupDamaged):
                found.append(generation_in(folder))
        return sorted(found, key=lambda each: each.manifest.made)  # names tell seconds, and two can share one

    def prepare(self) -> None:
        """Make the folder, where it is not there yet; inside `naming_disk_errors`."""
        make_private_folder(self.root)
        make_private_folder(self.films.footage)
        with suppress(FileExistsError):
            create_private_file(self.films.readme, README.encode())

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other programs from writing here; inside `naming_disk_errors`.

        Raises:
            VaultHeld: another program does.
        """
        lock = FileLock(self.root / "backup.lock", timeout=0, mode=0o600, thread_local=False, fallback_to_soft=False)
        try:
            lock.acquire()
        except Timeout:
            message = "another program is making a backup in this place"
            raise VaultHeld(message, "wait until it is done, then try again") from None
        except NotImplementedError:  # a network drive without locks: a person makes one backup at a time
            yield
            return
        try:
            yield
        finally:
            lock.release()

    def clear_leftovers(self) -> None:
        """Take away what was cut off: while the place is held, nobody else can be at it."""
        for path in list(self.root.iterdir()):
            if path.name.startswith((_NEW, _OLD)) and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
        for part in self._films("*.part"):
            part.unlink()

    def take_away(self, folder: Path) -> None:
        """Delete one backup, but for its films. It is no backup any more once its first file goes."""
        dying = folder.rename(folder.with_name(f"{_OLD}{folder.name}"))
        sync_folder(self.root)
        shutil.rmtree(dying)

    def drop_films(self, wanted: set[Id]) -> int:
        """Delete the sealed films that are not wanted by any backup here; how many went."""
        gone = 0
        for file in self._films("*.age"):
            if file.stem not in wanted:
                file.unlink()
                gone += 1
        return gone

    def _films(self, pattern: str) -> list[Path]:
        """Files among the films. A link is no folder of this place: nothing beyond it is touched."""
        root = self.films.footage
        folders = list(root.iterdir()) if root.is_dir() else []
        return [
            file for folder in folders if folder.is_dir() and not folder.is_symlink() for file in folder.glob(pattern)
        ]


def place_for(to: Path, vault: Id) -> BackupPlace:
    """Where the backups of a vault go when a person names a folder: into one of their own in it.

    A folder that is such a place already is that place.

    Raises:
        UnfitPlace: the folder is a place for another vault's backups.
    """
    to = to.absolute()
    own = f"{_NAME}{vault[:8]}"
    place = BackupPlace(to)
    if to.name == own:
        return place
    found = place.generations()
    if not found:
        return BackupPlace(to / own)
    if any(each.manifest.vault != vault for each in found):
        message = "this folder holds backups of another vault"
        raise UnfitPlace(message, "choose the folder above it, or another one")
    return place


def generation_in(folder: Path) -> Generation:
    """The backup that lies in a folder.

    Raises:
        BackupDamaged: its manifest is missing or unreadable. StorageFailed.
    """
    file = folder / "manifest.txt"
    with naming_disk_errors():
        raw = file.read_bytes() if file.is_file() and file.stat().st_size <= _LARGEST else b""
    manifest, note = parse_manifest(raw.decode("utf-8", "replace"))
    return Generation(folder, manifest, note)


def find(source: Path) -> tuple[BackupPlace, list[Generation]]:
    """The place a person means, and the backups in it, the oldest first; one alone where they named that one.

    Args:
        source: the folder of one backup, of all of them, or the one that holds it.

    Raises:
        NotABackup: there is none, or there are those of several vaults. BackupDamaged: none can be read. StorageFailed.
    """
    source = source.absolute()
    if _GENERATION.fullmatch(source.name) and source.is_dir():
        return BackupPlace(source.parent), [generation_in(source)]
    places = [BackupPlace(source), *_within(source)]
    places = [place for place in places if place.folders()]
    if not places:
        message = "there is no backup in that folder"
        raise NotABackup(message, "choose the folder whose name begins with vault-backup, or the one that holds it")
    if len(places) > 1:
        message = "that folder holds backups of several vaults"
        raise NotABackup(message, "choose one of the folders in it")
    found = places[0].generations()
    if not found:
        return places[0], [generation_in(places[0].folders()[-1])]
    return places[0], found


def _within(folder: Path) -> list[BackupPlace]:
    with naming_disk_errors():
        inside = sorted(folder.iterdir()) if folder.is_dir() else []
    return [BackupPlace(path) for path in inside if path.name.startswith(_NAME) and path.is_dir()]
