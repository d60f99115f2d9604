"""How much of the film the timeline shows, on a slider: the further along, the closer one looks."""

from __future__ import annotations

import math
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ui.parts.slider import Slider

_STEPS = 1000


class ZoomSlider(Slider):
    """The slider. Its whole way is from the whole film to the closest view, in equal ratios.

    Signals:
        length_wanted: so many ticks shall be in view.
    """

    length_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_STEPS, "", parent)
        self.setAccessibleName(self.tr("Zoom of the timeline"))
        self._whole, self._least = 1, 1
        self.setSingleStep(_STEPS // 20)
        self.setPageStep(_STEPS // 5)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.chosen.connect(self._wish)

    def show_length(self, length: int, whole: int, least: int) -> None:
        """Stand where `length` ticks of `whole` are in view, of which no fewer than `least` can be."""
        self._whole, self._least = whole, max(1, least)
        ratio = math.log(max(whole, 1) / self._least) or 1.0
        self.show_value(round(_STEPS * math.log(max(whole, 1) / max(length, 1)) / ratio))

    def _wish(self, value: int) -> None:
        part = Fraction((self._least / self._whole) ** (value / _STEPS)).limit_denominator(10**9)
        self.length_wanted.emit(max(self._least, round(self._whole * part)))
