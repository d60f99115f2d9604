"""Between ticks of a film and pixels of a timeline: ticks are whole numbers and stay exact, floats are pixels alone.

A `Scale` shows the ticks from `first` on, `length` of them over `width` pixels. It is a value: zooming and scrolling
make another one. Nothing of Qt is in it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

_STEPS = (
    *(Fraction(1, n) for n in (100, 50, 20, 10, 5, 2)),
    *(Fraction(n) for n in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)),
)


Place = int | Fraction
"""In ticks; a whole number but for the edges of a view."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of the ruler; `numbered` where its time is written beside it."""

    tick: int
    seconds: Fraction
    numbered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Which ticks are shown over how many pixels.

    Attributes:
        start: first tick of the film.
        end: tick at which the film ends.
        time_base: seconds of one tick.
        first: tick at the left edge.
        length: how many ticks are shown; never more than the film has, never fewer than `least`.
        width: in pixels.
        least: the fewest ticks that can be shown, some frames' worth.
        grain: `first` and `length` are whole numbers of such parts of a tick. Some films have one tick a frame: there
            the view could not be moved but by a hundred pixels otherwise.
    """

    start: int
    end: int
    time_base: Fraction
    first: Place
    length: Place
    width: int
    least: int = 1
    grain: int = 1

    def __post_init__(self) -> None:
        """Refuse what could not be drawn.

        Raises:
            ValueError: for a film or a strip without any length.
        """
        if self.end <= self.start or self.width < 1 or self.length <= 0 or self.time_base <= 0:
            message = "a scale shows some ticks over some pixels"
            raise ValueError(message)

    @classmethod
    def whole(cls, start: int, end: int, time_base: Fraction, width: int, least: int = 1, *, grain: int = 1) -> Scale:
        """The whole film in view."""
        length = max(end - start, 1)
        return cls(
            start=start,
            end=end,
            time_base=time_base,
            first=start,
            length=length,
            width=max(width, 1),
            least=max(1, min(least, length)),
            grain=grain,
        )

    @property
    def last(self) -> Place:
        """The tick just after the right edge."""
        return self.first + self.length

    @property
    def seconds(self) -> Fraction:
        """How many seconds are shown."""
        return Fraction(self.length) * self.time_base

    def x(self, tick: int) -> float:
        """Where a tick is drawn; may lie outside the view."""
        return float((tick - self.first) * self.width / self.length)

    def xs(self, ticks: NDArray[np.int64]) -> NDArray[np.float64]:
        """Where each of many ticks is drawn."""
        return np.asarray((ticks - float(self.first)) * (self.width / float(self.length)), np.float64)

    def tick(self, x: float) -> int:
        """The tick drawn at or just before `x`, within the film: a tick from the first on, up to the film's end."""
        found = math.floor(self.first + Fraction(x) * self.length / self.width)
        return min(max(found, self.start), self.end)

    def ticks(self, pixels: float) -> int:
        """How many ticks so many pixels are, rounded down."""
        return math.floor(Fraction(pixels) * self.length / self.width)

    def zoomed(self, factor: Fraction, x: float) -> Scale:
        """Show `factor` times as much, keeping what is under `x` where it is as far as the film's ends allow."""
        length = min(max(self._grained(self.length * factor), self.least), self.end - self.start)
        under = self.first + Fraction(x) * self.length / self.width
        return self._placed(under - Fraction(x) * length / self.width, length)

    def scrolled(self, pixels: float) -> Scale:
        """Show what lies so many pixels further on."""
        return self._placed(self.first + Fraction(pixels) * self.length / self.width, self.length)

    def moved_to(self, first: Place) -> Scale:
        """Show the same length from `first` on, as far as the film's ends allow."""
        return self._placed(first, self.length)

    def showing(self, tick: int, *, at: Fraction = Fraction(1, 10)) -> Scale:
        """Itself where `tick` is in view, else turned like a page so that it is `at` of the way across."""
        if self.first <= tick < self.last or (tick == self.last == self.end):
            return self
        return self._placed(tick - math.floor(self.length * at), self.length)

    def around(self, first: int, last: int) -> Scale:
        """Show a stretch with a tenth of it as margin on either side."""
        margin = (last - first) // 10
        length = min(max(last - first + 2 * margin, self.least), self.end - self.start)
        return self._placed(Fraction(first + last - length, 2), length)

    def showing_seconds(self, seconds: Fraction, tick: int) -> Scale:
        """Show so many seconds, with `tick` in the middle."""
        length = min(max(self._grained(seconds / self.time_base), self.least), self.end - self.start)
        return self._placed(tick - Fraction(length) / 2, length)

    def resized(self, width: int) -> Scale:
        """The same ticks over another width."""
        return replace(self, width=max(width, 1))

    def ruler(self, least_pixels: int = 64) -> list[Stroke]:
        """The strokes in view; numbered ones stand at least `least_pixels` apart, at times a person would name."""
        pixels_a_second = self.width / float(self.seconds)
        numbered = next((step for step in _STEPS if float(step) * pixels_a_second >= least_pixels), _STEPS[-1])
        while float(numbered) * pixels_a_second < least_pixels:
            numbered *= 2
        parts = 5 if numbered.numerator % 2 or numbered >= 5 else 2
        step = numbered / parts
        origin = self.start * self.time_base
        count = math.ceil((self.first * self.time_base - origin) / step)
        strokes: list[Stroke] = []
        while (tick := math.ceil((origin + count * step) / self.time_base)) < min(self.last, self.end):
            if not strokes or strokes[-1].tick < tick:
                strokes.append(Stroke(tick, count * step, count % parts == 0))
            count += 1
        return strokes

    def _placed(self, first: Place, length: Place) -> Scale:
        first = max(min(self._grained(first), self.end - length), self.start)
        return replace(self, first=first, length=length)

    def _grained(self, place: Place) -> Place:
        """The nearest place that can be shown."""
        found = Fraction(round(place * self.grain), self.grain)
        return found.numerator if found.denominator == 1 else found
