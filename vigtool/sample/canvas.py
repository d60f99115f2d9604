"""A picture that closed curves are painted on, with smooth edges."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from vigtool.sample.curve import Curve, Point, ellipse, ribbon

Picture: TypeAlias = npt.NDArray[np.uint8]
Colour: TypeAlias = tuple[int, int, int]

DESIGN_WIDTH, DESIGN_HEIGHT = 1280, 720
_SHIFT = 5  # curves are handed to OpenCV in 1/32 of a pixel


class Canvas:
    """Paints curves given in units of the drawing onto an RGB picture of any size of the same shape."""

    def __init__(self, picture: Picture) -> None:
        """Paint on `picture` (uint8, height x width x 3, RGB), in place."""
        self.picture = picture
        self._scale = picture.shape[1] / DESIGN_WIDTH

    def fill(self, curve: Curve, colour: Colour) -> None:
        """Fill a closed curve."""
        # OpenCV's whole numbers are the middles of pixels, the drawing's are their corners.
        fixed = np.rint((curve * self._scale - 0.5) * 2**_SHIFT).astype(np.int32)
        cv2.fillPoly(self.picture, [fixed], colour, cv2.LINE_AA, _SHIFT)

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        """Fill a circle."""
        self.fill(ellipse(centre, radius, radius), colour)

    def stroke(self, curve: Curve, width: float, colour: Colour) -> None:
        """Draw an open curve with a round pen of that width."""
        self.fill(ribbon(curve, width / 2), colour)

    def limb(self, spine: Curve, widths: float | npt.NDArray[np.float64], colour: Colour) -> None:
        """Fill a band that may bend sharply.

        A band's outline crosses itself on the inner side of a sharp bend, and crossed outlines are not filled
        there; a row of discs along the spine closes such places.
        """
        self.fill(ribbon(spine, widths), colour)
        half = np.broadcast_to(widths, (len(spine),))
        for place, radius in zip(spine[2:-2:3].tolist(), half[2:-2:3].tolist(), strict=True):
            self.fill(ellipse((place[0], place[1]), radius - 0.4, radius - 0.4, points=24), colour)
