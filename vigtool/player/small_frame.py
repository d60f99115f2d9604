"""A frame in as few bytes as the view needs: in its size and in planes, three eighths of what is drawn.

What is kept for later is mostly never drawn. Kept so, two to six times as many frames fit into the same memory, and
one is ready to be drawn within a millisecond. Brightness stays as it was; colours are kept for every second pixel both
ways, as films do it, and come back within 2 of 255.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from vigtool.player.conversion import Pixels
from vigtool.player.frame import Frame


@dataclass(frozen=True, slots=True, eq=False)
class SmallFrame:
    """One frame for a view of one size.

    Attributes:
        number, pts: as those of `Frame`.
        planes: (rows, columns) brightness and below it the colours, as OpenCV lays out I420; of even sides.
        size: width and height of the view.
    """

    number: int
    pts: int
    planes: Pixels
    size: tuple[int, int]

    @property
    def bytes(self) -> int:
        """How much memory it holds."""
        return self.planes.nbytes

    def bgra(self, width: int, height: int) -> Pixels:
        """(height, width, 4) bytes, blue first, alpha 255, upright; of the view it was made for, or smaller.

        Raises:
            ValueError: where the view is larger.
        """
        if width > self.size[0] or height > self.size[1]:
            message = "a frame that was made for a smaller view"
            raise ValueError(message)
        drawn = cast("Pixels", cv2.cvtColor(self.planes, cv2.COLOR_YUV2BGRA_I420))
        return np.ascontiguousarray(drawn[:height, :width])


def small_bytes(size: tuple[int, int], whole: int) -> int:
    """How many bytes a frame takes that is kept for a view of that size, if it has `whole` bytes as it was decoded."""
    return min(whole, _bytes(size))


def smaller(frame: Frame, size: tuple[int, int]) -> SmallFrame | None:
    """The same frame for a view of that size; none where nothing would be saved."""
    if _bytes(size) >= frame.bytes:
        return None
    width, height = size
    drawn = frame.bgra(width, height)
    if width % 2 or height % 2:
        drawn = np.pad(drawn, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return SmallFrame(frame.number, frame.pts, cast("Pixels", cv2.cvtColor(drawn, cv2.COLOR_BGRA2YUV_I420)), size)


def _bytes(size: tuple[int, int]) -> int:
    """Of a picture with colours for every second pixel both ways, its sides made even."""
    return (size[0] + size[0] % 2) * (size[1] + size[1] % 2) * 3 // 2
