"""One family's page: the question first, then people and consent, the way through the cycles, meetings and films."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from vigtool.casework.film import Film
from vigtool.ids import Id
from vigtool.ui import measures
from vigtool.ui.families.delegates import FilmDelegate, SessionDelegate
from vigtool.ui.families.path import path
from vigtool.ui.families.path_view import PathView
from vigtool.ui.families.people_panel import PeoplePanel, link_button
from vigtool.ui.families.question_panel import DuePanel, QuestionPanel
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.rows_view import RowsView
from vigtool.ui.families.words import film_beside, film_words, session_words
from vigtool.ui.parts.days import short_day
from vigtool.ui.parts.surface import Heading, Panel, Scroll, row
from vigtool.ui.parts.words import Words

_NARROW = 760


class PageView(Scroll):
    """The page.

    Signals:
        film_opened (Film): a film shall be looked at.
        session_wanted, film_wanted: one shall be added.
    """

    film_opened = Signal(object)
    session_wanted = Signal()
    film_wanted = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(margins=(16, 16, 16, 16), parent=parent)
        self._today = today
        self._marks: dict[Id, int] = {}
        self.question, self.due, self.people, self.way = QuestionPanel(), DuePanel(), PeoplePanel(), PathView()
        self._unagreed: frozenset[Id] = frozenset()
        self._films_delegate = FilmDelegate(lambda film: film_beside(film, self._marks.get(film.id, 0)), self._flag)
        self.sessions = RowsView(self.tr("Sessions"), SessionDelegate(), measures.ROW_MARK)
        self.films = RowsView(self.tr("Films"), self._films_delegate, measures.ROW_FILM)
        self.films.opened.connect(self._open)
        self._lay_out()

    def show_page(self, page: FamilyPage) -> None:
        """Show a family."""
        self._marks, self._unagreed = dict(page.marks), frozenset(page.unagreed)
        self.question.show_page(page)
        self.due.show_page(page)
        self.people.show_page(page, self._today)
        self.way.set_steps(path(page.cycles, page.films, page.reels, page.sessions))
        self._cycles.setVisible(bool(page.cycles))
        newest = tuple(reversed(page.sessions))
        self.sessions.set_rows(
            [(found, f"{found.number}, {short_day(found.on)}, {session_words(found.kind)[0]}") for found in newest]
        )
        films = tuple(reversed(page.films))
        self.films.set_rows([(film, self._spoken(film)) for film in films])
        self._no_sessions.setVisible(not page.sessions)
        self._no_films.setVisible(not page.films)
        self._sessions_head.beside.setText(self.tr("%n so far", "", len(page.sessions)) if page.sessions else "")

    def set_poster(self, film: Id, image: QImage) -> None:
        """Take the picture of a film."""
        self._films_delegate.set_poster(film, image)
        self.films.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what stands side by side below each other where there is less room."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.people.set_room(self.viewport().width() - 2 * measures.GAP)
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for pair in self._pairs:
            pair.setDirection(down if narrow else along)
        self.due.setMinimumWidth(0 if narrow else 324)
        self.due.setMaximumWidth(16_777_215 if narrow else 344)

    def _lay_out(self) -> None:
        first, last = row(gap=measures.GAP), row(gap=measures.GAP)
        self._pairs = (first, last)
        first.addWidget(self.question, 1)
        first.addWidget(self.due)
        self.body.addLayout(first)
        self.body.addWidget(self.people)
        self._cycles = Panel(padding=16, gap=8)
        self._cycles.body.addWidget(Heading(self.tr("Cycles"), self.tr("each one film and its shared review")))
        self._cycles.body.addWidget(self.way)
        self.body.addWidget(self._cycles)
        self._sessions_head = Heading(self.tr("Sessions"))
        add_session = link_button(self.tr("Session"))
        add_session.clicked.connect(self.session_wanted)
        self._sessions_head.add(add_session)
        self._no_sessions = Words(
            self.tr("Every meeting stands here: when, where, who was there."), tone="quiet", wrap=True
        )
        last.addWidget(_listed(self._sessions_head, self._no_sessions, self.sessions), 1, Qt.AlignmentFlag.AlignTop)
        films_head = Heading(self.tr("Films"))
        add_film = link_button(self.tr("Film"))
        add_film.clicked.connect(self.film_wanted)
        films_head.add(add_film)
        said = self.tr("A film is brought in from a phone or camera and sealed; the file itself stays where it is.")
        self._no_films = Words(said, tone="quiet", wrap=True)
        last.addWidget(_listed(films_head, self._no_films, self.films), 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(last)
        self.body.addStretch(1)

    def _flag(self, film: Film) -> str:
        """What is missing for a film, in two words."""
        return self.tr("consent missing") if film.id in self._unagreed else ""

    def _spoken(self, film: Film) -> str:
        said = f"{film_words(film)}, {film_beside(film, self._marks.get(film.id, 0))}"
        flag = self._flag(film)
        return f"{said}, {flag}" if flag else said

    def _open(self, film: Film) -> None:
        self.film_opened.emit(film)


def _listed(heading: Heading, nothing: Words, rows: RowsView) -> Panel:
    made = Panel(padding=16, gap=8)
    for widget in (heading, nothing, rows):
        made.body.addWidget(widget)
    return made
