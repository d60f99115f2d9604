"""The bytes of a film as a demuxer reads them: whatever goes wrong beneath is kept for whoever called the demuxer."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO, Final

from vigtool.errors import Cancelled, FilmDamaged, SealBroken, StorageFailed, VaultError, VigtoolError
from vigtool.player import registers
from vigtool.player.problems import Problem

_INVALID: Final = -22


class Source:
    """What the demuxer sees: bytes and nothing else, no name, no path.

    A film is thereby told by its content alone and behaves the same from a plain file and from a vault.

    Nothing is ever raised into the demuxer, which could drop it: the first thing that goes wrong is kept in `failure`,
    and from then on the film has no more bytes. Whoever called the demuxer asks `check` afterwards, at once.

    Attributes:
        failure: what went wrong first.
        ends_early: whether damage was met while the film was opened, which the demuxer takes for its end.
    """

    def __init__(self, source: BinaryIO, cancelled: Callable[[], bool] | None) -> None:
        """Read from `source`; `cancelled` is asked at every read."""
        self._source = source
        self._cancelled = cancelled
        self.failure: BaseException | None = None
        self.ends_early = False

    def check(self) -> None:
        """Raise what went wrong, if anything did.

        Raises:
            FilmMissing: where the system cannot read on.
            FilmDamaged: where a part of the bytes is not what was written; others can be read.
            Cancelled: where the person stopped the work.
        """
        failure, self.failure = self.failure, None  # the next call may go to a place that is whole
        if failure is not None:
            raise failure

    def check_opened(self) -> None:
        """The same once the film has opened, when damage that was met by looking ahead does not matter yet."""
        try:
            self.check()
        except FilmDamaged:
            self.ends_early = True

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; none after a failure."""
        try:
            if self.failure is not None:
                return b""
            if self._cancelled is not None and self._cancelled():
                self.failure = Cancelled()
                return b""
            data = self._before_damage(size)[:size]  # the demuxer's buffer holds no more than it asked for
            self.ends_early = self.ends_early and not data
            return data  # noqa: TRY300 - what fails is told apart below
        except BaseException as problem:  # noqa: BLE001 - Ctrl-C too must not be lost in the demuxer
            self._keep(problem)
            return b""
        finally:
            registers.settle()  # unsealing may have left them so that decoding were slower

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; the new position, or less than 0 where there is no such place."""
        try:
            return self._source.seek(offset, whence)
        except (ValueError, OverflowError):  # a damaged film points outside itself
            return _INVALID
        except BaseException as problem:  # noqa: BLE001 - as above
            self._keep(problem)
            return _INVALID

    def tell(self) -> int:
        """The position."""
        return self._source.tell()

    def _before_damage(self, size: int) -> bytes:
        """Up to `size` bytes; where some of them are damaged, those before the first of these."""
        at = self._source.tell()
        while True:
            try:
                return self._source.read(size)
            except (SealBroken, StorageFailed):
                if size <= 1:
                    raise
                size //= 2
                self._source.seek(at)

    def _keep(self, problem: BaseException) -> None:
        """Remember the first thing that went wrong."""
        if self.failure is None:
            named = self._name(problem)
            self.failure = problem if named is None else named.error()
            if named is not None:
                self.failure.__cause__ = problem

    def _name(self, problem: BaseException) -> Problem | None:
        """What it means for the film that its bytes could not be had; none where it has nothing to do with them."""
        if isinstance(problem, SealBroken | StorageFailed) and self._still_reads():
            return Problem.TORN
        return Problem.MISSING if isinstance(problem, OSError | ValueError | VaultError) else None

    def _still_reads(self) -> bool:
        """Whether the beginning of the film can be read: then its disk is there, and only a part of it is damaged."""
        try:
            at = self._source.tell()
            self._source.seek(0)
            found = bool(self._source.read(1))
            self._source.seek(at)
        except (VigtoolError, OSError, ValueError):
            return False
        return found
