"""The whole film on one narrow strip: where the marks are, and which part of it the timeline shows."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ui import theme
from vigtool.ui.timeline.layout import merged
from vigtool.ui.timeline.model import TimelineModel
from vigtool.ui.timeline.scale import Place, Scale

HEIGHT = 28
_PAD = 6


class Overview(QWidget):
    """The strip. The window in it is drawn along the film; pressed beside it, window and playhead follow the pointer.

    Signals:
        scale_wanted (Scale): the timeline shall show that; connect it to `set_scale` of the timeline.
        scrubbed (tick): the pointer is held down there.
        scrub_ended: it was let go.
    """

    scale_wanted = Signal(object)
    scrubbed = Signal(object)
    scrub_ended = Signal()

    def __init__(self, model: TimelineModel, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._scale, self._tick = model, scale, model.start
        self._grip: Place | None = None
        self._scrubs = False
        self._drawn: QPixmap | None = None
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Whole film"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_model(self, model: TimelineModel) -> None:
        """Show other marks."""
        is_same = model.marks is self._model.marks and model.lanes == self._model.lanes
        self._model = model
        if not is_same:
            self._drop()

    def set_scale(self, scale: Scale) -> None:
        """Show which part the timeline shows."""
        self._scale = scale
        self.update()

    def set_playhead(self, tick: int) -> None:
        """Show where the playhead stands; repaints only where its line moves."""
        before, self._tick = round(self._x(self._tick)), tick
        after = round(self._x(tick))
        if before != after:
            for x in (before, after):
                self.update(x - 2, 0, 4, self.height())

    def sizeHint(self) -> QSize:
        """A narrow strip."""
        return QSize(400, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """A narrow strip."""
        return QSize(120, HEIGHT)

    def window_box(self) -> QRectF:
        """Where the window lies; never narrower than what can be gripped."""
        left, right = self._x(self._scale.first), self._x(self._scale.last)
        if right - left < 12:
            middle = (left + right) / 2
            left, right = middle - 6, middle + 6
        return QRectF(left, 0.75, right - left, self.height() - 1.5)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, window, marks and playhead."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -2.5)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.sunken))
        painter.drawRoundedRect(box, 5, 5)
        window = self.window_box()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent_wash))
        painter.drawRoundedRect(window, 5, 5)
        if self._drawn is None:
            self._drawn = self._draw(colours)
        painter.drawPixmap(0, 0, self._drawn)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawRoundedRect(window.adjusted(1, 0.25, -1, -0.25), 5, 5)
        x = self._x(self._tick)
        painter.fillRect(QRectF(x - 0.75, 3, 1.5, self.height() - 6), QColor(colours.ink))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grip the window, or point at another time. A window on the whole film cannot be moved: it is pointed into."""
        x = event.position().x()
        shows_all = self._scale.length == self._scale.end - self._scale.start
        if self.window_box().contains(x, 4) and not shows_all:
            self._grip = self._tick_at(x) - self._scale.first
        else:
            self._scrubs = True
            self._point(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the window along, or the playhead."""
        if self._grip is not None:
            self._show_from(self._tick_at(event.position().x()) - self._grip)
        elif self._scrubs:
            self._point(event.position().x())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let it go."""
        self._grip = None
        if self._scrubs:
            self._scrubs = False
            self.scrub_ended.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is held any more when it is gone."""
        super().hideEvent(event)
        self._grip = None
        if self._scrubs:
            self._scrubs = False
            self.scrub_ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the window by half of itself."""
        half = Fraction(self._scale.length) / 2
        by = {Qt.Key.Key_Left: -half, Qt.Key.Key_Right: half}.get(Qt.Key(event.key()))
        if by is None:
            event.ignore()
        else:
            self._show_from(self._scale.first + by)

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._drop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew in another size."""
        super().resizeEvent(event)
        self._drop()

    def _drop(self) -> None:
        self._drawn = None
        self.update()

    def _draw(self, colours: theme.Colours) -> QPixmap:
        """The marks, once until they change: thousands can lie on a few hundred pixels."""
        ratio = self.devicePixelRatioF()
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_marks(painter, colours)
        painter.end()
        return made

    def _paint_marks(self, painter: QPainter, colours: theme.Colours) -> None:
        step = (self.height() - 2 * _PAD) / max(len(self._model.lanes), 1)
        for row, lane in enumerate(self._model.lanes):
            marks, path = self._model.of_lane(lane), QPainterPath()
            spans = np.array([(mark.span.start, mark.span.end) for mark in marks], np.int64).reshape(-1, 2)
            left, right = self._xs(spans[:, 0]), self._xs(spans[:, 1])
            top = _PAD + row * step + step / 2 - 1.25
            for x, end in zip(*merged(left, np.maximum(right, left + 3.0), 0.0), strict=True):
                path.addRoundedRect(QRectF(x, top, end - x, 2.5), 1.25, 1.25)
            painter.fillPath(path, QColor(colours.lane(lane).shape))

    def _point(self, x: float) -> None:
        tick = min(max(self._tick_at(x), self._model.start), self._model.end - 1)
        self._show_from(tick - Fraction(self._scale.length) / 2)
        self.scrubbed.emit(tick)

    def _show_from(self, first: Place) -> None:
        self.scale_wanted.emit(self._scale.moved_to(first))

    def _x(self, tick: Place) -> float:
        return float((tick - self._model.start) * self.width() / max(self._model.end - self._model.start, 1))

    def _xs(self, ticks: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.asarray((ticks - self._model.start) * (self.width() / max(self._model.end - self._model.start, 1)))

    def _tick_at(self, x: float) -> int:
        # A place on a strip of a few hundred pixels: nothing exact is meant.
        return self._model.start + round(x / max(self.width(), 1) * (self._model.end - self._model.start))
