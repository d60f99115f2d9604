"""Reading what lies on a disk, and not what the system still has of it in memory.

What was just written is read from memory as a rule, and would be found right even where the disk kept something else.
Linux forgets what it has of a file when it is asked to (posix_fadvise(2), POSIX_FADV_DONTNEED), as far as that is on
the disk already; elsewhere nothing can be done, and what is read may come from memory.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from vigtool.errors import Cancelled as WasCancelled
from vigtool.errors import StorageFailed
from vigtool.vault.regular import open_regular
from vigtool.vault.storage import Cancelled

PIECE = 1 << 20

Step = Callable[[int], None]
"""Told how many bytes more were done."""


def forget_cached(file: BinaryIO) -> None:
    """Have the system forget what it holds of an open file in memory. It must have been forced to the disk before."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):  # a file system that knows no such thing
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def forget_file(path: Path) -> None:
    """The same for a file that is not open; one that is not there is let be."""
    with suppress(OSError), open_regular(path) as file:
        forget_cached(file)


def opened_afresh(path: Path) -> BinaryIO:
    """A file opened for reading, its bytes to come from the disk.

    Raises:
        OSError.
    """
    file = open_regular(path)
    forget_cached(file)
    return file


def sha256_of(path: Path, step: Step, cancelled: Cancelled) -> tuple[bytes, int]:
    """SHA-256 of a file as it lies on the disk, and its size.

    Raises:
        OSError, Cancelled.
    """
    sha256, size = hashlib.sha256(), 0
    with opened_afresh(path) as file:
        while piece := file.read(PIECE):
            if cancelled():
                raise WasCancelled
            sha256.update(piece)
            size += len(piece)
            step(len(piece))
    return sha256.digest(), size


def copy_file(source: Path, target: Path, step: Step, cancelled: Cancelled) -> tuple[bytes, int]:
    """Copy a file to a new one, force it to the disk, and read it back. SHA-256 of what was copied, and its size.

    Args:
        source: read once.
        target: must not be there yet; what was begun of it stays behind an error, for the caller to take away.
        step: told of the bytes of both passes.
        cancelled: asked between pieces.

    Raises:
        OSError: from either side. StorageFailed: the target gave back something else. Cancelled.
    """
    sha256, size = hashlib.sha256(), 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, open_regular(source) as file:
        while piece := file.read(PIECE):
            if cancelled():
                raise WasCancelled
            out.write(piece)
            sha256.update(piece)
            size += len(piece)
            step(len(piece))
        out.flush()
        os.fsync(out.fileno())
    if sha256_of(target, step, cancelled) != (sha256.digest(), size):
        message = "the disk gave back something else than was written"
        raise StorageFailed(message, "this disk should not be trusted: take another")
    return sha256.digest(), size
