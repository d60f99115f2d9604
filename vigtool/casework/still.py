"""One frame of a film that was kept to be looked at again: named by its timestamp, never a copy of its pixels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from vigtool.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """A frame somebody wants to find again. It stays in the vault: it says which frame, and the film has the picture.

    Attributes:
        film: the film it is of.
        number: of the frame in shown order, counted from 0; for people.
        tick: the timestamp of exactly that frame, in ticks of the film; this is what names it.
        words: what is said of it; may be empty.
        kept: when, UTC.
        by: the user who kept it.
    """

    id: Id
    film: Id
    number: int
    tick: int
    words: str = field(default="", repr=False)
    kept: datetime
    by: Id


def in_order(stills: Iterable[Still]) -> list[Still]:
    """Stills in the order of the film; of one frame, in the order they were kept."""
    return sorted(stills, key=lambda still: (still.tick, still.kept, still.id))
