"""The picture of the Film room, looked at closely: a part of it made large, pushed about, made brighter for the eye.

All of this is the view's alone. Which frame shows, what is marked, kept or copied is none of its business: a still and
a reel are made of the film's own frames, and never of what stands here.
"""

from __future__ import annotations

from math import ceil, floor

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPainterPath,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from vigtool.player.brightness import MOST, brightened
from vigtool.player.decoding import CACHE_BYTES
from vigtool.ui.actions import key_words
from vigtool.ui.desk import Pixels
from vigtool.ui.film.look import NEAR, STEP, WHOLE, Look, Place, Size, wanted
from vigtool.ui.film.picture_notes import PictureNotes
from vigtool.ui.film.picture_view import Box, PictureView

_PUSH = 0.2
"""How much of the view a key pushes the picture."""


class LookingView(PictureView):
    """A picture that one can look at closely.

    Attributes:
        notes: the quiet words over it.

    Signals:
        looked: it is looked at differently.
    """

    looked = Signal()

    def __init__(self, film: Size, budget: int = CACHE_BYTES, parent: QWidget | None = None) -> None:
        """Make it.

        Args:
            film: the film's own size, upright, in square pixels.
            budget: bytes of all decoded pictures.
            parent: its owner.
        """
        self._film, self._budget = film, budget
        self._look, self._level, self._moving = WHOLE, 0, False
        self._part: tuple[QImage, Pixels, Box] | None = None
        self._drag: QPointF | None = None
        super().__init__(parent)
        self.notes = PictureNotes(self)
        self.notes.undone.connect(self._undo)

    @property
    def look(self) -> Look:
        """How it is looked at."""
        return self._look

    @property
    def level(self) -> int:
        """How much brighter than it was filmed; 0 is as filmed."""
        return self._level

    @property
    def wanted_box(self) -> tuple[int, int]:
        """The size in which the film's pictures are asked for."""
        return wanted(self._look, self._film, self.box, self._budget, moving=self._moving)

    # Looking

    def look_at(self, look: Look) -> None:
        """Look at it so."""
        if look != self._look:
            self._look = look
            self._say_look()
            self._show_hand()
            self._changed()

    def closer(self, steps: float) -> None:
        """Closer by so many steps about the middle, or wider by negative ones."""
        wide, high = self.box
        self._zoom(STEP**steps, (wide / 2, high / 2))

    def whole(self) -> None:
        """Show all of it."""
        self.look_at(WHOLE)

    def push(self, right: int, down: int) -> None:
        """Look further to the right (1) or left (-1), down (1) or up (-1)."""
        wide, high = self.box
        self.look_at(self._look.panned(-right * wide * _PUSH, -down * high * _PUSH, self._film, self.box))

    def zoom_to_pointer(self) -> bool:
        """Closer to what is under the pointer, or whole again; false where the pointer is elsewhere."""
        at = self.mapFromGlobal(QCursor.pos())
        if not self.isVisible() or not self.rect().contains(at):
            return False
        if self._look.is_whole:
            self._zoom(NEAR, self._pixels_at(QPointF(at)))
        else:
            self.whole()
        return True

    def set_level(self, level: int, *, said: bool = True) -> None:
        """Show it so much brighter, from 0 (as filmed); `said` where a quiet word over this picture tells of it."""
        level = min(max(level, 0), MOST)
        if level != self._level:
            self._level = level
            words = self.tr("brighter by {0}, only to look at").format(level) if level and said else ""
            keys = key_words("as-filmed")
            self.notes.say("bright", words, self.tr("Show it as it was filmed ({0})").format(keys))
            self._changed()

    def set_moving(self, *, moving: bool) -> None:
        """Say whether the film plays: then less of a large film is asked for."""
        if moving != self._moving:
            self._moving = moving
            self._rest.start()

    def set_budget(self, budget: int) -> None:
        """Say how many bytes all decoded pictures may take."""
        self._budget = budget

    # As Qt asks

    def show_picture(self, pixels: Pixels) -> None:
        """Show a frame."""
        self._part = None
        super().show_picture(pixels)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go on looking at the same place."""
        super().resizeEvent(event)
        self._part = None
        self._look = self._look.within(self._film, self.box)
        self._say_look()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Closer to what is under the pointer, or wider."""
        # One notch of a wheel is 120; a touch pad sends many small parts of it.
        self._zoom(STEP ** (event.angleDelta().y() / 120), self._pixels_at(event.position()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Hear two fingers that are spread on a touch pad."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(max(0.1, 1 + event.value()), self._pixels_at(event.position()))
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a picture that is larger than its view."""
        super().mousePressEvent(event)
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton) and not self._look.is_whole:
            self._drag = event.position()
            self._show_hand()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Push the picture about."""
        if self._drag is not None:
            moved = (event.position() - self._drag) * self.devicePixelRatio()
            self._drag = event.position()
            self.look_at(self._look.panned(moved.x(), moved.y(), self._film, self.box))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        super().mouseReleaseEvent(event)
        self._drag = None
        self._show_hand()

    # Inside

    def _paint_picture(self, painter: QPainter, ground: QPainterPath, image: QImage) -> None:
        if self._look.is_whole and not self._level:
            super()._paint_picture(painter, ground, image)
            return
        if self._part is None and self._pixels is not None:
            self._part = _part_of(self._pixels, self._look.place(self._film, self.box), self.box, self._level)
        if self._part is not None:
            self._paint_image(painter, ground, self._part[0], self._part[2])

    def _zoom(self, factor: float, at: tuple[float, float]) -> None:
        self.look_at(self._look.zoomed(factor, at, self._film, self.box))

    def _say_look(self) -> None:
        words = "" if self._look.is_whole else self.tr("{0}×").format(f"{self._look.zoom:.2g}")
        self.notes.say("look", words, self.tr("Show the whole picture ({0})").format(key_words("picture-whole")))
        note = self.notes.note("look")
        if note is not None:
            note.setAccessibleName(
                self.tr("A part of the picture, {0} times as large").format(f"{self._look.zoom:.2g}")
            )
            note.show_part(self._film, self._look.seen(self._film, self.box))
        self.notes.place()

    def _changed(self) -> None:
        self._part = None
        self._rest.start()  # a larger picture is asked for once the wheel stands still
        self.update()
        self.looked.emit()

    def _undo(self, key: str) -> None:
        if key == "look":
            self.whole()
        elif key == "bright":
            self.set_level(0)

    def _show_hand(self) -> None:
        shapes = Qt.CursorShape
        open_or_none = shapes.ArrowCursor if self._look.is_whole else shapes.OpenHandCursor
        self.setCursor(shapes.ClosedHandCursor if self._drag is not None else open_or_none)

    def _pixels_at(self, at: QPointF) -> tuple[float, float]:
        ratio = self.devicePixelRatio()
        return at.x() * ratio, at.y() * ratio


def _part_of(pixels: Pixels, place: Place, view: Size, level: int) -> tuple[QImage, Pixels, Box]:
    """The part of a picture that is seen, what holds its memory, and where in the view it lies.

    A picture of exactly the size in which it is shown is cut at whole pixels and put there as it is. Only what is seen
    is made brighter, so that it costs no more for a film of any size.
    """
    high, wide, _ = pixels.shape
    across, down = wide / place.width, high / place.height
    left, right = max(0, floor(-place.left * across)), min(wide, ceil((view[0] - place.left) * across))
    top, bottom = max(0, floor(-place.top * down)), min(high, ceil((view[1] - place.top) * down))
    part = brightened(np.ascontiguousarray(pixels[top:bottom, left:right]), level)
    height, width, _ = part.shape
    image = QImage(part.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    box = (place.left + left / across, place.top + top / down, width / across, height / down)
    return image, part, box
