"""One decoded picture of a film: the same for screen, still and reel."""

from __future__ import annotations

import threading

import av

from vigtool.player import conversion, deinterlace
from vigtool.player.conversion import Pixels
from vigtool.player.picture import Picture


class Frame:
    """A frame of a film.

    It may be handed to another thread and kept; it holds the decoded picture, about 1.5 bytes a pixel. All its ways out
    show the same: where it is interlaced, the half picture of its own time made whole (see `deinterlace`).

    Attributes:
        number: its place in shown order, counted from 0.
        pts: the tick at which it begins to be shown.
        picture: as it was decoded, in the film's own planes, neither turned nor tagged nor made progressive.
    """

    __slots__ = ("_converting", "_how", "number", "picture", "pts")

    def __init__(self, number: int, pts: int, picture: av.VideoFrame, how: Picture) -> None:
        self.number = number
        self.pts = pts
        self.picture = picture
        self._how = how
        self._converting = threading.Lock()

    @property
    def width(self) -> int:
        """Upright, in square pixels."""
        return self._how.width

    @property
    def height(self) -> int:
        """Upright, in square pixels."""
        return self._how.height

    @property
    def bytes(self) -> int:
        """How much memory it holds, nearly."""
        return sum(plane.buffer_size for plane in self.picture.planes)

    def bgra(self, width: int, height: int) -> Pixels:
        """(height, width, 4) bytes, blue first, alpha 255, upright, in the right colours, contiguous.

        The picture is stretched to exactly that size: see `fitted` for one of its own shape.
        """
        with self._converting:
            return conversion.bgra(deinterlace.progressive(self.picture), self._how, width, height)

    def rgb(self, width: int | None = None, height: int | None = None) -> Pixels:
        """(height, width, 3) bytes, red first, upright, in the right colours; its own size if none is given."""
        return self.bgra(width or self.width, height or self.height)[..., 2::-1].copy()

    def upright_yuv(self, width: int, height: int) -> av.VideoFrame:
        """A new `yuv420p` picture of exactly that even size: upright, BT.709, limited range, so tagged.

        Nothing else of the source goes with it: no metadata, no side data.
        """
        with self._converting:
            return conversion.yuv420p(deinterlace.progressive(self.picture), self._how, width, height)


def fitted(width: int, height: int, into_width: int, into_height: int) -> tuple[int, int]:
    """The largest size of the shape `width` by `height` that fits, at least one pixel each way."""
    if width * into_height <= into_width * height:
        return max(1, width * into_height // height), max(1, into_height)
    return max(1, into_width), max(1, height * into_width // width)
