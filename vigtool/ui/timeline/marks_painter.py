"""Paints the marks of a timeline and the curves of its chains."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen

from vigtool.annotate.chain import Link
from vigtool.annotate.mark import Lane
from vigtool.ui import icons, measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.words import isolated
from vigtool.ui.theme import Colours
from vigtool.ui.timeline.board import Board, Placed
from vigtool.ui.timeline.shapes import bar_path, moment_path, paint_shape

_STAR = 14
_PAD = 10


def paint_marks(painter: QPainter, board: Board, colours: Colours) -> None:
    """Paint what is in view: bars and moments, then the chains over them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for placed in board.in_view():
        _paint_mark(painter, placed, board, colours)
    seen = {placed.mark.id for placed in board.in_view()}
    for link in board.links:
        if link.first.id in seen or link.second.id in seen:
            _paint_link(painter, link, board, colours)


def _paint_mark(painter: QPainter, placed: Placed, board: Board, colours: Colours) -> None:
    mark, box = placed.mark, placed.box
    chosen = mark.id == board.model.chosen
    dashed = mark.id in board.model.one_author
    if mark.span.is_moment:
        path = moment_path(mark.lane, box.center())
        paint_shape(painter, path, mark.lane, colours, chosen=chosen, dashed=dashed)
        if mark.star:
            _paint_star(painter, QPointF(box.right() + 9, box.center().y()), colours.star)
        return
    path = bar_path(mark.lane, box.adjusted(0.75, 0.75, -0.75, -0.75))
    paint_shape(painter, path, mark.lane, colours, chosen=chosen, dashed=dashed)
    # The words stay in view while a long bar runs out of it.
    room = QRectF(max(box.left(), 0), box.top(), 0, box.height())
    room.setRight(min(box.right(), board.scale.width))
    at = room.left() + (_PAD + 4 if mark.lane is Lane.TOGETHER else _PAD)
    ink = colours.chosen_text if chosen else colours.lane(mark.lane).ink
    if mark.star and room.width() >= _STAR + 8:
        at = min(at, room.left() + (room.width() - _STAR) / 2)
        star = colours.chosen_text if chosen else colours.star
        _paint_star(painter, QPointF(at + _STAR / 2, box.center().y()), star)
        at += _STAR + 6
    _paint_words(
        painter, board.model.words(mark), QRectF(at, box.top(), room.right() - at - 6, box.height()), ink, chosen
    )


def _paint_star(painter: QPainter, centre: QPointF, colour: str) -> None:
    icons.paint(painter, "star-full", colour, (centre.x(), centre.y()), _STAR)


def _paint_words(painter: QPainter, words: str, room: QRectF, ink: str, chosen: bool) -> None:
    font = measures.font(Type.LEAST, measures.SEMIBOLD if chosen else measures.REGULAR)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
    # Three letters and an ellipsis say nothing: then rather nothing at all.
    if room.width() < 12 or (shown != words and len(shown) < 4):
        return
    painter.setFont(font)
    painter.setPen(QColor(ink))
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, side | Qt.TextFlag.TextSingleLine, isolated(shown))


def _link_path(first: QRectF, second: QRectF) -> QPainterPath:
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


def _paint_link(painter: QPainter, link: Link, board: Board, colours: Colours) -> None:
    """A dot where the answered mark ends, an arrow where the answer begins."""
    first, second = board.placed(link.first.id), board.placed(link.second.id)
    if first is None or second is None:
        return
    arrives = QPointF(second.box.left() - 1, second.box.center().y())
    path = _link_path(first.box, second.box)
    leaves = QPointF(path.elementAt(0).x, path.elementAt(0).y)
    line = QColor(colours.ink)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(line, 1.5))
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(line)
    painter.drawEllipse(leaves, 3.5, 3.5)
    head = QPainterPath(arrives)
    head.lineTo(arrives + QPointF(-7, -4.5))
    head.lineTo(arrives + QPointF(-7, 4.5))
    head.closeSubpath()
    painter.drawPath(head)
