"""Decoding for one view of one film, in a thread of its own: the frame that is wished for, playback, stepping back.

The newest wish wins. What is decoded on the way to a frame is kept, nearest first, so that stepping back within a
group of pictures is immediate; near the beginning of a group the group before it is fetched while nothing else is
wished for. Nothing here knows of a screen: pictures are handed to a callback, in the decoding thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from vigtool.errors import Cancelled, FilmError
from vigtool.player.decode_work import DecodeWork, Overtaken, Playback, Size
from vigtool.player.footage import Opener
from vigtool.player.frame_cache import FrameCache, ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.stand_in import StandIn

CACHE_BYTES: Final = 384 << 20
_PATIENCE: Final = 3  # wishes given up in a row before one is served to its end


@dataclass(frozen=True, slots=True)
class _Wish:
    """A frame in a size."""

    number: int
    size: Size


class FilmDecoder:
    """Frames of one film for one view. Its methods may be called from any thread; all but `close` return at once."""

    def __init__(
        self,
        opener: Opener,
        index: FrameIndex,
        deliver: Callable[[ViewPicture], None],
        failed: Callable[[int, FilmError], None],
        cache_bytes: int = CACHE_BYTES,
        stand_in: StandIn | None = None,
    ) -> None:
        """Begin the thread; the film is opened when the first frame is wished for.

        Args:
            opener: of the film.
            index: its frames.
            deliver: is given each wished frame, in the decoding thread.
            failed: is told which frame cannot be had and why, in the decoding thread.
            cache_bytes: how much is kept of what was decoded.
            stand_in: of the film, where one is there.
        """
        self._stand_in = stand_in
        self._index = index
        self._deliver, self._failed = deliver, failed
        self._cache = FrameCache(cache_bytes)
        self._work = DecodeWork(opener, index, self._cache, lambda: self._closed)
        self._change = threading.Condition()
        self._wish: _Wish | None = None
        self._size: Size = (1, 1)
        self._playback: Playback | None = None
        self._runs = 0
        self._playhead = 0
        self._given_up = 0
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="film decoder", daemon=True)
        self._thread.start()

    def show(self, number: int, width: int, height: int) -> None:
        """Wish for one frame; playing ahead ends. `deliver` or `failed` follows, unless a newer wish comes first."""
        with self._change:
            self._playback = None
            self._resize(width, height)
            self._wish = _Wish(self._index.check(number), self._size)
            self._change.notify_all()

    def glance(self, number: int, width: int, height: int) -> None:
        """Wish for something true of a frame at once, while the person drags or holds a key.

        `deliver` may be given a picture of the stand-in first (`exact` is False then). When no newer wish comes for a
        little while, this is the same as `show`.
        """
        self.show(number, width, height)

    def use_stand_in(self, stand_in: StandIn | None) -> None:
        """From now on take pictures that must come quickly from this film, which has the same frames."""
        with self._change:
            self._stand_in = stand_in
            self._change.notify_all()

    def play(self, number: int, width: int, height: int) -> None:
        """Decode from `number` on, ahead of where `at` says that playback is."""
        with self._change:
            self._resize(width, height)
            self._wish = None
            self._runs += 1
            self._playback = Playback(self._runs, self._index.check(number))
            self._playhead = number
            self._change.notify_all()

    def at(self, number: int) -> ViewPicture | None:
        """The newest picture of this playback that is not later than `number`, which is where playback is now."""
        with self._change:
            self._playhead = number
            first = number if self._playback is None else self._playback.first
            self._change.notify_all()
        return self._cache.newest_until(number, first - 1)

    def rest(self) -> None:
        """Decode ahead no more."""
        with self._change:
            self._playback = None

    def cached(self, number: int) -> ViewPicture | None:
        """The picture of a frame, if it is at hand."""
        return self._cache.get(number)

    def close(self) -> None:
        """End the thread and let the film go; no callback comes afterwards. Not to be called from a callback."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        self._thread.join()
        self._cache.clear()

    def _resize(self, width: int, height: int) -> None:
        """Pictures of this size are wanted from now on."""
        self._size = (max(1, width), max(1, height))
        self._cache.resize(*self._size)

    def _newer(self) -> bool:
        """Whether a wish should be given up: for a newer one, but not too often in a row."""
        return self._closed or (self._anything() and self._given_up < _PATIENCE)

    def _anything(self) -> bool:
        """Whether there is anything to do that somebody waits for."""
        return self._closed or self._wish is not None or self._playback is not None

    def _serve(self) -> None:
        """The thread."""
        try:
            while (task := self._next()) is not None:
                task()
        finally:
            self._work.close()

    def _next(self) -> Callable[[], None] | None:
        """Wait for something to do; none when closed."""
        with self._change:
            while not self._closed:
                if self._wish is not None:
                    wish, self._wish = self._wish, None
                    return partial(self._fulfil, wish)
                if self._playback is not None:
                    if self._work.wants_more(self._playback, self._playhead, self._size):
                        return partial(self._feed, self._playback, self._playhead, self._size)
                elif self._work.can_keep_more():
                    return partial(self._keep, self._size)
                self._change.wait()
        return None

    def _fulfil(self, wish: _Wish) -> None:
        """Show one frame."""
        try:
            picture = self._work.picture(wish.number, wish.size, self._newer)
        except (Overtaken, Cancelled):
            self._given_up += 1
            return
        except FilmError as problem:
            self._tell(wish.number, problem)
            return
        self._given_up = 0
        if not self._closed and wish.size == self._size:
            self._deliver(picture)

    def _feed(self, playback: Playback, playhead: int, size: Size) -> None:
        """Decode one frame of a playback."""
        try:
            self._work.feed(playback, playhead, size)
        except Cancelled:
            return
        except FilmError as problem:
            self.rest()
            self._tell(playhead, problem)

    def _keep(self, size: Size) -> None:
        """Do what nobody waits for; where it fails, it is not needed yet."""
        try:
            self._work.keep_more(size, self._anything)
        except (Overtaken, Cancelled, FilmError):
            return

    def _tell(self, number: int, problem: FilmError) -> None:
        if not self._closed:
            self._failed(number, problem)
