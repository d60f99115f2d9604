"""Yes or no: a switch (acts at once), a check (one of several), a radio (one alone). Painted, keyboard as in Qt.

What is said beside the sign wraps where there is less room than it asks for.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from vigtool.ui import icons, measures, theme
from vigtool.ui.parts.words import breakable

_HEIGHT, _GAP = 28, 8
_LEAST_WORDS = 96
"""Pixels that words keep before they wrap; a line narrower than that reads as a column of single words."""
_WRAPPED = Qt.TextFlag.TextWordWrap


class _Toggle(QAbstractButton):
    """What the three share: the sign first, the word after, both under the pointer; only the sign is painted apart."""

    sign = QSize(20, 20)

    def __init__(self, text: str, *, words: str = "", checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setFont(measures.font())
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(words or text)

    def sizeHint(self) -> QSize:
        """Room for sign and word."""
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(self.sign.width() + (words + _GAP + 1 if self.text() else 0), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Room for the sign and a few words of a line."""
        wanted = self.sizeHint()
        return QSize(min(wanted.width(), self.sign.width() + _GAP + self._least_words()), _HEIGHT)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the lines of its words."""
        if width >= self.sizeHint().width():
            return _HEIGHT
        measure = QFontMetrics(self.font())
        room = QRect(0, 0, max(width - self.sign.width() - _GAP, 1), 1 << 16)
        lines = measure.boundingRect(room, _WRAPPED, breakable(self.text())).height()
        return max(_HEIGHT, lines + _HEIGHT - measure.height())

    def _least_words(self) -> int:
        """The longest word must fit, as far as it is not broken."""
        measure = QFontMetrics(self.font())
        pieces = breakable(self.text()).replace("\u200b", " ").split()
        return max(_LEAST_WORDS, *(measure.horizontalAdvance(piece) for piece in pieces), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sign, and the word beside it."""
        colours, direction = theme.of(self), self.layoutDirection()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = (self.height() - self.heightForWidth(self.width())) // 2 + (_HEIGHT - self.sign.height()) // 2
        sign = QRect(0, first, self.sign.width(), self.sign.height())
        self.paint_sign(painter, QRectF(QStyle.visualRect(direction, self.rect(), sign)), colours)
        room = self.rect().adjusted(self.sign.width() + _GAP, 0, 0, 0)
        side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(colours.ink if self.isEnabled() else colours.quiet))
        painter.setFont(self.font())
        place = QStyle.visualRect(direction, self.rect(), room)
        if self.sizeHint().width() <= self.width():
            painter.drawText(place, side | Qt.TextFlag.TextSingleLine, self.text())
        else:
            painter.drawText(place, side | _WRAPPED, breakable(self.text()))

    def paint_sign(self, painter: QPainter, box: QRectF, colours: theme.Colours) -> None:
        """Paint the sign into its box."""
        raise NotImplementedError


class Check(_Toggle):
    """A box that is ticked or not."""

    def paint_sign(self, painter: QPainter, box: QRectF, colours: theme.Colours) -> None:
        """The box, and the tick in it."""
        checked = self.isChecked()
        painter.setPen(QPen(QColor(colours.accent if checked else colours.edge), 1))
        painter.setBrush(QColor(colours.accent if checked else colours.surface))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if checked:
            icons.paint(painter, "check", colours.on_accent, (box.center().x(), box.center().y()), 16)


class Radio(_Toggle):
    """One of several that exclude each other."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self.setAutoExclusive(True)

    def paint_sign(self, painter: QPainter, box: QRectF, colours: theme.Colours) -> None:
        """The ring, thick round a dot where it is the one."""
        checked = self.isChecked()
        painter.setPen(QPen(QColor(colours.accent if checked else colours.edge), 5 if checked else 1))
        painter.setBrush(QColor(colours.surface))
        radius = 7.0 if checked else 9.5
        painter.drawEllipse(box.center(), radius, radius)


class Switch(_Toggle):
    """On or off, at once."""

    sign = QSize(36, 20)

    def __init__(self, text: str = "", *, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, words=words, parent=parent)
        self.setProperty("radius", 10)

    def paint_sign(self, painter: QPainter, box: QRectF, colours: theme.Colours) -> None:
        """The track, and the knob on its side."""
        on = self.isChecked()
        painter.setPen(QPen(QColor(colours.accent if on else colours.edge), 1))
        painter.setBrush(QColor(colours.accent if on else colours.surface))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 9.5, 9.5)
        at_end = on != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        middle = box.right() - 10 if at_end else box.left() + 10
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.on_accent if on else colours.edge))
        painter.drawEllipse(QPointF(middle, box.center().y()), 7, 7)
