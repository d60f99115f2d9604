"""Whether and how an open film is heard, and whose time it goes by: the device's that is heard, or else the wall's."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vigtool.player.clock import Clock
from vigtool.player.transport import Transport
from vigtool.ui.film.speaker import Speaker
from vigtool.ui.film.speeds import is_silent


class Hearing(QObject):
    """The sound of one film at the place where its transport is, and the transport's clock.

    Signals:
        changed: it is heard, or not; a device is there, or gone.
    """

    changed = Signal()

    def __init__(
        self, speaker: Speaker | None, transport: Transport, clock: Clock, parent: QObject | None = None
    ) -> None:
        """Make it.

        Args:
            speaker: of the film; none where it has no sound.
            transport: where the film is.
            clock: goes on where nothing is heard.
            parent: its owner.
        """
        super().__init__(parent)
        self._speaker, self._transport, self._clock = speaker, transport, clock
        self._is_muted, self._hears_slow = False, False
        if speaker is not None:
            speaker.lost.connect(lambda: transport.use(clock))
            speaker.joined.connect(transport.use)
            speaker.missing_changed.connect(self.changed)

    @property
    def is_muted(self) -> bool:
        """Whether the sound is off. At the slowest speeds it is, until it is asked for there."""
        return self._is_muted or (is_silent(self._transport.rate) and not self._hears_slow)

    @property
    def lacks_device(self) -> bool:
        """Whether something should be heard and nothing plays it."""
        return self._speaker is not None and self._speaker.is_missing

    def set_muted(self, *, muted: bool) -> None:
        """Be heard or not; at a speed that is silent by itself this is about such speeds alone."""
        if is_silent(self._transport.rate):
            self._hears_slow = not muted
            self._is_muted = self._is_muted and muted
        else:
            self._is_muted = muted
        self._tell()
        self.changed.emit()

    def hear_slow(self, *, on: bool) -> None:
        """Be heard at the slowest speeds too, until somebody silences it there."""
        self._hears_slow = on
        self._tell()
        self.changed.emit()

    def start(self) -> None:
        """Be heard from where the film is, and go by that."""
        self._transport.use(self._clock)
        if self._speaker is not None:
            self._tell()
            clock = self._speaker.start(self._transport)
            if clock is not None:
                self._transport.use(clock)

    def stop(self) -> None:
        """Be silent."""
        self._transport.use(self._clock)
        if self._speaker is not None:
            self._speaker.stop()

    def close(self) -> None:
        """Be silent for good; the reading thread has ended when this returns."""
        if self._speaker is not None:
            self._speaker.close()

    def _tell(self) -> None:
        if self._speaker is not None:
            self._speaker.set_muted(muted=self.is_muted)
