"""Curves as rows of points: the drawing's own small geometry.

A curve is an array of shape (n, 2), x to the right and y downwards, in the units of the drawing (a picture 1280 wide
and 720 high). Angles are degrees, counter-clockwise as seen on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import cos, radians, sin
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Curve: TypeAlias = npt.NDArray[np.float64]
Point: TypeAlias = tuple[float, float]


def mix(first: Point, second: Point, share: float) -> Point:
    """The point that lies at `share` (0 to 1) of the way from `first` to `second`."""
    return (first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share)


def turned(points: Curve, degrees: float, about: Point = (0.0, 0.0)) -> Curve:
    """The curve turned counter-clockwise (as seen) around a point."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    x, y = about
    turn = np.array([[c, -s], [s, c]])
    moved: Curve = points @ turn + np.array((x - x * c - y * s, y + x * s - y * c))
    return moved


@cache
def _circle(points: int) -> Curve:
    angle = np.linspace(0.0, 2 * np.pi, points, endpoint=False)
    return np.stack((np.cos(angle), np.sin(angle)), axis=1)


def ellipse(centre: Point, width: float, height: float, degrees: float = 0.0, points: int = 48) -> Curve:
    """A closed ellipse with half axes `width` and `height`, turned by `degrees`."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    round_it: Curve = _circle(points) @ np.array([[width * c, -width * s], [height * s, height * c]]) + np.array(centre)
    return round_it


@cache
def _bernstein(points: int) -> Curve:
    t = np.linspace(0.0, 1.0, points)
    u = 1.0 - t
    return np.stack((u**3, 3 * u**2 * t, 3 * u * t**2, t**3), axis=1)


def bezier(start: Point, first: Point, second: Point, end: Point, points: int = 24) -> Curve:
    """A cubic Bézier curve, flattened."""
    flat: Curve = _bernstein(points) @ np.array((start, first, second, end))
    return flat


def outline(start: Point, *pieces: tuple[Point, Point, Point], points: int = 24) -> Curve:
    """Bézier pieces after one another; each piece is its two handles and its end."""
    curves, here = [], start
    for first, second, end in pieces:
        curves.append(bezier(here, first, second, end, points)[:-1])
        here = end
    return np.concatenate([*curves, np.asarray([here])])


@cache
def _catmull_rom(points: int) -> npt.NDArray[np.float64]:
    t = np.linspace(0.0, 1.0, points, endpoint=False)
    rows = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3)
    return 0.5 * np.stack(rows, axis=1)


def smooth(knots: Sequence[Point] | Curve, *, closed: bool = False, points: int = 8) -> Curve:
    """A soft curve through all the knots (Catmull-Rom), `points` to each piece."""
    row = np.asarray(knots, dtype=np.float64)
    ends = (row[-1:], row[:2]) if closed else (2 * row[:1] - row[1:2], 2 * row[-1:] - row[-2:-1])
    padded = np.concatenate((ends[0], row, ends[1]))
    count = len(padded) - 3
    fours = np.stack([padded[i : count + i] for i in range(4)], axis=1)  # piece, its four knots, x and y
    flat = (_catmull_rom(points) @ fours).reshape(-1, 2)
    return flat if closed else np.concatenate((flat, row[-1:]))


@cache
def _half_turn() -> tuple[Curve, Curve]:
    """Cosines and sines that round the end of a band."""
    sweep = np.linspace(0.0, np.pi, 18)[1:-1, None]
    return np.cos(sweep), np.sin(sweep)


def ribbon(spine: Curve, widths: float | npt.NDArray[np.float64]) -> Curve:
    """The closed outline of a band around `spine`, with round ends; `widths` are half widths, one or one a point."""
    along = np.empty_like(spine)
    along[1:-1] = spine[2:] - spine[:-2]
    along[0], along[-1] = spine[1] - spine[0], spine[-1] - spine[-2]
    along *= (widths / np.maximum(np.sqrt(np.einsum("ij,ij->i", along, along)), 1e-9))[:, None]
    across = along @ np.array([[0.0, 1.0], [-1.0, 0.0]])
    c, s = _half_turn()
    far = spine[-1] + c * across[-1] + s * along[-1]
    near = spine[0] - c * across[0] - s * along[0]
    return np.concatenate((spine + across, far, (spine - across)[::-1], near))


def rounded_box(left: float, top: float, right: float, bottom: float, radius: float) -> Curve:
    """A closed box with round corners."""
    corner = np.linspace(0.0, np.pi / 2, 8)
    arc = np.stack((np.cos(corner), np.sin(corner)), axis=1) * radius
    quarter = np.asarray([[0.0, 1.0], [-1.0, 0.0]])  # turns a row of points by 90 degrees
    corners = ((right, bottom), (left, bottom), (left, top), (right, top))
    insides = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    pieces = []
    for (x, y), (dx, dy) in zip(corners, insides, strict=True):
        pieces.append(arc + np.array((x + dx * radius, y + dy * radius)))
        arc = arc @ quarter
    return np.concatenate(pieces)


def bent(shoulder: Point, hand: Point, upper: float, lower: float, *, side: float) -> Point:
    """Where the elbow of an arm lies; `side` (+1 or -1) says to which side of the line to the hand it goes.

    An arm that is asked to reach further than it can is stretched, not torn off, and keeps a little bend.
    """
    dx, dy = hand[0] - shoulder[0], hand[1] - shoulder[1]
    far = max((dx * dx + dy * dy) ** 0.5, 1e-6)
    along = min(max((far**2 + upper**2 - lower**2) / (2 * far), -upper), far)
    out = max(max(upper**2 - along**2, 0.0) ** 0.5, 0.11 * far)
    return (shoulder[0] + (dx * along - side * dy * out) / far, shoulder[1] + (dy * along + side * dx * out) / far)
