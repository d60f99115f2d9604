"""What is heard: the sound of the film pushed to the device that the person listens to, whose time is the film's time.

The device counts the seconds that it has played, and the picture follows that count. Where there is no device, where
it vanishes, or where it stands still although there is sound for it, the wall clock takes over without a jump and the
film goes on in silence. Meanwhile a device is looked for; silence is played to it until it counts, and then the sound
of just the place where the film will be joins in, so that neither picture nor sound ever wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from math import ceil

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from vigtool.player.clock import Clock
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.route import whole
from vigtool.player.sound import RATE
from vigtool.player.stretch import FASTEST, SLOWEST
from vigtool.player.transport import Transport
from vigtool.ui.film.sound_device import Device, DeviceClock, system_device
from vigtool.ui.film.sound_feed import SAMPLE, Buffer, SoundFeed

_FILL_MS = 20
_PATIENCE = 1.0
"""Seconds for which a device may stand still, be it little by little, before the wall clock takes over."""
_SHORT_PATIENCE = 0.5
"""The same once something was heard of it: then it is hardly a device that is slow to wake."""
_LONG_PATIENCE = 5.0
"""The same while nobody waits for it."""
_AGAIN_MS = 1000
_SEAM_AHEAD, _SEAM_FARTHEST = Fraction(1, 2), Fraction(4)
"""Seconds in which the reading thread should have the sound of a place ready; twice that where it had not."""
_STEADY = Fraction(2, 25)
"""Seconds by which a device may have counted otherwise than the wall clock meanwhile; else it is not steady yet."""


class Speaker(QObject):
    """The sound of one open film.

    Attributes:
        is_missing: whether something should be heard and no device plays it.

    Signals:
        lost: the device is gone or stands still: go on by the wall clock.
        joined (Clock, Fraction): it is heard again; go by that clock, from that tick on.
        missing_changed: `is_missing` is different.
    """

    lost = Signal()
    joined = Signal(object, object)
    missing_changed = Signal()

    def __init__(
        self,
        opener: Opener,
        index: FrameIndex,
        make_device: Callable[[QObject], Device | None] = system_device,
        parent: QObject | None = None,
        *,
        passing: Callable[[], float | Fraction] = time.perf_counter,
    ) -> None:
        """Make it; `passing` counts the seconds that pass, whatever the device does."""
        super().__init__(parent)
        self.is_missing = False
        self._passing = passing
        self._index = index
        self._feed = SoundFeed(opener, index)
        self._make_device = make_device
        self._film: Transport | None = None  # what is to be heard, or to join
        self._line: _Line | None = None
        self._seam: _Seam | None = None
        self._ahead = _SEAM_AHEAD
        self._muted = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FILL_MS)
        self._timer.timeout.connect(self._fill)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._look_for_device)

    def start(self, film: Transport) -> Clock | None:
        """Sound from where the film is, along its route; the clock to go by, which begins with the first sound.

        Returns:
            none where nothing can be heard: no device, backwards, or too slow or fast to be heard well. A device that
            appears while the film plays on joins in.
        """
        self.stop()
        if not SLOWEST <= film.rate <= FASTEST:
            return None
        self._film, self._ahead = film, _SEAM_AHEAD
        self._line = self._open()
        if self._line is None:
            self._again.start()
            return None
        self._line.buffer = self._feed.begin(film.settle(), film.rate, film.route)
        return self._line.clock

    def start_at(self, tick: int) -> Clock | None:
        """Sound of the film as it is from `tick` on; none where there is no device, and none joins in later."""
        self.stop()
        self._line = self._open()
        if self._line is None:
            return None
        self._line.buffer = self._feed.begin(tick, Fraction(1), whole(self._index))
        return self._line.clock

    def stop(self) -> None:
        """Be silent."""
        self._film = None
        self._again.stop()
        self._hang_up()

    def set_muted(self, *, muted: bool) -> None:
        """Be heard or not; the time runs on."""
        self._muted = muted
        if self._line is not None:
            self._line.device.set_muted(muted=muted)

    def close(self) -> None:
        """Be silent for good, and wait for the reading thread."""
        self.stop()
        self._feed.close()

    # The device

    def _open(self) -> _Line | None:
        """A device that takes sound; none where there is none."""
        device = self._make_device(self)
        opened = device is not None and device.start()
        self._say_missing(not opened)
        if device is None or not opened:
            if device is not None:
                device.stop()
            return None
        device.set_muted(muted=self._muted)
        self._timer.start()
        return _Line(device, DeviceClock(device, self._passing))

    def _hang_up(self) -> None:
        """Let the device go."""
        self._timer.stop()
        self._feed.stop()
        line, self._line, self._seam = self._line, None, None
        if line is not None:
            line.clock.let_go()
            line.device.stop()

    def _look_for_device(self) -> None:
        if self._line is None and self._film is not None:
            self._line = self._open()

    def _lose(self, *, missing: bool) -> None:
        """Go on without the device: it is missing, or there is nothing to be heard on it."""
        was_heard = self._line is not None and self._line.buffer is not None
        self._hang_up()
        if missing:
            self._say_missing(missing)
            if self._film is not None:
                self._again.start()
        if was_heard:
            self.lost.emit()

    def _say_missing(self, missing: bool) -> None:
        if missing != self.is_missing:
            self.is_missing = missing
            self.missing_changed.emit()

    # The sound

    def _fill(self) -> None:
        line = self._line
        if line is None:
            return
        heard = line.clock.now() > 0
        patience = _LONG_PATIENCE if line.buffer is None else _SHORT_PATIENCE if heard else _PATIENCE
        if line.device.is_lost() or line.clock.behind > patience:
            self._lose(missing=True)
        elif line.buffer is None:
            self._approach(line)
        elif line.buffer.failed:
            self._lose(missing=False)
        else:
            line.push(line.buffer.take)

    def _approach(self, line: _Line) -> None:
        """Play silence to a new device, up to the sample at which the film's sound is to begin."""
        film = self._film
        if film is None:
            return
        if self._seam is None and line.clock.now() > 0:
            self._seam = self._choose_seam(line, film)
        seam = self._seam
        line.push(lambda most: bytes(min(most, most if seam is None else (seam.sample - line.given) * SAMPLE)))
        if seam is None or line.given < seam.sample:
            return
        self._seam = None
        if not seam.buffer.is_ready:  # another place is chosen next time
            self._ahead = min(2 * self._ahead, _SEAM_FARTHEST)
            return
        wait = Fraction(seam.sample, RATE) - line.clock.now()
        if abs(wait - seam.due + film.now()) > _STEADY:
            self._ahead = _SEAM_AHEAD  # the sooner the next place, the less a device strays until then
            return  # the film would have to jump to where the sound is
        line.buffer = seam.buffer
        line.push(seam.buffer.take)
        line.clock.forgive()
        self._again.stop()
        place = film.route.travelled(Fraction(seam.tick), -wait * film.rate / self._index.time_base)
        self.joined.emit(line.clock, Fraction(seam.tick) if place is None else place)

    def _choose_seam(self, line: _Line, film: Transport) -> _Seam | None:
        """A place shortly before which the film will be heard again; none where playing is over by then."""
        later = max(Fraction(line.given, RATE) - line.clock.now(), Fraction(0)) + self._ahead
        here = film.ahead(later)
        tick = None if here is None else film.route.entered(ceil(here))
        if here is None or tick is None:
            return None
        wait = (ceil(here) - here) * self._index.time_base / film.rate
        sample = round((line.clock.now() + later + wait) * RATE)
        return _Seam(sample, tick, film.now() + later + wait, self._feed.begin(tick, film.rate, film.route))


class _Seam:
    """Where the film's sound joins in: at sample `sample` of what is played to the device, with tick `tick`.

    That is due when the clock that the film goes by shows `due`.
    """

    def __init__(self, sample: int, tick: int, due: Fraction, buffer: Buffer) -> None:
        self.sample, self.tick, self.due, self.buffer = sample, tick, due, buffer


class _Line:
    """An open device, and what is played to it.

    Attributes:
        buffer: where sound comes from; none while only silence is played.
        given: how many samples the device was given.
    """

    def __init__(self, device: Device, clock: DeviceClock) -> None:
        self.device, self.clock = device, clock
        self.buffer: Buffer | None = None
        self.given = 0
        self._rest = b""

    def push(self, take: Callable[[int], bytes]) -> None:
        """Give the device as much as it takes; `take` is asked for up to so many bytes, and again until it has none."""
        while data := self._rest or take(self.device.room()):
            taken = self.device.push(data)
            self.given += taken // SAMPLE
            self._rest = data[taken:]
            if self._rest:
                return
