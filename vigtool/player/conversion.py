"""From a decoded picture to pixels that stand upright, in square pixels and in the right colours.

Colours: a picture's own tags are honoured. Pictures without a tag are taken as ITU-R BT.709 from 720 lines on and as
BT.601 below, as televisions do. High dynamic range is brought to BT.709 (see `hdr`).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final, TypeAlias, cast

import av
import cv2
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation, VideoReformatter
from numpy.typing import NDArray

from vigtool.player import hdr
from vigtool.player.picture import Picture

Pixels: TypeAlias = NDArray[np.uint8]

_HD_LINES: Final = 720
_UNTAGGED: Final = (2, 3)  # unspecified and reserved, ITU-T H.273
_MATRIX: Final = {1: Colorspace.ITU709, 4: Colorspace.FCC, 7: Colorspace.SMPTE240M, 9: Colorspace.BT2020}
_EXACT: Final = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
_SHRUNK: Final = Interpolation.AREA | Interpolation.ACCURATE_RND
_ENLARGED: Final = Interpolation.BICUBIC | Interpolation.ACCURATE_RND
_KEPT: Final = 6


class _Converters(threading.local):
    """The scaler contexts of one thread: they are costly to set up and must not be shared."""

    def __init__(self) -> None:
        self.made: OrderedDict[tuple[object, ...], VideoReformatter] = OrderedDict()

    def of(self, *key: object) -> VideoReformatter:
        """The context used before for the same work, or a new one."""
        found = self.made.pop(key, None) or VideoReformatter()
        self.made[key] = found
        if len(self.made) > _KEPT:
            self.made.popitem(last=False)
        return found


_converters = _Converters()


def bgra(picture: av.VideoFrame, how: Picture, width: int, height: int) -> Pixels:
    """(height, width, 4) bytes, blue first, alpha 255: upright, stretched to exactly that size, contiguous."""
    stored = (height, width) if how.turned else (width, height)
    pixels = cast("Pixels", _scaled(picture, *stored, "bgra").to_ndarray())
    transfer = _transfer(picture)
    if transfer is not None:
        pixels = hdr.to_sdr(pixels, transfer)
    return upright(pixels, how)


def yuv420p(picture: av.VideoFrame, how: Picture, width: int, height: int) -> av.VideoFrame:
    """An upright `yuv420p` picture of exactly that (even) size in BT.709, limited range, so tagged; no other data."""
    if width % 2 or height % 2:
        message = "the sides of a 4:2:0 picture are even"
        raise ValueError(message)
    if _transfer(picture) is not None or picture.format.is_rgb:
        plain = av.VideoFrame.from_ndarray(bgra(picture, how, width, height), format="bgra")
        made = _scaled(plain, width, height, "yuv420p")
        return _tagged(av.VideoFrame.from_ndarray(made.to_ndarray(), format="yuv420p"), picture)
    stored = (height, width) if how.turned else (width, height)
    rows = cast("Pixels", _scaled(picture, *stored, "yuv420p").to_ndarray())
    luma, blue, red = _planes(rows, *stored)
    flat = np.concatenate([upright(plane, how).reshape(-1) for plane in (luma, blue, red)])
    return _tagged(av.VideoFrame.from_ndarray(flat.reshape(height * 3 // 2, width), format="yuv420p"), picture)


def upright(pixels: Pixels, how: Picture) -> Pixels:
    """Turned and mirrored as the film says; contiguous."""
    turns = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    if how.rotation:
        pixels = cast("Pixels", cv2.rotate(pixels, turns[how.rotation]))
    if how.mirrored:
        pixels = cast("Pixels", cv2.flip(pixels, 1))
    return np.ascontiguousarray(pixels)


def _scaled(picture: av.VideoFrame, width: int, height: int, pixel_format: str) -> av.VideoFrame:
    """The stored picture in another size and pixel format, colours as tagged; `yuv420p` comes out as BT.709."""
    same = (width, height) == (picture.width, picture.height)
    shrunk = width <= picture.width and height <= picture.height
    how = _EXACT if same else _SHRUNK if shrunk else _ENLARGED
    matrix = _matrix(picture)
    key = (picture.width, picture.height, picture.format.name, width, height, pixel_format, how, matrix)
    to_yuv = pixel_format == "yuv420p"
    return _converters.of(*key).reformat(
        picture,
        width,
        height,
        pixel_format,
        src_colorspace=matrix,
        dst_colorspace=Colorspace.ITU709 if to_yuv else matrix,
        interpolation=how,
        src_color_range=_range(picture),
        dst_color_range=ColorRange.MPEG if to_yuv else ColorRange.JPEG,
    )


def _planes(rows: Pixels, width: int, height: int) -> tuple[Pixels, Pixels, Pixels]:
    """The three planes in PyAV's one array of a `yuv420p` picture."""
    flat = rows.reshape(-1)
    luma, chroma = width * height, width * height // 4
    half = (height // 2, width // 2)
    return (
        flat[:luma].reshape(height, width),
        flat[luma : luma + chroma].reshape(half),
        flat[luma + chroma :].reshape(half),
    )


def _tagged(made: av.VideoFrame, picture: av.VideoFrame) -> av.VideoFrame:
    """Say what colours `made` holds, and when it is shown."""
    made.colorspace, made.color_range = int(Colorspace.ITU709), int(ColorRange.MPEG)
    made.color_trc, made.color_primaries = int(ColorTrc.BT709), int(ColorPrimaries.BT709)
    made.pts = picture.pts
    if picture.time_base is not None:
        made.time_base = picture.time_base
    return made


def _matrix(picture: av.VideoFrame) -> Colorspace:
    """The matrix of a picture's colours, guessed by its lines where it carries no tag."""
    tag = picture.colorspace
    if tag in _UNTAGGED or (tag == 0 and not picture.format.is_rgb):
        return Colorspace.ITU709 if picture.height >= _HD_LINES else Colorspace.ITU601
    return Colorspace.BT2020 if tag == 10 else _MATRIX.get(tag, Colorspace.ITU601)


def _range(picture: av.VideoFrame) -> ColorRange:
    """Full or limited; an untagged picture is limited, except for the formats that are full by their name."""
    if picture.color_range == ColorRange.JPEG or picture.format.name.startswith("yuvj") or picture.format.is_rgb:
        return ColorRange.JPEG
    return ColorRange.MPEG


def _transfer(picture: av.VideoFrame) -> hdr.Transfer | None:
    """The high dynamic range signal of a picture, if it is one."""
    return next((kind for kind in hdr.Transfer if kind.value == picture.color_trc), None)
