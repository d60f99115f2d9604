"""Two films of the same moments, taken by two cameras whose clocks differ by what is known here."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import makers
from vigtool.player.frame_index import FrameIndex
from vigtool.player.look import look_at

MOMENTS = (
    Fraction(3, 10), Fraction(21, 10), Fraction(27, 10), Fraction(52, 10), Fraction(59, 10), Fraction(93, 10),
    Fraction(1111, 100), Fraction(1153, 100), Fraction(149, 10), Fraction(161, 10), Fraction(1947, 100),
    Fraction(203, 10), Fraction(231, 10), Fraction(2371, 100),
)  # fmt: skip
"""When something is to be heard, in seconds of the first camera's clock; never evenly."""


def heard_from(offset: Fraction) -> tuple[Fraction, ...]:
    """The same moments on a clock that is ahead by `offset` seconds."""
    return tuple(moment + offset for moment in MOMENTS)


def even(offset: Fraction, *, frames: int = 400, sound: bool = True) -> makers.Film:
    """25 frames a second, begun `offset` seconds sooner than the first camera: frame n + 25 * offset shows its n."""
    return makers.Film(frames=frames, gop=25, bframes=0, sound=sound, bursts=heard_from(offset))


def uneven(offset: Fraction, *, frames: int = 320) -> makers.Film:
    """Frames 30, 40 or 110 ms apart, on a clock of a thousandth of a second."""
    times = makers.vary(frames, (40, 30, 40, 40, 110, 30, 40))
    return makers.Film(
        times=times, time_base=Fraction(1, 1000), last=40, gop=25, bframes=0, sound=True, bursts=heard_from(offset)
    )


@cache
def index_of(film: makers.Film) -> FrameIndex:
    """The frames of a film."""
    return look_at(makers.opener(makers.make(film))).index
