"""Playing a reel before it is made: every picture is the one that the copy will show at that time.

Output frame n of the cut list shows one frame of one film (`export.cut_list.film_frame`); here n follows a clock: the
sound device's within a clip that is heard, else the wall clock. A picture that comes too late is passed over; in its
place the one before it stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from vigtool.annotate.reel import Caption, Reel
from vigtool.errors import VigtoolError
from vigtool.export.cut_list import Cut, CutList, film_frame, make_cut_list
from vigtool.ids import Id
from vigtool.player.clock import Clock, WallClock
from vigtool.timebase import to_ticks
from vigtool.ui.desk import FrameTimes, OpenFilm

_REFRESH_MS = 8


class Supply(Protocol):
    """Gives pictures."""

    def wish(self, film: OpenFilm, number: int) -> None:
        """Have one frame decoded and shown; the newest wish wins."""
        ...

    def run(self, film: OpenFilm, number: int) -> None:
        """Decode ahead from a frame on."""
        ...

    def due(self, film: OpenFilm, number: int) -> None:
        """Show the newest picture since `run` that is not later than a frame."""
        ...

    def rest(self) -> None:
        """Decode ahead no more."""
        ...


class Hearing(Protocol):
    """Gives sound."""

    def start(self, film: OpenFilm, tick: int) -> Clock | None:
        """Sound from `tick` on; the clock to go by, none where nothing is heard."""
        ...

    def stop(self) -> None:
        """Be silent."""
        ...


class ReelPlayer(QObject):
    """Where in the reel it stands, and what goes on.

    Signals:
        place_changed: another output frame is shown.
        playing_changed: it began or stopped.
        ended: it came to the end of what was to be played.
    """

    place_changed = Signal()
    playing_changed = Signal()
    ended = Signal()

    def __init__(
        self, supply: Supply, hearing: Hearing, parent: QObject | None = None, *, clock: Clock | None = None
    ) -> None:
        super().__init__(parent)
        self._supply, self._hearing, self._wall = supply, hearing, clock or WallClock()
        self._cuts: CutList | None = None
        self._films: dict[Id, OpenFilm] = {}
        self._place = self._last = 0
        self._clock: Clock = self._wall
        self._began: tuple[Fraction, int] = (Fraction(0), 0)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    @property
    def cuts(self) -> CutList | None:
        """The reel, placed; none where it cannot be yet."""
        return self._cuts

    @property
    def place(self) -> int:
        """The output frame that is shown."""
        return self._place

    @property
    def is_playing(self) -> bool:
        """Whether it plays."""
        return self._timer.isActive()

    @property
    def cut(self) -> Cut | None:
        """The clip that is shown; none while the title is."""
        return next((cut for cut in self._all() if cut.out_first <= self._place <= cut.out_last), None)

    @property
    def shows_title(self) -> bool:
        """Whether the title is shown."""
        return self._cuts is not None and self._place < self._cuts.title_frames

    @property
    def captions(self) -> tuple[Caption, ...]:
        """The words of the clip that is shown."""
        cut = self.cut
        return cut.captions if cut else ()

    def set_reel(self, reel: Reel | None, films: Mapping[Id, OpenFilm]) -> None:
        """Place a reel whose films are open; where one is missing, or there are no clips, there is nothing to play."""
        known: dict[Id, FrameTimes] = {film: opened.index for film, opened in films.items()}
        before = self._cuts
        try:
            self._cuts = make_cut_list(reel, known) if reel is not None else None
        except VigtoolError:
            self._cuts = None
        self._films = dict(films)
        if self._cuts is None or (before is not None and before.cuts != self._cuts.cuts):
            self.pause()
        self._place = min(self._place, self._cuts.frames - 1) if self._cuts is not None else 0

    def play(self, clip: Id | None = None) -> None:
        """Play one clip (on from where it stands in it), or the whole reel from its title."""
        if self._cuts is None:
            return
        first, last = 0, self._cuts.frames - 1
        if clip is not None:
            cut = next((one for one in self._cuts.cuts if one.clip == clip), None)
            if cut is None:
                return
            last = cut.out_last
            first = self._place if cut.out_first < self._place < last else cut.out_first
        self._run(first, last)

    def play_on(self) -> None:
        """Play the reel on from where it stands, or again from its beginning where it is over."""
        if self._cuts is not None:
            last = self._cuts.frames - 1
            self._run(self._place if self._place < last else 0, last)

    def pause(self) -> None:
        """Stop where it is."""
        if self._timer.isActive():
            self._timer.stop()
            self._hearing.stop()
            self._supply.rest()
            self.show_again()
            self.playing_changed.emit()

    def show_clip(self, clip: Id) -> None:
        """Stand at the first frame of a clip."""
        self.show_part(clip, Fraction(0))

    def show_part(self, clip: Id, part: Fraction) -> None:
        """Stand within a clip, `part` of it (0 to 1) being over."""
        cut = next((one for one in self._all() if one.clip == clip), None)
        if cut is not None:
            self.pause()
            self._place = cut.out_first + min(int(part * cut.out_frames), cut.out_frames - 1)
            self.show_again()
            self.place_changed.emit()

    def show_frame(self, film: Id, number: int) -> None:
        """Show one frame of a film, such as the one under an edge that is moved."""
        self.pause()
        if film in self._films:
            self._supply.wish(self._films[film], number)

    def show_again(self) -> None:
        """Ask for the same picture once more, for instance at another size."""
        cut = self.cut
        if cut is None or self._cuts is None:
            return
        film = self._films[cut.film]
        number = film_frame(cut, self._place, self._cuts.rate, film.index)
        if self.is_playing:
            self._supply.run(film, number)
        else:
            self._supply.wish(film, number)

    def go_by_wall_clock(self) -> None:
        """The sound is lost: go on in silence from where it is."""
        if self.is_playing:
            self._clock = self._wall
            self._began = (self._wall.now(), self._place)

    def refresh(self) -> None:
        """Show what is due now; called by the timer while it plays."""
        if self._cuts is None or not self.is_playing:
            return
        began, first = self._began
        place = first + int((self._clock.now() - began) * self._cuts.rate)
        cut = self.cut
        end = cut.out_last if cut is not None else self._cuts.title_frames - 1
        if place > min(end, self._last):
            self._end_of_part(end)
            return
        if cut is not None:
            film = self._films[cut.film]
            self._supply.due(film, film_frame(cut, place, self._cuts.rate, film.index))
        if place != self._place:
            self._place = place
            self.place_changed.emit()

    def _all(self) -> tuple[Cut, ...]:
        return self._cuts.cuts if self._cuts else ()

    def _run(self, first: int, last: int) -> None:
        self._last = last
        was_playing = self.is_playing
        self._timer.start()
        self._begin_part(first)
        if not was_playing:
            self.playing_changed.emit()

    def _begin_part(self, place: int) -> None:
        """Play on from `place`, in whichever clip it lies: pictures are decoded ahead, its film is heard."""
        self._place = place
        cut, clock = self.cut, None
        self._hearing.stop()
        self._supply.rest()
        if cut is not None and self._cuts is not None:
            film = self._films[cut.film]
            self.show_again()
            seconds = cut.start + (place - cut.out_first) / self._cuts.rate
            clock = self._hearing.start(film, to_ticks(seconds, film.index.time_base))
        self._clock = clock or self._wall
        self._began = (self._clock.now(), place)
        self.place_changed.emit()

    def _end_of_part(self, end: int) -> None:
        """A clip, or the title, is over: the next one begins, or all is."""
        if end < self._last:
            self._begin_part(end + 1)
            return
        self._place = self._last
        self.place_changed.emit()
        self.pause()
        self.ended.emit()
