"""Opening a file that has to be a file: a pipe or a device that somebody put in its place would keep one for ever."""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path


def open_regular(path: Path) -> io.BufferedReader:
    """Open a file for reading, at once; a link to one is followed.

    Raises:
        OSError: as `open` does; and with EINVAL where it is no file that bytes lie in.
    """
    return open(path, "rb", opener=_opener)


def open_regular_raw(path: Path) -> io.FileIO:
    """The same without a buffer: each read is one of the system's, and may give fewer bytes than were asked for."""
    return open(path, "rb", buffering=0, opener=_opener)


def _opener(path: str, flags: int) -> int:
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return handle
