"""One open film, seen and heard: it joins the decoding thread, the reckoning of time, the speaker and the screen.

Nothing is decoded on the thread that draws. Pictures come from the decoding thread as queued signals; while the film
plays, a timer shows the newest picture that is due. The sound device's time is the film's time where there is one.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from vigtool.errors import VigtoolError
from vigtool.player.clock import Clock, WallClock
from vigtool.player.decoding import CACHE_BYTES
from vigtool.player.footage import Opener
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.transport import Transport
from vigtool.timebase import Span
from vigtool.ui.film.pictures import Pictures
from vigtool.ui.film.scrubbing import Nearest
from vigtool.ui.film.speaker import Device, Speaker, system_device
from vigtool.ui.film.speeds import beside

_REFRESH_MS = 8


class Playback(QObject):
    """Seeing and hearing one film. `close` waits for every thread; nothing is told afterwards.

    Attributes:
        index: the film's frames.
        picture: what is on the screen; none until the first picture came.
        speed: what the film is played at; the shuttle does not change it.
        is_muted: whether the sound is off.

    Signals:
        frame_shown (number, tick): another picture is there to be drawn: `picture`.
        position_changed: the film stands, or while it plays is, somewhere else.
        state_changed: it plays, or stands; the speed, the loop or the sound is another.
        failed (VigtoolError): the film cannot be shown there, or no longer.
    """

    frame_shown = Signal(int, object)
    position_changed = Signal()
    state_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        opener: Opener,
        index: FrameIndex,
        *,
        has_sound: bool,
        clock: Clock | None = None,
        make_device: Callable[[QObject], Device | None] = system_device,
        cache_bytes: int = CACHE_BYTES,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.index = index
        self.has_sound = has_sound
        self.picture: ViewPicture | None = None
        self.speed = Fraction(1)
        self.is_muted = False
        self._clock = clock or WallClock()
        self._transport = Transport(index, self._clock)
        self._speaker = Speaker(opener, index, make_device, self) if has_sound else None
        self._pictures = Pictures(opener, index, cache_bytes, self)
        self._pictures.came.connect(self._take)
        self._pictures.missed.connect(self._miss)
        self._wished = -1
        self.nearest = Nearest(index, lambda: self.picture, self._show, self)
        self._resumes = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        if self._speaker is not None:
            self._speaker.lost.connect(lambda: self._transport.use(self._clock))

    # Where it is

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

    # What can be asked

    def set_box(self, width: int, height: int) -> None:
        """Deliver pictures that fit into so many pixels of the screen from now on."""
        if self._pictures.set_box(width, height):
            self._wish_again()

    def play(self) -> None:
        """Play at the chosen speed."""
        self._run(self.speed)

    def pause(self) -> None:
        """Stand on the frame that shows."""
        if not self._transport.playing:
            return
        shown = self.frame
        self._stop_running()
        self._go(shown)
        self.state_changed.emit()

    def toggle(self) -> None:
        """Play or pause."""
        if self._transport.playing:
            self.pause()
        else:
            self.play()

    def shuttle(self, direction: int) -> None:
        """L (1) and J (-1): play forwards or backwards, pressed again twice as fast; K (0) stops."""
        if direction == 0:
            self.pause()
            return
        again = self._transport.playing and self._transport.rate == direction
        self._run(Fraction(2 * direction if again else direction))

    def step(self, frames: int) -> None:
        """Stand so many frames on, or back."""
        self._stand(self.frame + frames)

    def step_seconds(self, seconds: int) -> None:
        """Go so many seconds on, or back; what plays, plays on."""
        if self._transport.playing:
            self._transport.step_seconds(Fraction(seconds))
            self._begin_here()
        else:
            aim = self._transport.tick + int(seconds / self.index.time_base)
            self._stand(self.index.number_at(max(aim, self.index.start)))

    def seek_frame(self, number: int) -> None:
        """Go to a frame; what plays, plays on from there."""
        if self._transport.playing:
            self._transport.jump(number)
            self._begin_here()
        else:
            self._stand(number)

    def seek_tick(self, tick: int) -> None:
        """Go to the frame that shows at a tick."""
        self.seek_frame(self.index.number_at(tick))

    def scrub(self, number: int) -> None:
        """Follow the pointer that is held down: something true of a frame at once, itself once the pointer rests.

        What plays, plays on from the first frame pointed at, and stands still while the pointer is drawn on.
        """
        if self._transport.playing and not self._resumes:
            self._resumes = True
            self.seek_frame(number)
            return
        if self._transport.playing:
            self._stop_running()
            self.state_changed.emit()
        self._transport.seek(number)
        self._wished = self._transport.number
        self.nearest.follow(self._wished)
        self._pictures.glance(self._wished)
        picture = self._pictures.at_hand(self._wished)
        if picture is not None:
            self._show(picture)
        self.position_changed.emit()

    def scrub_end(self) -> None:
        """The pointer was let go: stand on the frame that was under it, or play on from there."""
        resumes, self._resumes = self._resumes, False
        if not self._transport.playing:
            self.play() if resumes else self._wish_again()

    def set_speed(self, speed: Fraction) -> None:
        """Play at another speed from now on."""
        self.speed = speed
        if self._transport.playing:
            self._run(speed)
        else:
            self.state_changed.emit()

    def change_speed(self, by: int) -> None:
        """The next slower (-1) or faster (1) of the speeds there are."""
        self.set_speed(beside(self.speed, by))

    def set_loop(self, loop: Span | None) -> None:
        """Go round in a stretch while playing, or no longer."""
        if loop == self._transport.loop:
            return
        self._transport.set_loop(loop)
        if self._transport.playing:
            self._begin_here()
        self.state_changed.emit()

    def set_muted(self, *, muted: bool) -> None:
        """Be heard or not."""
        self.is_muted = muted
        if self._speaker is not None:
            self._speaker.set_muted(muted=muted)
        self.state_changed.emit()

    def try_again(self) -> None:
        """Open the film once more after it failed."""
        self._stop_running()
        self._pictures.open()
        self._wish_again()

    def close(self) -> None:
        """Let the film go: every thread has ended when this returns."""
        self._timer.stop()
        if self._speaker is not None:
            self._speaker.close()
        self._pictures.close()

    # Running and standing

    def _run(self, rate: Fraction) -> None:
        self._transport.set_rate(rate)
        self._transport.play()
        self._begin_here()
        self.state_changed.emit()

    def _stand(self, number: int) -> None:
        was_playing = self._transport.playing
        self._stop_running()
        self._go(number)
        if was_playing:
            self.state_changed.emit()

    def _go(self, number: int) -> None:
        self._transport.seek(number)
        self._wish_again()
        self.position_changed.emit()

    def _stop_running(self) -> None:
        self._timer.stop()
        self._transport.use(self._clock)
        if self._speaker is not None:
            self._speaker.stop()
        self._transport.pause()
        self._transport.set_rate(self.speed)
        self._pictures.rest()

    def _begin_here(self) -> None:
        """What plays begins anew at its place: pictures, sound and the clock to go by."""
        self._transport.use(self._clock)
        self._wish_again()
        if self._speaker is not None:
            clock = self._speaker.start(self._transport.tick, self._transport.rate, self._transport.loop)
            if clock is not None:
                self._transport.use(clock)
        self._timer.start()

    def _refresh(self) -> None:
        """While it plays: show what is due."""
        if not self._transport.playing:
            return
        before = self._wished
        number = self._transport.update()
        if not self.is_playing:  # it came to its end
            self._stop_running()
            self._go(number)
            self.state_changed.emit()
            return
        self._wished = number
        if self._transport.rate < 0:
            if number != before:
                self._pictures.wish(number)
        else:
            if number < before:  # round the loop
                self._wish_again()
            picture = self._pictures.due(number)
            if picture is not None:
                self._show(picture)
        self.position_changed.emit()

    # Pictures

    def _wish_again(self) -> None:
        """Ask for what should be on the screen now."""
        self.nearest.rest()
        self._wished = self._transport.number
        if self._transport.playing and self._transport.rate > 0:
            self._pictures.run(self._wished)
        else:
            self._pictures.wish(self._wished)

    def _take(self, picture: ViewPicture) -> None:
        backwards = self._transport.playing and self._transport.rate < 0
        right = backwards or picture.number == self._wished or self.picture is None
        if right or self.nearest.is_better(picture):
            self._show(picture)

    def _show(self, picture: ViewPicture) -> None:
        if picture is not self.picture:
            self.picture = picture
            self.frame_shown.emit(picture.number, picture.pts)

    def _miss(self, number: int, error: VigtoolError) -> None:
        if not self._transport.playing and number != self._wished:
            return
        if self._transport.playing:
            self._stop_running()
            self.state_changed.emit()
        self.picture = None
        self.failed.emit(error)
