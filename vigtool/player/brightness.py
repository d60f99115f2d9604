"""Making a dark picture easier to see, for the eye alone: what is kept, copied or rendered never passes here.

Dark rooms are dark in their shadows: a window or a lamp in the same picture is bright already. So the shadows are
lifted by a power of what the screen shows (a gamma curve), which leaves black black and white white and clips nothing,
where adding or multiplying would wash the one out or burn the other.
"""

from __future__ import annotations

from functools import cache
from typing import Final, cast

import cv2
import numpy as np

from vigtool.player.conversion import Pixels

MOST: Final = 8
"""The brightest level; 0 is as filmed."""
_DOUBLED_EVERY: Final = 4


def brightened(pixels: Pixels, level: int) -> Pixels:
    """The picture (height, width, 4), blue first, at a level from 0 (itself, not copied) to `MOST`; alpha stays.

    Raises:
        ValueError: for a level that is none.
    """
    if not 0 <= level <= MOST:
        message = "no such brightness"
        raise ValueError(message)
    return pixels if level == 0 else cast("Pixels", cv2.LUT(pixels, _table(level)))


@cache
def _table(level: int) -> Pixels:
    """(256, 1, 4): what each value becomes; the exponent is halved every fourth level."""
    exponent = 2 ** (-level / _DOUBLED_EVERY)
    lifted = np.rint(255 * (np.arange(256) / 255) ** exponent).astype(np.uint8)
    table = np.stack([lifted, lifted, lifted, np.arange(256, dtype=np.uint8)], axis=1)
    return table.reshape(256, 1, 4)
