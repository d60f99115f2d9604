"""The one door through which a readable copy leaves: only whoever asked for consent first may open it."""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, TypeVar

from vigtool.errors import CannotWrite
from vigtool.export.part_file import check_free, write_whole

T = TypeVar("T")

_SPARE = 16 << 20  # bytes that stay free on the disk
_WORD = re.compile(r"[^\W_]+")
_LONG = 4  # letters, in scripts that part their words
_LONG_ELSEWHERE = 2  # others write names into what stands around them (from Hebrew on, in the order of Unicode)
_ELSEWHERE = "\u0590"
_BLOCK = 1 << 20
_OF_VAULTS, _OF_BACKUPS = ("vault.db", "vault.lock"), "vault-backup-"  # what their folders are known by (formats.md)


def write_out(
    target: Path,
    produce: Callable[[BinaryIO], T],
    *,
    replace: bool = False,
    forbidden: Iterable[str] = (),
    expected: int = 0,
    token: str = "",
    whole: Callable[[bytes, int], None] = lambda _sha256, _size: None,
) -> tuple[T, bytes, int]:
    """Write a copy, all or nothing, and say exactly what was written.

    Args:
        target: the file to make.
        produce: writes the copy to the file it is given (empty, seekable, readable).
        replace: whether a file of that name may be written over.
        forbidden: words that a stranger must not read in the file's name: names of the family, the program's.
        token: names the unfinished file (see `part_file.part_of`), so that it can be removed after a power cut.
        expected: about how many bytes it will be; the disk must have room for them.
        whole: told the SHA-256 and size of the finished file before it takes its place; what it raises stops that.

    Returns:
        What `produce` returned; the SHA-256 of the file as read back from the disk; its size in bytes.

    Raises:
        TargetExists: where something of that name is there.
        CannotWrite: where the folder is missing, read-only, full, or a vault's own, or the name tells too much.
        Exception: whatever `produce` or `whole` raises; nothing is left then.
    """
    check_place(target, replace=replace, forbidden=forbidden, expected=expected)
    seen: list[tuple[bytes, int]] = []

    def read_back(file: BinaryIO) -> None:
        digest = hashlib.sha256()
        while block := file.read(_BLOCK):
            digest.update(block)
        seen.append((digest.digest(), file.tell()))
        whole(*seen[0])

    result = write_whole(target, produce, replace=replace, token=token, accept=read_back)
    ((digest, size),) = seen
    return result, digest, size


def check_place(target: Path, *, replace: bool = False, forbidden: Iterable[str] = (), expected: int = 0) -> None:
    """Refuse a place that a copy cannot be written to, before anything is written. Arguments are those of `write_out`.

    Raises:
        TargetExists, CannotWrite: as `write_out` does.
    """
    if tells(target.name, forbidden):
        raise CannotWrite(
            "the file's name would tell whose copy it is, or what it was made with",
            "choose a name that says nothing, such as a day or a colour",
        )
    _check_readable_there(target.parent)
    _check_room(target.parent, expected)
    check_free(target, replace=replace)


def tells(name: str, forbidden: Iterable[str]) -> bool:
    """Whether one of the forbidden names can be read in a file's name.

    Every word of a forbidden name counts by itself, whatever its case and accents; short words ("Al") only where they
    stand alone. In scripts that join words, such as Arabic and Chinese, two letters are long enough.
    """
    folded = _folded(name)
    words = set(_WORD.findall(folded))
    for text in forbidden:
        for word in _WORD.findall(_folded(text)):
            long = _LONG_ELSEWHERE if max(word) >= _ELSEWHERE else _LONG
            if word in words or (len(word) >= long and word in folded):
                return True
    return False


def _folded(text: str) -> str:
    """Without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _check_readable_there(folder: Path) -> None:
    """Refuse the folder of a vault or of backups: whatever lies there is taken for sealed, and copied along as such.

    Raises:
        CannotWrite.
    """
    try:
        folder = folder.resolve()
        sealed = any(_is_sealed(each) for each in (folder, *folder.parents))
    except (OSError, ValueError, RuntimeError):
        return  # whether it can be written to at all is asked next
    if sealed:
        raise CannotWrite(
            "this folder belongs to a vault or to its backups: what lies in it is taken for sealed, and a copy is not",
            "choose a folder outside it",
        )


def _is_sealed(folder: Path) -> bool:
    if any((folder / name).exists() for name in _OF_VAULTS):
        return True
    return folder.name.startswith(_OF_BACKUPS) and (folder / "footage").is_dir()


def _check_room(folder: Path, expected: int) -> None:
    """Refuse a folder that is not there, or whose disk has no room.

    Raises:
        CannotWrite: says which.
    """
    try:
        free = shutil.disk_usage(folder).free
    except (OSError, ValueError) as problem:
        raise CannotWrite(
            "the folder for it is not there", "choose a folder that exists, or plug its disk in"
        ) from problem
    if expected and free < expected + _SPARE:
        raise CannotWrite("the disk has no room for the copy", "make room on it, or choose another")
