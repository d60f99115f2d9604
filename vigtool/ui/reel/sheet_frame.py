"""The frame of a sheet of two columns: what is asked, and the receipt beside it; light over whatever room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from vigtool.ui import measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.dialog import Scrim
from vigtool.ui.parts.surface import row
from vigtool.ui.parts.words import Words

SIZE = (1072, 828)
RECEIPT = 344
INDENT = 28
"""What is below a numbered title begins so far in: as space in a row, since margins of layouts do not mirror."""
_AROUND = 48


class SheetFrame(QDialog):
    """The window of the sheet: it dims the room, stands in its middle, and knows its first focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setModal(True)
        self._scrim: Scrim | None = None
        if parent is not None:
            self.setLayoutDirection(parent.layoutDirection())
        theme.dress(self, theme.LIGHT)

    def first_focus(self) -> QWidget:
        """What has the focus when the sheet opens."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses nothing by itself here: only the button that has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Dim the window behind and stand in its middle."""
        super().showEvent(event)
        parent = self.parentWidget()
        behind = None if parent is None else parent.window()
        if behind is not None and self._scrim is None:
            self._scrim = Scrim(behind)
            self.resize(min(SIZE[0], behind.width() - _AROUND), min(SIZE[1], behind.height() - _AROUND))
            self.move(behind.frameGeometry().center() - self.rect().center())
        self.first_focus().setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the window behind be bright again."""
        super().hideEvent(event)
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sheet, and the ground of the receipt's column."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = measures.RADIUS_DIALOG
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(box, radius, radius)
        painter.fillPath(shape, QColor(colours.ground))
        painter.setClipPath(shape)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = QRectF(0 if mirrored else self.width() - RECEIPT, 0, RECEIPT, self.height())
        painter.fillRect(side, QColor(colours.sunken))
        painter.fillRect(
            QRectF(side.right() - 1 if mirrored else side.left(), 0, 1, self.height()), QColor(colours.line)
        )
        painter.setClipping(False)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)


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
