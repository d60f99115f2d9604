"""How much of the film the timeline shows, on a slider: the further along, the closer one looks."""

from __future__ import annotations

import math
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from vigtool.ui import theme

_STEPS = 1000
_KNOB = 6.0


class ZoomSlider(QAbstractSlider):
    """The slider. Its whole way is from the whole film to the closest view, in equal ratios.

    Signals:
        length_wanted: so many ticks shall be in view.
    """

    length_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole, self._least = 1, 1
        self.setRange(0, _STEPS)
        self.setSingleStep(_STEPS // 20)
        self.setPageStep(_STEPS // 5)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Zoom of the timeline"))
        self.valueChanged.connect(self._wish)

    def show_length(self, length: int, whole: int, least: int) -> None:
        """Stand where `length` ticks of `whole` are in view, of which no fewer than `least` can be."""
        self._whole, self._least = whole, max(1, least)
        ratio = math.log(max(whole, 1) / self._least) or 1.0
        self.blockSignals(True)  # it is shown, not wished  # Qt knows it by place alone
        self.setValue(round(_STEPS * math.log(max(whole, 1) / max(length, 1)) / ratio))
        self.blockSignals(False)  # Qt knows it by place alone
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
        middle, knob = self.height() / 2, self._x(self.value())
        painter.setBrush(QColor(colours.edge))
        painter.drawRoundedRect(QRectF(_KNOB, middle - 1, self.width() - 2 * _KNOB, 2), 1, 1)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(QRectF(_KNOB, middle - 2, knob - _KNOB, 4), 2, 2)
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
        way = max(self.width() - 2 * _KNOB, 1)
        self.setValue(round((event.position().x() - _KNOB) / way * _STEPS))

    def _x(self, value: int) -> float:
        return _KNOB + (self.width() - 2 * _KNOB) * value / _STEPS

    def _wish(self, value: int) -> None:
        self.update()
        part = Fraction((self._least / self._whole) ** (value / _STEPS)).limit_denominator(10**9)
        self.length_wanted.emit(max(self._least, round(self._whole * part)))
