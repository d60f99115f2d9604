"""Films of colour patches whose stored numbers are reckoned here from the standards alone, with nothing of the player.

Coding: ITU-R BT.601-7 (2.5.1, 2.5.3), BT.709-6 (3.2 to 3.5) and BT.2020-2 (table 4) for luma and colour differences;
ITU-T H.273, 8.3, for full and limited range at any depth. Back again: the same, inverted as a phone does it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import cast

import av
import numpy as np
from av.video.plane import VideoPlane
from av.video.stream import VideoStream
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SD, HD = (192, 108), (1280, 720)
FRAMES = 4
RATE = 25
ACROSS, DOWN = 4, 2
PATCHES: Floats = np.array(
    [
        (255, 255, 255), (0, 0, 0), (128, 128, 128), (200, 40, 40),
        (40, 180, 60), (50, 60, 200), (220, 180, 150), (96, 62, 50),
    ],
    float,
)  # fmt: skip
# The order of red, green, blue and alpha (which is a third) in formats of one plane.
PACKED = {"rgb24": (0, 1, 2), "bgr24": (2, 1, 0), "bgr0": (2, 1, 0, 3), "rgba": (0, 1, 2, 3), "rgb48le": (0, 1, 2)}
# Kr and Kb by the number of the matrix in ITU-T H.273.
WEIGHTS = {1: (0.2126, 0.0722), 5: (0.299, 0.114), 6: (0.299, 0.114), 9: (0.2627, 0.0593)}


@dataclass(frozen=True, kw_only=True)
class ColourFilm:
    """What is stored, and what is said of it.

    Attributes:
        coded: the matrix that the numbers were really made with; 0 for red, green and blue as they are.
        full: whether they really use the full range.
        matrix, range, transfer, primaries: the tags, by ITU-T H.273; 2 (0 for the range) says nothing.
        signal: red, green and blue 0..255 of each patch, in the film's own signal, shape (8, 3); `PATCHES` if none.
    """

    coded: int
    full: bool = False
    matrix: int = 2
    range: int = 0
    transfer: int = 2
    primaries: int = 2
    pixel_format: str = "yuv420p"
    size: tuple[int, int] = SD
    codec: str = "ffv1"
    container: str = "matroska"
    signal: tuple[tuple[float, float, float], ...] | None = None

    @property
    def patches(self) -> Floats:
        """The film's own signal, (8, 3)."""
        return PATCHES if self.signal is None else np.array(self.signal, float)


def coded(rgb: Floats, matrix: int, *, full: bool, bits: int) -> Floats:
    """Luma, blue and red difference (..., 3) as they are stored, of red, green and blue 0..255."""
    red, green, blue = (rgb[..., n] / 255 for n in range(3))
    kr, kb = WEIGHTS[matrix]
    luma = kr * red + (1 - kr - kb) * green + kb * blue
    cb, cr = (blue - luma) / (2 * (1 - kb)), (red - luma) / (2 * (1 - kr))
    top, middle = (1 << bits) - 1, 1 << (bits - 1)
    if full:
        levels = [luma * top, cb * top + middle, cr * top + middle]
    else:
        up = 1 << (bits - 8)
        levels = [(16 + 219 * luma) * up, (128 + 224 * cb) * up, (128 + 224 * cr) * up]
    return np.clip(np.rint(np.stack(levels, -1)), 0, top)


def decoded_709(levels: Floats) -> Floats:
    """Red, green and blue 0..255 of 8-bit BT.709 in limited range, as a phone shows a copy."""
    kr, kb = WEIGHTS[1]
    luma, cb, cr = (levels[..., 0] - 16) / 219, (levels[..., 1] - 128) / 224, (levels[..., 2] - 128) / 224
    red, blue = luma + 2 * (1 - kr) * cr, luma + 2 * (1 - kb) * cb
    green = (luma - kr * red - kb * blue) / (1 - kr - kb)
    return np.clip(np.stack([red, green, blue], -1), 0, 1) * 255


def middles(picture: NDArray[np.generic]) -> Floats:
    """The mean of the middle of each patch of a picture (height, width, channels): (8, channels)."""
    height, width = picture.shape[:2]
    high, wide = height / DOWN, width / ACROSS
    found = []
    for place in range(ACROSS * DOWN):
        row, column = divmod(place, ACROSS)
        rows = slice(int((row + 0.35) * high), int((row + 0.65) * high))
        columns = slice(int((column + 0.35) * wide), int((column + 0.65) * wide))
        found.append(picture[rows, columns, :3].astype(float).mean(axis=(0, 1)))
    return np.array(found)


@cache
def make(film: ColourFilm) -> bytes:
    """The film's bytes."""
    out = io.BytesIO()
    with av.open(out, "w", format=film.container) as container:
        stream = cast("VideoStream", container.add_stream(film.codec, rate=RATE, options=_options(film.codec)))
        stream.width, stream.height = film.size
        stream.pix_fmt = film.pixel_format
        context = stream.codec_context
        context.colorspace, context.color_range = film.matrix, film.range
        context.color_trc, context.color_primaries = film.transfer, film.primaries
        for number in range(FRAMES):
            frame = _picture(film)
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            frame.colorspace, frame.color_range = film.matrix, film.range
            frame.color_trc, frame.color_primaries = film.transfer, film.primaries
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def _options(codec: str) -> dict[str, str]:
    return {
        "libx264": {"crf": "8", "preset": "ultrafast"},
        "libx265": {"crf": "8", "preset": "ultrafast", "x265-params": "log-level=none:pools=1"},
        "mjpeg": {"qmin": "1", "qmax": "1"},
    }.get(codec, {})


def _picture(film: ColourFilm) -> av.VideoFrame:
    """The patches, written plane by plane."""
    width, height = film.size
    grid = np.empty((height, width), int)
    rows, columns = np.arange(height) * DOWN // height, np.arange(width) * ACROSS // width
    grid[...] = rows[:, None] * ACROSS + columns[None, :]
    frame = av.VideoFrame(width, height, film.pixel_format)
    kinds = frame.format.components
    bits = max(part.bits for part in kinds)
    if film.coded == 0:
        levels = np.rint(film.patches / 255 * ((1 << bits) - 1))
    else:
        levels = coded(film.patches, film.coded, full=film.full, bits=bits)
    if film.pixel_format in PACKED:
        opaque = np.hstack([levels, np.full((len(levels), 1), (1 << bits) // 3)])
        _write(frame.planes[0], opaque[grid][..., PACKED[film.pixel_format]].reshape(height, -1), bits)
        return frame
    order = (1, 2, 0) if film.pixel_format.startswith("gbrp") else (0, 1, 2)
    for plane, channel in zip(frame.planes, (*order, 3)[: len(frame.planes)], strict=True):
        step_x, step_y = -(-width // plane.width), -(-height // plane.height)
        values = np.full(len(levels), (1 << bits) // 3) if channel == 3 else levels[:, channel]
        _write(plane, values[grid[::step_y, ::step_x]], bits)
    return frame


def _write(plane: VideoPlane, values: NDArray[np.generic], bits: int) -> None:
    """Rows of numbers into a plane, whatever room it keeps at the end of each."""
    kind = np.uint8 if bits == 8 else np.uint16
    rows = np.zeros((plane.buffer_size // plane.line_size, plane.line_size // np.dtype(kind).itemsize), kind)
    rows[: values.shape[0], : values.shape[1]] = values
    plane.update(rows.tobytes())
