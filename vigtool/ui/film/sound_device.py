"""A device that plays sound, whichever it is, and the time that it counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from typing import Protocol

from PySide6.QtCore import QObject

_LEARNT, _REMEMBERED = 1.0, 2.0
_SLOWLY, _FASTEST_TURN = 10.0, 0.002
_FORGIVEN = 0.2


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
    """Seconds of sound that were heard from a device, never less than before.

    A device counts what it was handed, and some of that waits in buffers of the system which nobody tells the length
    of. But what it plays takes its time: so this clock begins with the first count, goes on as fast as time passes
    and never beyond the count. What lies between the two is then what waits; where it runs out nothing is heard, and
    the clock stands until more was handed. Device and wall differ by some millionths: that shows as what waits
    growing or shrinking for long, and is made up for slowly.
    """

    def __init__(self, device: Device, passing: Callable[[], float | Fraction] = time.perf_counter) -> None:
        """Make it for a device that was just opened; `passing` counts the seconds that pass, whatever happens."""
        self._device: Device | None = device
        self._passing = passing
        self._at = float(passing())
        self._heard, self._behind, self._has_begun = 0.0, 0.0, False
        self._waiting = _Waiting()

    def now(self) -> Fraction:
        """Seconds; it stands still once the device was let go."""
        if self._device is not None:
            self._go_on(float(self._device.played()))
        return Fraction(round(self._heard * 1_000_000), 1_000_000)

    def let_go(self) -> None:
        """The device is used no longer."""
        self.now()
        self._device = None

    @property
    def behind(self) -> float:
        """Seconds in which nothing was heard since it was opened or `forgive`; a fifth of what passes is forgiven."""
        self.now()
        return self._behind

    def forgive(self) -> None:
        """Begin to count anew what was not heard."""
        self._behind = 0.0

    def _go_on(self, counted: float) -> None:
        at = float(self._passing())
        passed, self._at = at - self._at, at
        aim = self._heard + (passed * self._waiting.turn if self._has_begun else 0.0)
        if aim < counted:
            self._waiting.see(counted - aim, passed)
            self._has_begun = True
        else:
            self._waiting = _Waiting()
        before, self._heard = self._heard, max(self._heard, min(aim, counted))
        self._behind = max(0.0, self._behind + (1 - _FORGIVEN) * passed - (self._heard - before))


class _Waiting:
    """How much sound waits in the buffers of the system while it is played without a break.

    Attributes:
        turn: how many seconds of the device one second takes.
    """

    def __init__(self) -> None:
        self.turn = 1.0
        self._seen, self._mean, self._usual = 0.0, 0.0, 0.0

    def see(self, waiting: float, passed: float) -> None:
        """So much waits now, so many seconds after the last look."""
        self._seen += passed
        part = passed / min(self._seen, _REMEMBERED) if self._seen else 1.0
        self._mean += (waiting - self._mean) * min(part, 1.0)
        if self._seen < _LEARNT:
            self._usual = self._mean
        else:
            turn = (self._mean - self._usual) / _SLOWLY
            self.turn = 1 + min(max(turn, -_FASTEST_TURN), _FASTEST_TURN)
