"""A key as it stands on the keyboard: a small badge beside the word of what it does."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ui import measures, theme
from vigtool.ui.measures import Type

HEIGHT = 20


def badge_width(text: str) -> int:
    """How wide the badge of a key is."""
    metrics = QFontMetrics(measures.font(Type.LEAST, measures.SEMIBOLD))
    return max(HEIGHT, metrics.horizontalAdvance(text) + 10)


def paint_badge(painter: QPainter, rect: QRect, text: str, colours: theme.Colours, *, round_: bool = False) -> None:
    """Paint a key's badge into `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.setBrush(QColor(colours.sunken))
    radius = rect.height() / 2 if round_ else 5.0
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setFont(measures.font(Type.LEAST, measures.SEMIBOLD))
    painter.setPen(QColor(colours.ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class KeyBadge(QWidget):
    """The badge of one key, by itself."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(self.tr("key {0}").format(key))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide enough for the word on the key."""
        return QSize(badge_width(self._key), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        paint_badge(QPainter(self), self.rect(), self._key, theme.of(self))
