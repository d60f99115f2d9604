"""Paints the marks of a timeline: each as its lane's shape; where they are too narrow for one, as a block.

A few hundred marks are painted one by one. From far away thousands lie in view, many narrower than a pixel: those that
touch are painted together, and of moments that lie on each other only the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap

from vigtool.annotate.mark import Lane, Mark
from vigtool.ui import icons, measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.words import isolated
from vigtool.ui.theme import Colours
from vigtool.ui.timeline.board import Board, Placed
from vigtool.ui.timeline.layout import LaneMarks, Pixels, merged
from vigtool.ui.timeline.links_painter import paint_links
from vigtool.ui.timeline.shapes import BAR, MOMENT, bar_path, moment_path, paint_shape

_STAR = 14
_PAD = 10
_BLOCK_BELOW = 6.0
"""A span that is drawn narrower has no shape any more."""
_STAMP_BELOW = 64
"""A shape that is drawn narrower is drawn once and copied: there can be hundreds of them."""
_APART = 3.0
_MARGIN = 4


@dataclass(frozen=True, slots=True)
class Brush:
    """What marks are painted with."""

    painter: QPainter
    board: Board
    colours: Colours
    plain: QFont
    bold: QFont

    def is_dashed(self, mark: Mark) -> bool:
        """Whether only one of two authors has it."""
        return mark.id in self.board.model.one_author


def paint_marks(painter: QPainter, board: Board, colours: Colours) -> None:
    """Paint what is in view: the marks, the chosen one over them, then the chains over all."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    plain, bold = measures.font(Type.LEAST), measures.font(Type.LEAST, measures.SEMIBOLD)
    brush = Brush(painter, board, colours, plain, bold)
    for lane, laid in board.layout.marks.items():
        _paint_lane(brush, lane, laid)
    chosen = board.placed(board.model.chosen) if board.model.chosen is not None else None
    if chosen is not None and chosen.box.right() >= -_APART and chosen.box.left() <= board.scale.width + _APART:
        _paint_chosen(brush, chosen)
    paint_links(painter, board, colours)


def _paint_lane(brush: Brush, lane: Lane, laid: LaneMarks) -> None:
    board = brush.board
    begins, ends = laid.edges(board.scale)
    # A moment's star stands a little to the right of it.
    seen = (ends >= -_STAR - 4) & (begins <= board.scale.width)
    moment = laid.ends == laid.starts
    narrow = ~moment & (board.scale.xs(laid.ends) - begins < _BLOCK_BELOW)
    _paint_blocks(brush, lane, laid, begins, seen & narrow)
    top = board.lanes[lane].top
    for place in np.flatnonzero(seen & ~narrow & ~moment):
        mark, left = laid.marks[place], float(begins[place])
        if mark.id != board.model.chosen:
            _paint_bar(brush, mark, QRectF(left, top + laid.tops[place], float(ends[place]) - left, BAR))
    last: dict[tuple[float, bool, bool], float] = {}
    for place in np.flatnonzero(seen & moment):
        mark, left = laid.marks[place], float(begins[place])
        alike = (float(laid.tops[place]), mark.star, brush.is_dashed(mark))
        if mark.id != board.model.chosen and left - last.get(alike, -1e9) >= _APART:
            last[alike] = left
            _paint_moment(brush, mark, QRectF(left, top + alike[0] + (BAR - MOMENT) / 2, MOMENT, MOMENT))


def _paint_blocks(brush: Brush, lane: Lane, laid: LaneMarks, begins: Pixels, which: NDArray[np.bool_]) -> None:
    """Spans without a shape: blocks of the lane's own colour; what touches becomes one."""
    top = brush.board.lanes[lane].top
    right = np.maximum(brush.board.scale.xs(laid.ends), begins + 1.5)
    boxes = []
    for row in np.unique(laid.tops[which]):
        here = np.flatnonzero(which & (laid.tops == row))
        blocks = zip(*merged(begins[here], right[here], 0.5), strict=True)
        boxes += [QRectF(x, top + row + 1, end - x, BAR - 2) for x, end in blocks]
    brush.painter.setPen(Qt.PenStyle.NoPen)
    brush.painter.setBrush(QColor(brush.colours.lane(lane).shape))
    brush.painter.drawRects(boxes)


def _paint_moment(brush: Brush, mark: Mark, box: QRectF) -> None:
    _put(brush.painter, _stamp(brush, mark.lane, 0, brush.is_dashed(mark)), box)
    _paint_beside(brush, mark, box)


