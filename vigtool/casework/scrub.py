"""What was found when every sealed byte was read and opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from vigtool.ids import Id
from vigtool.timebase import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagedFilm:
    """One film whose sealed file is not what was written.

    Attributes:
        film: which.
        spans: the stretches of it that cannot be shown, in ticks of the film, in order and apart.
        time_base: seconds of one tick.
        start: the tick at which the film begins.
        lost: whether nothing of it can be shown: its file is gone, or damaged where all the rest hangs on it.
    """

    film: Id
    spans: tuple[Span, ...]
    time_base: Fraction
    start: int
    lost: bool = False

    @property
    def spans_seconds(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """The same in seconds from the film's first frame."""
        return tuple(
            ((span.start - self.start) * self.time_base, (span.end - self.start) * self.time_base)
            for span in self.spans
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrub:
    """One look through every film that a user can open.

    Attributes:
        on: when it ended, or was stopped, UTC.
        by: the user who had it done.
        films: how many were read.
        damaged: those of them that are not whole.
        stand_ins: how many damaged stand-ins were taken away; they are made again when they are next needed.
        finished: whether every film was read.
        last: where it was not, the last film that was; the next one goes on after it.
    """

    id: Id
    on: datetime
    by: Id
    films: int
    damaged: tuple[DamagedFilm, ...] = ()
    stand_ins: int = 0
    finished: bool = True
    last: Id | None = None
