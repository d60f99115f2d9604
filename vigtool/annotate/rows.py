"""Marks as flat rows, for tables that leave the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from vigtool.annotate.mark import Mark
from vigtool.annotate.mark_set import Marks
from vigtool.ids import Id
from vigtool.timebase import Span


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One mark, its fields in the order of the columns.

    Attributes:
        lane: who shows it: "baby", "parent", "together" or "notes".
        start, end: ticks of the film, half-open; a moment has its end equal to its start.
        start_frame, end_frame: the first frame of it, and the first no longer of it, counted from 0; a moment has
            both equal.
        author: whose layer it is in.
    """

    mark: Id
    film: Id
    lane: str
    code: str | None
    start: int
    end: int
    start_frame: int
    end_frame: int
    note: str
    star: bool
    chain: Id | None
    author: Id


def rows(marks: Iterable[Mark], authors: Mapping[Id, Id], frame_at: Callable[[int], int]) -> list[MarkRow]:
    """The rows of marks of one film, in order of time.

    Args:
        marks: of any layers of the film.
        authors: the author of each layer.
        frame_at: the number of the frame that is shown at a tick.
    """
    return [_row(mark, authors[mark.layer], _frames(mark.span, frame_at)) for mark in Marks(marks).ordered]


def _frames(span: Span, frame_at: Callable[[int], int]) -> tuple[int, int]:
    """Every frame that is shown for some of the span, half-open: the last is the one shown at its last tick."""
    first = frame_at(span.start)
    return (first, first) if span.is_moment else (first, frame_at(span.end - 1) + 1)


def _row(mark: Mark, author: Id, frames: tuple[int, int]) -> MarkRow:
    return MarkRow(
        mark=mark.id,
        film=mark.film,
        lane=mark.lane.value,
        code=mark.code,
        start=mark.span.start,
        end=mark.span.end,
        start_frame=frames[0],
        end_frame=frames[1],
        note=mark.note,
        star=mark.star,
        chain=mark.chain,
        author=author,
    )
