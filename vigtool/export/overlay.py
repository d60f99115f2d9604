"""Drawn art on planes of luma and chroma: converted once, blended in its own rectangle.

Pictures of a film are never turned into RGB on their way to the copy; text is turned into their kind instead.
Colours follow Rec. ITU-R BT.709 in limited range (luma 16..235, chroma 16..240), with chroma at half size both ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Plane: TypeAlias = npt.NDArray[np.uint8]
Levels: TypeAlias = npt.NDArray[np.float32]

_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722  # Rec. ITU-R BT.709, table 3.2


@dataclass(frozen=True, slots=True, eq=False)
class Planes:
    """One picture, 4:2:0: `y` of shape (height, width), `u` and `v` of half that both ways."""

    y: Plane
    u: Plane
    v: Plane

    @property
    def width(self) -> int:
        """In pixels, even."""
        return int(self.y.shape[1])

    @property
    def height(self) -> int:
        """In pixels, even."""
        return int(self.y.shape[0])

    def each(self) -> tuple[Plane, Plane, Plane]:
        """Luma first, then both chromas."""
        return self.y, self.u, self.v

    def part(self, left: int, top: int, width: int, height: int) -> Planes:
        """A view of one rectangle, all four even; writing to it writes to this picture."""
        rows, columns = slice(top, top + height), slice(left, left + width)
        half_rows, half_columns = slice(top // 2, (top + height) // 2), slice(left // 2, (left + width) // 2)
        return Planes(self.y[rows, columns], self.u[half_rows, half_columns], self.v[half_rows, half_columns])

    def put(self, other: Planes) -> None:
        """Write another picture of the same size over this one."""
        for mine, theirs in zip(self.each(), other.each(), strict=True):
            mine[...] = theirs

    @classmethod
    def filled(cls, width: int, height: int, colour: str) -> Planes:
        """A picture of one colour, "#RRGGBB"; width and height even."""
        level = to_yuv(np.array([[_channels(colour)]], np.float32))[0, 0].round().astype(np.uint8)
        luma = np.full((height, width), level[0], np.uint8)
        return cls(luma, *(np.full((height // 2, width // 2), value, np.uint8) for value in level[1:]))


def to_yuv(rgb: Levels) -> Levels:
    """RGB 0..255, shape (..., 3), as luma and chroma levels of the same shape, not yet rounded."""
    red, green, blue = (rgb[..., n] / 255 for n in range(3))
    luma = _RED * red + _GREEN * green + _BLUE * blue
    blueness = (blue - luma) / (2 * (1 - _BLUE))
    redness = (red - luma) / (2 * (1 - _RED))
    return np.stack([16 + 219 * luma, 128 + 224 * blueness, 128 + 224 * redness], axis=-1)


class Overlay:
    """One drawn picture that knows where it stands."""

    def __init__(self, picture: npt.NDArray[np.uint8], left: int = 0, top: int = 0) -> None:
        """Convert `picture` once.

        Args:
            picture: RGBA, not premultiplied, shape (height, width, 4).
            left: of its corner; odd places and sizes are widened to even ones by clear pixels.
            top: of its corner.
        """
        art, self.left, self.top = _evened(picture, left, top)
        alpha: Levels = art[..., 3].astype(np.float32) / np.float32(255)
        levels = to_yuv(art[..., :3].astype(np.float32)) * alpha[..., None]
        halves = [_halved(levels[..., n]) for n in (1, 2)]
        half_alpha = _halved(alpha)
        self._weights: list[Levels] = [1 - alpha, 1 - half_alpha, 1 - half_alpha]
        self._shares: list[Levels] = [levels[..., 0], *halves]
        self.height, self.width = alpha.shape

    def blend(self, planes: Planes) -> None:
        """Draw on `planes`, in place; nothing outside the own rectangle is touched."""
        target = planes.part(self.left, self.top, self.width, self.height)
        for plane, weight, share in zip(target.each(), self._weights, self._shares, strict=True):
            plane[...] = np.rint(plane * weight + share).astype(np.uint8)


def _channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of "#RRGGBB"."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _evened(picture: npt.NDArray[np.uint8], left: int, top: int) -> tuple[npt.NDArray[np.uint8], int, int]:
    """The picture with clear pixels around it, so that its corner and size are even."""
    height, width = picture.shape[:2]
    before_x, before_y = left % 2, top % 2
    after_x, after_y = (width + before_x) % 2, (height + before_y) % 2
    art = np.pad(picture, ((before_y, after_y), (before_x, after_x), (0, 0)))
    return art, left - before_x, top - before_y


def _halved(plane: Levels) -> Levels:
    """The mean of each block of two by two."""
    height, width = plane.shape
    blocks: Levels = plane.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3), dtype=np.float32)
    return blocks
