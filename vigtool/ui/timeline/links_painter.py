"""Paints the curves of chains: from the end of one mark into the beginning of the next."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from vigtool.ui.theme import Colours
from vigtool.ui.timeline.board import Board

_CURVE_FROM = 24
"""Two linked marks that take fewer pixels together are joined by a hairline."""


def paint_links(painter: QPainter, board: Board, colours: Colours) -> None:
    """Paint every link that reaches into the view, in three strokes however many there are."""
    curves, signs = QPainterPath(), QPainterPath()
    signs.setFillRule(Qt.FillRule.WindingFill)
    scale, columns = board.scale, board.layout.link_columns
    left, right = scale.xs(columns.starts), scale.xs(columns.ends)
    seen = (right >= 0) & (left <= scale.width)
    short = right - left < _CURVE_FROM
    for place in np.flatnonzero(seen & ~short):
        link = columns.links[place]
        _add_curve(board.box(link.first), board.box(link.second), curves, signs)
    ends = [part[seen & short] for ticks, y in (columns.leaves, columns.arrives) for part in (scale.xs(ticks), y)]
    hairs = [QLineF(*points) for points in zip(*(part.tolist() for part in ends), strict=True)]
    line = QColor(colours.ink)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.edge), 1))
    painter.drawLines(hairs)
    painter.setPen(QPen(line, 1.5))
    painter.drawPath(curves)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(signs, line)


def _add_curve(first: QRectF, second: QRectF, curves: QPainterPath, signs: QPainterPath) -> None:
    """A dot where the answered mark ends, an arrow where the answer begins."""
    arrives = QPointF(second.left() - 1, second.center().y())
    path = link_path(first, second)
    curves.addPath(path)
    signs.addEllipse(QPointF(path.elementAt(0).x, path.elementAt(0).y), 3.5, 3.5)
    signs.moveTo(arrives)
    signs.lineTo(arrives + QPointF(-7, -4.5))
    signs.lineTo(arrives + QPointF(-7, 4.5))
    signs.closeSubpath()


def link_path(first: QRectF, second: QRectF) -> QPainterPath:
    """From the end of the first bar into the beginning of the second.

    Where the answer begins before the other has ended, the way leaves from the bar's edge towards it instead, so that
    no dot stands on the words.
    """
    arrives = QPointF(second.left() - 6, second.center().y())
    if second.left() >= first.right():
        leaves = QPointF(first.right(), first.center().y())
        bend = min(max((arrives.x() - leaves.x()) / 2, 8.0), 40.0)
        path = QPainterPath(leaves)
        path.cubicTo(leaves + QPointF(bend, 0), arrives - QPointF(bend, 0), arrives)
        return path
    below = second.center().y() >= first.center().y()
    x = min(max(second.left() - 14, first.left() + 4), first.right() - 2)
    leaves = QPointF(x, first.bottom() if below else first.top())
    path = QPainterPath(leaves)
    way = abs(arrives.y() - leaves.y()) * 0.8
    path.cubicTo(leaves + QPointF(0, way if below else -way), arrives - QPointF(8, 0), arrives)
    return path
