"""A head as a soft ball that can turn: places on it are named by two angles and land on the picture.

`az` runs to the picture's right around the head (0 is straight ahead of the nose), `el` upwards from the height of
the eyes' lower edge, both in degrees of the head itself. Turning the ball moves every feature as it should move,
so one description of a face serves every look to the side, down or away.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
import numpy.typing as npt

from vigtool.sample.curve import Curve, Point, smooth, turned

Angles = npt.ArrayLike


def hairline(*knots: tuple[float, float]) -> Curve:
    """A soft closed line around a head, as rows of (az, el), from knots on one side of it and the back.

    The knots run from the middle of the forehead (az 0) to the middle of the back (az 180); the other side mirrors
    them.
    """
    az, el = np.asarray(knots, dtype=float).T
    left = np.stack((-az[::-1], el[::-1]), axis=1)
    line = np.concatenate((left[:-1] if az[0] == 0 else left, np.stack((az, el), axis=1)))
    return smooth(line, points=5)[:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadShape:
    """How one person's head differs from a ball.

    Attributes:
        width, height: half axes, in units of the drawing.
        cheek: how much wider it is at the height of the cheeks, as a share.
        narrow: how much narrower it is at the chin, as a share.
        chin: how much longer it is below the eyes, as a share.
        jut: how far the chin follows the nose to the side, as a share of the width.
    """

    width: float
    height: float
    cheek: float
    narrow: float
    chin: float
    jut: float


@dataclass(frozen=True, slots=True)
class Head:
    """A head in its place: where its middle is and how it is turned, in degrees.

    Attributes:
        yaw: to the picture's right.
        pitch: upwards.
        roll: tilted counter-clockwise as seen.
    """

    shape: HeadShape
    centre: Point
    yaw: float
    pitch: float
    roll: float

    def ball(self, az: Angles, el: Angles) -> Curve:
        """Places on the turned unit ball: rows of right, up, towards the viewer."""
        a, e = np.radians(np.atleast_1d(az)), np.radians(np.atleast_1d(el))
        level = np.cos(e)
        plain = np.empty((max(a.size, e.size), 3))
        plain[:, 0], plain[:, 1], plain[:, 2] = level * np.sin(a), np.sin(e), level * np.cos(a)
        return plain @ self._turn()

    def _turn(self) -> Curve:
        """First the nod, then the turn to the side, as a matrix for rows."""
        nod, turn = radians(self.pitch), radians(self.yaw)
        c, s, d, t = cos(nod), sin(nod), cos(turn), sin(turn)
        return np.array([[d, 0.0, -t], [-s * t, c, -s * d], [c * t, s, c * d]])

    def flat(self, right: Angles, up: Angles) -> Curve:
        """Places of the unit disc as places of the picture, in the head's own shape."""
        x, y = np.asarray(right, dtype=float), np.asarray(up, dtype=float)
        shape, below = self.shape, np.maximum(-y, 0.0)
        wide = 1 + shape.cheek * np.exp(-(((y + 0.42) / 0.4) ** 2)) - shape.narrow * below**1.6
        follow = shape.jut * sin(radians(self.yaw)) * below**2
        points = np.empty((x.size, 2))
        points[:, 0] = shape.width * (x * wide + follow)
        points[:, 1] = -shape.height * y * (1 + shape.chin * below**2)
        return turned(points, self.roll) + self.centre

    def at(self, az: Angles, el: Angles, lift: Angles = 1.0) -> Curve:
        """Places of the head on the picture; `lift` above 1 stands out from it."""
        ball = self.ball(az, el) * np.reshape(np.asarray(lift, dtype=float), (-1, 1))
        return self.flat(ball[:, 0], ball[:, 1])

    def point(self, az: float, el: float, lift: float = 1.0) -> Point:
        """One place of the head on the picture."""
        x, y = self.at(az, el, lift)[0]
        return (float(x), float(y))

    def facing(self, az: float, el: float) -> float:
        """How much a place faces the viewer: 1 straight on, 0 at the edge, below 0 behind."""
        a, e, nod, turn = radians(az), radians(el), radians(self.pitch), radians(self.yaw)
        ahead = cos(e) * cos(a) * cos(nod) - sin(e) * sin(nod)
        return ahead * cos(turn) - cos(e) * sin(a) * sin(turn)

    def outline(self, lift: float = 1.0) -> Curve:
        """The closed edge of the head."""
        angle = np.linspace(0.0, 2 * np.pi, 56, endpoint=False)
        return self.flat(np.cos(angle) * lift, np.sin(angle) * lift)

    def cap(self, line: Curve, lift: tuple[float, float, float]) -> Curve:
        """The visible part of what lies above a closed line around the head, such as hair above the hairline.

        Args:
            line: rows of (az, el), az rising all the way round.
            lift: how far the cap stands out at the edge of the head: at its right end, at the top, at its left end.
        """
        ball = self.ball(line[:, 0], line[:, 1])
        seen = ball[:, 2] >= 0
        start = int(np.argmax(seen & ~np.roll(seen, 1)))
        count = int(seen.sum())
        front = np.take(ball, np.arange(start, start + count), axis=0, mode="wrap")
        first, last = np.arctan2(front[0, 1], front[0, 0]), np.arctan2(front[-1, 1], front[-1, 0])
        first = first + 2 * np.pi if first < last else first
        t = np.linspace(0.0, 1.0, 40)
        sweep = last + (first - last) * t
        edge = lift[0] * (1 - t) ** 2 + (4 * lift[1] - lift[0] - lift[2]) * t * (1 - t) + lift[2] * t**2
        arc = self.flat(np.cos(sweep) * edge, np.sin(sweep) * edge)
        return np.concatenate((self.flat(front[:, 0], front[:, 1]), arc))
