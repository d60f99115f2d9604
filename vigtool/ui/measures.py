"""Measures in pixels at 96 dpi, in steps of four, and the type scale in points.

Qt scales pixels and points with the screen, so that both are what a person sees at 96 dpi.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

STEP = 4
GAP = 16
"""Between panels, and around a page."""

RAIL = 84
RAIL_ITEM = (75, 64)
HEADER = 56
BUTTON, BUTTON_SMALL, BUTTON_TOOL = 36, 28, 32
INPUT, STEPPER = 36, 32
CHIP = 24
PLAY = 44
ROW_MARK, ROW_FILM, ROW_FAMILY, ROW_SHELF = 32, 52, 64, 68

RADIUS_PANEL, RADIUS_CONTROL, RADIUS_DIALOG = 12, 8, 16


class Type(IntEnum):
    """The five sizes, in tenths of a point, and the one that dense lists may use."""

    LEAST = 90
    DENSE = 97
    BODY = 105
    LARGE = 130
    TITLE = 165
    HUGE = 205

    @property
    def points(self) -> float:
        """The size in points."""
        return self.value / 10


REGULAR, MEDIUM, SEMIBOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold


@cache
def family() -> str | None:
    """The typeface: Inter where it is installed, else None for the system's own."""
    return "Inter" if "Inter" in QFontDatabase.families() else None


def font(size: Type = Type.BODY, weight: QFont.Weight = REGULAR, *, tabular: bool = False) -> QFont:
    """A font of the scale. `tabular` gives figures one width, so that a running time does not tremble."""
    name = family()
    made = QFont(name) if name else QFont()
    made.setPointSizeF(size.points)
    made.setWeight(weight)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made