def _paint_bar(brush: Brush, mark: Mark, box: QRectF) -> None:
    if box.width() < _STAMP_BELOW:
        _put(brush.painter, _stamp(brush, mark.lane, round(box.width()), brush.is_dashed(mark)), box)
    else:
        path = bar_path(mark.lane, box.adjusted(0.75, 0.75, -0.75, -0.75))
        paint_shape(brush.painter, path, mark.lane, brush.colours, chosen=False, dashed=brush.is_dashed(mark))
    _paint_inside(brush, mark, box, chosen=False)


def _paint_chosen(brush: Brush, placed: Placed) -> None:
    mark, box = placed.mark, placed.box
    dashed = brush.is_dashed(mark)
    if mark.span.is_moment:
        path = moment_path(mark.lane, box.center())
        paint_shape(brush.painter, path, mark.lane, brush.colours, chosen=True, dashed=dashed)
        _paint_beside(brush, mark, box)
        return
    path = bar_path(mark.lane, box.adjusted(0.75, 0.75, -0.75, -0.75))
    paint_shape(brush.painter, path, mark.lane, brush.colours, chosen=True, dashed=dashed)
    _paint_inside(brush, mark, box, chosen=True)


def _paint_beside(brush: Brush, mark: Mark, box: QRectF) -> None:
    """A moment's star."""
    if mark.star:
        _paint_star(brush.painter, QPointF(box.right() + 9, box.center().y()), brush.colours.star)


def _paint_inside(brush: Brush, mark: Mark, box: QRectF, *, chosen: bool) -> None:
    """A bar's star and words; they stay in view while a long bar runs out of it."""
    left, right = max(box.left(), 0.0), min(box.right(), float(brush.board.scale.width))
    at = left + (_PAD + 4 if mark.lane is Lane.TOGETHER else _PAD)
    if mark.star and right - left >= _STAR + 8:
        at = min(at, left + (right - left - _STAR) / 2)
        star = brush.colours.chosen_text if chosen else brush.colours.star
        _paint_star(brush.painter, QPointF(at + _STAR / 2, box.center().y()), star)
        at += _STAR + 6
    room = QRectF(at, box.top(), right - at - 6, box.height())
    if room.width() < 12:
        return
    shown = _elided(brush.board.model.words(mark), int(room.width()), chosen)
    if shown:
        ink = brush.colours.chosen_text if chosen else brush.colours.lane(mark.lane).ink
        brush.painter.setFont(brush.bold if chosen else brush.plain)
        brush.painter.setPen(QColor(ink))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        brush.painter.drawText(room, side | Qt.TextFlag.TextSingleLine, isolated(shown))


@lru_cache(maxsize=2048)
def _elided(words: str, width: int, bold: bool) -> str:
    """What of the words fits; nothing where it would be three letters and an ellipsis, which say nothing."""
    metrics = QFontMetrics(measures.font(Type.LEAST, measures.SEMIBOLD if bold else measures.REGULAR))
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
    return "" if shown != words and len(shown) < 4 else shown


def _paint_star(painter: QPainter, centre: QPointF, colour: str) -> None:
    icons.paint(painter, "star-full", colour, (centre.x(), centre.y()), _STAR)


_STAMPS: dict[tuple[Lane, int, bool, str, float], QPixmap] = {}
_MOST_STAMPS = 1024


def _stamp(brush: Brush, lane: Lane, width: int, dashed: bool) -> QPixmap:
    """A shape with a margin, to be copied to wherever it is needed; width 0 is a moment's."""
    ratio = brush.painter.device().devicePixelRatioF()
    key = (lane, width, dashed, brush.colours.name, ratio)
    found = _STAMPS.get(key)
    if found is None:
        if len(_STAMPS) >= _MOST_STAMPS:
            _STAMPS.clear()
        found = _STAMPS[key] = _drawn_stamp(brush.colours, lane, width, dashed, ratio)
    return found


def _drawn_stamp(colours: Colours, lane: Lane, width: int, dashed: bool, ratio: float) -> QPixmap:
    size = QSize(width, BAR) if width else QSize(MOMENT, MOMENT)
    made = QPixmap((size + QSize(2 * _MARGIN, 2 * _MARGIN)) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if width:
        path = bar_path(lane, QRectF(_MARGIN, _MARGIN, width, BAR).adjusted(0.75, 0.75, -0.75, -0.75))
    else:
        path = moment_path(lane, QPointF(MOMENT / 2 + _MARGIN, MOMENT / 2 + _MARGIN))
    paint_shape(painter, path, lane, colours, chosen=False, dashed=dashed)
    painter.end()
    return made


def _put(painter: QPainter, stamp: QPixmap, box: QRectF) -> None:
    painter.drawPixmap(QPointF(round(box.left()) - _MARGIN, round(box.top()) - _MARGIN), stamp)
