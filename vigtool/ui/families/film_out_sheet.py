"""Giving a whole film out: to whom, whether it is safe to have at home, and where the file goes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.casework.consent_answers import Scope
from vigtool.casework.film import Film
from vigtool.ids import Id
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import film_words, scope_question
from vigtool.ui.handover.at_home import AtHome, Safe
from vigtool.ui.handover.leaving import LeavingSheet
from vigtool.ui.handover.place_part import PlacePart
from vigtool.ui.handover.safety_words import safety_lines
from vigtool.ui.parts.button import Kind
from vigtool.ui.parts.field import Choice, Field, Line
from vigtool.ui.parts.surface import row
from vigtool.ui.reel.sheet_frame import EqualButton
from vigtool.ui.room import Bench

NAME = "a-film"
"""What the file is called unless somebody says otherwise: it tells nothing of anybody."""
PURPOSES = (Scope.SUPERVISION, Scope.INTERVISION, Scope.TRAINING, Scope.RESEARCH)


class FilmOutSheet(LeavingSheet):
    """The sheet.

    Signals:
        watch_wanted (Film): look at it here instead; nothing is kept.
    """

    watch_wanted = Signal(object)

    def __init__(self, bench: Bench, page: FamilyPage, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("FilmOut", "Give a whole film out"),
            sentence=say(
                "FilmOut", "It holds everything that was filmed. For a parent a reel is nearly always better."
            ),
            go=say("FilmOut", "Make the copy"),
            width=680,
            parent=parent,
        )
        self.prepare(PlacePart(NAME, ".mp4"))
        self._page = page
        self.film, self.whom = Field(self.tr("Which film"), Choice()), Field(self.tr("For whom"), Choice())
        for film in reversed(page.films):
            self.film.input.addItem(film_words(film), film.id)
        for person in page.persons:
            if not person.is_child:
                self.whom.input.addItem(person.name, person.id)
        self.whom.input.addItem(self.tr("Somebody outside the family"), None)
        self.who = Field(self.tr("Who exactly"), Line())
        self.purpose = Field(self.tr("What for"), Choice())
        for scope in PURPOSES:
            self.purpose.input.addItem(scope_question(scope), scope.value)
        head = row(gap=12)
        head.addWidget(self.film, 1)
        head.addWidget(self.whom, 1)
        self.asked.addLayout(head)
        self._outside = QWidget()
        outside = row(self._outside, gap=12)
        outside.addWidget(self.who, 1)
        outside.addWidget(self.purpose, 1)
        self.asked.addWidget(self._outside)
        self.at_home = AtHome(safety_lines(page.safety, page.family, page.everyone))
        self.asked.addWidget(self.at_home)
        self.ask_where()
        self.watch = EqualButton(self.tr("Watch here, keep nothing"), Kind.PRIMARY, icon="review")
        self.watch.clicked.connect(self._watch)
        self.foot.insertWidget(self.foot.indexOf(self.go), self.watch)
        for signal in (self.at_home.changed, self.place.changed, self.who.input.textChanged):
            signal.connect(self.refresh)
        self.whom.input.currentIndexChanged.connect(self._show_whom)
        self._show_whom()

    @property
    def to(self) -> Id | None:
        """The person of the family it is for; none where it is for somebody else."""
        found: Id | None = self.whom.input.currentData()
        return found

    def may_go(self) -> bool:
        """Whether it is said for whom it is, and that home is safe where it goes home."""
        if self.to is not None:
            return self.at_home.answer is Safe.YES
        return bool(self.who.input.text().strip())

    def answer(self) -> None:
        """Make the copy."""
        desk, film, to, target = self.bench.desk, self.film.input.currentData(), self.to, self.place.target
        words = "" if to is not None else self.who.input.text().strip()
        purpose = "" if to is not None else self.purpose.input.currentData()
        safe = True if to is not None else None
        self.make(
            self.tr("Writing the film"),
            lambda report, cancelled: desk.export_film(
                film, target, to=to, to_words=words, purpose=purpose, safe=safe, report=report, cancelled=cancelled
            ),
        )

    def begin(self) -> None:
        """Begin with the first question, never with the button that makes the copy."""
        super().begin()
        self.film.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Look again whether it may be made, and whether to watch it here is still a question."""
        super().refresh()
        self.watch.setVisible(not self.is_over)
        self.watch.setEnabled(not self.at_work.is_busy)

    def _show_whom(self) -> None:
        self._outside.setVisible(self.to is None)
        self.at_home.setVisible(self.to is not None)
        self.at_home.set_name("" if self.to is None else self._page.name_of(self.to))
        self.refresh()
        self.refit()

    def _watch(self) -> None:
        wanted = self.film.input.currentData()
        film: Film | None = next((film for film in self._page.films if film.id == wanted), None)
        self.reject()
        self.watch_wanted.emit(film)
