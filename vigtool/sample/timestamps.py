"""When each frame of the sample film is shown: the clock of a telephone that does not keep an even pace.

Phones write films with a variable frame rate. This clock has what such films have: a nominal 30 frames a second
with a jitter of up to a millisecond, now and then a picture that never came (a gap of two frames), and stretches
in poor light where the phone falls back to 24 a second. Everything is whole ticks of a 90 kHz clock, made by
integer arithmetic alone, so that anybody can say which frame stands at which time without drawing or decoding it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

TIME_BASE = Fraction(1, 90_000)
FULL_SECONDS = 75

_TICKS_A_SECOND = 90_000
_NOMINAL = 3_000  # 30 frames a second
_SLOW = 3_750  # 24 frames a second
_SLOW_STRETCHES = ((5, 7), (44, 50))  # seconds of the nominal clock
_GAP_EVERY, _GAP_AT = 89, 61  # frames 61, 150, 239, … stay for two intervals
_JITTER = 90  # ticks either way: one millisecond


def _jitter(number: int) -> int:
    """A fixed, even-handed shift of frame `number`, in ticks; frame 0 has none.

    Multiplying (Knuth, The Art of Computer Programming, 6.4) spreads neighbouring numbers evenly, so evenly that
    only three distances would occur between them; folding the high bits in and multiplying again breaks that up.
    """
    scattered = number * 2_654_435_761 % 2**32
    scattered = (scattered ^ scattered >> 15) * 2_246_822_519 % 2**32
    scattered ^= scattered >> 13
    return scattered * (2 * _JITTER + 1) // 2**32 - _JITTER if number else 0


def _interval(number: int, nominal: int) -> int:
    """How long frame `number`, shown at `nominal` ticks of the even clock, stays, in ticks of that clock."""
    slow = any(start * _TICKS_A_SECOND <= nominal < end * _TICKS_A_SECOND for start, end in _SLOW_STRETCHES)
    interval = _SLOW if slow else _NOMINAL
    return 2 * interval if number % _GAP_EVERY == _GAP_AT else interval


@cache
def _clock(seconds: int) -> tuple[tuple[int, ...], int]:
    """The tick of every frame of a film of that length, and the tick at which its last frame ends."""
    if seconds < 1:
        message = f"a sample film lasts at least one second, not {seconds}"
        raise ValueError(message)
    ticks: list[int] = []
    nominal = 0
    while nominal < seconds * _TICKS_A_SECOND:
        ticks.append(nominal + _jitter(len(ticks)))
        nominal += _interval(len(ticks) - 1, nominal)
    return tuple(ticks), nominal


def shown_ticks(seconds: int = FULL_SECONDS) -> tuple[int, ...]:
    """The tick at which each frame is first shown, in order; the first is 0.

    The list of a shorter film is the beginning of the list of a longer one.

    Raises:
        ValueError: for a film shorter than one second.
    """
    return _clock(seconds)[0]


def end_tick(seconds: int = FULL_SECONDS) -> int:
    """The tick at which the last frame ends and with it the film.

    Raises:
        ValueError: for a film shorter than one second.
    """
    return _clock(seconds)[1]
