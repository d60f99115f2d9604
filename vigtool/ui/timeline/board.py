"""Where everything of a timeline lies, for one model and scale: what is painted, hit and read aloud is read here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from vigtool.annotate.mark import Lane, Mark
from vigtool.ids import Id
from vigtool.ui.timeline.layout import LANE, LEAST_BAR, RULER, SOUND, STRIP, Band, Layout
from vigtool.ui.timeline.model import TimelineModel, Which
from vigtool.ui.timeline.scale import Scale

__all__ = ["GRIP", "LABELS", "LANE", "LEAST_BAR", "RULER", "SOUND", "STRIP", "Band", "Board", "Hit", "Part", "Placed"]

LABELS = 112
"""Width of the column of words at the left."""
GRIP = 8
"""An edge takes so many pixels on either side."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark in the view: its box, in pixels from the left end of the strip."""

    mark: Mark
    box: QRectF


class Part(Enum):
    """What lies under the pointer."""

    LABEL = "label"
    RULER = "ruler"
    STRIP = "strip"
    SOUND = "sound"
    LANE = "lane"
    MARK = "mark"
    EDGE = "edge"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under a point.

    Attributes:
        mark: for a mark or an edge of one.
        which: for an edge.
        lane: for a lane or what lies in it.
    """

    part: Part
    mark: Id | None = None
    which: Which | None = None
    lane: Lane | None = None


class Board:
    """The layout at one scale. Bands lie from the top of the widget; x counts from the left end of the strip."""

    def __init__(self, model: TimelineModel, scale: Scale, layout: Layout | None = None) -> None:
        """Make it; `layout` is the model's, where it was laid out already."""
        self.model, self.scale = model, scale
        self.layout = layout or Layout(model)
        self.ruler, self.strip, self.sound = self.layout.ruler, self.layout.strip, self.layout.sound
        self.lanes, self.links, self.height = self.layout.lanes, self.layout.links, self.layout.height

    def box(self, mark: Mark) -> QRectF:
        """Where a mark is drawn; it may lie outside the view. A span has some width at any zoom."""
        return self.layout.box(mark, self.scale)

    def placed(self, mark: Id) -> Placed | None:
        """A mark with its box; none where it is not shown."""
        found = self.model.marks.get(mark)
        return None if found is None or found.lane not in self.lanes else Placed(found, self.box(found))

    def in_view(self) -> list[Placed]:
        """The marks that are seen, in order of time, the chosen one last, so that it lies on top."""
        seen = [placed for lane in self.lanes for placed in self.between(lane, 0, self.scale.width)]
        return sorted(seen, key=lambda it: (it.mark.id == self.model.chosen, it.mark.span.start))

    def between(self, lane: Lane, left: float, right: float) -> list[Placed]:
        """The marks of a lane whose boxes reach between two places, in order of time, the chosen one last."""
        laid = self.layout.marks[lane]
        begins, ends = laid.edges(self.scale)
        found = [laid.marks[place] for place in np.flatnonzero((ends >= left) & (begins <= right))]
        return sorted((Placed(mark, self.box(mark)) for mark in found), key=lambda it: it.mark.id == self.model.chosen)

    def hit(self, x: float, y: float) -> Hit:
        """What lies under a point, x counted from the left end of the widget."""
        if x < LABELS:
            return Hit(Part.LABEL)
        inside = QPointF(x - LABELS, y)
        for part, band in ((Part.RULER, self.ruler), (Part.STRIP, self.strip), (Part.SOUND, self.sound)):
            if band.top <= y < band.bottom:
                return Hit(part)
        lane = next((lane for lane, band in self.lanes.items() if band.top <= y < band.bottom), None)
        if lane is None:
            return Hit(Part.NOTHING)
        on_top = self.between(lane, inside.x() - GRIP, inside.x() + GRIP)[::-1]
        edges = [(edge_distance(placed, inside), placed) for placed in on_top]
        near = [(found, placed) for found, placed in edges if found is not None]
        # The chosen mark's edges win over whatever lies beside them; else the nearest edge does.
        near.sort(key=lambda found: (found[1].mark.id != self.model.chosen, found[0][0]))
        if near:
            (_, which), placed = near[0]
            return Hit(Part.EDGE, placed.mark.id, which, lane)
        for placed in on_top:
            if placed.box.contains(inside):
                return Hit(Part.MARK, placed.mark.id, lane=lane)
        return Hit(Part.LANE, lane=lane)


def edge_distance(placed: Placed, at: QPointF) -> tuple[float, Which] | None:
    """How far `at` is from the nearer edge of a span, where that is near enough to grip it.

    Inside a short bar a third of it is kept free in the middle, so that it can still be chosen.
    """
    box = placed.box
    if placed.mark.span.is_moment or not box.top() - 2 <= at.y() <= box.bottom() + 2:
        return None
    inner = min(float(GRIP), box.width() / 3)
    start, end = at.x() - box.left(), box.right() - at.x()
    if -GRIP <= start <= inner and start <= end:
        return abs(start), Which.START
    if -GRIP <= end <= inner:
        return abs(end), Which.END
    return None
