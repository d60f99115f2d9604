"""Yes or no: a switch (acts at once), a check (one of several), a radio (one alone). Painted, keyboard as in Qt."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QStyle, QWidget

from vigtool.ui import icons, measures, theme

_HEIGHT, _GAP = 28, 8


class _Painted:
    """What the three share: sign first, word after, both under the pointer."""

    sign = QSize(20, 20)

    def sign_box(self, button: QAbstractButton) -> QRect:
        """Where the sign stands."""
        box = QRect(0, (button.height() - self.sign.height()) // 2, self.sign.width(), self.sign.height())
        return QStyle.visualRect(button.layoutDirection(), button.rect(), box)

    def size(self, button: QAbstractButton) -> QSize:
        """Room for sign and word."""
        words = QFontMetrics(button.font()).horizontalAdvance(button.text())
        return QSize(self.sign.width() + (words + _GAP + 1 if button.text() else 0), _HEIGHT)

    def paint_word(self, painter: QPainter, button: QAbstractButton, colours: theme.Colours) -> None:
        """Paint the word beside the sign."""
        direction = button.layoutDirection()
        room = button.rect().adjusted(self.sign.width() + _GAP, 0, 0, 0)
        side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(colours.ink if button.isEnabled() else colours.quiet))
        painter.setFont(button.font())
        place = QStyle.visualRect(direction, button.rect(), room)
        painter.drawText(place, side | Qt.TextFlag.TextSingleLine, button.text())


def _begin(button: QWidget) -> QPainter:
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


class Check(QCheckBox):
    """A box that is ticked or not."""

    def __init__(self, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._painted = _Painted()
        self.setFont(measures.font())
        self.setChecked(checked)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Room for sign and word."""
        return self._painted.size(self)

    def hitButton(self, pos: object) -> bool:  # noqa: N802, ARG002  # the name is Qt's; all of it takes the click
        """All of it takes the click."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box, the tick and the word."""
        colours = theme.of(self)
        painter = _begin(self)
        box = QRectF(self._painted.sign_box(self))
        checked = self.isChecked()
        painter.setPen(QPen(QColor(colours.accent if checked else colours.edge), 1))
        painter.setBrush(QColor(colours.accent if checked else colours.surface))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if checked:
            icons.paint(painter, "check", colours.on_accent, (box.center().x(), box.center().y()), 16)
        self._painted.paint_word(painter, self, colours)


class Radio(QRadioButton):
    """One of several that exclude each other."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._painted = _Painted()
        self.setFont(measures.font())
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Room for sign and word."""
        return self._painted.size(self)

    def hitButton(self, pos: object) -> bool:  # noqa: N802, ARG002  # the name is Qt's; all of it takes the click
        """All of it takes the click."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring, the dot and the word."""
        colours = theme.of(self)
        painter = _begin(self)
        centre = QPointF(QRectF(self._painted.sign_box(self)).center())
        checked = self.isChecked()
        painter.setPen(QPen(QColor(colours.accent if checked else colours.edge), 5 if checked else 1))
        painter.setBrush(QColor(colours.surface))
        radius = 7.0 if checked else 9.5
        painter.drawEllipse(centre, radius, radius)
        self._painted.paint_word(painter, self, colours)


class Switch(QCheckBox):
    """On or off, at once."""

    def __init__(self, text: str = "", *, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._painted = _Painted()
        self._painted.sign = QSize(36, 20)
        self.setFont(measures.font())
        self.setProperty("radius", 10)
        self.setAccessibleName(words or text)

    def sizeHint(self) -> QSize:
        """Room for sign and word."""
        return self._painted.size(self)

    def hitButton(self, pos: object) -> bool:  # noqa: N802, ARG002  # the name is Qt's; all of it takes the click
        """All of it takes the click."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track, the knob on its side, and the word."""
        colours = theme.of(self)
        painter = _begin(self)
        box = QRectF(self._painted.sign_box(self))
        on = self.isChecked()
        painter.setPen(QPen(QColor(colours.accent if on else colours.edge), 1))
        painter.setBrush(QColor(colours.accent if on else colours.surface))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 9.5, 9.5)
        at_end = on != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        middle = box.right() - 10 if at_end else box.left() + 10
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.on_accent if on else colours.edge))
        painter.drawEllipse(QPointF(middle, box.center().y()), 7, 7)
        self._painted.paint_word(painter, self, colours)
