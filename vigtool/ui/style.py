"""The program's style: Qt's Fusion, with the focus ring painted as we want it.

A stylesheet knows no outline that stands off, so the ring is Qt's own `QFocusFrame`, which follows the focused widget
through scrolling and resizing, painted here: two pixels wide, two pixels off, in the accent. It shows wherever the
focus came by key; after a click it shows on fields only, where the next key would write.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from shiboken6 import isValid

from vigtool.ui import measures, theme

RING_WIDTH, RING_OFF = 2, 2
BY_KEY = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
"""How the focus comes where it was led by key."""
_ROOM = RING_WIDTH + RING_OFF
_WRITTEN_IN = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)
_RINGED = (*_WRITTEN_IN, QAbstractButton, QComboBox)


class Style(QProxyStyle):
    """Fusion, with our focus ring and no dotted focus rectangles."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Leave the focus frame room for the ring and the gap."""
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return _ROOM
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: QStyleHintReturn | None = None,
    ) -> int:
        """Let the focus frame lie above its widget's neighbours, in the window, where nothing cuts it off."""
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, data)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint all but two things.

        The dotted focus rectangle gives its place to the ring; the ground of the text in a date's or a number's field
        is painted by that field, since no stylesheet reaches it.
        """
        of = QStyle.PrimitiveElement
        within = widget.parentWidget() if element == of.PE_PanelLineEdit and widget is not None else None
        if element != of.PE_FrameFocusRect and not isinstance(within, QAbstractSpinBox):
            super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Paint the focus ring."""
        if element != QStyle.ControlElement.CE_FocusFrame:
            super().drawControl(element, option, painter, widget)
            return
        target = widget.widget() if isinstance(widget, QFocusFrame) else None
        paint_ring(painter, QRectF(option.rect), theme.of(target or widget), _radius(target))


def _radius(target: QWidget | None) -> float:
    own = target.property("radius") if target is not None else None
    return float(own) if isinstance(own, int | float) else measures.RADIUS_CONTROL


def paint_ring(painter: QPainter, outer: QRectF, colours: theme.Colours, radius: float) -> None:
    """Paint the ring inside `outer`, for a control whose own corners have `radius`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.accent), RING_WIDTH))
    half = RING_WIDTH / 2
    line = outer.adjusted(half, half, -half, -half)
    radius = min(radius + RING_OFF + half, line.height() / 2, line.width() / 2)
    painter.drawRoundedRect(line, radius, radius)
    painter.restore()


class FocusRing(QObject):
    """Puts the ring around whichever widget has the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame: QFocusFrame | None = None
        app.focusChanged.connect(self._move)

    def _move(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._frame is not None and isValid(self._frame):
            # It lives a moment longer, and would go on following its widget.
            self._frame.setWidget(None)  # type: ignore[arg-type]  # Qt takes none; its Python stub says otherwise
            self._frame.hide()
            self._frame.deleteLater()
        self._frame = None
        if now is None or not isinstance(now, _RINGED) or now.property("ring") == "none":
            return
        by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if by_mouse and not isinstance(now, _WRITTEN_IN):
            return
        # A bare field inside a painted frame has the ring around that frame.
        ringed = (now.parentWidget() if now.property("ring") == "parent" else now) or now
        self._frame = QFocusFrame(ringed.parentWidget())
        self._frame.setWidget(ringed)


def install(app: QApplication) -> FocusRing:
    """Give the program its style, its font, its palette and the focus ring; once, before the first window."""
    app.setStyle(Style())
    app.setFont(measures.font())
    app.setPalette(theme.palette(theme.LIGHT))
    return FocusRing(app)
