"""The file that a film was brought in from: whether the sealed film is the same, and taking it away once it is.

Taking away is what the system does with any file that is deleted: its name goes, and its room is given to what comes
next. On cards and in phones older bytes of it may stay readable for special programs until then; overwriting would not
change that, since they write to another place each time. A phone may keep a copy in its bin, and its cloud another.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from vigtool.casework.film import Film
from vigtool.casework.stray_copy import StrayCopy
from vigtool.errors import Cancelled as WasCancelled
from vigtool.errors import CannotErase, FilmMissing
from vigtool.ids import Id
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import value
from vigtool.practice.source_place import path_words
from vigtool.vault.folder import sync_folder
from vigtool.vault.reading_back import PIECE, forget_cached
from vigtool.vault.storage import naming_disk_errors
from vigtool.vault.vault import Vault

_HINT = "bring the film in again, and look which file is the right one before you take one away"


def source_is_whole(
    vault: Vault, film: Id, path: Path, *, report: Report = silent, cancelled: Cancelled = never
) -> bool:
    """Whether a file holds, byte for byte, what is sealed in the vault, which was read back when it was brought in.

    The file is read from its disk again. Only where this is so may it be erased.

    Raises:
        NoSuchRecord: there is no such film. FilmMissing: the file cannot be read. Cancelled.
    """
    record = value(vault, Film, film)
    with _opened(path) as source:
        return _same_bytes(source, record, report, cancelled)


def erase_source(vault: Vault, film: Id, path: Path, *, report: Report = silent, cancelled: Cancelled = never) -> None:
    """Take away the file that a film was brought in from, after it was compared once more. It is entered in the log.

    The stray copy that was noted for it is settled. A file that differs, or changes meanwhile, is left where it is.

    Raises:
        NoSuchRecord: there is no such film. FilmMissing: the file cannot be read. Cancelled.
        CannotErase: it is another film, it changed, or its card does not let it go.
    """
    record = value(vault, Film, film)
    inside = vault.folder.resolve()
    if path.resolve().is_relative_to(inside):
        message = "this file belongs to the vault itself"
        raise CannotErase(message, "films of the vault go by its rules for erasing")
    with _opened(path) as source:
        before = _stamp(os.fstat(source.fileno()))
        if not _same_bytes(source, record, report, cancelled):
            message = "this file is not the film that lies in the vault, so it was left where it is"
            raise CannotErase(message, _HINT)
        _require_same(path, before, _stamp(os.fstat(source.fileno())))
        if os.name == "posix":
            _take_away(path)
    if os.name != "posix":  # Windows does not let go of a file that is open
        _require_same(path, before, _stamp(path.lstat()))
        _take_away(path)
    _settle(vault, record, path)


def _settle(vault: Vault, film: Film, path: Path) -> None:
    """Enter it, and the stray copy that it was as gone."""
    today = datetime.now(UTC).astimezone().date()
    mine = path_words(path)
    strays = [
        stored
        for stored in vault.all(StrayCopy, domain=film.family)
        if stored.value.film == film.id and stored.value.words == mine and stored.value.gone is None
    ]
    with vault.transaction("film source erase", [film.family, film.id]) as writer:
        for stored in strays:
            writer.change(stored, replace(stored.value, gone=max(today, stored.value.noted)))


def _same_bytes(source: BinaryIO, film: Film, report: Report, cancelled: Cancelled) -> bool:
    sha256, size, total = hashlib.sha256(), 0, film.footage.size
    if os.fstat(source.fileno()).st_size != total:
        return False
    forget_cached(source)
    try:
        while piece := source.read(PIECE):
            if cancelled():
                raise WasCancelled
            sha256.update(piece)
            size += len(piece)
            report(min(size, total), total)
    except OSError:
        raise _unreadable() from None
    return (size, sha256.digest()) == (total, film.footage.sha256)


def _opened(path: Path) -> BinaryIO:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            message = "that is no file by itself, but something that leads to one"
            raise CannotErase(message, "choose the film's own file")
        return path.open("rb")
    except OSError:
        raise _unreadable() from None


def _unreadable() -> FilmMissing:
    message = "the film file cannot be read"
    return FilmMissing(message, "look whether its card or phone is still connected, then try again")


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _require_same(path: Path, before: tuple[int, ...], after: tuple[int, ...]) -> None:
    """The very file that was read still bears this name, and was not written to."""
    try:
        same = before == after == _stamp(path.lstat())
    except OSError:
        same = False
    if not same:
        message = "the file changed while it was compared, so it was left where it is"
        raise CannotErase(message, _HINT)


def _take_away(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        message = "the card or folder does not let the file go"
        raise CannotErase(message, "look whether the card is locked; or take the file away with the camera") from None
    with naming_disk_errors():
        sync_folder(path.parent)
