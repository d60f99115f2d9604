"""The frame of a sheet of two columns: what is asked, and the receipt beside it; light over whatever room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from vigtool.ui import measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.sheet import Sheet
from vigtool.ui.parts.surface import row
from vigtool.ui.parts.words import Words

SIZE = (1072, 828)
RECEIPT = 344
INDENT = 28
"""What is below a numbered title begins so far in: as space in a row, since margins of layouts do not mirror."""
_AROUND = 48


class SheetFrame(Sheet):
    """The window of the sheet: light, of one size where the window behind has room for it, and it knows its focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if parent is not None:
            self.setLayoutDirection(parent.layoutDirection())
        theme.dress(self, theme.LIGHT)

    def first_focus(self) -> QWidget:
        """What has the focus when the sheet opens."""
        return self

    def fit(self, behind: QWidget) -> None:
        """Take its own size, or what the window behind has room for."""
        self.resize(min(SIZE[0], behind.width() - _AROUND), min(SIZE[1], behind.height() - _AROUND))

    def begin(self) -> None:
        """Begin with the first question."""
        self.first_focus().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses nothing by itself here: only the button that has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def paint_inside(self, painter: QPainter, colours: theme.Colours) -> None:
        """Paint the ground of the receipt's column."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = QRectF(0 if mirrored else self.width() - RECEIPT, 0, RECEIPT, self.height())
        edge = side.right() - 1 if mirrored else side.left()
        painter.fillRect(side, QColor(colours.sunken))
        painter.fillRect(QRectF(edge, 0, 1, self.height()), QColor(colours.line))


class EqualButton(Button):
    """A button that weighs as much as the primary one beside it: washed in the accent, bordered by it."""

    def isChecked(self) -> bool:  # noqa: N802  # the name is Qt's
        """It is painted as what is chosen is; it is no switch."""
        return True


class NumberedHead(QWidget):
    """The title of one question, with its number before it and a quiet word at the end of the line."""

    def __init__(self, number: int, title: str, beside: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = row(self, gap=8)
        line.addWidget(_Number(number))
        self.title = Words(title, weight=measures.SEMIBOLD)
        line.addWidget(self.title, 1)
        line.addWidget(Words(beside, size=Type.LEAST, tone="quiet"))


class _Number(QWidget):
    """The number of a question, in a ring."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self.setFixedSize(20, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.sunken))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QColor(colours.quiet))
        painter.setFont(measures.font(Type.LEAST, measures.SEMIBOLD))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
