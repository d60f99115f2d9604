"""The picture: one frame of a film, drawn as large as it fits, in the pixels of the screen itself."""

from __future__ import annotations

from math import ceil

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.player.frame import fitted
from vigtool.ui import measures, theme
from vigtool.ui.desk import Pixels
from vigtool.ui.measures import Type
from vigtool.ui.style import RING_WIDTH, paint_ring

Box = tuple[float, float, float, float]
"""Left, top, width and height in pixels of the screen."""
_SETTLED_MS = 60
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class PictureView(QWidget):
    """Shows the picture that it was given last, until it is given another or told to clear it.

    A picture of exactly the asked size is put on the screen pixel by pixel; one of another size (while the window is
    being drawn larger) is stretched until the right one comes.

    Signals:
        size_wanted: the room for a picture, width and height in pixels of the screen, once the view has come to rest.
        pressed: the person clicked into the picture.
    """

    size_wanted = Signal(int, int)
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._pixels: Pixels | None = None  # a QImage does not own the memory it shows
        self._words = ""
        self._box = (0, 0)
        self._ringed = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_SETTLED_MS)
        self._rest.timeout.connect(self._ask)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture"))

    @property
    def box(self) -> tuple[int, int]:
        """The room for a picture, width and height in pixels of the screen."""
        ratio = self.devicePixelRatio()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    @property
    def wanted_box(self) -> tuple[int, int]:
        """The size in which pictures are asked for."""
        return self.box

    @property
    def words(self) -> str:
        """What stands there in place of a picture."""
        return self._words

    def show_picture(self, pixels: Pixels) -> None:
        """Show a frame: height x width x 4 bytes, BGRA, upright, in square pixels."""
        self._pixels = np.ascontiguousarray(pixels)
        height, width, _ = self._pixels.shape
        self._image = QImage(self._pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self._words = ""
        self.update()

    def say_place(self, number: int, time: str) -> None:
        """Tell a screen reader which frame shows, and at what time; not while it plays, or it would never be silent."""
        self.setAccessibleName(self.tr("Picture, frame {0}, {1}").format(number, time))

    def show_words(self, words: str) -> None:
        """Show a few calm words and no picture."""
        self._pixels = self._image = None
        self._words = words
        self.setAccessibleName(self.tr("Picture: {0}").format(words) if words else self.tr("Picture"))
        self.update()

    def sizeHint(self) -> QSize:
        """As large as it may be."""
        return QSize(828, 466)

    def minimumSizeHint(self) -> QSize:
        """Small, but still a picture."""
        return QSize(240, 136)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for pictures of the new size, once it no longer changes."""
        super().resizeEvent(event)
        self._rest.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for pictures as soon as there is room for them."""
        super().showEvent(event)
        self._ask()

    def event(self, event: QEvent) -> bool:
        """Hear of another screen with other pixels."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._rest.start()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of a click."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the focus came by key."""
        super().focusInEvent(event)
        self._ringed = event.reason() in _BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, the picture on it, and the ring of the focus within its edge."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(self.rect()), measures.RADIUS_PANEL, measures.RADIUS_PANEL)
        painter.fillPath(ground, QColor(colours.sunken))
        if self._image is not None:
            self._paint_picture(painter, ground, self._image)
        elif self._words:
            painter.setFont(measures.font(Type.BODY))
            painter.setPen(QColor(colours.quiet))
            room = self.rect().adjusted(24, 24, -24, -24)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
        if self.hasFocus() and self._ringed:
            paint_ring(painter, QRectF(self.rect()), colours, measures.RADIUS_PANEL - RING_WIDTH)

    def _paint_picture(self, painter: QPainter, ground: QPainterPath, image: QImage) -> None:
        """Put the picture as large as it fits in the middle of the ground."""
        wide, high = self.box
        width, height = fitted(image.width(), image.height(), wide, high)
        self._paint_image(painter, ground, image, ((wide - width) // 2, (high - height) // 2, width, height))

    def _paint_image(self, painter: QPainter, ground: QPainterPath, image: QImage, box: Box) -> None:
        """Put an image on its part of the ground, whose round corners it shares.

        Copying is four times as quick as filling a shape; so the shape is filled at its corners alone.
        """
        left, top, width, height = box
        ratio = self.devicePixelRatio()
        place = QTransform.fromTranslate(left / ratio, top / ratio)
        place.scale(width / image.width() / ratio, height / image.height() / ratio)
        is_exact = (width, height) == (image.width(), image.height()) and left == int(left) and top == int(top)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=not is_exact)
        brush = QBrush(image)
        brush.setTransform(place)
        corner = measures.RADIUS_PANEL * ceil(ratio)
        if not is_exact or min(width, height) < 3 * corner:
            painter.fillPath(ground.intersected(_box(left, top, width, height, ratio)), brush)
            return
        for x, y, w, h in (
            (0, corner, width, height - 2 * corner),
            (corner, 0, width - 2 * corner, corner),
            (corner, height - corner, width - 2 * corner, corner),
        ):
            target = QRectF((left + x) / ratio, (top + y) / ratio, w / ratio, h / ratio)
            painter.drawImage(target, image, QRectF(x, y, w, h))
        for right in (left, left + width - corner):
            for down in (top, top + height - corner):
                painter.fillPath(ground.intersected(_box(right, down, corner, corner, ratio)), brush)

    def _ask(self) -> None:
        self._rest.stop()
        if self.isVisible() and self.wanted_box != self._box:
            self._box = self.wanted_box
            self.size_wanted.emit(*self._box)


def _box(left: float, top: float, width: float, height: float, ratio: float) -> QPainterPath:
    """A box given in pixels of the screen."""
    path = QPainterPath()
    path.addRect(QRectF(left / ratio, top / ratio, width / ratio, height / ratio))
    return path
