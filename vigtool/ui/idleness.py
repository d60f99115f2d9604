"""How long nobody has used the program, and how long it is until the vault locks. No Qt, no clock of its own."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from vigtool.settings import Settings
from vigtool.ui.workspace import Use

COVERED_SECONDS = 120
"""Somebody covered the screen and did not come back: shorter than being idle, since they meant to hide it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """After how many seconds the vault locks.

    Attributes:
        idle: where nothing counts as use.
        review: while a shared review is open or a film goes round, since the last touch.
        covered: while the screen is covered, at most.
    """

    idle: float
    review: float
    covered: float = COVERED_SECONDS

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """As the person prefers."""
        return cls(idle=60.0 * settings.idle_minutes, review=60.0 * settings.review_minutes)


class Idleness:
    """Counts from the last key, movement or end of what counted as use."""

    def __init__(self, now: Callable[[], float], limits: Limits) -> None:
        """Begin to count.

        Args:
            now: seconds that also pass while the computer sleeps.
            limits: when it is too long.
        """
        self._now = now
        self.limits = limits
        self._uses: frozenset[Use] = frozenset()
        self._covered = False
        self._last = now()

    def touch(self) -> None:
        """Somebody pressed a key, moved the mouse or touched the screen."""
        self._last = self._now()

    def set_uses(self, uses: frozenset[Use]) -> None:
        """Something else counts as use now; what has just ended counts up to its end."""
        if self._uses - uses:
            self._last = self._now()
        self._uses = uses

    def set_covered(self, *, covered: bool) -> None:
        """The screen was covered, or is no longer; both were done by somebody."""
        self._covered = covered
        self._last = self._now()

    def left(self) -> float:
        """Seconds until it is too long; infinite while a film plays that will end, nought or less afterwards."""
        return self._limit() - (self._now() - self._last)

    def _limit(self) -> float:
        limit = self.limits.idle
        if Use.PLAYING in self._uses:
            limit = math.inf
        elif self._uses:
            limit = max(limit, self.limits.review)
        return min(self.limits.covered, self.limits.idle) if self._covered else limit


def seconds() -> float:
    """A clock that no setting of the time moves, and that goes on while the computer sleeps where one does."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; the monotonic clock stands still in sleep there
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)
