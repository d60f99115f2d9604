"""Two films of the same moments, and by how much the clock of one is ahead of the other's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from fractions import Fraction

from vigtool.ids import Id


class PairedBy(Enum):
    """How it was found out what belongs together."""

    EYE = "eye"
    SOUND = "sound"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmPair:
    """Two films that were taken at the same time, and how they lie to each other.

    What the first film shows at the second `t` of its own clock (its ticks times its time base), the second film
    shows at `t + offset` of its own.

    Attributes:
        offset: seconds, exact.
        how: by eye or by sound.
        kept: when it was said so, UTC.
        by: the user who said so.
    """

    id: Id
    first: Id
    second: Id
    offset: Fraction
    how: PairedBy
    kept: datetime
    by: Id

    def offset_from(self, film: Id) -> Fraction:
        """The offset as seen from one of the two films, whichever was opened first.

        Raises:
            ValueError: where the film is not one of the two.
        """
        if film == self.first:
            return self.offset
        if film == self.second:
            return -self.offset
        message = "that film is not one of the two"
        raise ValueError(message)


def pair_of(pairs: Iterable[FilmPair], one: Id, other: Id) -> FilmPair | None:
    """The newest pair of two films, whichever of them was opened first; none where nobody laid them side by side."""
    found = [pair for pair in pairs if {pair.first, pair.second} == {one, other}]
    return max(found, key=lambda pair: (pair.kept, pair.id), default=None)
