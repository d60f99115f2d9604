"""What is heard: the sound of the film pushed to the device that the person listens to, whose time is the film's time.

The device counts the seconds that it has played, and the picture follows that count. Where there is no device, where
it vanishes, or where it stands still although there is sound for it, the wall clock takes over without a jump and the
film goes on in silence.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from vigtool.player.clock import Clock
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.stretch import FASTEST, SLOWEST
from vigtool.timebase import Span
from vigtool.ui.film.sound_feed import Buffer, SoundFeed

_FILL_MS = 20
_GUESS_AHEAD = Fraction(1, 10)
_PATIENCE = 2.5


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

    A device counts in steps; between two of them the time that passed is added, up to a tenth of a second.
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


class Speaker(QObject):
    """The sound of one open film.

    Signals:
        lost: the device is gone or stands still: go on by the wall clock.
    """

    lost = Signal()

    def __init__(
        self,
        opener: Opener,
        index: FrameIndex,
        make_device: Callable[[QObject], Device | None] = system_device,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._feed = SoundFeed(opener, index)
        self._make_device = make_device
        self._device: Device | None = None
        self._clock: DeviceClock | None = None
        self._buffer: Buffer | None = None
        self._rest = b""
        self._muted = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FILL_MS)
        self._timer.timeout.connect(self._fill)

    def start(self, tick: int, rate: Fraction, loop: Span | None) -> Clock | None:
        """Sound from `tick` on; the clock to go by, which begins to run with the first sound.

        Returns:
            none where nothing can be heard: no device, backwards, or too slow or fast to be heard well.
        """
        self.stop()
        device = self._make_device(self) if SLOWEST <= rate <= FASTEST else None
        if device is None or not device.start():
            if device is not None:
                device.stop()
            return None
        device.set_muted(muted=self._muted)
        self._device, self._clock = device, DeviceClock(device)
        self._buffer = self._feed.begin(tick, rate, loop)
        self._timer.start()
        return self._clock

    def stop(self) -> None:
        """Be silent."""
        self._timer.stop()
        self._feed.stop()
        if self._clock is not None:
            self._clock.let_go()
        if self._device is not None:
            self._device.stop()
        self._device = self._clock = self._buffer = None
        self._rest = b""

    def set_muted(self, *, muted: bool) -> None:
        """Be heard or not; the time runs on."""
        self._muted = muted
        if self._device is not None:
            self._device.set_muted(muted=muted)

    def close(self) -> None:
        """Be silent for good, and wait for the reading thread."""
        self.stop()
        self._feed.close()

    def _fill(self) -> None:
        device, buffer, clock = self._device, self._buffer, self._clock
        if device is None or buffer is None or clock is None:
            return
        clock.now()
        if device.is_lost() or buffer.failed or clock.still_for > _PATIENCE:
            self.stop()
            self.lost.emit()
            return
        while data := self._rest or buffer.take(device.room()):
            taken = device.push(data)
            self._rest = data[taken:]
            if self._rest:
                return
