"""The timeline of the Film room: a `TimelineView` that can be worked by pointer and key.

It changes nothing itself: it says what the person wants (`seek_wanted`, `mark_chosen`, `edge_dragged` …) and is given
another model. Ticks travel in signals as plain Python numbers, since Qt's own integer has 32 bits. Time runs from
left to right in every language.
"""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QHideEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from vigtool.ui import style
from vigtool.ui.parts.words import tip
from vigtool.ui.timeline import accessible
from vigtool.ui.timeline.board import LABELS, Hit, Part
from vigtool.ui.timeline.dragging import Drag, Draw, Push, Scrub
from vigtool.ui.timeline.model import TimelineModel, Which
from vigtool.ui.timeline.view import TimelineView

ZOOM_STEP = Fraction(5, 4)


class Timeline(TimelineView):
    """The timeline of one film.

    Signals:
        seek_wanted (tick): go to the tick of a frame, by key.
        scrubbed (tick): the pointer is held down over another frame; its tick.
        scrub_ended: it was let go.
        mark_chosen (id or None): a mark was clicked, or the empty ground.
        mark_opened (id): a mark was clicked twice.
        edge_dragged (id, Which, tick): an edge follows the pointer; `tick` is a boundary of frames.
        edge_dropped (id, Which, tick): it was let go there.
        edge_cancelled (id): Escape was pressed while it was drawn; what stood before shall stand again.
    """

    seek_wanted = Signal(object)
    scrubbed = Signal(object)
    scrub_ended = Signal()
    mark_chosen = Signal(object)
    mark_opened = Signal(str)
    edge_dragged = Signal(str, object, object)
    edge_dropped = Signal(str, object, object)
    edge_cancelled = Signal(str)

    def __init__(self, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._drag: Drag | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Timeline"))
        accessible.install()

    def zoom_to_pointer(self) -> None:
        """Fill the view with what is under the pointer: a mark, else the points in and out, else half as much."""
        at = self.mapFromGlobal(self.cursor().pos())
        hit = self.board.hit(at.x(), at.y())
        mark = self.model.marks.get(hit.mark or self.model.chosen or "")
        start, end = self.model.points
        if mark is not None:
            self.set_scale(self.scale.around(mark.span.start, mark.span.end))
        elif start is not None and end is not None:
            self.set_scale(self.scale.around(start, end))
        else:
            x = at.x() - LABELS if self.rect().contains(at) else self.scale.width / 2
            self.set_scale(self.scale.zoomed(Fraction(1, 2), max(x, 0)))

    def event(self, event: QEvent) -> bool:
        """Tell a mark's words and note in a tool tip; zoom as two fingers spread."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_about(1 / max(0.1, 1 + event.value()), event.position().x())
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(event.globalPos(), self._hit(event.pos()))
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw an edge, scrub or push; choose a mark."""
        x, hit = event.position().x() - LABELS, self._hit(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton:
            self._drag = Push(x, self.scale)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if hit.part is Part.EDGE and hit.mark is not None and hit.which is not None:
            span = self.model.marks[hit.mark].span
            at = span.start if hit.which is Which.START else span.end
            self._drag = Draw(hit.mark, hit.which, x - self.scale.x(at), at)
            self.mark_chosen.emit(hit.mark)
        elif hit.part is Part.MARK:
            self.mark_chosen.emit(hit.mark)
        elif hit.part is not Part.LABEL:
            if hit.part in (Part.LANE, Part.NOTHING):
                self.mark_chosen.emit(None)
            self._scrub(self._frame_at(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what was begun; else show by the pointer what could be."""
        x = event.position().x() - LABELS
        if isinstance(self._drag, Draw):
            moved = self._drag.moved(x, self.scale, self.model)
            if moved.at != self._drag.at:
                self._drag = moved
                self.edge_dragged.emit(moved.mark, moved.which, moved.at)
        elif isinstance(self._drag, Push):
            self.set_scale(self._drag.scale_at(x))
        elif isinstance(self._drag, Scrub):
            if (tick := self._frame_at(x)) != self._drag.at:
                self._scrub(tick)
        else:
            shapes = {Part.EDGE: Qt.CursorShape.SplitHCursor, Part.MARK: Qt.CursorShape.PointingHandCursor}
            self.setCursor(shapes.get(self._hit(event.position().toPoint()).part, Qt.CursorShape.ArrowCursor))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        drag, self._drag = self._drag, None
        if isinstance(drag, Draw):
            self.edge_dropped.emit(drag.mark, drag.which, drag.at)
        elif isinstance(drag, Scrub):
            self.scrub_ended.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is held any more when it is gone."""
        super().hideEvent(event)
        drag, self._drag = self._drag, None
        if isinstance(drag, Scrub):
            self.scrub_ended.emit()
        elif isinstance(drag, Draw):
            self.edge_cancelled.emit(drag.mark)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a mark."""
        hit = self._hit(event.position().toPoint())
        if hit.mark is not None:
            self.mark_opened.emit(hit.mark)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer; sideways, or with Shift, move along the film."""
        turn = event.angleDelta()
        # A touch pad tells how many pixels the fingers moved; the film stays under them.
        pixels = event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            turn, pixels = QPoint(turn.x() or turn.y(), 0), QPoint(pixels.x() or pixels.y(), 0)
        if abs(turn.x()) > abs(turn.y()):
            self.set_scale(self.scale.scrolled(-(pixels.x() or turn.x())))
        elif turn.y():
            # One notch of a wheel is 120; a touch pad sends many small parts of it.
            self._zoom_about(float(ZOOM_STEP) ** (-turn.y() / 120), event.position().x())
        event.accept()

    def _zoom_about(self, factor: float, x: float) -> None:
        self.set_scale(self.scale.zoomed(Fraction(factor).limit_denominator(10**6), max(x - LABELS, 0.0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and page by key; everything else is for the room."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and isinstance(self._drag, Draw):
            drag, self._drag = self._drag, None
            self.edge_cancelled.emit(drag.mark)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1 / ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(ZOOM_STEP)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.set_scale(self.scale.scrolled(self.scale.width * (0.9 if key == Qt.Key.Key_PageDown else -0.9)))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self.model.index.pts(self.model.index.frames - 1)
            self.seek_wanted.emit(self.model.start if key == Qt.Key.Key_Home else last)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show by a ring that keys arrive here."""
        super().focusInEvent(event)
        self.ringed = event.reason() in style.BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.ringed = False
        self.update()

    def _hit(self, at: QPoint) -> Hit:
        return self.board.hit(at.x(), at.y())

    def _frame_at(self, x: float) -> int:
        tick = min(self.scale.tick(x), self.model.end - 1)
        return self.model.index.pts(self.model.index.number_at(max(tick, self.model.start)))

    def _scrub(self, tick: int) -> None:
        self._drag = Scrub(tick)
        self.scrubbed.emit(tick)

    def _tell(self, at: QPoint, hit: Hit) -> None:
        mark = self.model.marks.get(hit.mark or "")
        if mark is None:
            QToolTip.hideText()
            return
        words = self.model.words(mark)
        note = mark.note if mark.code is not None else ""
        QToolTip.showText(at, tip("\n".join(part for part in (words, note) if part)), self)
