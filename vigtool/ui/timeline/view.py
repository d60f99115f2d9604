"""What a timeline shows and how it is painted: everything in one picture, with the playhead as a thin layer over it.

It takes no key and no pointer; `ui.timeline.timeline` adds those.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ui import style, theme
from vigtool.ui.timeline.board import LABELS, STRIP, Board
from vigtool.ui.timeline.ground_painter import (
    paint_ground,
    paint_labels,
    paint_ruler,
    paint_sound,
    paint_strip,
    strip_slots,
)
from vigtool.ui.timeline.marks_painter import paint_marks
from vigtool.ui.timeline.model import TimelineModel
from vigtool.ui.timeline.pictures import Pictures
from vigtool.ui.timeline.playhead import PlayheadLayer
from vigtool.ui.timeline.points_painter import paint_points, paint_points_wash
from vigtool.ui.timeline.scale import Scale


class TimelineView(QWidget):
    """The picture of one film's timeline.

    Signals:
        scale_changed (Scale): something else is in view.
        pictures_wanted (list of frame numbers): pictures that the strip misses; answer by `give_picture`.
        model_changed: another model is shown.
    """

    model_changed = Signal()
    scale_changed = Signal(object)
    pictures_wanted = Signal(object)

    def __init__(self, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.scale = Scale.whole(model.start, model.end, model.time_base, 800, _least(model))
        self.board = Board(model, self.scale)
        self.tick = model.start
        self._pictures = Pictures(model.index)
        self._peaks: NDArray[np.float32] | None = None
        self._peaks_cover = (0, 0)
        self._drawn: QPixmap | None = None
        self.ringed = False
        self._playhead = PlayheadLayer(self)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_model(self, model: TimelineModel) -> None:
        """Show other marks, or another choice. Another film is another timeline."""
        before = self.board.height
        self.model = model
        self._laid_out()
        if self.board.height != before:
            self.updateGeometry()
        self.model_changed.emit()

    def set_scale(self, scale: Scale) -> None:
        """Show another stretch of the film."""
        if scale != self.scale:
            self.scale = scale
            self._laid_out()
            self.scale_changed.emit(scale)
            self._ask_for_pictures()

    def set_playhead(self, tick: int, *, follow: bool = False) -> None:
        """Stand at a tick. With `follow` the view turns the page when the tick has left it."""
        self.tick = tick
        if follow:
            self.set_scale(self.scale.showing(tick))
        self._place_playhead()

    def set_sound(self, peaks: NDArray[np.float32] | None, covers: tuple[int, int]) -> None:
        """Show the sound: the loudest value (0 to 1) of equal parts of the ticks from `covers[0]` up to `covers[1]`."""
        self._peaks, self._peaks_cover = peaks, covers
        self._redraw()

    def give_picture(self, frame: int, image: QImage) -> None:
        """Take a picture for the strip, of the shape of the film, best as high as the strip."""
        self._pictures.give(frame, image)
        self._redraw()

    def reveal(self, tick: int) -> None:
        """Have a tick in view."""
        self.set_scale(self.scale.showing(tick, at=Fraction(1, 3)))

    def zoom(self, factor: Fraction) -> None:
        """Show so many times as much, about the playhead where it is in view, else about the middle."""
        x = self.scale.x(self.tick)
        self.set_scale(self.scale.zoomed(factor, x if 0 <= x <= self.scale.width else self.scale.width / 2))

    def show_whole(self) -> None:
        """Show the whole film."""
        self.set_scale(self.scale.moved_to(self.scale.start).zoomed(Fraction(10**6), 0))

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(800, self.board.height)

    def minimumSizeHint(self) -> QSize:
        """Room for the words and a little film."""
        return QSize(LABELS + 200, self.board.height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Copy what was drawn; it is drawn anew only when something else is to be seen."""
        if self._drawn is None:
            self._drawn = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        if self.ringed:
            style.paint_ring(painter, QRectF(self.rect()), theme.of(self), 4)

    def _draw(self) -> QPixmap:
        colours = theme.of(self)
        ratio = self.devicePixelRatioF()
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(QColor(colours.surface))
        painter = QPainter(made)
        paint_labels(painter, self.board, colours)
        painter.translate(LABELS, 0)
        painter.setClipRect(0, 0, self.scale.width, self.height())
        paint_ground(painter, self.board, colours)
        paint_points_wash(painter, self.board, colours)
        paint_ruler(painter, self.board, colours)
        width = self._pictures.width(STRIP)
        slots = strip_slots(self.scale, self.model.start, width)
        reach = self.scale.ticks(2 * width)
        paint_strip(painter, self.board, colours, slots, width, partial(self._pictures.near, reach=reach))
        paint_sound(painter, self.board, colours, self._peaks, self._peaks_cover)
        paint_points(painter, self.board, colours)
        paint_marks(painter, self.board, colours)
        painter.end()
        return made

    def _laid_out(self) -> None:
        self.board = Board(self.model, self.scale)
        self._place_playhead()
        self._redraw()

    def _redraw(self) -> None:
        self._drawn = None
        self.update()

    def _place_playhead(self) -> None:
        self._playhead.stand_at(LABELS + self.scale.x(self.tick), LABELS, self.width())

    def _ask_for_pictures(self) -> None:
        slots = strip_slots(self.scale, self.model.start, self._pictures.width(STRIP))
        if missing := self._pictures.missing([tick for tick, _ in slots]):
            self.pictures_wanted.emit(missing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the same ticks over the new width."""
        super().resizeEvent(event)
        self.scale = self.scale.resized(self.width() - LABELS)
        self._laid_out()
        self.scale_changed.emit(self.scale)
        self._ask_for_pictures()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._redraw()


def _least(model: TimelineModel) -> int:
    # Twelve frames of the film's mean length fill the view at the closest.
    return max((model.end - model.start) * 12 // max(model.index.frames, 1), 1)
