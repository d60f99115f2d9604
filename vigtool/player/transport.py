"""Where in a film one is: playing, standing, stepping, going round a loop, going from mark to mark.

This only reckons; it decodes nothing and draws nothing. Asked at any moment, it says which frame should be on the
screen then. It counts from where playing began, so that nothing adds up to a drift.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from vigtool.player.clock import Clock
from vigtool.player.frame_index import FrameIndex
from vigtool.player.route import Route, loop_of, only, whole
from vigtool.timebase import Span

FASTEST: Final = Fraction(16)
_FINE: Final = 10**18


class Transport:
    """Position and motion in one film.

    Attributes:
        playing: whether time runs.
        rate: seconds of film for a second of the clock; negative plays backwards, never zero.
        route: what is played, and in which order.
    """

    def __init__(self, index: FrameIndex, clock: Clock) -> None:
        self.playing = False
        self.rate = Fraction(1)
        self.route = self._whole = whole(index)
        self._index = index
        self._clock = clock
        self._origin = Fraction(index.start)  # the tick where one was when ...
        self._since = clock.now()  # ... it was this time

    @property
    def number(self) -> int:
        """The frame that should be on the screen now."""
        return self._index.number_at(self.tick)

    @property
    def tick(self) -> int:
        """The exact place now: within the film, and within the route while playing."""
        return int(self._position() // 1)

    @property
    def loop(self) -> Span | None:
        """The stretch to go round in while playing."""
        return self.route.spans[0] if self.route.endless else None

    @property
    def only(self) -> tuple[Span, ...]:
        """The stretches that alone are played, each once; none of them means the whole film, or a loop."""
        return () if self.route.endless or self.route is self._whole else self.route.spans

    def play(self) -> None:
        """Let time run, from the route's beginning where one stands at its end, or where nothing of it is to come."""
        if self.playing:
            return
        forwards, begin, end = self.rate > 0, self.route.spans[0].start, self.route.end - 1
        at_end = self.number == self._index.number_at(end if forwards else begin)
        if at_end and not self.route.endless:
            self._stand_at(begin if forwards else end)
        if not self._enter():
            self._stand_at(begin if forwards else end)
        self._since = self._clock.now()
        self.playing = True

    def pause(self) -> None:
        """Stand still on the frame that shows, at its beginning."""
        self.seek(self.number)

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def seek(self, number: int) -> None:
        """Stand still on a frame; one outside the film means the first or the last."""
        self.playing = False
        self._stand_at(self._index.pts(min(max(0, number), self._index.frames - 1)))

    def step(self, frames: int) -> None:
        """Stand still so many frames on (or back)."""
        self.seek(self.number + frames)

    def jump(self, number: int) -> None:
        """Go to a frame and do there what one did: stand, or play on from there or what is next to be played."""
        playing = self.playing
        self.seek(number)
        if playing and self._enter():
            self._since = self._clock.now()
            self.playing = True

    def step_seconds(self, seconds: Fraction) -> None:
        """Go so many seconds on (or back), and do there what one did: play on, or stand."""
        aim = self.tick + int(seconds // self._index.time_base)
        if seconds < 0 and not self.playing:
            aim = max(aim, self._index.start)
        self.jump(self._index.number_at(aim))

    def set_rate(self, rate: Fraction) -> None:
        """Change the speed without moving.

        Raises:
            ValueError: for no speed at all, or one beyond sixteen times.
        """
        if rate == 0 or abs(rate) > FASTEST:
            message = "no such speed"
            raise ValueError(message)
        self._anchor()
        self.rate = rate

    def set_loop(self, loop: Span | None) -> None:
        """Go round in a stretch from now on, at once; a moment, or nothing, ends going round."""
        self._take(None if loop is None else loop_of(self._index, loop))

    def set_only(self, spans: Iterable[Span]) -> None:
        """Play these stretches alone from now on, each once; none, or only moments, means the whole film."""
        self._take(only(self._index, spans))

    def use(self, clock: Clock, at: Fraction | None = None) -> None:
        """Go by another clock from now on, without moving; or from `at`, a part of a tick that is played."""
        self._anchor()
        self._clock = clock
        self._since = clock.now()
        if at is not None:
            self._origin = at

    def now(self) -> Fraction:
        """What the clock shows by which it goes."""
        return self._clock.now()

    def settle(self) -> int:
        """Go back to the very beginning of the present tick, which is returned, and count from there."""
        tick = self.tick
        self._stand_at(tick)
        return tick

    def ahead(self, seconds: Fraction) -> Fraction | None:
        """Where one will be in so many seconds of the clock, as a part of a tick; none if playing is over by then."""
        way = (self._clock.now() + seconds - self._since) * self.rate / self._index.time_base
        return self.route.travelled(self._origin, way) if self.playing else self._origin

    def until_next(self) -> Fraction:
        """Seconds of the clock until another frame, or another stretch of the route, is due; 0 where it is over.

        Backwards that is until the very beginning of the present frame, beyond which the one before it is due.
        """
        here = self.ahead(Fraction(0))
        if here is None:
            return Fraction(0)
        number, place = self._index.number_at(int(here // 1)), self.route.place(int(here // 1))
        span = self._index.span(number, number) if place is None else self.route.spans[place]
        if self.rate > 0:
            way = min(self._index.after(number), span.end) - here
        else:
            way = here - max(self._index.pts(number), span.start)
        return max(way, Fraction(0)) * self._index.time_base / abs(self.rate)

    def update(self) -> int:
        """The frame that should be on the screen now. Where the route is over it stops, on the last frame played."""
        if self.playing and self.ahead(Fraction(0)) is None:
            self.seek(self._index.number_at(self._far_end()))
        return self.number

    def _far_end(self) -> int:
        """The last tick that is played."""
        return self.route.end - 1 if self.rate > 0 else self.route.spans[0].start

    def _position(self) -> Fraction:
        """In ticks."""
        here = self.ahead(Fraction(0))
        return Fraction(self._far_end()) if here is None else here

    def _take(self, route: Route | None) -> None:
        """Play another route; while playing what is next of it begins at once."""
        self._anchor()
        self.route = route or self._whole
        if self.playing and not self._enter():
            self._stand_at(self.route.spans[0].start if self.rate > 0 else self.route.end - 1)

    def _enter(self) -> bool:
        """Go from where one counts to where playing begins; whether anything is to be played."""
        here = int(self._origin // 1)
        entered = self.route.entered(here, forwards=self.rate > 0)
        if entered is not None and entered != here:
            self._stand_at(entered)
        return entered is not None

    def _anchor(self) -> None:
        """Count from here and now; exactly, as long as the fraction does not grow beyond all need."""
        here = self._position()
        self._origin = here if here.denominator < _FINE else here.limit_denominator(_FINE)
        self._since = self._clock.now()

    def _stand_at(self, tick: int) -> None:
        self._origin = Fraction(tick)
        self._since = self._clock.now()
