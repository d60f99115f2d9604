"""The sound of the films that a reel shows, from where a clip begins; its device's time is then the reel's time."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Signal

from vigtool.ids import Id
from vigtool.player.clock import Clock
from vigtool.player.frame_index import FrameIndex
from vigtool.ui.desk import OpenFilm
from vigtool.ui.film.speaker import Speaker


def film_speaker(film: OpenFilm, parent: QObject) -> Speaker:
    """The sound of an open film."""
    return Speaker(film.opener, cast("FrameIndex", film.index), parent=parent)


class ReelSound(QObject):
    """Plays whichever film is asked for; one at a time.

    Signals:
        lost: the device is gone or stands still: go on by the wall clock.
    """

    lost = Signal()

    def __init__(
        self, parent: QObject | None = None, *, open_: Callable[[OpenFilm, QObject], Speaker] = film_speaker
    ) -> None:
        super().__init__(parent)
        self._open = open_
        self._speakers: dict[Id, Speaker] = {}

    def start(self, film: OpenFilm, tick: int) -> Clock | None:
        """Sound of a film from `tick` on; the clock to go by, none where nothing is heard."""
        self.stop()
        if film.film.sound is None:
            return None
        speaker = self._speakers.get(film.film.id)
        if speaker is None:
            speaker = self._speakers[film.film.id] = self._open(film, self)
            speaker.lost.connect(self.lost)
        return speaker.start_at(tick)

    def stop(self) -> None:
        """Be silent."""
        for speaker in self._speakers.values():
            speaker.stop()

    def let_go(self) -> None:
        """Be silent for good; every reading thread has ended when this returns."""
        speakers, self._speakers = list(self._speakers.values()), {}
        for speaker in speakers:
            speaker.close()
            speaker.deleteLater()
