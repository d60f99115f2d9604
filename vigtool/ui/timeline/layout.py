"""What of a timeline does not change with zoom: which lanes there are, and where in them each mark lies.

It is made anew only for the lane in which a mark changed, so that an edge can be drawn among thousands of marks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from vigtool.annotate.chain import Link, links
from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.mark_set import Marks
from vigtool.ids import Id
from vigtool.ui.timeline.model import TimelineModel
from vigtool.ui.timeline.scale import Scale
from vigtool.ui.timeline.shapes import BAR, MOMENT
from vigtool.ui.timeline.stacking import MOST_ROWS, height, stacked

RULER, STRIP, SOUND, LANE = 24, 44, 36, 36
LEAST_BAR = 4.0
"""A span has some width at any zoom."""
_STEP = BAR + 4

Pixels = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band:
    """One row of the timeline: how far down it begins, and how high it is."""

    top: int
    height: int

    @property
    def bottom(self) -> int:
        """Where the next row begins."""
        return self.top + self.height


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LaneMarks:
    """The marks of one lane in order of time, and the same as columns of one length.

    Attributes:
        place: of each mark in these columns, by its id.
        starts, ends: ticks.
        tops: how far below the lane's top each bar begins.
        rows: how many rows they need.
    """

    marks: tuple[Mark, ...]
    place: dict[Id, int]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    tops: Pixels
    rows: int

    @classmethod
    def of(cls, marks: tuple[Mark, ...]) -> LaneMarks:
        """Lay out the marks of a lane."""
        rows = stacked(marks)
        row = np.array([rows[mark.id] for mark in marks], np.float64)
        # What overlaps further than the last row is drawn over it, a little lower.
        over = np.minimum(np.maximum(row - (MOST_ROWS - 1), 0) * 3, 6)
        return cls(
            marks=marks,
            place={mark.id: place for place, mark in enumerate(marks)},
            starts=np.array([mark.span.start for mark in marks], np.int64),
            ends=np.array([mark.span.end for mark in marks], np.int64),
            tops=(LANE - BAR) / 2 + np.minimum(row, MOST_ROWS - 1) * _STEP + over,
            rows=int(row.max(initial=0)) + 1,
        )

    def top_of(self, mark: Mark) -> float:
        """How far below the lane's top a mark's bar begins."""
        return float(self.tops[self.place[mark.id]])

    def edges(self, scale: Scale) -> tuple[Pixels, Pixels]:
        """The left and the right end of each mark's box, in pixels from the left end of the strip."""
        left, right = scale.xs(self.starts), scale.xs(self.ends)
        moment = self.ends == self.starts
        return (
            np.where(moment, left - MOMENT / 2, left),
            np.where(moment, left + MOMENT / 2, np.maximum(right, left + LEAST_BAR)),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinkColumns:
    """Links as columns of one length.

    Attributes:
        links: by the time of their first mark.
        starts, ends: ticks where the two marks together begin, and where they end.
        leaves, arrives: tick and height, in pixels, of the middles of the two marks, as (ticks, heights).
    """

    links: tuple[Link, ...]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    leaves: tuple[NDArray[np.int64], Pixels]
    arrives: tuple[NDArray[np.int64], Pixels]

    @classmethod
    def of(cls, links: tuple[Link, ...], layout: Layout) -> LinkColumns:
        """Lay out links."""
        first, second = [link.first for link in links], [link.second for link in links]
        return cls(
            links=links,
            starts=np.array([mark.span.start for mark in first], np.int64),
            ends=np.array([max(link.first.span.end, link.second.span.end) for link in links], np.int64),
            leaves=layout.middles(first),
            arrives=layout.middles(second),
        )


def merged(left: Pixels, right: Pixels, gap: float) -> tuple[list[float], list[float]]:
    """Stretches joined where less than `gap` lies between them: where each begins and ends.

    Args:
        left: where they begin, rising.
        right: where they end.
        gap: pixels.
    """
    if not len(left):
        return [], []
    until = np.maximum.accumulate(right)
    first = np.flatnonzero(np.concatenate([[True], left[1:] > until[:-1] + gap]))
    last = np.concatenate([first[1:], [len(left)]]) - 1
    return left[first].tolist(), until[last].tolist()


class Layout:
    """Rows from top to bottom, the marks in them, and the links between those."""

    def __init__(self, model: TimelineModel, before: Layout | None = None) -> None:
        """Lay out a model; what is as it was `before` is taken over."""
        self.lanes: dict[Lane, Band] = {}
        self.marks: dict[Lane, LaneMarks] = {}
        by_lane: dict[Lane, list[Mark]] = {lane: [] for lane in model.lanes}
        for mark in model.marks.ordered:
            if mark.lane in by_lane:
                by_lane[mark.lane].append(mark)
        self.ruler = Band(0, RULER)
        self.strip = Band(self.ruler.bottom, STRIP)
        self.sound = Band(self.strip.bottom, SOUND)
        top = self.sound.bottom
        for lane, marks in by_lane.items():
            found = None if before is None else before.marks.get(lane)
            laid = found if found is not None and found.marks == tuple(marks) else LaneMarks.of(tuple(marks))
            self.marks[lane] = laid
            self.lanes[lane] = Band(top, height(laid.rows, lane=LANE, bar=BAR))
            top += self.lanes[lane].height
        self.height = top
        self.chained = tuple(mark for marks in by_lane.values() for mark in marks if mark.chain is not None)
        same = before is not None and before.chained == self.chained
        self.links: tuple[Link, ...] = before.links if before is not None and same else _links(self.chained, model)
        self.link_columns = LinkColumns.of(self.links, self)

    def fits(self, model: TimelineModel, before: TimelineModel) -> bool:
        """Whether this layout, made for the model `before`, is that of `model` too."""
        return model.marks is before.marks and model.lanes == before.lanes

    def middles(self, marks: list[Mark]) -> tuple[NDArray[np.int64], Pixels]:
        """The middle of each mark: tick and height."""
        ticks = [(mark.span.start + mark.span.end) // 2 for mark in marks]
        tops = [self.lanes[mark.lane].top + self.marks[mark.lane].top_of(mark) for mark in marks]
        return np.array(ticks, np.int64), np.array(tops, np.float64) + BAR / 2

    def box(self, mark: Mark, scale: Scale) -> QRectF:
        """Where a mark is drawn; it may lie outside the view."""
        top = self.lanes[mark.lane].top + self.marks[mark.lane].top_of(mark)
        left = scale.x(mark.span.start)
        if mark.span.is_moment:
            return QRectF(left - MOMENT / 2, top + (BAR - MOMENT) / 2, MOMENT, MOMENT)
        return QRectF(left, top, max(scale.x(mark.span.end) - left, LEAST_BAR), BAR)


def _links(chained: tuple[Mark, ...], model: TimelineModel) -> tuple[Link, ...]:
    """The links between the marks that are shown; a chain that leads through a hidden lane is drawn broken there."""
    shown = {mark.id for mark in chained}
    found = links(Marks(mark for mark in model.marks.values() if mark.chain is not None))
    return tuple(link for link in found if link.first.id in shown and link.second.id in shown)
