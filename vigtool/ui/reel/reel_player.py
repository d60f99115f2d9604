"""Playing a reel before it is made: every picture is the one that the copy will show at that time.

Output frame n of the cut list shows one frame of one film (`export.cut_list.film_frame`); here n follows a clock. A
picture that comes too late is passed over, never shown in another's place.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from vigtool.annotate.reel import Caption, Reel
from vigtool.errors import VigtoolError
from vigtool.export.cut_list import Cut, CutList, film_frame, make_cut_list
from vigtool.ids import Id
from vigtool.ui.desk import FrameTimes, OpenFilm


class Supply(Protocol):
    """Gives pictures; the newest wish wins."""

    def wish(self, film: OpenFilm, number: int) -> None:
        """Have a frame of a film decoded and shown."""
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
        self, supply: Supply, parent: QObject | None = None, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._supply, self._now = supply, now
        self._cuts: CutList | None = None
        self._films: dict[Id, OpenFilm] = {}
        self._place = 0
        self._last = 0
        self._began = (0.0, 0)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

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
        try:
            self._cuts = make_cut_list(reel, known) if reel is not None else None
        except VigtoolError:
            self._cuts = None
        self._films = dict(films)
        if self._cuts is None:
            self.pause()
            self._place = 0
        else:
            self._place = min(self._place, self._cuts.frames - 1)

    def play(self, clip: Id | None = None) -> None:
        """Play one clip, or the whole reel from its title on."""
        if self._cuts is None:
            return
        first, self._last = 0, self._cuts.frames - 1
        if clip is not None:
            cut = next((one for one in self._cuts.cuts if one.clip == clip), None)
            if cut is None:
                return
            first, self._last = cut.out_first, cut.out_last
            if first < self._place < self._last:
                first = self._place  # paused within it: go on
        self._go(first)
        self._began = (self._now(), first)
        if not self._timer.isActive():
            self._timer.start(max(4, int(500 / self._cuts.rate)))
            self.playing_changed.emit()

    def play_on(self) -> None:
        """Play the reel on from where it stands, or again from its beginning where it is over."""
        if self._cuts is None:
            return
        first = self._place if self._place < self._cuts.frames - 1 else 0
        self.play()
        self._go(first)
        self._began = (self._now(), first)

    def pause(self) -> None:
        """Stop where it is."""
        if self._timer.isActive():
            self._timer.stop()
            self.playing_changed.emit()

    def show_clip(self, clip: Id) -> None:
        """Stand at the first frame of a clip."""
        cut = next((one for one in self._all() if one.clip == clip), None)
        if cut is not None:
            self.pause()
            self._go(cut.out_first)

    def show_part(self, clip: Id, part: Fraction) -> None:
        """Stand within a clip, `part` of it (0 to 1) being over."""
        cut = next((one for one in self._all() if one.clip == clip), None)
        if cut is not None:
            self.pause()
            self._go(cut.out_first + min(int(part * cut.out_frames), cut.out_frames - 1))

    def show_frame(self, film: Id, number: int) -> None:
        """Show one frame of a film, such as the one under an edge that is moved."""
        self.pause()
        if film in self._films:
            self._supply.wish(self._films[film], number)

    def show_again(self) -> None:
        """Ask for the same picture once more, for instance at another size."""
        self._wish()

    def _all(self) -> tuple[Cut, ...]:
        return self._cuts.cuts if self._cuts else ()

    def _go(self, place: int) -> None:
        self._place = place
        self._wish()
        self.place_changed.emit()

    def _wish(self) -> None:
        cut = self.cut
        if cut is not None and self._cuts is not None:
            film = self._films[cut.film]
            self._supply.wish(film, film_frame(cut, self._place, self._cuts.rate, film.index))

    def _tick(self) -> None:
        if self._cuts is None:
            return
        began, first = self._began
        place = first + int(Fraction(self._now() - began) * self._cuts.rate)
        if place > self._last:
            if self._place != self._last:
                self._go(self._last)
            self.pause()
            self.ended.emit()
        elif place != self._place:
            self._go(place)
