"""The points in and out that a person sets before there is a mark, and the stretch in which the film goes round."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from vigtool.errors import InvalidRecord
from vigtool.timebase import Span


@dataclass(frozen=True, slots=True)
class Points:
    """Ticks of the film; none where a point is not set.

    Attributes:
        start: the tick at which the first frame of the stretch begins.
        end: the tick at which its last frame ends.
    """

    start: int | None = None
    end: int | None = None

    @property
    def span(self) -> Span | None:
        """The stretch between them, where both are set."""
        return None if self.start is None or self.end is None else Span(self.start, self.end)

    @property
    def is_empty(self) -> bool:
        """Whether neither is set."""
        return self.start is None and self.end is None

    def begun_at(self, tick: int) -> Points:
        """With the point in there; a point out that is not after it is let go."""
        return Points(tick, self.end if self.end is not None and self.end > tick else None)

    def ended_at(self, tick: int) -> Points:
        """With the point out there; a point in that is not before it is let go."""
        return Points(self.start if self.start is not None and self.start < tick else None, tick)

    def span_until(self, tick: int) -> Span | None:
        """The stretch between them; where only the point in is set, up to `tick` if that is later."""
        if self.start is not None and self.end is None and tick > self.start:
            return Span(self.start, tick)
        return self.span


class Stretch(QObject):
    """The points and the loop of an open film.

    Signals:
        points_changed, loop_changed: the value is different now.
    """

    points_changed = Signal()
    loop_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.points = Points()
        self.loop: Span | None = None

    def set_points(self, points: Points) -> None:
        """Set the points; a loop that goes round between them follows."""
        if points == self.points:
            return
        followed = self.loop is not None and self.loop == self.points.span
        self.points = points
        self.points_changed.emit()
        if followed and points.span is not None:
            self.set_loop(points.span)

    def set_loop(self, span: Span | None) -> None:
        """Go round in `span`, or no longer."""
        if span != self.loop:
            self.loop = span
            self.loop_changed.emit()

    def toggle_loop(self, chosen: Span | None) -> None:
        """Go round between in and out, or else in the chosen mark; or no longer.

        Raises:
            InvalidRecord: where there is no such stretch.
        """
        span = self.points.span or (None if chosen is None or chosen.is_moment else chosen)
        if self.loop is None and span is None:
            raise InvalidRecord(self.tr("there is nothing to loop"), self.tr("set in and out (I, O), or choose a span"))
        self.set_loop(None if self.loop is not None else span)
