"""Frames of one length and marks among them, for what is drawn from marks and needs no film."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.mark_set import Marks
from vigtool.timebase import Span
from vigtool.ui.timeline.model import TimelineModel

TICKS = 3600
"""One frame: 25 a second of 90000 ticks."""


@dataclass(frozen=True)
class EvenFrames:
    """Frames that all last equally long, beginning at `start`."""

    frames: int
    start: int = 0
    time_base: Fraction = Fraction(1, 90000)

    @property
    def end(self) -> int:
        return self.start + self.frames * TICKS

    def pts(self, number: int) -> int:
        assert 0 <= number < self.frames
        return self.start + number * TICKS

    def number_at(self, tick: int) -> int:
        assert self.start <= tick < self.end
        return (tick - self.start) // TICKS

    def span(self, first: int, last: int) -> Span:
        return Span(self.pts(first), self.pts(last) + TICKS)


def mark(
    number: int,
    first: int,
    last: int | None = None,
    lane: Lane = Lane.BABY,
    *,
    code: str | None = "b.voice",
    note: str = "",
    star: bool = False,
    chain: str | None = None,
) -> Mark:
    """A mark over frames `first` to `last`; without `last` a moment."""
    end = first * TICKS if last is None else (last + 1) * TICKS
    return Mark(
        id=f"{number:032x}",
        layer="l",
        film="f",
        span=Span(first * TICKS, end),
        lane=lane,
        code=code,
        note=note,
        star=star,
        chain=chain,
    )


LABELS = {"b.voice": "coos", "enc.wait": "waits", "tog.fun": "shared fun"}


def some_marks() -> Marks:
    """A chain of three over two lanes, a moment, a shared one, and a note."""
    return Marks(
        [
            mark(1, 10, 29, chain="c"),
            mark(2, 35, 59, Lane.PARENT, code="enc.wait", chain="c", star=True),
            mark(3, 62, 80, chain="c"),
            mark(4, 90),
            mark(5, 40, 120, Lane.TOGETHER, code="tog.fun"),
            mark(6, 5, 25, Lane.NOTES, code=None, note="kettle on,\nnoisy"),
        ]
    )


def model_of(marks: Marks, frames: int = 250, chosen: str | None = None) -> TimelineModel:
    """A timeline's model of a film of `frames` frames."""
    return TimelineModel(start=0, index=EvenFrames(frames), marks=marks, labels=LABELS, chosen=chosen)
