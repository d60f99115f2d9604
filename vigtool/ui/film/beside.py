"""The film beside: chosen, opened, laid together by eye or by sound, kept, and taken away again."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QObject, Signal

from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair, PairedBy
from vigtool.errors import Cancelled, VigtoolError
from vigtool.player.alignment import Alignment, Listened, align
from vigtool.ui.desk import OpenFilm
from vigtool.ui.film.beside_bar import Laid
from vigtool.ui.film.guarded import guarded
from vigtool.ui.film.looking_records import LookingRecords
from vigtool.ui.film.looking_view import LookingView
from vigtool.ui.film.page import FilmPage
from vigtool.ui.film.playback import Playback
from vigtool.ui.film.second_film import SecondFilm
from vigtool.ui.jobs import Job, Jobs, Where
from vigtool.ui.notices import words_of

_PART = 8
"""The second film's pictures may take this part of the budget; few are kept, for it only follows."""
_HOW = {PairedBy.EYE: Laid.EYE, PairedBy.SOUND: Laid.SOUND}


class Beside(QObject):
    """Everything of the second film.

    Signals:
        changed: a second film is there, or no longer.
        refused (error): something did not come about, in words for people.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, page: FilmPage, playback: Playback, records: LookingRecords, jobs: Jobs, budget: int) -> None:
        super().__init__(page)
        self._page, self._playback, self._records, self._jobs, self._budget = page, playback, records, jobs, budget
        self.film: SecondFilm | None = None
        self.view: LookingView | None = None
        self._names: dict[str, str] = {}
        self._laid = Laid.NOT
        self._listening: Job[Alignment | None] | None = None
        records.beside_opened.connect(self._opened)
        records.paired.connect(self._say_pair)
        bar = page.beside_bar
        bar.stepped.connect(self.step)
        bar.same_pressed.connect(self.lay_by_eye)
        bar.listen_pressed.connect(self.listen)
        bar.closed.connect(self.take_away)

    def choose(self, film: Film, words: str) -> None:
        """Open a film beside this one."""
        self._names[film.id] = words
        self._records.open_beside(film.id)

    def step(self, frames: int) -> None:
        """Step the second film alone."""
        if self.film is not None:
            self._laid = Laid.ALONE
            self.film.step(frames)

    def lay_by_eye(self) -> None:
        """What both show is the same moment."""
        if self.film is None:
            return
        offset = self.film.lay_together()
        if offset is None:
            message = self.tr("the second film shows nothing at this moment")
            self.refused.emit(VigtoolError(message, self.tr("step it to a moment that both films show")))
            return
        self._keep(offset, PairedBy.EYE)

    def listen(self) -> None:
        """Find the offset by the sound of both; pressed again, stop looking for it."""
        if self._listening is not None:
            self._listening.cancel()
            return
        second = self.film
        if second is None:
            return
        ours = Listened(guarded(self._page.opened.opener), self._page.index)
        theirs = Listened(guarded(second.opened.opener), second.index)

        def op(report: Callable[[int, int], None], cancelled: Callable[[], bool]) -> Alignment | None:
            return align(ours, theirs, report, cancelled)

        self._page.beside_bar.show_listening(0)
        self._listening = self._jobs.run(
            op,
            owner=self,
            done=lambda found: self._heard(second, found),
            failed=self._not_heard,
            progress=lambda done, total: self._page.beside_bar.show_listening(100 * done // max(total, 1)),
            where=Where.POOL,
        )

    def take_away(self) -> None:
        """Look at one film again."""
        if self._listening is not None:
            self._listening.cancel()
        film, self.film, self.view = self.film, None, None
        if film is not None:
            film.close()
            film.deleteLater()
            self._page.show_beside(None)
            self.changed.emit()

    def close(self) -> None:
        """Let the second film go, without changing the page."""
        if self._listening is not None:
            self._listening.cancel()
        if self.film is not None:
            self.film.close()
            self.film = None

    # Inside

    def _opened(self, opened: OpenFilm, pair: FilmPair | None) -> None:
        self.take_away()
        here = self._page.opened.film.id
        offset = None if pair is None else pair.offset_from(here)
        self._laid = Laid.NOT if pair is None else _HOW[pair.how]
        self.film = film = SecondFilm(self._playback, opened, offset, self._budget // _PART)
        self.view = view = LookingView((film.index.picture.width, film.index.picture.height), self._budget // _PART)
        view.setAccessibleName(self.tr("Second picture"))
        view.size_wanted.connect(film.set_box)
        film.shown.connect(self._show)
        film.moved.connect(self._say_laid)
        film.failed.connect(lambda error: view.show_words(words_of(error).title))
        sounds = self._page.opened.film.sound is not None and opened.film.sound is not None
        self._page.beside_bar.show_film(self._names.get(opened.film.id, ""), heard=sounds)
        self._page.show_beside(view)
        film.set_offset(film.offset)
        self.changed.emit()

    def _show(self) -> None:
        film, view = self.film, self.view
        if film is None or view is None:
            return
        if film.picture is not None:
            view.show_picture(film.picture.pixels)
            view.setAccessibleName(self.tr("Second picture, frame {0}").format(film.picture.number))
        else:
            nothing = self.tr("The second film does not show this moment")
            view.show_words(nothing if film.number is None else "")

    def _say_laid(self) -> None:
        if self.film is not None:
            laid = self._laid
            if laid is Laid.ALONE and not self.film.is_alone:
                laid = Laid.NOT
            self._page.beside_bar.show_laid(laid, self.film.offset)

    def _keep(self, offset: Fraction, how: PairedBy) -> None:
        if self.film is not None:
            self._laid = _HOW[how]
            self._records.lay_beside(self.film.opened.film.id, offset, how)
            self._say_laid()

    def _say_pair(self, pair: FilmPair) -> None:
        if self.film is not None and self.film.opened.film.id in (pair.first, pair.second):
            self._laid = _HOW[pair.how]
            self._say_laid()

    def _heard(self, second: SecondFilm, found: Alignment | None) -> None:
        self._listening = None
        self._page.beside_bar.show_listening(None)
        if self.film is not second:
            return
        if found is None:
            message = self.tr("the sounds of the two films do not tell which moments belong together")
            hint = self.tr("step the second film until both show the same moment, then press Same moment")
            self.refused.emit(VigtoolError(message, hint))
            return
        second.set_offset(found.offset)
        self._keep(found.offset, PairedBy.SOUND)

    def _not_heard(self, error: BaseException) -> None:
        self._listening = None
        self._page.beside_bar.show_listening(None)
        if not isinstance(error, Cancelled):
            self.refused.emit(error)
