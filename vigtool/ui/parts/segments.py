"""A row of words of which one is chosen: exclusive, walked by the arrow keys, one stop for the tab key."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from vigtool.ui import measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.surface import row


class _Segment(QPushButton):
    def __init__(self, text: str, height: int, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._height = height
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFont(measures.font(Type.LEAST, measures.MEDIUM))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        bold = QFontMetrics(measures.font(Type.LEAST, measures.SEMIBOLD))
        return QSize(bold.horizontalAdvance(self.text()) + 24, self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.of(self)
        painter = QPainter(self)
        chosen = self.isChecked()
        painter.setFont(measures.font(Type.LEAST, measures.SEMIBOLD if chosen else measures.MEDIUM))
        quiet = colours.ink if self.underMouse() else colours.quiet
        painter.setPen(QColor(colours.accent if chosen else quiet))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.text())


class Segments(QWidget):
    """The row. `chosen` carries the value whose word was chosen by a person."""

    chosen = Signal(object)

    def __init__(
        self,
        choices: Sequence[tuple[Hashable, str]],
        *,
        words: str,
        height: int = measures.STEPPER,
        parent: QWidget | None = None,
    ) -> None:
        """Make a row of `choices` (value, word), called `words` by a screen reader; the first is chosen."""
        super().__init__(parent)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._values = [value for value, _ in choices]
        self._group = QButtonGroup(self)
        self._line = row(self, gap=0)
        for place, (_, word) in enumerate(choices):
            segment = _Segment(word, height, self)
            segment.toggled.connect(self.update)
            self._group.addButton(segment, place)
            self._line.addWidget(segment)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._values[place]))

    @property
    def value(self) -> Hashable:
        """What is chosen."""
        return self._values[self._group.checkedId()]

    def set_value(self, value: Hashable) -> None:
        """Choose without telling anybody."""
        self._group.button(self._values.index(value)).setChecked(True)

    def set_word(self, value: Hashable, word: str) -> None:
        """Give one choice another word, for instance with another count."""
        segment = self._group.button(self._values.index(value))
        segment.setText(word)
        segment.setAccessibleName(word)
        segment.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame, the chosen ground and the thin lines between."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(box, measures.RADIUS_CONTROL, measures.RADIUS_CONTROL)
        painter.fillPath(shape, QColor(colours.surface if not colours.is_dark else colours.ground))
        painter.setClipPath(shape)
        for button in self._group.buttons():
            area = QRectF(button.geometry())
            if button.isChecked():
                painter.fillRect(area, QColor(colours.accent_wash))
            side = area.right() if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else area.left()
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(round(side), round(area.top()), round(side), round(area.bottom()))
        painter.setClipping(False)
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)


def choose_none(segments: Segments) -> None:
    """Let nothing be chosen: no answer is given for anybody."""
    group = segments.findChild(QButtonGroup)
    button = group.checkedButton() if group is not None else None
    if group is not None and button is not None:
        group.setExclusive(False)
        button.setChecked(False)
        group.setExclusive(True)
