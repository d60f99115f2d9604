"""A file that is there whole or not at all.

What is being written lies beside its place under a name that says nothing, readable by its owner alone, and takes its
place only when every byte is on the disk. Any failure removes it.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from vigtool.errors import CannotWrite, TargetExists

T = TypeVar("T")

_WORDS = {
    errno.ENOENT: ("the folder for it is not there", "choose a folder that exists, or plug its disk in"),
    errno.ENOTDIR: ("the folder for it is not there", "choose a folder that exists"),
    errno.EACCES: ("this folder may not be written to", "choose another folder"),
    errno.EPERM: ("this folder may not be written to", "choose another folder"),
    errno.EROFS: ("this disk can only be read", "choose another disk"),
    errno.ENOSPC: ("the disk is full", "make room on it, or choose another"),
    errno.EDQUOT: ("no more room is allowed to you on this disk", "make room on it, or choose another"),
    errno.EFBIG: ("this disk cannot hold a file of that size", "choose another disk"),
    errno.ENAMETOOLONG: ("the name is too long for this disk", "choose a shorter name"),
    errno.EISDIR: ("there is a folder of that name", "choose another name"),
}  # fmt: skip
_OTHERWISE = ("the file could not be written there", "look whether the disk is still plugged in, or choose another")


def write_whole(
    target: Path,
    produce: Callable[[BinaryIO], T],
    *,
    replace: bool = False,
    token: str = "",
    accept: Callable[[BinaryIO], None] | None = None,
) -> T:
    """Write `target` by `produce`, all or nothing.

    Args:
        target: the file to make; its folder is there already.
        produce: writes to the file it is given, which is empty, seekable and readable.
        replace: whether a file of that name may be written over.
        token: names the unfinished file; random where none is given.
        accept: looks at the finished bytes once they are on the disk, and may refuse them by raising.

    Returns:
        What `produce` returned.

    Raises:
        TargetExists: where something of that name is there.
        CannotWrite: where the system does not let it be written.
        Exception: whatever `produce` or `accept` raises, after everything was removed.
    """
    check_free(target, replace=replace)
    part = part_of(target, token or secrets.token_hex(8))
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except (OSError, ValueError) as problem:
        raise _cannot(problem) from problem
    try:
        with os.fdopen(descriptor, "w+b") as file:
            result = produce(file)
            file.flush()
            os.fsync(file.fileno())
            if accept is not None:
                file.seek(0)
                accept(file)
        _take_place(part, target, replace=replace)
    except OSError as problem:
        _take_away(part)
        raise _cannot(problem) from problem
    except BaseException:
        _take_away(part)
        raise
    return result


def check_free(target: Path, *, replace: bool) -> None:
    """Refuse a name that is taken, or that nothing can have.

    Raises:
        TargetExists, CannotWrite.
    """
    if _is_there(target) and not replace:
        raise _exists()


def part_of(target: Path, token: str) -> Path:
    """Where the unfinished file lies; `token` is hex digits."""
    return target.with_name(f".{token}.part")


def _take_place(part: Path, target: Path, *, replace: bool) -> None:
    """Give the finished file its name, and have the folder remember it."""
    if replace:
        part.replace(target)
        _remember(target.parent)
        return
    try:
        os.link(part, target)  # unlike a rename, a link never writes over what came meanwhile
    except FileExistsError:
        raise _exists() from None
    except OSError:  # disks without links, such as memory sticks
        if _is_there(target):
            raise _exists() from None
        part.replace(target)
    try:
        part.unlink(missing_ok=True)
        _remember(target.parent)
    except BaseException:  # whoever hears that it failed must not find it there
        _take_away(target)
        raise


def _take_away(file: Path) -> None:
    """Remove a file where that can be done; on a disk that was unplugged it cannot."""
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _remember(folder: Path) -> None:
    """Put the folder's list of names on the disk, where the system can."""
    if os.name != "posix":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder to put things into and not to look into
        return
    try:
        os.fsync(descriptor)
    except OSError as problem:
        if problem.errno not in (errno.EINVAL, errno.ENOTSUP):  # not every disk knows how
            raise
    finally:
        os.close(descriptor)


def _is_there(target: Path) -> bool:
    """Whether something of that name is there, be it a link to nothing.

    Raises:
        CannotWrite: where there can be nothing of that name, so that it is said before the work and not after it.
    """
    try:
        os.lstat(target)
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as problem:
        raise _cannot(problem) from problem
    return True


def _exists() -> TargetExists:
    return TargetExists("there is a file of that name already; it was left as it is", "choose another name")


def _cannot(problem: Exception) -> CannotWrite:
    """The system's refusal in plain words, without its mention of names."""
    number = problem.errno if isinstance(problem, OSError) else None
    return CannotWrite(*_WORDS.get(number or 0, _OTHERWISE))
