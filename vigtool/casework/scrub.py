"""What was found when every sealed byte was read and opened."""

from __future__ import annotations

from collections.abc import Iterable
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
    """One look through the films that a user can open, in the order of their ids.

    Attributes:
        on: when it ended, or was stopped, UTC.
        by: the user who had it done.
        films: how many were read.
        damaged: those of them that are not whole.
        stand_ins: how many damaged stand-ins were taken away; they are made again when they are next needed.
        finished: whether it came to the last film.
        after: where it went on with one that was stopped, the last film that one had read.
        last: where it was stopped, the last film that it read itself.
        only: where one film was looked at by itself, that film.
    """

    id: Id
    on: datetime
    by: Id
    films: int
    damaged: tuple[DamagedFilm, ...] = ()
    stand_ins: int = 0
    finished: bool = True
    after: Id | None = None
    last: Id | None = None
    only: Id | None = None

    def has_read(self, film: Id) -> bool:
        """Whether it read that film, had it been in the vault."""
        if self.only is not None:
            return film == self.only
        return (self.after is None or film > self.after) and (self.finished or (self.last or "") >= film)


def damage_known(scrubs: Iterable[Scrub]) -> dict[Id, DamagedFilm]:
    """What is known of damaged films when all scrubs are taken together, by film; the newest word on each counts."""
    known: dict[Id, DamagedFilm] = {}
    for scrub in sorted(scrubs, key=lambda each: each.on):
        known = {film: found for film, found in known.items() if not scrub.has_read(film)}
        known |= {found.film: found for found in scrub.damaged}
    return known
