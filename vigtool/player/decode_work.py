"""The pieces of work of a decoding thread. Everything here belongs to that one thread."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from vigtool.player.footage import Opener
from vigtool.player.frame import Frame
from vigtool.player.frame_cache import FrameCache, ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader

_HELD_BYTES: Final = 192 << 20  # decoded pictures that wait to be converted
_FAR: Final = 256  # frames away from what is wished for now: not worth converting any more
_AHEAD: Final = 24  # frames decoded before playback needs them
_NEAR_START: Final = 12  # so near the first kept frame the group before it is fetched
_AT_LEAST_EVERY: Final = 0.1  # seconds; also when playback cannot keep up a picture is shown so often

Size = tuple[int, int]


class Overtaken(Exception):
    """Something newer is wished for."""


@dataclass(frozen=True, slots=True)
class Playback:
    """One run of playing.

    Attributes:
        run: tells it from earlier ones.
        first: the frame it began with.
    """

    run: int
    first: int


class DecodeWork:
    """Reads frames of one film, converts them and keeps them."""

    def __init__(self, opener: Opener, index: FrameIndex, cache: FrameCache, closed: Callable[[], bool]) -> None:
        self._open = partial(FrameReader, opener, index, cancelled=closed)
        self._index, self._cache = index, cache
        self._reader: FrameReader | None = None
        self._back: FrameReader | None = None  # for what lies before, so that the other stays where it is
        self._waiting: deque[Frame] = deque()
        self._centre = 0
        self._given_up_at: int | None = None
        self._playback = Playback(0, 0)
        self._coming: Iterator[Frame] | None = None
        self._fed = -1
        self._converted = 0.0

    def picture(self, number: int, size: Size, overtaken: Callable[[], bool]) -> ViewPicture:
        """Frame `number` in that size.

        Raises:
            Overtaken: when `overtaken` says so; what was decoded until then is kept.
            FilmError: where it cannot be had.
        """
        self._centre, self._given_up_at = number, None
        self._waiting = deque(frame for frame in self._waiting if abs(frame.number - number) < _FAR)
        if (kept := self._cache.get(number)) is not None:
            return kept
        frame = next((frame for frame in self._waiting if frame.number == number), None)
        if frame is None:
            frame = self._forward().get(number, self._keeper(overtaken))
        return self._convert(frame, size)

    def feed(self, playback: Playback, playhead: int, size: Size) -> None:
        """Decode one more frame of a playback.

        Raises:
            FilmError: where it cannot be had.
        """
        if playback != self._playback:
            self._playback = playback
            self._go(playback.first)
        elif (key := self._index.keyframe_before(playhead)) > self._fed + 1:
            self._go(key)
        frame = None if self._coming is None else next(self._coming, None)
        if frame is None:
            self._fed = self._index.frames
            return
        self._fed = frame.number
        if frame.number >= playhead or time.monotonic() - self._converted > _AT_LEAST_EVERY:
            self._convert(frame, size)
            self._converted = time.monotonic()

    def wants_more(self, playback: Playback, playhead: int, size: Size) -> bool:
        """Whether there is a frame to decode for a playback."""
        ahead = max(1, min(_AHEAD, self._cache.room_for(_bytes(size)) // 3))
        return playback != self._playback or self._fed < min(playhead + ahead, self._index.frames - 1)

    def can_keep_more(self) -> bool:
        """Whether something is worth decoding or converting that nobody asked for yet."""
        return bool(self._waiting) or self._missing_before() is not None

    def keep_more(self, size: Size, overtaken: Callable[[], bool]) -> None:
        """Convert a decoded picture that waits, or fetch the group before.

        Raises:
            Overtaken: when `overtaken` says so.
            FilmError: where it cannot be had.
        """
        if self._waiting:
            frame = self._waiting.pop()
            if not self._cache.holds(frame.number):
                self._convert(frame, size)
            return
        number = self._missing_before()
        if number is not None:
            self._given_up_at = number
            if self._back is None:
                self._back = self._open()
            self._waiting.append(self._back.get(number, self._keeper(overtaken)))
            self._given_up_at = None

    def close(self) -> None:
        """Let the film go."""
        for reader in (self._reader, self._back):
            if reader is not None:
                reader.close()

    def _forward(self) -> FrameReader:
        if self._reader is None:
            self._reader = self._open()
        return self._reader

    def _go(self, number: int) -> None:
        """Read on from the first frame from `number` on that is not at hand."""
        while number < self._index.frames and self._cache.holds(number):
            number += 1
        self._fed = number - 1
        self._coming = self._forward().run(number) if number < self._index.frames else None

    def _convert(self, frame: Frame, size: Size) -> ViewPicture:
        picture = ViewPicture(frame.number, frame.pts, frame.bgra(*size))
        self._cache.put(picture)
        return picture

    def _keeper(self, overtaken: Callable[[], bool]) -> Callable[[Frame], None]:
        """What keeps frames that are passed on the way to another: the nearest of them, as many as fit."""

        def keep(frame: Frame) -> None:
            self._waiting.append(frame)
            while len(self._waiting) * frame.bytes > _HELD_BYTES:
                self._waiting.popleft()
            if overtaken():
                raise Overtaken

        return keep

    def _missing_before(self) -> int | None:
        """The frame before those that are at hand around the last one shown, if it will soon be needed."""
        low = self._centre
        while low > max(0, self._centre - _NEAR_START) and self._cache.holds(low):
            low -= 1
        near = self._cache.holds(self._centre) and not self._cache.holds(low)
        return low if near and low != self._given_up_at else None


def _bytes(size: Size) -> int:
    return size[0] * size[1] * 4
