"""The speeds a film is played at, and those of the shuttle keys."""

from __future__ import annotations

from fractions import Fraction

SPEEDS = (Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(1), Fraction(2))
_SHUTTLE = 8
_SILENT = Fraction(1, 4)


def beside(speed: Fraction, by: int) -> Fraction:
    """The next slower (-1) or faster (1) speed; the last one there is, at either end."""
    place = SPEEDS.index(speed) + by if speed in SPEEDS else SPEEDS.index(Fraction(1))
    return SPEEDS[min(max(place, 0), len(SPEEDS) - 1)]


def faster_shuttle(rate: Fraction, direction: int) -> Fraction:
    """What L (1) or J (-1) plays at when `rate` is played: at one times, and twice as fast each time it is pressed."""
    if rate * direction < 1:
        return Fraction(direction)
    return direction * min(abs(rate) * 2, Fraction(_SHUTTLE))


def is_silent(rate: Fraction) -> bool:
    """Whether voices are drawn out so much that one would rather not hear them, until one asks."""
    return 0 < rate <= _SILENT


def speed_words(rate: Fraction) -> str:
    """A speed as it is written on its button: 0.5×."""
    return f"{float(rate):g}×"
