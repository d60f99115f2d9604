"""What time it is, for playing: seconds that only go forward. Where they begin means nothing.

A device that plays sound is the best clock, for its ear is the listener's: it counts the seconds that it has played.
Without one the wall clock does.
"""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Protocol


class Clock(Protocol):
    """Anything that counts seconds."""

    def now(self) -> Fraction:
        """Seconds; never less than before."""


class WallClock:
    """The computer's own clock, which no change of date moves."""

    def now(self) -> Fraction:
        """Seconds, to the nanosecond."""
        return Fraction(time.monotonic_ns(), 1_000_000_000)


class FakeClock:
    """Stands still until it is told to go on."""

    def __init__(self, seconds: Fraction = Fraction(0)) -> None:
        self._now = seconds

    def now(self) -> Fraction:
        """Seconds it was told."""
        return self._now

    def advance(self, seconds: Fraction) -> None:
        """Let so much time pass.

        Raises:
            ValueError: for time that runs backwards.
        """
        if seconds < 0:
            message = "time does not run backwards"
            raise ValueError(message)
        self._now += seconds
