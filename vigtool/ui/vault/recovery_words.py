"""The 24 words of a recovery key in four columns, each with its number, as they are written onto paper."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ui import measures, theme
from vigtool.ui.measures import Type

COLUMNS, ROWS = 4, 6
_LINE, _NUMBER, _WIDE = 30, 26, 116


class RecoveryWords(QWidget):
    """The words, read down each column. They read from left to right in every window: they are English words."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words.split()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("The words of the recovery key"))
        said = ", ".join(f"{number} {word}" for number, word in enumerate(self._words, start=1))
        self.setAccessibleDescription(said)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Four columns of six."""
        return QSize(COLUMNS * _WIDE, ROWS * _LINE)

    def minimumSizeHint(self) -> QSize:
        """Nothing may be cut off."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint numbers and words."""
        colours = theme.of(self)
        painter = QPainter(self)
        wide = self.width() / COLUMNS
        small, large = measures.font(Type.LEAST, tabular=True), measures.font(Type.BODY, measures.SEMIBOLD)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, word in enumerate(self._words):
            x, y = (place // ROWS) * wide, (place % ROWS) * _LINE
            painter.setFont(small)
            painter.setPen(QColor(colours.quiet))
            painter.drawText(QRectF(x, y, _NUMBER - 6, _LINE), right, str(place + 1))
            painter.setFont(large)
            box = QRectF(x + _NUMBER, y + 3, QFontMetrics(large).horizontalAdvance(word) + 16, _LINE - 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_wash))
            painter.drawRoundedRect(box, 6, 6)
            painter.setPen(QColor(colours.accent))
            painter.drawText(box.adjusted(8, 0, 0, 0), left, word)
