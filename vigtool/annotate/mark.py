"""A mark: a stretch or a moment of a film, who shows it, a code, a note."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vigtool.ids import Id
from vigtool.timebase import Span


class Lane(Enum):
    """One row of the timeline: who shows what is marked."""

    BABY = "baby"
    PARENT = "parent"
    TOGETHER = "together"
    NOTES = "notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one author says of one stretch of a film.

    Attributes:
        layer: the author's layer on the film; only its author changes it.
        span: in ticks of the film; a moment has its end equal to its start.
        code: a code of the layer's scheme, such as "b.voice"; none for a moment kept at first sight.
        chain: marks that answer each other share this; their order is the order in time.
    """

    id: Id
    layer: Id
    film: Id
    span: Span
    lane: Lane
    code: str | None = None
    note: str = ""
    star: bool = False
    chain: Id | None = None
