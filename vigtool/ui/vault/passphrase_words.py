"""The words of an offered passphrase, each on its own ground, as they are written onto paper."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ui import measures, theme
from vigtool.ui.measures import Type

_HEIGHT, _GAP, _PAD = 32, 8, 12


class PassphraseWords(QWidget):
    """The words in a row, in two rows where there is less room. They read from left to right in every window."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words.split()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._say()

    @property
    def passphrase(self) -> str:
        """The words as they are typed."""
        return " ".join(self._words)

    def set_words(self, words: str) -> None:
        """Show other words."""
        self._words = words.split()
        self._say()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(440, self.heightForWidth(440))

    def heightForWidth(self, width: int) -> int:
        """How high the rows are at that width."""
        boxes = self._boxes(width)
        return boxes[-1].bottom() + 1 if boxes else _HEIGHT

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each word on its ground."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(measures.font(Type.BODY, measures.SEMIBOLD))
        for word, box in zip(self._words, self._boxes(self.width()), strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_wash))
            painter.drawRoundedRect(QRectF(box), 6, 6)
            painter.setPen(QColor(colours.accent))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)

    def _boxes(self, width: int) -> list[QRect]:
        metrics = QFontMetrics(measures.font(Type.BODY, measures.SEMIBOLD))
        boxes: list[QRect] = []
        left = top = 0
        for word in self._words:
            wide = metrics.horizontalAdvance(word) + 2 * _PAD
            if left and left + wide > width:
                left, top = 0, top + _HEIGHT + _GAP
            boxes.append(QRect(left, top, wide, _HEIGHT))
            left += wide + _GAP
        return boxes

    def _say(self) -> None:
        self.setAccessibleName(self.tr("Offered passphrase: {0}").format(self.passphrase))
