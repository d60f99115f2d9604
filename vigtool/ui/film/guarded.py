"""A film whose seal breaks, or whose vault is closed, while it is read: every reading thread hears a film's error.

The player knows of films and of no vault. Here an error of the vault is dressed as a missing film, and undressed again
where it is told to the person.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO, TypeVar, cast

from vigtool.errors import Cancelled, FilmError, FilmMissing, SealBroken, StorageFailed, VigtoolError
from vigtool.player.footage import Opener

T = TypeVar("T")


class _Guarded:
    """The bytes of a film; each call may raise FilmMissing for whatever error lies below."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes. The player itself knows what to do where only a part of the film is damaged."""
        try:
            return _dressed(lambda: self._source.read(size))
        except FilmMissing as missing:
            if isinstance(missing.__cause__, SealBroken | StorageFailed):
                raise missing.__cause__ from None
            raise

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; the new position."""
        return _dressed(lambda: self._source.seek(offset, whence))

    def tell(self) -> int:
        """The position."""
        return self._source.tell()

    def close(self) -> None:
        """Let it go."""
        self._source.close()


def guarded(opener: Opener) -> Opener:
    """An opener whose films raise nothing but films' errors of ours."""
    return lambda: cast("BinaryIO", _Guarded(_dressed(opener)))


def undressed(error: VigtoolError) -> VigtoolError:
    """The error that lay below."""
    cause = error.__cause__
    return cause if isinstance(cause, VigtoolError) else error


def _dressed(act: Callable[[], T]) -> T:
    try:
        return act()
    except (FilmError, Cancelled):
        raise
    except VigtoolError as error:
        raise FilmMissing(error.message, error.hint) from error
