"""Paints what lies under the marks of a timeline: the words of the rows, the pictures, the lanes' ground."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from vigtool.annotate.mark import Lane
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.theme import Colours
from vigtool.ui.timeline.board import LABELS, STRIP, Board
from vigtool.ui.timeline.pictures import Pictures
from vigtool.ui.timeline.shapes import paint_sign
from vigtool.ui.timeline.strip import Slot, Strip

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FAINT = 0.35


def lane_words(lane: Lane) -> str:
    """A lane's name, in the person's language."""
    say = QCoreApplication.translate
    return {
        Lane.BABY: say("Timeline", "Baby"),
        Lane.PARENT: say("Timeline", "Parent"),
        Lane.TOGETHER: say("Timeline", "Together"),
        Lane.NOTES: say("Timeline", "Notes"),
    }[lane]


def paint_ground(painter: QPainter, board: Board, colours: Colours) -> None:
    """Paint the lanes' grounds and thin lines; x counts from the left end of the strip."""
    width = board.scale.width
    painter.fillRect(QRectF(0, 0, width, board.height), QColor(colours.sunken))
    painter.setPen(QPen(QColor(colours.line), 1))
    for at, band in enumerate(board.lanes.values()):
        if at % 2 == (0 if colours.is_dark else 1):
            painter.fillRect(QRectF(0, band.top, width, band.height), QColor(colours.ground))
        painter.drawLine(QLineF(0, band.top + 0.5, width, band.top + 0.5))


def paint_labels(painter: QPainter, board: Board, colours: Colours) -> None:
    """Paint the words at the left: what each row is."""
    say = QCoreApplication.translate
    painter.setFont(measures.font(Type.LEAST))
    painter.setPen(QColor(colours.quiet))
    for words, band in ((say("Timeline", "Pictures"), board.strip), (say("Timeline", "Sound"), board.sound)):
        painter.drawText(QRectF(12, band.top, LABELS - 16, band.height), _LEFT, words)
    painter.setFont(measures.font(Type.BODY))
    for lane, band in board.lanes.items():
        middle = band.top + 18
        paint_sign(painter, lane, QPointF(18, middle), colours)
        painter.setPen(QColor(colours.ink))
        painter.drawText(QRectF(34, band.top, LABELS - 36, 36), _LEFT, lane_words(lane))


def paint_strip(painter: QPainter, board: Board, colours: Colours, strip: Strip, pictures: Pictures) -> None:
    """Paint the pictures that are there; the others are ground until they come.

    Where each frame has its own place, the picture of a neighbour stands in faintly, so that nobody takes it for it.
    """
    top, width = board.strip.top, pictures.width(STRIP)
    painter.fillRect(
        QRectF(0, top, board.scale.width, STRIP), QColor(colours.raised if colours.is_dark else colours.line)
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for slot in strip.slots:
        shown = pictures.of(slot.frame)
        is_own = shown is not None
        if shown is None:
            shown = pictures.near(slot.frame, strip.reach)
        if shown is not None:
            painter.setOpacity(1.0 if is_own or not strip.is_single else _FAINT)
            _paint_picture(painter, shown, slot, width, top)
            painter.setOpacity(1.0)
        painter.fillRect(QRectF(slot.x - 0.5, top, 1, STRIP), QColor(colours.sunken))


def _paint_picture(painter: QPainter, shown: QPixmap, slot: Slot, width: int, top: int) -> None:
    """Paint a picture in its place: the middle of it where the place is narrow, in view where the place is long."""
    x = slot.x if slot.width < 2 * width else min(max(slot.x, 0), slot.x + slot.width - width)
    room = QRectF(x, top, min(width, slot.width), STRIP)
    part = shown.width() * room.width() / width
    painter.drawPixmap(room, shown, QRectF((shown.width() - part) / 2, 0, part, shown.height()))
