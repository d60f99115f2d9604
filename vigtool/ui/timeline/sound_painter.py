"""Paints the sound of a timeline: bars from afar, the wave itself from near."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from vigtool.ui.theme import Colours
from vigtool.ui.timeline.board import Board
from vigtool.ui.timeline.layout import Band
from vigtool.ui.timeline.scale import Scale
from vigtool.ui.timeline.sound import Fine, Loudness, fine_columns

_STEP = 3
_LEAST = 0.75


def paint_sound(
    painter: QPainter, board: Board, colours: Colours, loudness: Loudness | None, near: Sequence[Fine]
) -> None:
    """Paint the sound about a middle line.

    Args:
        painter: x counts from the left end of the strip.
        board: where the row lies.
        colours: in which theme.
        loudness: of the whole film; none where there is no sound.
        near: stretches to be drawn finely; the coarse bars stand where there is none yet.
    """
    band, scale = board.sound, board.scale
    painter.fillRect(QRectF(0, band.top, scale.width, band.height), QColor(colours.sunken))
    if loudness is None or loudness.is_empty:
        middle = band.top + band.height / 2
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.drawLine(QLineF(0, middle, scale.width, middle))
        return
    drawn = np.zeros(scale.width + 1, np.bool_)
    lines: list[QLineF] = []
    for fine in near:
        lines += _wave(fine, band, scale, loudness.full, drawn)
    painter.setPen(QPen(QColor(colours.quiet), 1))
    painter.drawLines(lines)
    painter.setPen(QPen(QColor(colours.quiet), 1.6))
    painter.drawLines(_bars(loudness, band, scale, drawn))


def _wave(fine: Fine, band: Band, scale: Scale, full: float, drawn: NDArray[np.bool_]) -> list[QLineF]:
    """A line for each pixel, from the lowest to the highest; the pixels are noted in `drawn`."""
    xs, found = fine_columns(fine, scale)
    if not len(xs):
        return []
    drawn[xs.astype(np.int64)] = True
    middle, half = band.top + band.height / 2, band.height / 2 - 3
    top = np.minimum(middle - np.clip(found[:, 1] / full, -1, 1) * half, middle - _LEAST / 2)
    foot = np.maximum(middle - np.clip(found[:, 0] / full, -1, 1) * half, middle + _LEAST / 2)
    # A wave is one line: where one pixel's part ends above the next one's beginning, it is led on to it.
    top[1:] = np.minimum(top[1:], foot[:-1])
    foot[1:] = np.maximum(foot[1:], top[:-1])
    places = zip((xs + 0.5).tolist(), top.tolist(), foot.tolist(), strict=True)
    return [QLineF(x, high, x, low) for x, high, low in places]


def _bars(loudness: Loudness, band: Band, scale: Scale, drawn: NDArray[np.bool_]) -> list[QLineF]:
    """A bar every few pixels, as high as the sound is loud there, where nothing finer is drawn."""
    xs, levels = loudness.columns(scale, _STEP)
    kept = ~drawn[np.minimum(xs.astype(np.int64) + 1, scale.width)]
    middle = band.top + band.height / 2
    half = np.maximum(_LEAST, levels[kept] * (band.height / 2 - 3))
    places = zip((xs[kept] + 0.5).tolist(), half.tolist(), strict=True)
    return [QLineF(x, middle - high, x, middle + high) for x, high in places]
