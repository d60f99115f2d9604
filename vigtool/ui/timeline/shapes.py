"""The shapes by which a lane is known, before its colour.

Baby is a pill, its moment a circle; Parent a square bar and a square; Together a pointed bar and a diamond; Notes a
dashed flag.

Used by the timeline, the list of marks and the code buttons alike.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from vigtool.annotate.mark import Lane
from vigtool.ui.theme import Colours

BAR = 24
MOMENT = 16
_POINT = 9.0


def bar_path(lane: Lane, box: QRectF) -> QPainterPath:
    """The outline of a span's bar in `box`; its ends get blunter where the bar is short."""
    path = QPainterPath()
    if lane is Lane.BABY:
        radius = min(box.height() / 2, box.width() / 2)
        path.addRoundedRect(box, radius, radius)
    elif lane is Lane.PARENT:
        path.addRoundedRect(box, min(1.5, box.width() / 4), 1.5)
    elif lane is Lane.TOGETHER:
        point, middle = min(_POINT, box.width() / 2), box.center().y()
        path.moveTo(box.left() + point, box.top())
        path.lineTo(box.right() - point, box.top())
        path.lineTo(box.right(), middle)
        path.lineTo(box.right() - point, box.bottom())
        path.lineTo(box.left() + point, box.bottom())
        path.lineTo(box.left(), middle)
        path.closeSubpath()
    else:
        notch, middle = min(5.0, box.width() / 3), box.center().y()
        path.moveTo(box.topLeft())
        path.lineTo(box.topRight())
        path.lineTo(box.right() - notch, middle)
        path.lineTo(box.bottomRight())
        path.lineTo(box.bottomLeft())
        path.closeSubpath()
    return path


def moment_path(lane: Lane, centre: QPointF, size: float = MOMENT) -> QPainterPath:
    """The outline of a moment around `centre`."""
    half = size / 2
    box = QRectF(centre.x() - half, centre.y() - half, size, size)
    path = QPainterPath()
    if lane is Lane.BABY:
        path.addEllipse(box)
    elif lane is Lane.PARENT:
        path.addRoundedRect(box, 1.5, 1.5)
    elif lane is Lane.TOGETHER:
        out = half * 1.25
        for at, (dx, dy) in enumerate(((0, -out), (out, 0), (0, out), (-out, 0))):
            (path.lineTo if at else path.moveTo)(centre.x() + dx, centre.y() + dy)
        path.closeSubpath()
    else:
        path.moveTo(box.left() + 2, box.bottom())
        path.lineTo(box.left() + 2, box.top())
        path.lineTo(box.right(), box.top())
        path.lineTo(box.right() - half / 2, box.top() + half / 2)
        path.lineTo(box.right(), box.center().y() + 1)
        path.lineTo(box.left() + 2, box.center().y() + 1)
    return path


def paint_sign(painter: QPainter, lane: Lane, centre: QPointF, colours: Colours, size: float = 11) -> None:
    """Paint the small sign of a lane, as it stands before the lane's word."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QColor(colours.lane(lane).shape)
    if lane is Lane.NOTES:
        painter.setPen(QPen(shape, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shape)
    painter.drawPath(moment_path(lane, centre, size + (1 if lane is Lane.NOTES else 0)))
    painter.restore()


def paint_shape(
    painter: QPainter, path: QPainterPath, lane: Lane, colours: Colours, *, chosen: bool, dashed: bool
) -> None:
    """Fill and outline a bar or a moment; a chosen one gets an extra ring that stands off."""
    tokens = colours.lane(lane)
    if chosen:
        ring = QPen(QColor(colours.ink), 8)
        ring.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, ring)
        painter.strokePath(path, QPen(QColor(colours.surface), 5))
    pen = QPen(QColor(tokens.shape), 1.5)
    if dashed or lane is Lane.NOTES:
        pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(QColor(colours.chosen(lane) if chosen else tokens.wash))
    painter.drawPath(path)
