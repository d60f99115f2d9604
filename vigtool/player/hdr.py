"""Pictures whose colours an ordinary screen does not show as they are: high dynamic range, wide primaries.

What `light` says is one table from the upper 8 of 10 bits of each channel to a screen's colour, made when it is first
needed; a picture is one look-up a pixel. One step of 8 bits would be two or three levels on the screen, and seen as
bands on a wall: the lower 2 bits decide how many pixels of a square of four take the next colour. The light that a
signal means is smooth: it is asked at some places, and its square root is taken as straight in between. What bends, the
roll-off and the ends of BT.709, is done for each colour.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final, TypeAlias, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from vigtool.player.light import SCREEN_GAMMA, Signal, display_light, gain, to_709

Table: TypeAlias = NDArray[np.uint32]
Signals: TypeAlias = NDArray[np.uint16]
Roots: TypeAlias = NDArray[np.float32]

_STEP: Final = 3  # levels from place to place; 255 is a multiple
_PLACES: Final = 255 // _STEP + 1
_TABLES: Final = 2
_ROWS_AT_ONCE: Final = 64  # what is worked on stays in the processor's cache

_SQUARE: Final = np.array([[0, 2], [3, 1]], np.uint16)
_DOWN: Final = -0.45  # what makes of rounding to the nearest, rounding down
# Level of a screen, at 65536 places evenly spaced by the square root of light.
_LEVEL: Final = np.rint((np.arange(65_536) / 65_535) ** (2 / SCREEN_GAMMA) * 255).astype(np.uint8)

_tables: OrderedDict[Signal, Table] = OrderedDict()
_making = threading.Lock()


def table(kind: Signal) -> Table:
    """2**24 packed colours 0xAARRGGBB (alpha 255), by packed upper bits 0xRRGGBB of a signal of that kind.

    Made at the first call, which takes most of a second; 64 MB. The last two kinds are kept.
    """
    with _making:
        made = _tables.pop(kind, None)
        _tables[kind] = _make(kind) if made is None else made
        if len(_tables) > _TABLES:
            _tables.popitem(last=False)
        return _tables[kind]


def shown(red: Signals, green: Signals, blue: Signals, kind: Signal) -> NDArray[np.uint8]:
    """Signals 0 to 1023, each (height, width), as an ordinary screen shows them: (height, width, 4), blue first."""
    colours = table(kind)
    height, width = red.shape
    packed = np.empty((height, width), "<u4")
    lift = np.ascontiguousarray(np.resize(_SQUARE, (_ROWS_AT_ONCE, 2))[:, np.arange(width) % 2])
    for top in range(0, height, _ROWS_AT_ONCE):
        rows = slice(top, min(height, top + _ROWS_AT_ONCE))
        upper = [_upper(plane[rows], lift) for plane in (blue, green, red)]
        places = cv2.merge([*upper, np.zeros_like(upper[0])]).view("<u4")[..., 0]
        np.take(colours, places, out=packed[rows], mode="clip")
    return packed.view(np.uint8).reshape(height, width, 4)


def _upper(rows: Signals, lift: Signals) -> NDArray[np.uint8]:
    """The upper 8 bits, 255 for 1023, for as many pixels of four rounded up as the lower ones say."""
    lifted = cv2.add(rows, lift[: len(rows)])
    return cast("NDArray[np.uint8]", cv2.convertScaleAbs(lifted, alpha=255 / 1023, beta=_DOWN))


def _make(kind: Signal) -> Table:
    """The whole table, one level of red at a time."""
    roots = _roots(kind)
    gains = _gains() if kind.hdr else None
    matrix = to_709(kind.gamut).astype(np.float32)
    made = np.empty((256, 256, 256), np.uint32)
    before = after = _spread(roots[0])
    for level in range(256):
        place, share = divmod(level, _STEP)
        if not share:
            before, after = after, _spread(roots[min(place + 1, _PLACES - 1)])
        root = cast("Roots", cv2.addWeighted(before, 1 - share / _STEP, after, share / _STEP, 0))
        light = root * root if gains is None else root * root * _mean_gain(root, gains)
        root_709 = np.sqrt(np.clip(cv2.transform(light, matrix), 0, 1))
        rgb = cv2.LUT(_fine(root_709), _LEVEL)
        made[level] = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA).view("<u4")[..., 0]
    return made.reshape(-1)


def _roots(kind: Signal) -> Roots:
    """Square roots of light in the signal's own primaries, where `light` is asked; (red, green, blue, 3)."""
    levels = np.linspace(0, 1, _PLACES, dtype=np.float32)
    grid = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1)
    return np.sqrt(display_light(grid, kind)).astype(np.float32, copy=False)


def _gains() -> Roots:
    """What light is multiplied with, at 65536 places evenly spaced by its square root."""
    made: Roots = gain((np.arange(65_536) / 65_535) ** 2).astype(np.float32)
    return made


def _mean_gain(root: Roots, gains: Roots) -> Roots:
    """The mean of the gain of the strongest of red, green and blue, and of each by itself."""
    own = cv2.LUT(_fine(root), gains)
    least = np.minimum(np.minimum(own[..., 0], own[..., 1]), own[..., 2])  # the stronger, the less of it is left
    mean: Roots = (own + least[..., None]) * np.float32(0.5)
    return mean


def _fine(root: Roots) -> NDArray[np.uint16]:
    """0 to 1 as one of 65536 places."""
    return (root * 65_535 + np.float32(0.5)).astype(np.uint16)


def _spread(plane: Roots) -> Roots:
    """What is known at some levels of green and blue, for all 256 of both."""
    between = np.array([[1 / _STEP, 0, 0], [0, 1 / _STEP, 0]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cast("Roots", cv2.warpAffine(plane, between, (256, 256), flags=how, borderMode=cv2.BORDER_REPLICATE))
