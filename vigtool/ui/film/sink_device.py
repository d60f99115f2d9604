"""The device that the system plays sound on, fed by pushing."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QIODevice, QObject
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from vigtool.player.sound import RATE
from vigtool.ui.film.sound_feed import SAMPLE

_BUFFER = RATE * SAMPLE * 3 // 10
"""Three tenths of a second: longer than the window is ever busy with itself."""


class SinkDevice:
    """The device that the system plays sound on."""

    def __init__(self, parent: QObject) -> None:
        sound = QAudioFormat()
        sound.setSampleRate(RATE)
        sound.setChannelCount(2)
        sound.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._sink = QAudioSink(QMediaDevices.defaultAudioOutput(), sound, parent)
        self._sink.setBufferSize(_BUFFER)
        self._into: QIODevice | None = None

    def start(self) -> bool:
        """Open it; whether it did."""
        self._into = self._begun()
        return self._into is not None and self._sink.error() == QtAudio.Error.NoError

    def room(self) -> int:
        """How many bytes it takes now."""
        return self._sink.bytesFree()

    def push(self, data: bytes) -> int:
        """Give it sound; how many bytes it took."""
        return max(0, self._into.write(data)) if self._into is not None else 0

    def played(self) -> Fraction:
        """Seconds that it has played since it was opened."""
        return Fraction(self._sink.processedUSecs(), 1_000_000)

    def is_lost(self) -> bool:
        """Whether it is gone. Running dry is none of that."""
        fatal = (QtAudio.Error.OpenError, QtAudio.Error.IOError, QtAudio.Error.FatalError)
        return self._sink.error() in fatal or self._sink.state() == QtAudio.State.StoppedState

    def set_muted(self, *, muted: bool) -> None:
        """Be silent and go on counting."""
        self._sink.setVolume(0.0 if muted else 1.0)

    def stop(self) -> None:
        """Close it."""
        self._into = None
        self._sink.stop()
        self._sink.deleteLater()

    def _begun(self) -> QIODevice | None:
        into: QIODevice | None = self._sink.start()  # none where it cannot be opened
        return into


def default_device(parent: QObject) -> SinkDevice | None:
    """The device that the system plays sound on; none where it has none."""
    return None if QMediaDevices.defaultAudioOutput().isNull() else SinkDevice(parent)
