"""One sharp picture of an interlaced frame: what was seen at the frame's own time.

An interlaced frame is two half pictures, taken one after the other, in every second line each. Where something moved
between them, its edges are combs. The first half picture, whose time is the frame's timestamp, is kept as it is. Of
the second one those pixels are kept that fit between their neighbours above and below; combs are drawn anew from the
first half picture alone, along edges. So what stands still keeps all its lines, what moves is shown where it was at
that one time, and a frame looks the same however one came to it: no other frame has a say.

Frames that do not say that they are interlaced are left as they are, to the bit; so are those without a comb.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from fractions import Fraction
from typing import Any, Final, TypeAlias, cast

import av
import av.error
import cv2
import numpy as np
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

Rows: TypeAlias = NDArray[np.unsignedinteger[Any]]
Mask: TypeAlias = NDArray[np.uint8]

_COMB: Final = 6  # levels of 8 bits by which a line stands out from both its neighbours; noise rarely does
_ASLANT: Final = (1, -1, 2, -2)  # pixels to the side at which an edge is looked for
_STRAIGHT: Final = 2  # levels a pixel by which a slanting edge must be the better one
_PIECE: Final = 32  # pixels of a line that are drawn anew where there is a comb in one of them
_HALO: Final = 3  # of their neighbours that are looked at: the farthest aside, and one more
_PLANAR: Final = {"nv12": "yuv420p", "uyvy422": "yuv422p", "yuyv422": "yuv422p"}
_KEPT: Final = 2


def progressive(picture: av.VideoFrame) -> av.VideoFrame:
    """The picture itself if it is not interlaced, else a new one of the same format, colours and time."""
    if not picture.interlaced_frame:
        return picture
    bottom_first = _bottom_first(picture)
    planar = _planar(picture)
    bits = planar.format.components[0].bits
    kind = np.uint8 if bits == 8 else np.uint16
    if len(planar.planes) != len(planar.format.components) or bits > 16:
        return picture
    planes = [_rows(plane, kind) for plane in planar.planes]
    drawn = [_drawn(rows, 1 if bottom_first else 0, _COMB << (bits - 8)) for rows in planes]
    if all(lines is None for lines in drawn):
        return picture
    made = _like(planar)
    for plane, rows, lines in zip(made.planes, planes, drawn, strict=True):
        mine = _rows(plane, kind)
        mine[...] = rows
        if lines is not None:
            mine[0 if bottom_first else 1 :: 2] = lines
    return made


def _drawn(rows: Rows, kept: int, least: int) -> Rows | None:
    """The lines of the second half picture without combs; none where there is no comb.

    Args:
        rows: one plane of both.
        kept: 0 if the first half picture is in lines 0, 2, 4, else 1.
        least: by how much a comb stands out.
    """
    first, second = np.ascontiguousarray(rows[kept::2]), np.ascontiguousarray(rows[1 - kept :: 2])
    count = len(second)
    if not count or not len(first):
        return None
    below = np.concatenate([first, first[-1:]])[1 - kept :][:count]
    above = first[:count] if not kept else np.concatenate([first[:1], first])[:count]
    combs = _pieces(_combs(second, above, below, least), 0)
    where = np.nonzero(combs.any(axis=-1))
    if not len(where[0]):
        return None
    upper, lower = (_pieces(rows, _HALO)[where] for rows in (above, below))
    along = _along_edges(upper, lower, _STRAIGHT * least // _COMB)
    whole = np.zeros((count, combs.shape[1] * _PIECE), second.dtype)
    whole[:, : second.shape[1]] = second
    pieces = whole.reshape(combs.shape)
    pieces[where] = np.where(combs[where] > 0, along, pieces[where])
    return whole[:, : second.shape[1]]


def _combs(second: Rows, above: Rows, below: Rows, least: int) -> Mask:
    """Where lines stand out from both neighbours to the same side, at least two of them one under the other.

    A single line that stands out is a thin thing that lies there.
    """
    over = cast("Rows", cv2.subtract(second, cv2.max(above, below))) > least
    under = cast("Rows", cv2.subtract(cv2.min(above, below), second)) > least
    found = np.zeros(second.shape, np.bool_)
    for side in (over, under):
        both = side[1:] & side[:-1]
        found[1:] |= both
        found[:-1] |= both
    return cast("Mask", cv2.dilate(found.view(np.uint8), np.ones((3, 5), np.uint8)))


def _pieces(rows: Rows, halo: int) -> Rows:
    """Lines in pieces of equal length, (lines, pieces, length), with so many of their neighbours at both sides."""
    width = rows.shape[1]
    more = -width % _PIECE + halo
    wider = cast("Rows", cv2.copyMakeBorder(rows, 0, 0, halo, more, cv2.BORDER_REPLICATE))
    return np.lib.stride_tricks.sliding_window_view(wider, _PIECE + 2 * halo, axis=1)[:, ::_PIECE]


def _along_edges(above: Rows, below: Rows, straight: int) -> Rows:
    """Pieces of lines between lines: the mean of above and below in the direction in which they are most alike."""
    best = _unlike(above, below, 0, 0)
    made = _mean(above, below, 0)
    for aside in _ASLANT:
        unlike = _unlike(above, below, aside, straight * abs(aside))
        cv2.copyTo(_mean(above, below, aside), (unlike < best).view(np.uint8), made)
        best = np.minimum(best, unlike)
    return made


def _unlike(above: Rows, below: Rows, aside: int, more: int) -> Rows:
    """How much both differ around each pixel, one looked at to the right and the other to the left; and more."""
    one, other = _aside(above, aside, 1), _aside(below, -aside, 1)
    apart = cast("Rows", cv2.blur(cv2.absdiff(one, other), (3, 1)))[:, 1:-1]
    top = int(np.iinfo(apart.dtype).max)
    return np.minimum(apart, apart.dtype.type(top - more)) + apart.dtype.type(more)


def _mean(above: Rows, below: Rows, aside: int) -> Rows:
    return cast("Rows", cv2.addWeighted(_aside(above, aside, 0), 0.5, _aside(below, -aside, 0), 0.5, 0))


def _aside(pieces: Rows, aside: int, around: int) -> Rows:
    """What stands so far to the right of each pixel of the pieces, and so many pixels around."""
    begin = _HALO + aside - around
    return np.ascontiguousarray(pieces[:, begin : begin + _PIECE + 2 * around])


def _rows(plane: Any, kind: type[np.unsignedinteger[Any]]) -> Rows:
    """The numbers of a plane, which share its memory."""
    size = np.dtype(kind).itemsize
    rows = np.frombuffer(memoryview(plane), kind).reshape(-1, plane.line_size // size)
    return rows[: plane.height, : plane.width]


def _planar(picture: av.VideoFrame) -> av.VideoFrame:
    """The same in a format with a plane for each component, where this one has not."""
    to = _PLANAR.get(picture.format.name)
    return picture if to is None else VideoReformatter().reformat(picture, format=to)


def _like(picture: av.VideoFrame) -> av.VideoFrame:
    """An empty picture of that size, format, time and kind of colours."""
    made = av.VideoFrame(picture.width, picture.height, picture.format.name)
    made.colorspace, made.color_range = picture.colorspace, picture.color_range
    made.color_trc, made.color_primaries = picture.color_trc, picture.color_primaries
    made.pts = picture.pts
    if picture.time_base is not None:
        made.time_base = picture.time_base
    return made


class _FieldOrders(threading.local):
    """Filters of one thread that let through what begins with its lower lines: PyAV does not tell it by itself."""

    def __init__(self) -> None:
        self.made: OrderedDict[tuple[object, ...], tuple[Graph, FilterContext, FilterContext]] = OrderedDict()

    def of(self, width: int, height: int, pixel_format: str) -> tuple[Graph, FilterContext, FilterContext]:
        """The filter for pictures of that kind, its beginning and its end."""
        key = (width, height, pixel_format)
        found = self.made.pop(key, None) or self._make(*key)
        self.made[key] = found
        if len(self.made) > _KEPT:
            self.made.popitem(last=False)
        return found

    def _make(self, width: int, height: int, pixel_format: str) -> tuple[Graph, FilterContext, FilterContext]:
        graph = Graph()
        source = graph.add_buffer(
            width=width, height=height, format=av.VideoFormat(pixel_format), time_base=Fraction(1, 1000)
        )
        choice = graph.add("select", "eq(interlace_type,BOTTOMFIRST)")
        sink = graph.add("buffersink")
        source.link_to(choice)
        choice.link_to(sink)
        graph.configure()
        return graph, source, sink


_orders = _FieldOrders()


def _bottom_first(picture: av.VideoFrame) -> bool:
    """Whether the lower lines of an interlaced picture are the earlier ones."""
    _, source, sink = _orders.of(picture.width, picture.height, picture.format.name)
    source.push(picture)
    try:
        sink.pull()
    except av.error.BlockingIOError:
        return False
    return True
