"""Frames in as few bytes as the view needs: in its size and in planes, about a third of what is drawn.

What is kept for later is mostly never drawn. Kept so, two to six times as many frames fit into the same memory, and
making one ready when it is wished for takes a few milliseconds.
"""

from __future__ import annotations

from vigtool.player.frame import Frame
from vigtool.player.frame_cache import Size
from vigtool.player.picture import Picture


def small_bytes(size: Size, whole: int) -> int:
    """How many bytes a frame takes that is kept for a view of that size, if it has `whole` bytes as it was decoded."""
    return min(whole, _bytes(size)) if _even(size) else whole


def smaller(frame: Frame, size: Size) -> Frame | None:
    """The same frame in the size of the view; none where nothing would be saved, or the size is odd."""
    if not _even(size) or _bytes(size) >= frame.bytes:
        return None
    upright = Picture(stream=0, codec="", stored_width=size[0], stored_height=size[1])
    return Frame(frame.number, frame.pts, frame.upright_yuv(*size), upright)


def _even(size: Size) -> bool:
    return size[0] % 2 == 0 and size[1] % 2 == 0


def _bytes(size: Size) -> int:
    """Of a picture with colours for every second pixel both ways."""
    return size[0] * size[1] * 3 // 2
