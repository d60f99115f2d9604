"""What a timeline shows and how it is painted: in layers that are drawn once, with the playhead as one over them.

It takes no key and no pointer; `ui.timeline.timeline` adds those.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ui import style, theme
from vigtool.ui.timeline.board import LABELS, STRIP, Board
from vigtool.ui.timeline.ground_painter import paint_ground, paint_labels, paint_strip
from vigtool.ui.timeline.layers import Layer, Layers
from vigtool.ui.timeline.layout import Layout
from vigtool.ui.timeline.marks_painter import paint_marks
from vigtool.ui.timeline.model import TimelineModel
from vigtool.ui.timeline.pictures import Pictures
from vigtool.ui.timeline.playhead import PlayheadLayer
from vigtool.ui.timeline.points_painter import paint_points, paint_points_wash
from vigtool.ui.timeline.ruler_painter import paint_frame_lines, paint_ruler
from vigtool.ui.timeline.scale import Scale
from vigtool.ui.timeline.sound import FINE_FROM, Fine, FineSound, Loudness
from vigtool.ui.timeline.sound_painter import paint_sound
from vigtool.ui.timeline.strip import Strip

_FINE = 1024
"""The view is moved by parts of a frame at least so small."""


class TimelineView(QWidget):
    """The picture of one film's timeline.

    Signals:
        scale_changed (Scale): something else is in view.
        pictures_wanted (list of frame numbers): pictures that the strip misses; answer by `give_picture`.
        frames_wanted (list of frame numbers, rising): the same where every frame has its own place: from very near.
        sound_wanted (list of (first tick, tick after)): sound that is missed from near; answer by `give_sound`.
        model_changed: another model is shown.
    """

    model_changed = Signal()
    scale_changed = Signal(object)
    pictures_wanted = Signal(object)
    frames_wanted = Signal(object)
    sound_wanted = Signal(object)

    def __init__(self, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        least = _least(model)
        grain = max(_FINE * 12 // least, 1)
        self.scale = Scale.whole(model.start, model.end, model.time_base, 800, least, grain=grain)
        self.board = Board(model, self.scale)
        self.tick = model.start
        self._pictures = Pictures(model.index)
        self._strip = Strip.of(self.scale, model.index, self._pictures.width(STRIP))
        self._loudness: Loudness | None = None
        self._fine = FineSound(model.start, model.end, model.time_base)
        self._layers = Layers()
        self.ringed = False
        self._playhead = PlayheadLayer(self)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_model(self, model: TimelineModel) -> None:
        """Show other marks, or another choice. Another film is another timeline."""
        before, self.model = self.model, model
        height = self.board.height
        laid = self.board.layout
        self.board = Board(model, self.scale, laid if laid.fits(model, before) else Layout(model, laid))
        self._redraw(Layer.LANES, *((Layer.RULER,) if model.points != before.points else ()))
        if model.points != before.points:
            self.update()
        if self.board.height != height:
            self._redraw()
            self.updateGeometry()
        self.model_changed.emit()

    def set_scale(self, scale: Scale) -> None:
        """Show another stretch of the film."""
        if scale != self.scale:
            self.scale = scale
            self._laid_out()
            self.scale_changed.emit(scale)
            self._ask()

    def set_playhead(self, tick: int, *, follow: bool = False) -> None:
        """Stand at a tick. With `follow` the view turns the page when the tick has left it."""
        self.tick = tick
        if follow:
            self.set_scale(self.scale.showing(tick))
        self._place_playhead()

    def set_sound(self, peaks: NDArray[np.float32] | None, covers: tuple[int, int], full: float = 1.0) -> None:
        """Show the sound: the loudest value (0 to 1) of equal parts of the ticks from `covers[0]` up to `covers[1]`.

        `full` is the sample for which 1 stands; sound from near is drawn on the same measure.
        """
        self._loudness = None if peaks is None else Loudness(peaks, covers, full)
        self._redraw(Layer.SOUND)
        self._ask_for_sound()

    def give_sound(self, fine: Fine) -> None:
        """Take a stretch of sound as it is from near."""
        self._fine.give(fine)
        self._redraw(Layer.SOUND)

    def give_picture(self, frame: int, image: QImage) -> None:
        """Take a picture for the strip, of the shape of the film, best as high as the strip."""
        width = self._pictures.width(STRIP)
        self._pictures.give(frame, image)
        if self._pictures.width(STRIP) != width:
            self._strip = Strip.of(self.scale, self.model.index, self._pictures.width(STRIP))
        self._redraw(Layer.STRIP)

    @property
    def picture_spacing(self) -> int:
        """Ticks from one picture of the strip to the next, from afar."""
        return self._strip.reach // 2

    def nearest_picture(self, frame: int) -> tuple[int, QImage] | None:
        """Of all small pictures that are there, the one nearest to a frame in time, and the number it is of."""
        found = self._pictures.nearest(frame)
        picture = None if found is None else self._pictures.of(found)
        return None if found is None or picture is None else (found, picture.toImage())

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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy what was drawn; a layer is drawn anew only when something else is to be seen in it."""
        painter = QPainter(self)
        self._layers.paint(painter, event.region(), self._boxes(), self._draw)
        painter.save()
        upper = QRect(LABELS, 0, self.scale.width, self.board.sound.bottom)
        painter.setClipRect(upper)
        painter.translate(LABELS, 0)
        paint_points(painter, self.board, theme.of(self))
        painter.restore()
        if self.ringed:
            style.paint_ring(painter, QRectF(self.rect()), theme.of(self), 4)

    def _boxes(self) -> dict[Layer, QRect]:
        board, wide = self.board, self.width() - LABELS
        bands = ((Layer.RULER, board.ruler), (Layer.STRIP, board.strip), (Layer.SOUND, board.sound))
        boxes = {layer: QRect(LABELS, band.top, wide, band.height) for layer, band in bands}
        lanes = QRect(LABELS, board.sound.bottom, wide, self.height() - board.sound.bottom)
        return {Layer.LABELS: QRect(0, 0, LABELS, self.height()), **boxes, Layer.LANES: lanes}

    def _draw(self, layer: Layer, painter: QPainter) -> None:
        board, colours = self.board, theme.of(self)
        if layer is Layer.LABELS:
            painter.fillRect(0, 0, LABELS, self.height(), QColor(colours.surface))
            paint_labels(painter, board, colours)
            return
        painter.translate(LABELS, 0)
        if layer is Layer.STRIP:
            paint_strip(painter, board, colours, self._strip, self._pictures)
        elif layer is Layer.SOUND:
            paint_sound(painter, board, colours, self._loudness, self._fine.in_view(self.scale) if self._near else ())
            paint_frame_lines(painter, board, colours)
        elif layer is Layer.RULER:
            painter.fillRect(0, 0, self.scale.width, board.ruler.height, QColor(colours.sunken))
            paint_points_wash(painter, board, colours)
            paint_ruler(painter, board, colours)
        else:
            painter.fillRect(0, board.height, self.scale.width, self.height(), QColor(colours.surface))
            paint_ground(painter, board, colours)
            paint_points(painter, board, colours)
            paint_marks(painter, board, colours)

    @property
    def _near(self) -> bool:
        """Whether one looks so closely that the peaks of the whole film are too coarse."""
        return self._loudness is not None and self._loudness.peak_width(self.scale) > FINE_FROM

    def _laid_out(self) -> None:
        self.board = Board(self.model, self.scale, self.board.layout)
        self._strip = Strip.of(self.scale, self.model.index, self._pictures.width(STRIP))
        self._place_playhead()
        self._redraw(Layer.RULER, Layer.STRIP, Layer.SOUND, Layer.LANES)

    def _redraw(self, *layers: Layer) -> None:
        self._layers.drop(*layers)
        boxes = self._boxes()
        for layer in layers or tuple(Layer):
            self.update(boxes[layer])

    def _place_playhead(self) -> None:
        self._playhead.stand_at(LABELS + self.scale.x(self.tick), LABELS, self.width())

    def _ask(self) -> None:
        strip, frames = self._strip, [slot.frame for slot in self._strip.slots]
        if missing := self._pictures.missing(frames, 0 if strip.is_single else strip.reach // 6):
            (self.frames_wanted if strip.is_single else self.pictures_wanted).emit(missing)
        self._ask_for_sound()

    def _ask_for_sound(self) -> None:
        if self._near and (missing := self._fine.missing(self.scale)):
            self.sound_wanted.emit(missing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the same ticks over the new width."""
        super().resizeEvent(event)
        self.scale = self.scale.resized(self.width() - LABELS)
        self._laid_out()
        self._redraw()
        self.scale_changed.emit(self.scale)
        self._ask()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._redraw()


def _least(model: TimelineModel) -> int:
    # Twelve frames of the film's mean length fill the view at the closest.
    return max((model.end - model.start) * 12 // max(model.index.frames, 1), 1)
