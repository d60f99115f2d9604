"""The sign of a lane, so that nobody has to tell lanes by colour: circle, square, diamond, flag."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from vigtool.annotate.mark import Lane
from vigtool.ui import icons, theme


def paint_sign(painter: QPainter, lane: Lane, colours: theme.Colours, x: float, y: float, size: float) -> None:
    """Paint the sign of `lane` around (x, y), `size` pixels wide."""
    shape, half = colours.lane(lane).shape, size / 2
    if lane is Lane.NOTES:
        icons.paint(painter, "flag", shape, (x, y), round(size * 1.4))
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(shape))
    if lane is Lane.BABY:
        painter.drawEllipse(QPointF(x, y), half, half)
    elif lane is Lane.PARENT:
        painter.drawRect(QRectF(x - half, y - half, size, size))
    else:
        reach = half * 1.15
        corners = (QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y))
        painter.drawPolygon(QPolygonF(list(corners)))
    painter.restore()
