"""One open film, seen and heard: it joins the reckoning of time, the speaker and the screen.

Nothing is decoded on the thread that draws. While the film plays, the newest picture that is due is shown as its time
comes (see `waking`). The sound device's time is the film's time where there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from PySide6.QtCore import QObject, Signal

from vigtool.errors import VigtoolError
from vigtool.player.clock import Clock, WallClock
from vigtool.player.decoding import CACHE_BYTES
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.stand_in import StandIn
from vigtool.player.transport import Transport
from vigtool.timebase import Span
from vigtool.ui.film.hearing import Hearing
from vigtool.ui.film.screening import Screening
from vigtool.ui.film.sound_device import Device, system_device
from vigtool.ui.film.speaker import Speaker
from vigtool.ui.film.speeds import beside, faster_shuttle
from vigtool.ui.film.waking import Waking
from vigtool.ui.film.whereabouts import Whereabouts


class Playback(Whereabouts):
    """Seeing and hearing one film. `close` waits for every thread; nothing is told afterwards.

    Attributes:
        index: the film's frames.
        has_sound: whether there is anything to hear in it.
        speed: what the film is played at; the shuttle does not change it.
        nearest: what is shown under a pointer that is held down until the frame itself comes.

    Signals:
        frame_shown (number, tick): another picture is there to be drawn: `picture`.
        position_changed: the film stands, or while it plays is, somewhere else.
        state_changed: it plays, or stands; the speed, the loop, the sound or its device is another.
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
        self.speed = Fraction(1)
        time = clock or WallClock()
        self._transport = Transport(index, time)
        speaker = Speaker(opener, index, make_device, self, passing=time.now) if has_sound else None
        self._hearing = Hearing(speaker, self._transport, time, self)
        self._hearing.changed.connect(self.state_changed)
        self._screening = Screening(opener, index, self._transport, cache_bytes, self)
        self._screening.shown.connect(self.frame_shown)
        self._screening.missed.connect(self._miss)
        self.nearest = self._screening.nearest
        self._resumes = False
        self._waking = Waking(self._transport, index, self._refresh, self)

    # What can be asked

    def set_box(self, width: int, height: int) -> None:
        """Deliver pictures that fit into so many pixels of the screen from now on."""
        if self._screening.pictures.set_box(width, height):
            self._screening.ask()

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
        """L (1) and J (-1): play forwards or backwards, pressed again twice as fast, up to eight times; K (0) stops."""
        if direction == 0:
            self.pause()
            return
        self._run(faster_shuttle(self._transport.rate if self._transport.playing else Fraction(0), direction))

    def step(self, frames: int, *, held: bool = False) -> None:
        """Stand so many frames on, or back; while a key is `held` something true of each is shown as soon as can be."""
        if held and not self._transport.playing:
            self._transport.step(frames)
            self._screening.hurry()
            self.position_changed.emit()
        else:
            self._stand(self.frame + frames)

    def step_end(self) -> None:
        """The held key was let go: have exactly the frame that one stands on."""
        if not self._transport.playing:
            self._screening.ask()

    def step_seconds(self, seconds: int) -> None:
        """Go so many seconds on, or back; what plays, plays on."""
        if self._transport.playing:
            self._transport.step_seconds(Fraction(seconds))
            self._go_on()
        else:
            aim = self._transport.tick + int(seconds / self.index.time_base)
            self._stand(self.index.number_at(max(aim, self.index.start)))

    def seek_frame(self, number: int) -> None:
        """Go to a frame; what plays, plays on from there."""
        if self._transport.playing:
            self._transport.jump(number)
            self._go_on()
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
        self.nearest.follow(self._transport.number)
        self._screening.hurry()
        self.position_changed.emit()

    def scrub_end(self) -> None:
        """The pointer was let go: stand on the frame that was under it, or play on from there."""
        resumes, self._resumes = self._resumes, False
        if not self._transport.playing:
            self.play() if resumes else self._screening.ask()

    def set_speed(self, speed: Fraction) -> None:
        """Play at another speed from now on."""
        self.speed = speed
        if self._transport.playing:
            self._run(speed)
        else:
            self._transport.set_rate(speed)
            self.state_changed.emit()

    def change_speed(self, by: int) -> None:
        """The next slower (-1) or faster (1) of the speeds there are."""
        self.set_speed(beside(self.speed, by))

    def set_loop(self, loop: Span | None) -> None:
        """Go round in a stretch while playing, or no longer."""
        if loop == self._transport.loop:
            return
        self._transport.set_loop(loop)
        self._change_route()

    def set_only(self, spans: Iterable[Span]) -> None:
        """Play these stretches alone, one after the other, and stand after the last; none: the whole film again."""
        before, wanted = self._transport.route, tuple(spans)
        if wanted or self._transport.only:
            self._transport.set_only(wanted)
            if self._transport.route != before:
                self._change_route()

    def set_muted(self, *, muted: bool) -> None:
        """Be heard or not; at a speed that is silent by itself, this is about such speeds alone."""
        self._hearing.set_muted(muted=muted)

    def use_stand_in(self, stand_in: StandIn | None) -> None:
        """Show pictures of this small film where the film's own would come late, or of none."""
        self._screening.pictures.use_stand_in(stand_in)

    def accompany(self, *, on: bool) -> None:
        """Tell the position as often as can be while it plays, for somebody who follows; or only as frames change."""
        self._waking.is_often = on

    def hear_slow(self, *, on: bool) -> None:
        """Be heard at the slowest speeds too, or not there."""
        self._hearing.hear_slow(on=on)

    def try_again(self) -> None:
        """Open the film once more after it failed."""
        self._stop_running()
        self._screening.pictures.open()
        self._screening.ask()

    def close(self) -> None:
        """Let the film go: every thread has ended when this returns."""
        self._waking.stop()
        self._hearing.close()
        self._screening.pictures.close()

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
        self._screening.ask()
        self.position_changed.emit()

    def _stop_running(self) -> None:
        self._waking.stop()
        self._hearing.stop()
        self._transport.pause()
        self._transport.set_rate(self.speed)
        self._screening.pictures.rest()

    def _go_on(self) -> None:
        """What played plays on from where it was sent, or stands where there is nothing more to play."""
        if self._transport.playing:
            self._begin_here()
        else:
            self._come_to_rest()

    def _change_route(self) -> None:
        if self._transport.playing:
            self._begin_here()
        self.state_changed.emit()

    def _begin_here(self) -> None:
        """What plays begins anew at its place: pictures, sound and the clock to go by."""
        self._screening.ask()
        self._hearing.start()
        self._waking.begin()

    def _refresh(self) -> None:
        """While it plays: show what is due."""
        if not self._transport.playing:
            return
        number = self._transport.update()
        if not self.is_playing:
            self._come_to_rest()
            return
        self._screening.follow(number)
        self._waking.again(number, -1 if self.picture is None else self.picture.number)
        self.position_changed.emit()

    def _come_to_rest(self) -> None:
        """It came to its end."""
        number = self._transport.number
        self._stop_running()
        self._go(number)
        self.state_changed.emit()

    def _miss(self, error: VigtoolError) -> None:
        if self._transport.playing:
            self._stop_running()
            self.state_changed.emit()
        self._screening.clear()
        self.failed.emit(error)
