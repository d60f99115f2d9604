"""A device that plays sound, whichever it is, and the time that it counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from typing import Protocol

from PySide6.QtCore import QObject

_GUESS_AHEAD = Fraction(3, 50)


class Device(Protocol):
    """A device that plays what is pushed into it: 48 kHz, stereo, 16 bits."""

    def start(self) -> bool:
        """Open it; whether it did."""
        ...

    def room(self) -> int:
        """How many bytes it takes now."""
        ...

    def push(self, data: bytes) -> int:
        """Give it sound; how many bytes it took."""
        ...

    def played(self) -> Fraction:
        """Seconds that it has played since it was opened."""
        ...

    def is_lost(self) -> bool:
        """Whether it is gone."""
        ...

    def set_muted(self, *, muted: bool) -> None:
        """Be silent and go on counting."""
        ...

    def stop(self) -> None:
        """Close it."""
        ...


def system_device(parent: QObject) -> Device | None:
    """The device that the system plays sound on; none where it has none."""
    # Qt's multimedia is loaded when something is to be heard, not when the program starts.
    from vigtool.ui.film.sink_device import default_device

    return default_device(parent)


class DeviceClock:
    """Seconds that a device has played, never less than before.

    A device counts in steps; between two of them the time that passed is added, up to the longest step of any system.
    """

    def __init__(self, device: Device, passing: Callable[[], float] = time.perf_counter) -> None:
        self._device: Device | None = device
        self._passing = passing
        self._counted, self._at, self._told = Fraction(-1), passing(), Fraction(0)

    def now(self) -> Fraction:
        """Seconds; it stands still once the device was let go."""
        if self._device is None:
            return self._told
        played, at = self._device.played(), self._passing()
        if played != self._counted:
            self._counted, self._at = played, at
        ahead = Fraction(at - self._at).limit_denominator(1_000_000) if played else Fraction(0)
        self._told = max(self._told, played + min(ahead, _GUESS_AHEAD))
        return self._told

    def let_go(self) -> None:
        """The device is used no longer."""
        self.now()
        self._device = None

    @property
    def still_for(self) -> float:
        """Seconds of the wall clock since the count last changed."""
        return self._passing() - self._at
