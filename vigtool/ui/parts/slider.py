"""A slider of a few whole steps: a thin way, what lies behind the knob in the accent, and the knob."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QStyle, QWidget

from vigtool.ui import theme

_KNOB = 6.0


class Slider(QAbstractSlider):
    """The slider, from 0 to `most`; the arrows step it.

    Signals:
        chosen (value): by the person, not by `show_value`.
    """

    chosen = Signal(int)

    def __init__(self, most: int, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = 0
        self.setRange(0, most)
        self.setSingleStep(1)
        self.setPageStep(2)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(words)
        self.valueChanged.connect(self._tell)

    def show_value(self, value: int) -> None:
        """Stand there, without telling anybody."""
        self._shown = min(max(value, 0), self.maximum())
        self.setValue(self._shown)
        self.update()

    def sizeHint(self) -> QSize:
        """As long as it needs to be for a steady hand."""
        return QSize(128, 28)

    def minimumSizeHint(self) -> QSize:
        """It can be shorter."""
        return QSize(56, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the way, what lies behind, and the knob."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, knob, begin = self.height() / 2, self._x(self.value()), self._x(0)
        painter.setBrush(QColor(colours.edge))
        painter.drawRoundedRect(QRectF(_KNOB, middle - 1, self.width() - 2 * _KNOB, 2), 1, 1)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(QRectF(min(begin, knob), middle - 2, abs(knob - begin), 4), 2, 2)
        painter.setBrush(QColor(colours.ink))
        painter.drawEllipse(QPointF(knob, middle), _KNOB, _KNOB)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(colours.accent))
            painter.drawEllipse(QPointF(knob, middle), _KNOB + 3, _KNOB + 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the knob under the pointer."""
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the knob along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)

    def _follow(self, event: QMouseEvent) -> None:
        way = max(round(self.width() - 2 * _KNOB), 1)
        at = round(event.position().x() - _KNOB)
        self.setValue(QStyle.sliderValueFromPosition(0, self.maximum(), min(max(at, 0), way), way, self._mirrored()))

    def _x(self, value: int) -> float:
        part = value / max(self.maximum(), 1)
        return _KNOB + (self.width() - 2 * _KNOB) * (1 - part if self._mirrored() else part)

    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _tell(self, value: int) -> None:
        self.update()
        if value != self._shown:
            self._shown = value
            self.chosen.emit(value)
