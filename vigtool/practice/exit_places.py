"""Where an exit was writing to, known again later: a stick that is not plugged in leaves an empty folder behind."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from vigtool.casework.copy import Intent
from vigtool.export.part_file import part_of


def folder_known_by(folder: Path) -> bytes:
    """By what a folder is known again: a digest of its file system's identity and size, and its own number there.

    Empty where the system says nothing of it. The device's number is used only where the file system has no identity
    of its own, since it changes with what else is plugged in.
    """
    try:
        found = folder.stat()
        system = os.statvfs(folder) if hasattr(os, "statvfs") else None
    except (OSError, ValueError):
        return b""
    parts = [found.st_ino, found.st_dev]
    if system is not None and system.f_fsid:
        parts = [found.st_ino, system.f_fsid, system.f_blocks, system.f_frsize]
    return hashlib.sha256("|".join(map(str, parts)).encode("ascii")).digest()


def is_same_folder(folder: Path, intent: Intent) -> bool:
    """Whether what is there now under the folder's name is the folder that the intent was writing to.

    An intent that does not say is taken at its word as soon as a folder of that name is there.
    """
    if not folder.is_dir():
        return False
    return not intent.folder or folder_known_by(folder) == intent.folder


def cleared(target: Path, intent: Intent) -> bool:
    """Take away what an exit left half-written, and say whether it is certain that nothing half-written is left.

    False where its folder is not there now, is another (a stick's, after the stick was pulled), or does not let it go.
    """
    try:
        if not target.parent.is_dir():
            return False
        part = part_of(target, intent.id)
        if os.path.lexists(part):
            part.unlink()
            return True
        return is_same_folder(target.parent, intent)
    except (OSError, ValueError):
        return False
