"""What lies behind, decoded before it is asked for: a thread of its own, with its own way into the film."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from vigtool.errors import Cancelled, FilmError
from vigtool.player.footage import Opener
from vigtool.player.frame import Frame
from vigtool.player.frame_cache import FrameCache
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.looking_ahead import Aim, Part, part_behind
from vigtool.player.small_frame import small_bytes, smaller

CLOSING: Final = 4.0  # seconds that a thread is awaited at the end
_QUIET: Final = 0.1  # seconds after a jump before anything is fetched: perhaps another follows


class _Useless(Exception):
    """The film is looked at elsewhere by now."""


class BackFiller:
    """Fills a cache with what will be wished for when the person goes back. Its methods may be called by any thread."""

    def __init__(self, opener: Opener, index: FrameIndex, cache: FrameCache, kept: Callable[[], None]) -> None:
        """Begin the thread; the film is opened when something is fetched first.

        Args:
            opener: of the film.
            index: its frames.
            cache: what is filled.
            kept: called in this thread after each frame that was kept, and when a part is done.
        """
        self._closed = False
        self._open = partial(FrameReader, opener, index, cancelled=lambda: self._closed)
        self._index, self._cache, self._kept = index, cache, kept
        self._reader: FrameReader | None = None
        self._change = threading.Condition()
        self._aim: Aim | None = None
        self._aimed = 0.0
        self._whole = 0
        self._border = False
        self._holding = False
        self._part: Part | None = None
        self._at = 0
        self._lost: set[int] = set()
        self._thread = threading.Thread(target=self._serve, name="film back-filler", daemon=True)
        self._thread.start()

    def aim(self, aim: Aim, whole: int, *, border: bool = False) -> None:
        """Go on, for one who looks there.

        Args:
            aim: where that is.
            whole: what one frame takes as it is decoded, in bytes.
            border: whether also one who stands there needs the group before.
        """
        with self._change:
            self._aim, self._whole, self._border = aim, whole, border
            self._aimed = time.monotonic()
            self._holding = False
            self._change.notify_all()

    def hold(self) -> None:
        """Stand still until the next `aim`: somebody waits for something else."""
        with self._change:
            self._holding = True

    def left_for(self, number: int) -> int | None:
        """How many frames it still decodes until that one is kept; none where it is not on its way."""
        with self._change:
            part = self._part
            if part is None or self._holding or not max(part.first, self._at + 1) <= number <= part.last:
                return None
            return number - max(self._at, self._index.keyframe_before(number) - 1)

    def close(self) -> None:
        """End the thread and let the film go; where it is deep in one call it is not awaited for long."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        self._thread.join(CLOSING)

    def _serve(self) -> None:
        """The thread."""
        try:
            while (part := self._next()) is not None:
                self._fetch(part)
        finally:
            if self._reader is not None:
                self._reader.close()

    def _next(self) -> Part | None:
        """Wait for something to fetch; none when closed."""
        with self._change:
            while not self._closed:
                quiet = self._quiet()
                if quiet is None:
                    each = small_bytes(self._cache.size, self._whole)
                    aim = self._aim or Aim(0)
                    self._part = part_behind(
                        self._index, self._cache, aim, each, self._lost.__contains__, border=self._border
                    )
                    self._at = -1
                    if self._part is not None:
                        return self._part
                self._change.wait(quiet)
        return None

    def _quiet(self) -> float | None:
        """Seconds still to wait; none if something may be fetched now."""
        if self._aim is None or self._holding:
            return 3600.0
        left = self._aimed + _QUIET - time.monotonic() if self._aim.heading == 0 else 0.0
        return left if left > 0 else None

    def _fetch(self, part: Part) -> None:
        """Decode and keep the frames of a part; those that do not come are not asked for again."""
        missing = set(range(part.first, part.last + 1))
        try:
            if self._reader is None:
                self._reader = self._open()
            for frame in self._reader.run(part.first, self._check, around=True):
                missing.discard(frame.number)
                if frame.number <= part.last:
                    self._keep(frame)
                if frame.number >= part.last:
                    break
                self._check(frame)
        except (_Useless, Cancelled):
            missing.clear()
        except FilmError:
            pass
        finally:
            with self._change:
                self._lost |= missing
                self._part = None
            self._kept()

    def _keep(self, frame: Frame) -> None:
        self._cache.keep(smaller(frame, self._cache.size) or frame)
        self._kept()

    def _check(self, frame: Frame) -> None:
        """Wait while somebody else is served, and see whether this is still worth doing."""
        with self._change:
            self._at = frame.number
            while self._holding and not self._closed:
                self._change.wait()
            if self._closed:
                raise Cancelled
            if self._part is None or (self._aim is not None and not self._part.serves(self._aim)):
                raise _Useless
