"""Where everything of a timeline lies, for one model and scale: what is painted, hit and read aloud is read here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF

from vigtool.annotate.chain import Link, links
from vigtool.annotate.mark import Lane, Mark
from vigtool.ids import Id
from vigtool.ui.timeline.model import TimelineModel, Which
from vigtool.ui.timeline.scale import Scale
from vigtool.ui.timeline.shapes import BAR, MOMENT
from vigtool.ui.timeline.stacking import MOST_ROWS, height, stacked

LABELS = 112
"""Width of the column of words at the left."""
RULER, STRIP, SOUND, LANE = 24, 44, 36, 36
GRIP = 8
"""An edge takes so many pixels on either side."""
LEAST_BAR = 4.0


@dataclass(frozen=True, slots=True)
class Band:
    """One row of the timeline: how far down it begins, and how high it is."""

    top: int
    height: int

    @property
    def bottom(self) -> int:
        """Where the next row begins."""
        return self.top + self.height


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
    """The layout. `lanes` are bands from the top of the widget; x counts from the left end of the strip."""

    def __init__(self, model: TimelineModel, scale: Scale) -> None:
        self.model, self.scale = model, scale
        self.ruler = Band(0, RULER)
        self.strip = Band(self.ruler.bottom, STRIP)
        self.sound = Band(self.strip.bottom, SOUND)
        self.rows: dict[Id, int] = {}
        self.lanes: dict[Lane, Band] = {}
        top = self.sound.bottom
        for lane in model.lanes:
            rows = stacked(model.of_lane(lane))
            self.rows |= rows
            self.lanes[lane] = Band(top, height(max(rows.values(), default=0) + 1, lane=LANE, bar=BAR))
            top += self.lanes[lane].height
        self.height = top
        self.links: tuple[Link, ...] = tuple(
            link for link in links(model.marks) if link.first.lane in self.lanes and link.second.lane in self.lanes
        )
        self._seen = self._in_view()

    def box(self, mark: Mark) -> QRectF:
        """Where a mark is drawn; it may lie outside the view. A span has some width at any zoom."""
        row = min(self.rows[mark.id], MOST_ROWS - 1)
        over = max(self.rows[mark.id] - (MOST_ROWS - 1), 0)
        top = self.lanes[mark.lane].top + (LANE - BAR) / 2 + row * (BAR + 4) + min(over * 3, 6)
        left = self.scale.x(mark.span.start)
        if mark.span.is_moment:
            middle = top + BAR / 2
            return QRectF(left - MOMENT / 2, middle - MOMENT / 2, MOMENT, MOMENT)
        return QRectF(left, top, max(self.scale.x(mark.span.end) - left, LEAST_BAR), BAR)

    def placed(self, mark: Id) -> Placed | None:
        """A mark with its box; none where it is not shown."""
        found = self.model.marks.get(mark)
        return None if found is None or found.lane not in self.lanes else Placed(found, self.box(found))

    def in_view(self) -> list[Placed]:
        """The marks that are seen, in order of time, the chosen one last, so that it lies on top."""
        return self._seen

    def _in_view(self) -> list[Placed]:
        # A moment's shape, and a bar's least width, reach a little beyond their ticks.
        margin = self.scale.ticks(2 * MOMENT) + 1
        first, last = self.scale.first - margin, self.scale.last + margin
        marks = [
            mark
            for mark in self.model.marks.ordered
            if mark.lane in self.lanes and mark.span.end >= first and mark.span.start <= last
        ]
        return sorted((Placed(mark, self.box(mark)) for mark in marks), key=lambda it: it.mark.id == self.model.chosen)

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
        on_top = list(reversed([placed for placed in self.in_view() if placed.mark.lane is lane]))
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
