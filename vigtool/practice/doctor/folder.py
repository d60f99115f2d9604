"""Whether a folder is a good place for a vault: its own disk, room on it, and no service that copies it elsewhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from vigtool.errors import StorageFailed
from vigtool.practice.doctor.finding import Finding, in_order, look_at, not_in_order, unknown
from vigtool.practice.doctor.machine import Machine, nearest
from vigtool.vault.folder import refuse_network

_GB: Final = 10**9
_LITTLE, _SCARCE = 20 * _GB, 2 * _GB
_ONEDRIVE: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
# Files that a service leaves at the top of the folder that it copies.
_MARKS: Final = (
    ("Dropbox", (".dropbox", ".dropbox.cache")),
    ("Nextcloud or ownCloud", (".nextcloudsync.log", ".owncloudsync.log", ".sync_*.db", "._sync_*.db")),
    ("Syncthing", (".stfolder",)),
    ("Google Drive", (".tmp.drivedownload", ".tmp.driveupload")),
    ("Resilio Sync", (".sync/ID",)),
)
_NAMES: Final = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud drive",
    "nextcloud",
    "owncloud",
    "pcloud",
)
_MOVE: Final = "move the vault to a folder that is only on this computer, and make copies of it yourself"


def cloud(machine: Machine, folder: Path) -> Finding:
    """Whether a service copies the folder to somebody else's computers."""
    place = nearest(folder)
    found = next(_services(machine, place), None)
    if found is not None:
        return not_in_order(
            "copying service",
            f"{found} copies this folder: it can damage the records, and what you erase stays with it",
            _MOVE,
        )
    if any(part.lower().startswith(_NAMES) for part in place.parts):
        return look_at(
            "copying service",
            "by its name this folder belongs to a service that copies it elsewhere",
            f"if it does, {_MOVE}",
        )
    return in_order("copying service", "no service is known to copy this folder elsewhere")


def network(machine: Machine, folder: Path) -> Finding:
    """Whether the folder lies on another computer."""
    try:
        refuse_network(nearest(folder))
    except StorageFailed as refused:
        return not_in_order("network drive", refused.message, refused.hint)
    if machine.platform == "darwin":
        return unknown(
            "network drive", "whether this folder lies on a network drive cannot be seen", "use a disk of this computer"
        )
    return in_order("network drive", "the folder lies on a disk of this computer")


def space(folder: Path) -> Finding:
    """Whether there is room for films: ten minutes take about a gigabyte."""
    try:
        free = shutil.disk_usage(nearest(folder)).free
    except OSError:
        return unknown("free space", "how much room there is cannot be seen", "look at the disk's properties")
    sentence = f"{free / _GB:.1f} GB are free"
    if free < _SCARCE:
        return not_in_order("free space", f"only {sentence}", "make room: ten minutes of film take about a gigabyte")
    if free < _LITTLE:
        return look_at("free space", sentence, "make room soon: ten minutes of film take about a gigabyte")
    return in_order("free space", sentence)


def _services(machine: Machine, place: Path) -> Iterator[str]:
    """Services that are known to copy a folder: they say so themselves, or left their mark above it."""
    for name, root in _roots(machine):
        if place.is_relative_to(root):
            yield name
    for above in (place, *place.parents):
        for name, marks in _MARKS:
            try:
                if any(_is_mark(path) for mark in marks for path in above.glob(mark)):
                    yield name
            except OSError:
                continue


def _is_mark(path: Path) -> bool:
    """Whether a file is what a service leaves; a folder `.dropbox` in one's home holds Dropbox's own settings."""
    return path.name != ".dropbox" or path.is_file()


def _roots(machine: Machine) -> Iterator[tuple[str, Path]]:
    """Folders that services name as theirs."""
    for name in _ONEDRIVE:
        if machine.environment.get(name):
            yield "OneDrive", Path(machine.environment[name]).resolve()
    library = machine.home / "Library"
    yield "iCloud", (library / "Mobile Documents").resolve()
    yield "a cloud service", (library / "CloudStorage").resolve()
    told = [machine.home / ".dropbox" / "info.json"]
    told += [
        Path(machine.environment[name], "Dropbox", "info.json")
        for name in ("APPDATA", "LOCALAPPDATA")
        if machine.environment.get(name)
    ]
    for file in told:
        for path in _dropbox_paths(file):
            yield "Dropbox", path


def _dropbox_paths(file: Path) -> list[Path]:
    """What Dropbox's own file says: accounts, each with a `path`."""
    try:
        accounts = json.loads(file.read_text(encoding="utf-8"))
        return [Path(str(account["path"])).resolve() for account in accounts.values()]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return []
