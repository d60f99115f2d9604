"""The folder of a vault: what lies where in it, and how files are put there so that they stay."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from vigtool.errors import StorageFailed
from vigtool.ids import Id
from vigtool.vault.storage import naming_disk_errors

README = """\
This folder is a vault of vigtool, format 1.

Everything in it is sealed: records in vault.db (SQLite), films in footage/ (age files).
Without a passphrase of one of its users nobody can read it, its makers included.

Copy the folder as a whole, while no program has it open. Do not rename or remove single files.
vault.lock and vault.holder say whether a program has it open; they may be left where they are.

The format is described in docs/formats.md of vigtool, well enough to write another reader.
"""

_NETWORK_KINDS = (
    "9p afs ceph cifs coda davfs davfs2 fuse.davfs2 fuse.glusterfs fuse.rclone fuse.s3fs fuse.sshfs glusterfs lustre "
    "ncp ncpfs nfs nfs4 ocfs2 smb3 smbfs"
)
_NETWORK = frozenset(_NETWORK_KINDS.split())
_DRIVE_REMOTE = 4
_OCTAL = re.compile(r"\\([0-7]{3})")  # how mountinfo writes a space


@dataclass(frozen=True, slots=True)
class VaultFolder:
    """Where the parts of one vault are."""

    root: Path

    @property
    def database(self) -> Path:
        """The records."""
        return self.root / "vault.db"

    @property
    def lock(self) -> Path:
        """Locked by the program that holds the vault."""
        return self.root / "vault.lock"

    @property
    def holder(self) -> Path:
        """Says which process that is and since when."""
        return self.root / "vault.holder"

    @property
    def readme(self) -> Path:
        """What the folder is, for whoever finds it."""
        return self.root / "README.txt"

    @property
    def footage(self) -> Path:
        """The sealed films."""
        return self.root / "footage"

    @property
    def orphans(self) -> Path:
        """Sealed files that the vault knows nothing of."""
        return self.footage / "orphans"

    def inode(self) -> int:
        """Tells this copy of the database from others: a copied file gets another number from the file system."""
        return (self.database if self.database.exists() else self.root).stat().st_ino % (1 << 63)

    def footage_file(self, file: Id) -> Path:
        """Where the sealed file of that name is."""
        return self.footage / file[:2] / f"{file}.age"

    def footage_part(self, file: Id) -> Path:
        """Where it is while it is written."""
        return self.footage / file[:2] / f"{file}.part"


def make_private_folder(folder: Path) -> None:
    """A folder for this user alone; it may be there already. What was made is on the disk when this returns."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    sync_folder(folder.parent)


def create_private_file(file: Path, content: bytes = b"") -> None:
    """A new file for this user alone, on the disk when this returns.

    Raises:
        OSError: also where a file of that name is there.
    """
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk. Windows keeps no folder open for this, and needs none."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refuse_network(folder: Path) -> None:
    """A vault on a network drive can be damaged when two computers reach for it.

    Raises:
        StorageFailed: where the folder is known to lie on one. Linux and Windows tell; elsewhere it cannot be seen.
    """
    with naming_disk_errors():
        remote = is_remote(folder.resolve())  # a link may lead to one
    if remote:
        message = "a vault cannot lie on a network drive"
        raise StorageFailed(message, "choose a folder on a disk inside or plugged into this computer")


def is_remote(folder: Path) -> bool:
    """Whether a folder is known to lie on a network drive."""
    if sys.platform == "win32":
        import ctypes

        on_server = folder.drive.startswith("\\\\")
        return on_server or bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE)
    mounts = Path("/proc/self/mountinfo")
    return mounts.exists() and mounted_as(folder, mounts.read_text(encoding="utf-8", errors="replace")) in _NETWORK


def mounted_as(folder: Path, mounts: str) -> str:
    """The kind of file system that holds `folder`, by the text of Linux's mountinfo; empty where it does not say."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        parts, source = left.split(" "), right.split(" ")
        if len(parts) < 5 or not right:
            continue
        point = Path(_OCTAL.sub(lambda found: chr(int(found[1], 8)), parts[4]))
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), source[0]
    return kind
