"""Paints the points in and out: flags on the ruler, dotted lines below, a wash between them."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.theme import Colours
from vigtool.ui.timeline.board import Board

_FLAG = 16


def paint_points_wash(painter: QPainter, board: Board, colours: Colours) -> None:
    """Wash the ruler between the points; an open side runs to the film's end. Under the strokes."""
    start, end = board.model.points
    if start is None and end is None:
        return
    scale = board.scale
    left = max(scale.x(scale.start if start is None else start), 0.0)
    right = min(scale.x(scale.end if end is None else end), float(scale.width))
    if right > left:
        painter.fillRect(QRectF(left, board.ruler.top, right - left, board.ruler.height), QColor(colours.accent_wash))


def paint_points(painter: QPainter, board: Board, colours: Colours) -> None:
    """Paint flags and dotted lines; the letters are those of the keys that set them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for tick, letter in zip(board.model.points, ("I", "O"), strict=True):
        if tick is None:
            continue
        x = round(board.scale.x(tick)) + 0.5
        if not -_FLAG <= x <= board.scale.width + _FLAG:
            continue
        line = QPen(QColor(colours.accent), 1.25)
        line.setDashPattern([1.5, 2.5])
        painter.setPen(line)
        painter.drawLine(QLineF(x, board.ruler.bottom, x, board.height))
        # The flag of the in point flies into the span, that of the out point too.
        flag = QRectF(x if letter == "I" else x - _FLAG, board.ruler.top + 2, _FLAG, board.ruler.height - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(flag, 3, 3)
        painter.setFont(measures.font(Type.LEAST, measures.SEMIBOLD))
        painter.setPen(QColor(colours.on_accent))
        painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, letter)
