"""From a decoded picture to pixels that stand upright, in square pixels, of any size, and in the right colours.

What colours a picture holds is said by `colours`; what an ordinary screen does not show as it is goes through `hdr`,
already in the size that was asked for.
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
from vigtool.player.colours import is_grey, matrix_of, range_of, signal_of
from vigtool.player.picture import Picture

Pixels: TypeAlias = NDArray[np.uint8]

_EXACT: Final = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
_SHRUNK: Final = Interpolation.AREA | Interpolation.ACCURATE_RND
_ENLARGED: Final = Interpolation.BICUBIC | Interpolation.ACCURATE_RND
_TURNS: Final = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
# Levels of limited range as full ones, and of full range as limited ones (ITU-T H.273, 8.3).
_FULL_GREY: Final = np.clip(np.rint((np.arange(256) - 16) * 255 / 219), 0, 255).astype(np.uint8)
_LUMA: Final = np.rint(np.arange(256) * 219 / 255 + 16).astype(np.uint8)
_CHROMA: Final = np.rint((np.arange(256) - 128) * 224 / 255 + 128).astype(np.uint8)
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
    return upright(_on_screen(picture, *stored), how)


def yuv420p(picture: av.VideoFrame, how: Picture, width: int, height: int) -> av.VideoFrame:
    """An upright `yuv420p` picture of exactly that (even) size in BT.709, limited range, so tagged; no other data."""
    if width % 2 or height % 2:
        message = "the sides of a 4:2:0 picture are even"
        raise ValueError(message)
    made = av.VideoFrame(width, height, "yuv420p")
    planes = _in_709(picture, *((height, width) if how.turned else (width, height)))
    for mine, theirs in zip(_rows(made), planes, strict=True):
        mine[...] = _turned(theirs, how)
    return _tagged(made, picture)


def upright(pixels: Pixels, how: Picture) -> Pixels:
    """Turned and mirrored as the film says; contiguous."""
    return np.ascontiguousarray(_turned(pixels, how))


def _turned(pixels: Pixels, how: Picture) -> Pixels:
    """Turned and mirrored."""
    if how.rotation:
        pixels = cast("Pixels", cv2.rotate(pixels, _TURNS[how.rotation]))
    if how.mirrored:
        pixels = cast("Pixels", cv2.flip(pixels, 1))
    return pixels


def _in_709(picture: av.VideoFrame, width: int, height: int) -> list[Pixels]:
    """Luma and chroma of the stored picture in another size, 4:2:0, BT.709, limited range.

    From one matrix to another the scaler is quicker and more exact by way of ten bits of colour; from one range to
    another a table is.
    """
    if picture.format.is_rgb or _is_limited_grey(picture) or not signal_of(picture).ordinary:
        shown = av.VideoFrame.from_numpy_buffer(_on_screen(picture, width, height), format="bgra")
        return _rows(_scaled(shown, width, height, "yuv420p"))
    if matrix_of(picture) != Colorspace.ITU709 or is_grey(picture):
        picture = _scaled(picture, width, height, "gbrp10le")
    elif range_of(picture) == ColorRange.JPEG:
        luma, blue, red = _rows(_scaled(picture, width, height, "yuv420p", ColorRange.JPEG))
        return [cast("Pixels", cv2.LUT(luma, _LUMA)), *(cast("Pixels", cv2.LUT(c, _CHROMA)) for c in (blue, red))]
    return _rows(_scaled(picture, width, height, "yuv420p"))


def _on_screen(picture: av.VideoFrame, width: int, height: int) -> Pixels:
    """The stored picture in another size, as an ordinary screen shows it, blue first, alpha 255."""
    if _is_limited_grey(picture):
        grey = cast("Pixels", _scaled(picture, width, height, "gray").to_ndarray())
        return cast("Pixels", cv2.cvtColor(cv2.LUT(grey, _FULL_GREY), cv2.COLOR_GRAY2BGRA))
    signal = signal_of(picture)
    if not signal.ordinary:
        green, blue, red = _ten_bits(_scaled(picture, width, height, "gbrp10le"))
        return hdr.shown(red, green, blue, signal)
    pixels = cast("Pixels", _scaled(picture, width, height, "bgra").to_ndarray())
    if picture.format.has_palette or any(part.is_alpha for part in picture.format.components):
        pixels[..., 3] = 255  # what a film hides behind transparency is shown
    return pixels


def _is_limited_grey(picture: av.VideoFrame) -> bool:
    """Whether it is grey of limited range, which the scaler would take as full whatever it is told."""
    return is_grey(picture) and range_of(picture) == ColorRange.MPEG


def _scaled(
    picture: av.VideoFrame, width: int, height: int, pixel_format: str, extent: ColorRange = ColorRange.MPEG
) -> av.VideoFrame:
    """The stored picture in another size and pixel format, colours as tagged; `yuv420p` as BT.709 of that range."""
    to_yuv = pixel_format == "yuv420p"
    same = (width, height) == (picture.width, picture.height)
    shrunk = width <= picture.width and height <= picture.height
    how = _EXACT if same and not to_yuv else _SHRUNK if shrunk else _ENLARGED
    if same and picture.format.name == "bgra":
        how = Interpolation.AREA  # eight bits as they are: being more careful changes nothing and takes twice as long
    matrix = matrix_of(picture)
    key = (picture.width, picture.height, picture.format.name, width, height, pixel_format, how, matrix, extent)
    return _converters.of(*key).reformat(
        picture,
        width,
        height,
        pixel_format,
        src_colorspace=matrix,
        dst_colorspace=Colorspace.ITU709 if to_yuv else matrix,
        interpolation=how,
        src_color_range=range_of(picture),
        dst_color_range=extent if to_yuv else ColorRange.JPEG,
        threads=1,  # with more, the last pixels of one part now and then overwrite the first ones of the next
    )


def _rows(picture: av.VideoFrame) -> list[Pixels]:
    """The three planes of a `yuv420p` picture of even size; they share its memory."""
    width, height = picture.width, picture.height
    sizes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    return [
        np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:high, :wide]
        for plane, (high, wide) in zip(picture.planes, sizes, strict=True)
    ]


def _ten_bits(picture: av.VideoFrame) -> list[hdr.Signals]:
    """The three planes of a picture of ten bits without less chroma; they share its memory."""
    return [
        np.frombuffer(memoryview(plane), np.uint16).reshape(-1, plane.line_size // 2)[: plane.height, : plane.width]
        for plane in picture.planes
    ]


def _tagged(made: av.VideoFrame, picture: av.VideoFrame) -> av.VideoFrame:
    """Say what colours `made` holds, and when it is shown."""
    made.colorspace, made.color_range = int(Colorspace.ITU709), int(ColorRange.MPEG)
    made.color_trc, made.color_primaries = int(ColorTrc.BT709), int(ColorPrimaries.BT709)
    made.pts = picture.pts
    if picture.time_base is not None:
        made.time_base = picture.time_base
    return made
