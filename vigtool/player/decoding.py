"""Decoding for one view of one film, in a thread of its own: the frame that is wished for, playback, going back.

The newest wish wins. What is decoded on the way to a frame is kept, and a second thread fetches what lies behind (see
`back_filler`), so that going back is immediate also where one group of frames ends and the one before it begins.
Nothing here knows of a screen: pictures are handed to a callback, in the decoding thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from vigtool.errors import Cancelled, FilmError
from vigtool.player.back_filler import CLOSING, BackFiller
from vigtool.player.budget import Budget
from vigtool.player.decode_work import DecodeWork, Overtaken
from vigtool.player.footage import Opener
from vigtool.player.frame_cache import FrameCache, Size, ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.looking_ahead import Aim
from vigtool.player.playing import Playback, Player
from vigtool.player.stand_in import StandIn
from vigtool.player.stand_in_pictures import StandInPictures
from vigtool.player.wishes import Fulfilling, Later, Wish

CACHE_BYTES: Final = 384 << 20
_STAND_IN_PART: Final = 8  # the stand-in's pictures take an eighth of what the film's may take


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
        *,
        budget: Budget | None = None,
        looks_ahead: bool = True,
    ) -> None:
        """Begin the threads; the film is opened when the first frame is wished for.

        Args:
            opener: of the film.
            index: its frames.
            deliver: is given each wished frame, in the decoding thread.
            failed: is told which frame cannot be had and why, in the decoding thread.
            cache_bytes: how much memory decoded pictures may take at most.
            stand_in: of the film, where one is there.
            budget: what the pictures of all films may take together, if others hold some too.
            looks_ahead: whether anything is decoded before it is asked for.
        """
        self.looks_ahead = looks_ahead
        self._index = index
        self._deliver, self._failed = deliver, failed
        self._budget = budget or Budget(cache_bytes)
        self._cache = FrameCache(cache_bytes, self._budget)
        self._cache_bytes = cache_bytes
        self._work = DecodeWork(opener, index, self._cache, lambda: self._closed)
        self._player = Player(index, self._cache, self._work)
        self.change = threading.Condition()
        self.newest: Wish | None = None
        self._later: Later | None = None
        self._size: Size = (1, 1)
        self._playback: Playback | None = None
        self._runs = 0
        self._playhead = 0
        self.aim = Aim(0)
        self._begun = False
        self._stand_in = stand_in
        self._standing_in: StandInPictures | None = None
        self._closed = False
        self._filler = BackFiller(opener, index, self._cache, self._wake)
        self._fulfilling = Fulfilling(self, index, self._work, self._filler)
        self._thread = threading.Thread(target=self._serve, name="film decoder", daemon=True)
        self._thread.start()

    @property
    def most_bytes(self) -> int:
        """The most memory that decoded pictures of the film took so far; those of its stand-in are not among them."""
        return self._cache.most

    @property
    def held_bytes(self) -> int:
        """The memory that decoded pictures of the film take now."""
        return self._cache.bytes

    def show(self, number: int, width: int, height: int) -> None:
        """Wish for one frame; playing ahead ends.

        `deliver` or `failed` follows, unless a newer wish comes first. Where the stand-in has the frame sooner,
        `deliver` is given that first (`exact` is False then).
        """
        self._ask(number, width, height, glance=False)

    def glance(self, number: int, width: int, height: int) -> None:
        """Wish for something true of a frame at once, while the person drags or holds a key.

        As `show`, but where there is a stand-in, the film itself is decoded only when no newer wish comes for a
        little while; and a frame that is overtaken is always given up.
        """
        self._ask(number, width, height, glance=True)

    def use_stand_in(self, stand_in: StandIn | None) -> None:
        """From now on take pictures that must come quickly from this film, which has the same frames."""
        with self.change:
            self._stand_in = stand_in
            self.change.notify_all()

    def play(self, number: int, width: int, height: int) -> None:
        """Decode from `number` on, ahead of where `at` says that playback is."""
        with self.change:
            self._resize(width, height)
            self.newest = self._later = None
            self._runs += 1
            self._playback = Playback(self._runs, self._index.check(number))
            self._playhead = number
            self.change.notify_all()
        self._cache.aim(number)
        self._filler.hold()

    def at(self, number: int) -> ViewPicture | None:
        """The newest picture of this playback that is not later than `number`, which is where playback is now."""
        with self.change:
            self._playhead = number
            first = number if self._playback is None else self._playback.first
            self.change.notify_all()
        self._cache.aim(number)
        return self._cache.newest_until(number, first - 1)

    def rest(self) -> None:
        """Decode ahead no more."""
        with self.change:
            if self._playback is not None:
                self._playback = None
                self.aim = Aim(self._playhead)

    def cached(self, number: int) -> ViewPicture | None:
        """The film's own picture of a frame, if it is at hand; it may be converted in this thread."""
        return self._cache.get(number)

    def close(self) -> None:
        """End the threads and let the film go; no callback comes afterwards. Not to be called from a callback.

        A thread that is deep in one call of the decoder, or in a read of a sick disk, is not awaited for longer than
        some seconds: it lets the film go by itself when it comes back.
        """
        with self.change:
            self._closed = True
            self.change.notify_all()
        self._filler.close()
        self._thread.join(CLOSING)
        self._cache.clear()

    def _ask(self, number: int, width: int, height: int, *, glance: bool) -> None:
        with self.change:
            self._playback = self._later = None
            self._resize(width, height)
            self.newest = Wish(self._index.check(number), self._size, glance, time.monotonic())
            self.aim = self.aim.to(number) if self._begun else Aim(number)
            self._begun = True
            self.change.notify_all()

    @property
    def stands_in(self) -> bool:
        """Whether the film has a stand-in now."""
        return self._standing_in is not None

    def anything(self) -> bool:
        """Whether there is anything to do that somebody waits for."""
        return self._closed or self.newest is not None or self._playback is not None

    def take(self, wish: Wish, picture: ViewPicture) -> None:
        """Hand a picture on, if its size is still wanted."""
        if not self._closed and wish.size == self._size:
            self._deliver(picture)

    def hear(self, number: int, problem: FilmError) -> None:
        """Tell that a frame cannot be had."""
        if not self._closed:
            self._failed(number, problem)

    def _resize(self, width: int, height: int) -> None:
        """Pictures of this size are wanted from now on."""
        self._size = (max(1, width), max(1, height))
        self._cache.resize(*self._size)

    def _wake(self) -> None:
        with self.change:
            self.change.notify_all()

    def _serve(self) -> None:
        """The thread."""
        try:
            while (task := self._next()) is not None:
                task()
        finally:
            self._work.close()
            if self._standing_in is not None:
                self._standing_in.close()

    def _next(self) -> Callable[[], None] | None:
        """Wait for something to do; none when closed."""
        with self.change:
            while not self._closed:
                if (task := self._due() or self._spare()) is not None:
                    return task
                wait = None if self._later is None else max(0.0, self._later.due - time.monotonic())
                self.change.wait(wait)
        return None

    def _due(self) -> Callable[[], None] | None:
        """What somebody waits for."""
        if (self._standing_in and self._standing_in.of) is not self._stand_in:
            return self._exchange
        if self.newest is not None:
            wish, self.newest = self.newest, None
            return partial(self._fulfil, wish)
        if self._playback is not None:
            if self._player.wants_more(self._playback, self._playhead, self._size):
                return partial(self._feed, self._playback, self._playhead, self._size)
        elif self._later is not None and time.monotonic() >= self._later.due:
            later, self._later = self._later, None
            if later.anew:
                return partial(self._fulfilling.wholly, later.wish)
            return partial(self._show, partial(self._fulfilling.exactly, later.wish))
        return None

    def _spare(self) -> Callable[[], None] | None:
        """What nobody waits for yet."""
        if self._playback is not None or not self._begun or not self.looks_ahead:
            return None
        found: Callable[[], None] | None
        if self._later is not None and not self._later.anew:
            found = None if self._standing_in is None else self._standing_in.spare(self.aim, self._fulfilling.stop)
        else:
            found = self._work.spare(self.aim, self.anything)
        return None if found is None else partial(self._quietly, found)

    def _exchange(self) -> None:
        """Take up the stand-in that is there now; one that cannot be opened is as good as none."""
        if self._standing_in is not None:
            self._standing_in.close()
            self._standing_in = None
        wanted = self._stand_in
        if wanted is None:
            return
        try:
            room = FrameCache(self._cache_bytes // _STAND_IN_PART, self._budget)
            self._standing_in = StandInPictures(wanted, self._index, room, lambda: self._closed)
        except (Cancelled, FilmError):
            with self.change:
                self._stand_in = None if self._stand_in is wanted else self._stand_in

    def _fulfil(self, wish: Wish) -> None:
        """Show one frame, or something true of it first."""
        self._cache.aim(self.aim.cursor, self.aim.heading)
        self._show(partial(self._fulfilling.at_once, wish, self._standing_in))

    def _show(self, fulfil: Callable[[], Later | None]) -> None:
        """Show what is wished for, and remember what is still to be shown of it."""
        later = fulfil()
        with self.change:
            self._later = later if self.newest is None and self._playback is None else None

    def _feed(self, playback: Playback, playhead: int, size: Size) -> None:
        """Decode one frame of a playback."""
        self._filler.hold()
        try:
            self._player.feed(playback, playhead, size, self._standing_in)
        except Cancelled:
            return
        except FilmError as problem:
            self.rest()
            self.hear(playhead, problem)

    def _quietly(self, work: Callable[[], None]) -> None:
        """Do what nobody waits for; where it fails, it is not needed yet."""
        try:
            work()
        except (Overtaken, Cancelled, FilmError):
            return
