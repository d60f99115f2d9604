"""Paints the ruler of a timeline: times that a person would name, and from near a stroke for every frame."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from vigtool.timebase import short_clock
from vigtool.ui import measures
from vigtool.ui.desk import FrameTimes
from vigtool.ui.measures import Type
from vigtool.ui.theme import Colours
from vigtool.ui.timeline.board import Board
from vigtool.ui.timeline.scale import Scale, Stroke
from vigtool.ui.timeline.strip import frame_width, frames_in_view

FRAMES_FROM = 7.0
"""Frames that are drawn at least so wide, in pixels, have a stroke each."""
_LINES_FROM = 24.0
_APART = 96
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def strokes(scale: Scale, index: FrameTimes) -> list[Stroke]:
    """The strokes in view.

    From near there is one where each frame begins; from very near the times that are told are those of the frames too.
    """
    width = frame_width(scale, index)
    if width < FRAMES_FROM:
        return scale.ruler(_APART)
    numbers = frames_in_view(scale, index)
    found = [Stroke(tick, (tick - scale.start) * scale.time_base, False) for tick in map(index.pts, numbers)]
    if width < _LINES_FROM:
        return found + [stroke for stroke in scale.ruler(_APART) if stroke.numbered]
    every = next(step for step in (1, 2, 5, 10) if width * step >= _APART)
    return [replace(stroke, numbered=number % every == 0) for number, stroke in zip(numbers, found, strict=True)]


def paint_ruler(painter: QPainter, board: Board, colours: Colours) -> None:
    """Paint the strokes and their times, in seconds from the film's beginning."""
    band, scale = board.ruler, board.scale
    painter.setFont(measures.font(Type.LEAST, tabular=True))
    short, long = [], []
    clear = 0.0
    drawn = strokes(scale, board.model.index)
    tells_millis = any(stroke.numbered and stroke.seconds.denominator != 1 for stroke in drawn)
    for stroke in drawn:
        x = round(scale.x(stroke.tick)) + 0.5
        # Uneven frames stand where they stand: a time that would lie on the one before is left out.
        if not stroke.numbered or x < clear:
            short.append(QLineF(x, band.bottom - 5, x, band.bottom))
            continue
        long.append(QLineF(x, band.bottom - 9, x, band.bottom))
        clear = x + _APART * 3 / 4
        painter.setPen(QColor(colours.quiet))
        text = short_clock(stroke.seconds, millis=tells_millis)
        painter.drawText(QRectF(x + 5, band.top, 90, band.height - 2), _LEFT, text)
    painter.setPen(QPen(QColor(colours.edge), 1))
    painter.drawLines(short + long)


def paint_frame_lines(painter: QPainter, board: Board, colours: Colours) -> None:
    """From very near, lead the border of every frame down through the sound, so that a call is placed to the frame."""
    scale, index, band = board.scale, board.model.index, board.sound
    if frame_width(scale, index) < _LINES_FROM:
        return
    xs = [round(scale.x(index.pts(number))) + 0.5 for number in frames_in_view(scale, index)]
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.drawLines([QLineF(x, band.top, x, band.bottom) for x in xs])
