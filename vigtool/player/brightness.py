"""Making a dark picture easier to see, for the eye alone: what is kept, copied or rendered never passes here.

Dark rooms are dark in their shadows: a window or a lamp in the same picture is bright already. So the shadows are
lifted along a logarithm, which leaves black black and white white and clips nothing, where adding or multiplying would
wash the one out or burn the other. A power (gamma) would do so too, but it is infinitely steep at black, where a film
of a dark room has only the blocks and the noise of its coding.
"""

from __future__ import annotations

from functools import cache
from typing import Final, cast

import cv2
import numpy as np

from vigtool.player.conversion import Pixels

MOST: Final = 8
"""The brightest level; 0 is as filmed."""
_STRENGTH: Final = 0.75


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
    """(256, 1, 4): what each value becomes: log(1 + a x) / log(1 + a), `a` from 1.7 at level 1 to 64 at level 8."""
    steepness = 2 ** (_STRENGTH * level)
    lifted = np.rint(255 * np.log1p(steepness * np.arange(256) / 255) / np.log1p(steepness)).astype(np.uint8)
    table = np.stack([lifted, lifted, lifted, np.arange(256, dtype=np.uint8)], axis=1)
    return table.reshape(256, 1, 4)
