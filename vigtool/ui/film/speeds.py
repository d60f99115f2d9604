"""The speeds a film is played at, from slow to its own."""

from __future__ import annotations

from fractions import Fraction

SPEEDS = (Fraction(1, 4), Fraction(1, 2), Fraction(1))


def beside(speed: Fraction, by: int) -> Fraction:
    """The next slower (-1) or faster (1) speed; the last one there is, at either end."""
    place = SPEEDS.index(speed) + by if speed in SPEEDS else len(SPEEDS) - 1
    return SPEEDS[min(max(place, 0), len(SPEEDS) - 1)]
