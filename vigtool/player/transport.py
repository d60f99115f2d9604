"""Where in a film one is: playing, standing, stepping, going round a loop.

This only reckons; it decodes nothing and draws nothing. Asked at any moment, it says which frame should be on the
screen then. It counts from where playing began, so that nothing adds up to a drift.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from vigtool.player.clock import Clock
from vigtool.player.frame_index import FrameIndex
from vigtool.timebase import Span

FASTEST: Final = Fraction(16)
_FINE: Final = 10**18


class Transport:
    """Position and motion in one film.

    Attributes:
        playing: whether time runs.
        rate: seconds of film for a second of the clock; negative plays backwards, never zero.
        loop: the stretch to go round in while playing; none for the whole film.
    """

    def __init__(self, index: FrameIndex, clock: Clock) -> None:
        self.playing = False
        self.rate = Fraction(1)
        self.loop: Span | None = None
        self._index = index
        self._clock = clock
        self._origin = index.start * index.time_base  # where one was when ...
        self._since = clock.now()  # ... it was this time

    @property
    def number(self) -> int:
        """The frame that should be on the screen now."""
        return self._index.number_at(self.tick)

    @property
    def tick(self) -> int:
        """The exact place now: within the film, and within the loop while playing."""
        return int(self._position() // self._index.time_base)

    def play(self) -> None:
        """Let time run. From the very end one begins anew: at the loop's beginning, or the film's."""
        if self.playing:
            return
        last = self._index.frames - 1
        at = self.number
        if self.rate > 0 and at == last and self._index.frames > 1:
            self._stand_at(self._low())
        elif self.rate < 0 and at == 0:
            self._stand_at(self._high() - 1)
        if self.loop is not None and not self.loop.holds(self.tick):
            self._stand_at(self._low() if self.rate > 0 else self._high() - 1)
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
        """Go to a frame and do there what one did: play on, or stand."""
        playing = self.playing
        self.seek(number)
        if playing:
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
        """Go round in a stretch from now on; a moment, or nothing, ends going round."""
        self._anchor()
        within = None if loop is None else (max(loop.start, self._index.start), min(loop.end, self._index.end))
        self.loop = Span(*within) if within is not None and within[0] < within[1] else None

    def use(self, clock: Clock) -> None:
        """Go by another clock from now on, without moving."""
        self._anchor()
        self._clock = clock
        self._since = clock.now()

    def update(self) -> int:
        """The frame that should be on the screen now. At the end of the film (going back: its beginning) it stops."""
        if self.playing and self.loop is None:
            raw = self._raw()
            if raw >= self._index.end * self._index.time_base and self.rate > 0:
                self.seek(self._index.frames - 1)
            elif raw < self._index.start * self._index.time_base and self.rate < 0:
                self.seek(0)
        return self.number

    def _low(self) -> int:
        return self._index.start if self.loop is None else self.loop.start

    def _high(self) -> int:
        return self._index.end if self.loop is None else self.loop.end

    def _raw(self) -> Fraction:
        """Seconds, as if the film had no ends."""
        if not self.playing:
            return self._origin
        return self._origin + (self._clock.now() - self._since) * self.rate

    def _position(self) -> Fraction:
        """Seconds on the film's clock, within the film; while playing, within the loop."""
        base = self._index.time_base
        raw = self._raw()
        if self.loop is not None and self.playing:
            low, length = self.loop.start * base, self.loop.length * base
            if (raw >= low) if self.rate > 0 else (raw < low + length):
                return low + (raw - low) % length
        return min(max(raw, self._index.start * base), (self._index.end - 1) * base)

    def _anchor(self) -> None:
        """Count from here and now; exactly, as long as the fraction does not grow beyond all need."""
        here = self._position()
        self._origin = here if here.denominator < _FINE else here.limit_denominator(_FINE)
        self._since = self._clock.now()

    def _stand_at(self, tick: int) -> None:
        self._origin = tick * self._index.time_base
        self._since = self._clock.now()
