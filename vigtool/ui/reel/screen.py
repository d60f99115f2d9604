"""The picture as the parent will see it: the film above, the words of the clip in their own band below, never over it.

Sizes come from the same arrangement as the copy's own, and the words are drawn by the same hand, so what stands here
is what will be handed over, only smaller.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from vigtool.annotate.reel import Caption
from vigtool.errors import InvalidRecord
from vigtool.export.arrangement import Arrangement, arrange
from vigtool.export.cards import caption_lines
from vigtool.export.drawing import BAND_GROUND, CREAM, TITLE_GROUND, TextLine, text_picture
from vigtool.player.frame import fitted
from vigtool.ui import measures, theme
from vigtool.ui.film.picture_view import PictureView
from vigtool.ui.measures import Type
from vigtool.ui.style import RING_WIDTH, paint_ring

_CAPTION_INK = "#FBF6EC"
_USUAL = Arrangement(width=1920, height=1080, picture_height=1080, font_px=62)


class Screen(PictureView):
    """Shows a frame with its captions, or the reel's title."""

    def __init__(self, *, framed: bool = True, parent: QWidget | None = None) -> None:
        """Make it; `framed` draws round corners and a thin line, as in a room rather than over the whole window."""
        self._form = _USUAL
        self._captions: tuple[Caption, ...] = ()
        self._title = ""
        self._art: QImage | None = None
        self._art_for: tuple[object, ...] = ()
        self._framed = framed
        super().__init__(parent)

    @property
    def captions(self) -> tuple[Caption, ...]:
        """The words that are shown."""
        return self._captions

    @property
    def box(self) -> tuple[int, int]:
        """The room for the film's own picture, width and height in pixels of the screen."""
        ratio = self.devicePixelRatio()
        film = self.film_area()
        return max(1, round(film.width() * ratio)), max(1, round(film.height() * ratio))

    def set_films(self, sizes: Sequence[tuple[int, int]], captions: Sequence[Sequence[Caption]]) -> None:
        """Arrange it for a reel: upright sizes of its films, and the captions of every clip."""
        form = _USUAL
        if sizes:
            try:
                form = arrange(list(sizes), [caption_lines(one) for one in captions])
            except InvalidRecord:  # a caption that leaves no room is said by whoever makes the copy
                form = arrange(list(sizes), [])
        if form != self._form:
            self._form = form
            self._rest.start()
            self.update()

    def set_captions(self, captions: tuple[Caption, ...]) -> None:
        """Show the words of a clip."""
        if captions != self._captions:
            self._captions = captions
            self.update()

    def set_title(self, title: str) -> None:
        """Show the reel's title in place of a picture; an empty one takes it away."""
        if title != self._title:
            self._title = title
            self.update()

    def whole_area(self) -> QRect:
        """Where the whole picture of the copy lies in the widget."""
        width, height = fitted(self._form.width, self._form.height, self.width(), self.height())
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def film_area(self) -> QRect:
        """Where films are shown in it."""
        whole = self.whole_area()
        return QRect(
            whole.x(), whole.y(), whole.width(), whole.height() * self._form.picture_height // self._form.height
        )

    def sizeHint(self) -> QSize:
        """As large as it may be."""
        return QSize(716, 466)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, film and words; or the title; and the ring of the focus."""
        colours, whole = theme.of(self), self.whole_area()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        radius = measures.RADIUS_PANEL if self._framed else 0
        shape.addRoundedRect(QRectF(whole), radius, radius)
        painter.fillPath(shape, QColor(TITLE_GROUND if self._title else BAND_GROUND))
        painter.setClipPath(shape)
        if self._title:
            self._paint_words(painter, whole, [TextLine(self._title)], CREAM, 150)
        else:
            self._paint_film(painter)
            band = whole.adjusted(0, self.film_area().height(), 0, 0)
            if band.height() > 0:
                self._paint_words(painter, band, caption_lines(self._captions), _CAPTION_INK, 100)
        painter.setClipping(False)
        if self._framed:
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(whole).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self.hasFocus() and self._ringed:
            paint_ring(painter, QRectF(whole), colours, radius - RING_WIDTH)

    def _paint_film(self, painter: QPainter) -> None:
        film, ratio = self.film_area(), self.devicePixelRatio()
        if self._image is not None:
            wide, high = self.box
            width, height = fitted(self._image.width(), self._image.height(), wide, high)
            left, top = (wide - width) // 2 / ratio, (high - height) // 2 / ratio
            painter.drawImage(QRectF(film.x() + left, film.y() + top, width / ratio, height / ratio), self._image)
        elif self._words:
            painter.setFont(measures.font(Type.BODY))
            painter.setPen(QColor(_CAPTION_INK))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(film.adjusted(24, 24, -24, -24), flags, self._words)

    def _paint_words(self, painter: QPainter, room: QRect, lines: list[TextLine], ink: str, hundredths: int) -> None:
        ratio = self.devicePixelRatio()
        width = max(2, round(room.width() * ratio))
        font_px = max(8, self._form.font_px * width * hundredths // (100 * self._form.width))
        asked = (tuple(lines), width, font_px, ink)
        if asked != self._art_for:
            art = text_picture(lines, width, font_px, colour=ink)
            high = art.shape[0]
            made = QImage(art.data, width, high, 4 * width, QImage.Format.Format_RGBA8888).copy() if high else None
            self._art, self._art_for = made, asked
        if self._art is not None:
            high = self._art.height() / ratio
            painter.drawImage(QRectF(room.x(), room.y() + (room.height() - high) / 2, room.width(), high), self._art)
