"""Decoding ahead of a playback, from the film or from its stand-in. Everything here belongs to the decoding thread."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vigtool.player.decode_work import DecodeWork
from vigtool.player.frame import Frame
from vigtool.player.frame_cache import FrameCache, Size
from vigtool.player.frame_index import FrameIndex
from vigtool.player.stand_in_pictures import StandInPictures

_AHEAD: Final = 24  # frames decoded before playback needs them
_AT_LEAST_EVERY: Final = 0.1  # seconds; also when playback cannot keep up a picture is shown so often
_LATE: Final = 12  # frames in a row that came too late: the film is too heavy for this machine
_MOST_PIXELS: Final = 1920 * 1088 * 61
"""Pixels of a second of film: up to 1080p at 60 frames a second is decoded in time by what people have."""


@dataclass(frozen=True, slots=True)
class Playback:
    """One run of playing.

    Attributes:
        run: tells it from earlier ones.
        first: the frame it began with.
    """

    run: int
    first: int


class Player:
    """Keeps the pictures of a playback ready, a little ahead of it."""

    def __init__(self, index: FrameIndex, cache: FrameCache, work: DecodeWork) -> None:
        self._index, self._cache, self._work = index, cache, work
        picture = index.picture
        self._heavy = picture.stored_width * picture.stored_height / (index.usual * index.time_base) > _MOST_PIXELS
        self._late = 0
        self._playback = Playback(0, 0)
        self._stand_in: StandInPictures | None = None
        self._coming: Iterator[Frame] | None = None
        self._coming_at = -1
        self._fed = -1
        self._made = 0.0

    def wants_more(self, playback: Playback, playhead: int, size: Size) -> bool:
        """Whether there is a frame to decode for a playback."""
        ahead = max(1, min(_AHEAD, self._cache.room_for(4 * size[0] * size[1]) // 3))
        return playback != self._playback or self._fed < min(playhead + ahead, self._index.frames - 1)

    def feed(self, playback: Playback, playhead: int, size: Size, stand_in: StandInPictures | None) -> None:
        """Have one more frame of a playback ready.

        Raises:
            FilmError: where it cannot be had.
        """
        stand_in = stand_in if self._heavy else None
        if stand_in is not self._stand_in:
            self._stand_in, self._coming = stand_in, None
        if playback != self._playback:
            self._playback, self._fed, self._coming = playback, playback.first - 1, None
        elif (start := self._start_for(playhead)) > self._fed + 1:
            self._fed = start - 1
        number = self._fed + 1
        if self._cache.ready(number) is not None:
            self._fed = number
            return
        kept = self._cache.get(number)
        if kept is not None:
            self._fed = number
            self._cache.put(kept)
            return
        self._decode(number, playhead, size)

    def _decode(self, number: int, playhead: int, size: Size) -> None:
        """Have the first frame from `number` on that can be had."""
        if self._coming is None or self._coming_at != number:
            source = self._work.reader() if self._stand_in is None else self._stand_in
            self._coming = source.run(number, around=True)
        frame = next(self._coming, None)
        if frame is None:
            self._fed, self._coming = self._index.frames, None
            return
        self._fed = frame.number
        self._coming_at = frame.number + 1
        self._judge(late=frame.number < playhead)
        if frame.number >= playhead or time.monotonic() - self._made > _AT_LEAST_EVERY:
            if self._stand_in is None:
                self._work.ready(frame, size)
            else:
                self._cache.put(self._stand_in.ready(frame, size))
            self._made = time.monotonic()

    def _start_for(self, number: int) -> int:
        """Where decoding towards a frame begins."""
        return self._index.keyframe_before(number) if self._stand_in is None else self._stand_in.start_for(number)

    def _judge(self, *, late: bool) -> None:
        """Learn whether the film is too heavy to be decoded in time."""
        self._late = self._late + 1 if late and self._stand_in is None else 0
        self._heavy = self._heavy or self._late >= _LATE
