"""A frame's number, written into its picture as a quiet strip of light and dark wood.

The strip lies on the table's front at the lower left. Read from the left it has one dark and one light cell for
reference, then 14 cells for the number (highest first, light is one), then 5 cells of a check. The check is a
cyclic redundancy check with the polynomial x^5 + x^2 + 1, whose period of 31 is longer than the 19 cells: every
single and every double error is seen, and every run of errors up to five cells long (Peterson and Brown, "Cyclic
codes for error detection", Proceedings of the IRE 49, 1961).

A cell is 12 by 16 units of the 1280 by 720 drawing, and only its middle is read: what a second encoder and a change
of size do at the edges of a cell does not matter.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vigtool.sample.canvas import DESIGN_HEIGHT, DESIGN_WIDTH, Picture

LARGEST = 2**14 - 1

_BITS, _CHECK = 14, 5
_CELLS = 2 + _BITS + _CHECK
_LEFT, _TOP = 20.0, 698.0
_WIDE, _HIGH = 12.0, 16.0
_DARK, _LIGHT = (158, 114, 75), (211, 169, 128)
_LEAST_CONTRAST = 12.0  # of 255; the drawing has 53
_CODEWORD_FLIP = 0b10110  # an empty picture must not read as frame 0


def _check(number: int) -> int:
    """The five check bits of a 14-bit number."""
    rest = number << _CHECK
    for place in range(_BITS - 1, -1, -1):
        if rest >> (place + _CHECK) & 1:
            rest ^= 0b100101 << place
    return rest ^ _CODEWORD_FLIP


def _cells(number: int) -> list[bool]:
    """All cells from the left, light or dark."""
    word = number << _CHECK | _check(number)
    return [False, True, *(bool(word >> place & 1) for place in range(_BITS + _CHECK - 1, -1, -1))]


def draw(picture: Picture, number: int) -> None:
    """Write the number of a frame into its picture (RGB, upright, 16 to 9), in place.

    Raises:
        ValueError: for a number that does not fit.
    """
    if not 0 <= number <= LARGEST:
        message = f"frame {number} does not fit into the frame code"
        raise ValueError(message)
    scale = picture.shape[1] / DESIGN_WIDTH
    top, bottom = round(_TOP * scale), round((_TOP + _HIGH) * scale)
    for place, light in enumerate(_cells(number)):
        left, right = round((_LEFT + place * _WIDE) * scale), round((_LEFT + (place + 1) * _WIDE) * scale)
        picture[top:bottom, left:right] = _LIGHT if light else _DARK


def _levels(picture: Picture, content: tuple[int, int, int, int]) -> npt.NDArray[np.float64]:
    """How bright the middle of each cell is."""
    x, y, width, height = content
    across, down = width / DESIGN_WIDTH, height / DESIGN_HEIGHT
    top, bottom = y + (_TOP + _HIGH * 0.2) * down, y + (_TOP + _HIGH * 0.8) * down
    rows = picture[round(top) : max(round(bottom), round(top) + 1)]
    levels = []
    for place in range(_CELLS):
        left = x + (_LEFT + (place + 0.25) * _WIDE) * across
        right = x + (_LEFT + (place + 0.75) * _WIDE) * across
        cell = rows[:, round(left) : max(round(right), round(left) + 1)]
        levels.append(float(cell.mean()) if cell.size else 0.0)
    return np.asarray(levels)


def read(picture: Picture, content: tuple[int, int, int, int] | None = None) -> int | None:
    """The number of the frame that a picture shows.

    Args:
        picture: RGB or grey, uint8, upright, at any size.
        content: where the film's own picture lies in it, as left, top, width, height in pixels, when there are
            bars around it; the whole picture when left out.

    Returns:
        The number, or None where there is no code, or not a whole one.
    """
    levels = _levels(picture, content or (0, 0, picture.shape[1], picture.shape[0]))
    dark, light = levels[0], levels[1]
    if light - dark < _LEAST_CONTRAST:
        return None
    word = 0
    for level in levels[2:]:
        word = word << 1 | int(level > (dark + light) / 2)
    number = word >> _CHECK
    return number if _check(number) == word & (2**_CHECK - 1) else None
