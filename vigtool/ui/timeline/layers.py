"""The layers of a timeline's picture: each is drawn once and copied until something of its own changes."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion

Draw = Callable[[QPainter], None]


class Layer(Enum):
    """What is drawn apart from the rest."""

    LABELS = "labels"
    RULER = "ruler"
    STRIP = "strip"
    SOUND = "sound"
    LANES = "lanes"


class Layers:
    """Pictures by layer, each of one box of the widget; the boxes do not overlap."""

    def __init__(self) -> None:
        self._drawn: dict[Layer, QPixmap] = {}

    def drop(self, *layers: Layer) -> None:
        """These must be drawn anew; without any, all of them."""
        for layer in layers or tuple(Layer):
            self._drawn.pop(layer, None)

    def paint(
        self, painter: QPainter, region: QRegion, boxes: dict[Layer, QRect], draw: Callable[[Layer, QPainter], None]
    ) -> None:
        """Copy what lies in `region`, and draw before that what is not there.

        Args:
            painter: of the widget.
            region: what of the widget is to be painted.
            boxes: where each layer lies.
            draw: draws a layer; its painter counts as that of the widget does.
        """
        ratio = painter.device().devicePixelRatioF()
        for layer, box in boxes.items():
            if box.isEmpty() or not region.intersects(box):
                continue
            if layer not in self._drawn:
                self._drawn[layer] = _drawn(box, ratio, partial(draw, layer))
            painter.drawPixmap(box.topLeft(), self._drawn[layer])


def _drawn(box: QRect, ratio: float, draw: Draw) -> QPixmap:
    made = QPixmap(box.size() * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(QColor(0, 0, 0))  # every layer covers its whole box: what is not transparent is copied faster
    painter = QPainter(made)
    painter.translate(-box.topLeft())
    draw(painter)
    painter.end()
    return made
