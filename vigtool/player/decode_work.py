"""The pieces of work of a decoding thread. Everything here belongs to that one thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Final

from vigtool.errors import FilmError
from vigtool.player.footage import Opener
from vigtool.player.frame import Frame
from vigtool.player.frame_cache import FrameCache, Size, ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.looking_ahead import Aim, next_ahead
from vigtool.player.small_frame import small_bytes, smaller

_NEAR: Final = 16  # frames: so few are decoded on for what nobody asked for while one stands
_FAR: Final = 600
_OF_USE: Final = 60  # frames: so many before a wished one are kept for going back at once; the rest is fetched later
_WHOLE_BYTES: Final = 192 << 20  # of frames as they were decoded: what they took, a decoder keeps for its next ones
_SLOW: Final = 8e-9  # seconds a frame takes for each of its pixels, until it is known better


class Overtaken(Exception):
    """Something newer is wished for."""


class DecodeWork:
    """Reads frames of one film, converts them and keeps them.

    Attributes:
        frame_bytes: what one frame takes as it is decoded.
    """

    def __init__(self, opener: Opener, index: FrameIndex, cache: FrameCache, closed: Callable[[], bool]) -> None:
        self._open = partial(FrameReader, opener, index, cancelled=closed)
        self._index, self._cache = index, cache
        self._reader: FrameReader | None = None
        self._lost: set[int] = set()
        pixels = index.picture.stored_width * index.picture.stored_height
        self.frame_bytes = pixels * 3 // 2
        self._seconds = pixels * _SLOW

    def at_hand(self, number: int) -> ViewPicture | None:
        """The film's own picture of a frame, if it needs no decoding."""
        return self._cache.get(number)

    def is_light(self, number: int) -> bool:
        """Whether what is at hand of a frame lacks the finest of its colours."""
        return self._cache.is_light(number)

    def frames_to(self, number: int) -> int:
        """How many frames have to be decoded for that one."""
        if self._reader is None:
            return number - self._index.keyframe_before(number) + 1
        return self._reader.distance(number)

    def seconds_to(self, number: int) -> float:
        """How long that frame takes, from experience with this film."""
        return self.frames_to(number) * self._seconds

    @property
    def _of_use(self) -> int:
        """How many frames are kept as they were decoded, on either side."""
        return max(1, min(_OF_USE, _WHOLE_BYTES // max(1, self.frame_bytes)))

    def picture(self, number: int, size: Size, overtaken: Callable[[], bool]) -> ViewPicture:
        """Frame `number` in that size, decoded now.

        Raises:
            Overtaken: when `overtaken` says so; what was decoded until then is kept.
            FilmError: where it cannot be had.
        """
        reader = self.reader()
        before, began = reader.packets_decoded, time.monotonic()
        try:
            frame = reader.get(number, self._keeper(number, overtaken), self._of_use)
        finally:
            self._learn(reader.packets_decoded - before, time.monotonic() - began)
        self.frame_bytes = frame.bytes
        return self.ready(frame, size)

    def ready(self, frame: Frame, size: Size) -> ViewPicture:
        """A frame as it is drawn, which is kept."""
        picture = ViewPicture(frame.number, frame.pts, frame.bgra(*size))
        self._cache.put(picture)
        return picture

    def spare(self, aim: Aim, overtaken: Callable[[], bool]) -> Callable[[], None] | None:
        """Something to do that nobody asked for yet; it raises what `picture` raises."""
        each = small_bytes(self._cache.size, self.frame_bytes)
        number = next_ahead(self._index, self._cache, aim, each, self._lost.__contains__, self._of_use)
        if number is not None and (aim.heading > 0 or self.frames_to(number) <= _NEAR):
            return partial(self._ahead, number, overtaken)
        frame = self._cache.whole(aim.cursor - _FAR, aim.cursor + _FAR) if each < self.frame_bytes else None
        saves = frame is not None and small_bytes(self._cache.size, frame.bytes) < frame.bytes
        return partial(self._pack, frame) if frame is not None and saves else None

    def reader(self) -> FrameReader:
        """The way into the film.

        Raises:
            FilmError: where it cannot be opened.
        """
        if self._reader is None:
            self._reader = self._open()
        return self._reader

    def close(self) -> None:
        """Let the film go."""
        if self._reader is not None:
            self._reader.close()

    def _ahead(self, number: int, overtaken: Callable[[], bool]) -> None:
        try:
            self._cache.keep(self.reader().get(number, self._keeper(number, overtaken), self._of_use))
        except FilmError:
            self._lost.add(number)

    def _pack(self, frame: Frame) -> None:
        made = smaller(frame, self._cache.size)
        if made is not None:
            self._cache.keep(made)

    def _keeper(self, number: int, overtaken: Callable[[], bool]) -> Callable[[Frame], None]:
        """What keeps frames that are passed on the way to `number`: the nearest of them, as many as fit."""
        near = self._of_use

        def keep(frame: Frame) -> None:
            if frame.number >= number - near:  # of those before, not all are decoded
                self._cache.keep(frame)
            if overtaken():
                raise Overtaken

        return keep

    def _learn(self, frames: int, seconds: float) -> None:
        if frames > 0:
            self._seconds += (seconds / frames - self._seconds) / 2
