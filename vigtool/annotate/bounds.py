"""A film as its marks and clips know it: where it begins and ends, and whether parents may be shown it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from vigtool.errors import InvalidRecord
from vigtool.ids import Id
from vigtool.timebase import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The edges of one film.

    Attributes:
        film: its identity.
        start, end: first tick shown, and the tick at which the last frame ends.
        time_base: seconds of one tick.
        for_parents: whether it may go into a parent's reel; the film of a shared review may not, since it shows the
            practitioner at work and belongs to supervision.
    """

    film: Id
    start: int
    end: int
    time_base: Fraction
    for_parents: bool = True

    def check(self, span: Span) -> None:
        """Refuse a span that leaves the film. The tick at which the last frame ends is no moment of it.

        Raises:
            InvalidRecord: where it does.
        """
        inside = self.start <= span.start and span.end <= self.end and span.start < self.end
        if not inside:
            raise InvalidRecord("that lies outside the film", "choose a place between its first frame and its end")

    def clipped(self, span: Span) -> Span:
        """The part of `span` that lies in the film; empty at its nearer edge where none does."""
        return Span(min(max(span.start, self.start), self.end), max(min(span.end, self.end), self.start))
