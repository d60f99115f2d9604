"""Looking at an open film: closely, brighter, at stills, at a second film beside it. Joined here, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDate, QLocale, QObject, Signal
from PySide6.QtGui import QCursor

from vigtool.casework.film import Film, title_parts
from vigtool.casework.session import Session
from vigtool.ui.film.beside import Beside
from vigtool.ui.film.looking_records import LookingRecords
from vigtool.ui.film.looking_view import LookingView
from vigtool.ui.film.page import FilmPage
from vigtool.ui.film.playback import Playback
from vigtool.ui.film.still_jobs import StillJobs
from vigtool.ui.jobs import Jobs
from vigtool.ui.parts.words import isolated

_KEY_STEPS = 2
"""A key goes as far as two notches of the wheel."""


class Looking(QObject):
    """What the keys and the panel of looking do.

    Signals:
        view_came (QWidget): a second picture, whose keys are those of the first.
    """

    view_came = Signal(object)

    def __init__(self, page: FilmPage, playback: Playback, records: LookingRecords, jobs: Jobs, budget: int) -> None:
        super().__init__(page)
        self._page, self._playback = page, playback
        self._films: list[tuple[Film, str]] = []
        page.picture.set_budget(budget)
        self.stills = StillJobs(page, playback, records, jobs)
        self.beside = Beside(page, playback, records, jobs, budget)
        self.beside.refused.connect(page.side.show_refusal)
        self.beside.changed.connect(self._show_second)
        records.refused.connect(page.side.show_refusal)
        records.films_there.connect(self._list_films)
        page.picture.looked.connect(self._show_state)
        playback.state_changed.connect(self._show_moving)
        self._join_panel()
        records.load()

    def acts(self) -> dict[str, Callable[[], object]]:
        """What each key does, by the id of its action."""
        return {
            "zoom": self._zoom,
            "picture-closer": lambda: self._view().closer(_KEY_STEPS),
            "picture-wider": lambda: self._view().closer(-_KEY_STEPS),
            "picture-whole": lambda: self._view().whole(),
            "picture-left": lambda: self._view().push(-1, 0),
            "picture-right": lambda: self._view().push(1, 0),
            "picture-up": lambda: self._view().push(0, -1),
            "picture-down": lambda: self._view().push(0, 1),
            "brighter": lambda: self._brighten(1),
            "darker": lambda: self._brighten(-1),
            "as-filmed": lambda: self._set_level(0),
            "keep-still": self.stills.keep,
            "beside": self._choose_beside,
            "beside-back": lambda: self.beside.step(-1),
            "beside-forward": lambda: self.beside.step(1),
            "same-moment": self.beside.lay_by_eye,
        }

    def close(self) -> None:
        """Let the second film go and make no more pictures."""
        self.stills.close()
        self.beside.close()

    # Inside

    def _views(self) -> list[LookingView]:
        return [view for view in (self._page.picture, self.beside.view) if view is not None]

    def _view(self) -> LookingView:
        """The picture under the pointer; the first one where it is over neither."""
        at = QCursor.pos()
        over = [view for view in self._views() if view.isVisible() and view.rect().contains(view.mapFromGlobal(at))]
        return over[0] if over else self._page.picture

    def _zoom(self) -> None:
        if not any(view.zoom_to_pointer() for view in self._views()):
            self._page.timeline.zoom_to_pointer()

    def _brighten(self, by: int) -> None:
        self._set_level(self._page.picture.level + by)

    def _set_level(self, level: int) -> None:
        self._page.picture.set_level(level)

    def _show_moving(self) -> None:
        for view in self._views():
            view.set_moving(moving=self._playback.is_playing)

    def _join_panel(self) -> None:
        panel = self._page.looking
        panel.zoomed.connect(lambda steps: self._page.picture.closer(_KEY_STEPS * steps))
        panel.whole_pressed.connect(self._page.picture.whole)
        panel.level_chosen.connect(self._set_level)
        panel.still_pressed.connect(self.stills.keep)
        panel.film_chosen.connect(self._choose)
        panel.beside_closed.connect(self.beside.take_away)
        self._show_state()

    def _show_second(self) -> None:
        if self.beside.view is not None:
            self.view_came.emit(self.beside.view)
        self._show_state()

    def _show_state(self) -> None:
        picture = self._page.picture
        self._page.looking.show_look(picture.look.zoom, picture.level)
        self._page.looking.show_beside(is_beside=self.beside.film is not None)
        if self.beside.view is not None:
            self.beside.view.set_level(picture.level, said=False)  # the first picture tells of it

    def _list_films(self, films: Sequence[tuple[Film, Session | None]]) -> None:
        own = self._page.opened.film.session
        self._films = [(film, film_words(film, session)) for film, session in films]
        here = self.tr("same session")
        said = [
            f"{words} · {here}" if own is not None and film.session == own else words for film, words in self._films
        ]
        self._page.looking.show_films(said)

    def _choose(self, place: int) -> None:
        self.beside.choose(*self._films[place])

    def _choose_beside(self) -> None:
        """The nearest film beside this one; pressed again, it goes away."""
        if self.beside.film is not None:
            self.beside.take_away()
        elif self._films:
            self._choose(0)


def film_words(film: Film, session: Session | None) -> str:
    """What a film is called in one line: its day and its title, or where it was taken."""
    parts = title_parts(film, session)
    day = "" if parts.on is None else QLocale().toString(QDate(parts.on.year, parts.on.month, parts.on.day), "d MMM")
    return ", ".join(part for part in (day, isolated(parts.words)) if part) or isolated(film.original_name)
