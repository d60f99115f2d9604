"""In which row of its lane a mark is drawn, so that none hides another."""

from __future__ import annotations

from collections.abc import Iterable

from vigtool.annotate.mark import Mark
from vigtool.ids import Id

MOST_ROWS = 3
"""More would make a lane too high; what overlaps further is drawn over the last row, a little lower."""


def stacked(marks: Iterable[Mark]) -> dict[Id, int]:
    """The row of each mark of one lane, counted from 0: the first one that is free when the mark begins.

    Args:
        marks: in order of time.
    """
    free_from: list[int] = []
    rows: dict[Id, int] = {}
    for mark in marks:
        # A moment takes its own tick, so that two moments of one frame do not lie on each other.
        end = max(mark.span.end, mark.span.start + 1)
        row = next((row for row, free in enumerate(free_from) if free <= mark.span.start), len(free_from))
        if row == len(free_from):
            free_from.append(end)
        else:
            free_from[row] = end
        rows[mark.id] = row
    return rows


def height(rows: int, *, lane: int = 36, bar: int = 24) -> int:
    """How high a lane with so many rows is, in pixels."""
    shown = min(max(rows, 1), MOST_ROWS)
    return lane + (shown - 1) * (bar + 4)
