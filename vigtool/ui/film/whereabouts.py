"""Where an open film is, what of it is played, seen and heard: all that can be asked of it without changing it."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject

from vigtool.player.frame_cache import ViewPicture
from vigtool.player.transport import Transport
from vigtool.timebase import Span
from vigtool.ui.film.hearing import Hearing
from vigtool.ui.film.screening import Screening


class Whereabouts(QObject):
    """What `playback.Playback` says of itself."""

    _transport: Transport
    _hearing: Hearing
    _screening: Screening

    @property
    def picture(self) -> ViewPicture | None:
        """What is on the screen; none until the first picture came, or where none can be had."""
        return self._screening.picture

    @property
    def frame(self) -> int:
        """The frame that shows: while playing the one on the screen, else the one that the film stands on."""
        if self._transport.playing and self.picture is not None:
            return self.picture.number
        return self._transport.number

    @property
    def tick(self) -> int:
        """The exact place: of the frame it stands on, or of the clock while it plays."""
        return self._transport.tick

    @property
    def is_playing(self) -> bool:
        """Whether it plays, in either direction."""
        return self._transport.playing

    @property
    def rate(self) -> Fraction:
        """Seconds of film for a second of the person's time; negative backwards."""
        return self._transport.rate

    @property
    def loop(self) -> Span | None:
        """The stretch to go round in."""
        return self._transport.loop

    @property
    def only(self) -> tuple[Span, ...]:
        """The stretches that alone are played; none of them means the whole film, or a loop."""
        return self._transport.only

    @property
    def is_muted(self) -> bool:
        """Whether the sound is off. At the slowest speeds it is, until it is asked for there."""
        return self._hearing.is_muted

    @property
    def lacks_device(self) -> bool:
        """Whether there is sound to be heard now and nothing that plays it."""
        return self._hearing.lacks_device
