"""Paints what lies under the marks of a timeline: ruler, pictures, sound, the lanes' ground and their words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from vigtool.annotate.mark import Lane
from vigtool.timebase import short_clock
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.theme import Colours
from vigtool.ui.timeline.board import LABELS, STRIP, Board
from vigtool.ui.timeline.scale import Scale
from vigtool.ui.timeline.shapes import paint_sign

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Slot = tuple[int, float]
"""A picture of the strip: the tick it is of, and where it begins, in pixels."""


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
    """Paint grounds and thin lines; x counts from the left end of the strip."""
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


def paint_ruler(painter: QPainter, board: Board, colours: Colours) -> None:
    """Paint the strokes and their times, in seconds from the film's beginning."""
    band = board.ruler
    painter.setFont(measures.font(Type.LEAST, tabular=True))
    for stroke in board.scale.ruler(96):
        x = round(board.scale.x(stroke.tick)) + 0.5
        high = 9 if stroke.numbered else 5
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.drawLine(QLineF(x, band.bottom - high, x, band.bottom))
        if stroke.numbered:
            painter.setPen(QColor(colours.quiet))
            text = short_clock(stroke.seconds, millis=stroke.seconds.denominator != 1)
            painter.drawText(QRectF(x + 5, band.top, 90, band.height - 2), _LEFT, text)


def strip_slots(scale: Scale, start: int, picture_width: int) -> list[Slot]:
    """The pictures that fill the view: they stand on the film, so that scrolling moves them and changes none."""
    each = max(scale.ticks(picture_width), 1)
    number = (scale.first - start) // each
    slots = []
    while (tick := start + number * each) < min(scale.last, scale.end):
        slots.append((tick, scale.x(tick)))
        number += 1
    return slots


def paint_strip(
    painter: QPainter,
    board: Board,
    colours: Colours,
    slots: list[Slot],
    width: int,
    picture: Callable[[int], QPixmap | None],
) -> None:
    """Paint the pictures that are there; the others are ground until they come."""
    top = board.strip.top
    painter.fillRect(
        QRectF(0, top, board.scale.width, STRIP), QColor(colours.raised if colours.is_dark else colours.line)
    )
    film_end = board.scale.x(board.scale.end)
    for tick, x in slots:
        shown = picture(tick)
        room = QRectF(x, top, min(width, film_end - x), STRIP)
        if shown is not None and room.width() > 0:
            part = QRectF(0, 0, shown.width() * room.width() / width, shown.height())
            painter.drawPixmap(room, shown, part)
        painter.fillRect(QRectF(x - 0.5, top, 1, STRIP), QColor(colours.sunken))


def paint_sound(
    painter: QPainter, board: Board, colours: Colours, peaks: NDArray[np.float32] | None, covers: tuple[int, int]
) -> None:
    """Paint the sound as bars about a middle line.

    Args:
        painter: x counts from the left end of the strip.
        board: where the row lies.
        colours: in which theme.
        peaks: loudest value, 0 to 1, of equal parts of what they cover; none where there is no sound.
        covers: first tick, and the tick after the last, of all peaks together.
    """
    band, scale = board.sound, board.scale
    painter.fillRect(QRectF(0, band.top, scale.width, band.height), QColor(colours.sunken))
    middle = band.top + band.height / 2
    painter.setPen(QPen(QColor(colours.edge), 1))
    if peaks is None or not len(peaks) or covers[1] <= covers[0]:
        painter.drawLine(QLineF(0, middle, scale.width, middle))
        return
    lines = []
    for x, level in column_peaks(scale, peaks, covers):
        half = max(0.75, level * (band.height / 2 - 3))
        lines.append(QLineF(x + 0.5, middle - half, x + 0.5, middle + half))
    painter.setPen(QPen(QColor(colours.quiet), 1.6))
    painter.drawLines(lines)


def column_peaks(
    scale: Scale, peaks: NDArray[np.float32], covers: tuple[int, int], step: int = 3
) -> list[tuple[int, float]]:
    """The loudest of the sound under every `step` pixels of the view: (x, level)."""
    xs = np.arange(0, scale.width, step)
    # Places in the array as float: off by far less than a pixel, which is all they are for.
    edges = scale.first + np.append(xs, xs[-1] + step) * (scale.length / scale.width)
    places = (edges - covers[0]) * (len(peaks) / (covers[1] - covers[0]))
    low = np.clip(np.floor(places[:-1]), 0, len(peaks)).astype(np.int64)
    high = np.clip(np.ceil(places[1:]), 0, len(peaks)).astype(np.int64)
    return [(int(x), float(peaks[a:b].max())) for x, a, b in zip(xs, low, high, strict=True) if b > a]
