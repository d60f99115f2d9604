"""A frame in as few bytes as the view needs: in its size and in planes, three eighths of what is drawn.

What is kept for later is mostly never drawn. Kept so, two to six times as many frames fit into the same memory, and
one is ready to be drawn within a few milliseconds. Brightness and colours keep their full range (JFIF's YCbCr, which
loses 1 of 255 where limited range would lose 2); colours are kept for every second pixel both ways, as films do it.
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
        brightness: (rows, columns), of even sides.
        colours: (rows / 2, columns / 2, 2), red and blue difference.
        size: width and height of the view.
    """

    number: int
    pts: int
    brightness: Pixels
    colours: Pixels
    size: tuple[int, int]

    @property
    def bytes(self) -> int:
        """How much memory it holds."""
        return self.brightness.nbytes + self.colours.nbytes

    def bgra(self, width: int, height: int) -> Pixels:
        """(height, width, 4) bytes, blue first, alpha 255, upright; of the view it was made for, or smaller.

        Raises:
            ValueError: where the view is larger.
        """
        if width > self.size[0] or height > self.size[1]:
            message = "a frame that was made for a smaller view"
            raise ValueError(message)
        rows, columns = self.brightness.shape
        planes = [
            self.brightness,
            *(cv2.resize(plane, (columns, rows), interpolation=cv2.INTER_LINEAR) for plane in cv2.split(self.colours)),
        ]
        drawn = cast("Pixels", cv2.cvtColor(cv2.merge(planes), cv2.COLOR_YCrCb2BGR, dstCn=4))
        return np.ascontiguousarray(drawn[:height, :width])


def small_bytes(size: tuple[int, int], whole: int) -> int:
    """How many bytes a frame takes that is kept for a view of that size, if it has `whole` bytes as it was decoded."""
    return min(whole, _bytes(size))


def smaller(frame: Frame, size: tuple[int, int]) -> SmallFrame | None:
    """The same frame for a view of that size; none where nothing would be saved."""
    if _bytes(size) >= frame.bytes:
        return None
    width, height = size
    return packed(frame.bgra(width, height), frame.number, frame.pts, size)


def packed(drawn: Pixels, number: int, pts: int, size: tuple[int, int]) -> SmallFrame:
    """What is drawn of a frame in a view of that size, (height, width, 4) bytes of BGRA, kept in few."""
    width, height = size
    if width % 2 or height % 2:
        drawn = np.pad(drawn, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    whole = cv2.cvtColor(drawn, cv2.COLOR_BGR2YCrCb)
    half = cv2.resize(whole, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    brightness = cast("Pixels", cv2.extractChannel(whole, 0))
    return SmallFrame(number, pts, brightness, np.ascontiguousarray(half[..., 1:]), size)


def _bytes(size: tuple[int, int]) -> int:
    """Of a picture with colours for every second pixel both ways, its sides made even."""
    return (size[0] + size[0] % 2) * (size[1] + size[1] % 2) * 3 // 2
