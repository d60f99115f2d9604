"""The playhead: a thin layer of its own, so that playing repaints two narrow columns and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from vigtool.ui import theme

WIDTH = 15
_HEAD = 16.0


class PlayheadLayer(QWidget):
    """Stands over the timeline where the shown frame is; clicks go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFixedWidth(WIDTH)
        self.hide()

    def stand_at(self, x: float, left: int, right: int) -> None:
        """Stand at `x` of the parent; hidden outside `left` to `right`."""
        inside = left <= round(x) <= right
        over = self.parentWidget()
        if inside and over is not None:
            self.setGeometry(round(x) - WIDTH // 2, 0, WIDTH, over.height())
        self.setVisible(inside)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line and its head."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.of(self).accent))
        middle = WIDTH / 2
        painter.drawRect(QRectF(middle - 1, 2, 2, self.height()))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(1, 0),
                    QPointF(WIDTH - 1, 0),
                    QPointF(WIDTH - 1, _HEAD - 6),
                    QPointF(middle, _HEAD),
                    QPointF(1, _HEAD - 6),
                ]
            )
        )
