"""Forms about the work: a meeting, a cycle with its helping question, a film to bring in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from vigtool.casework.cycle import Cycle
from vigtool.casework.film import FilmKind
from vigtool.casework.session import SessionKind
from vigtool.ids import Id
from vigtool.practice.films import FilmWords
from vigtool.ui import measures
from vigtool.ui.families.asking import Form, TallForm
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import session_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.days import short_day
from vigtool.ui.parts.field import Choice, Day, Field, Line, Number, Paper
from vigtool.ui.parts.flow import Flow
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import column, row
from vigtool.ui.parts.toggles import Check
from vigtool.ui.parts.words import ElidedWords, Words, isolated
from vigtool.ui.room import Bench


def _say(text: str) -> str:
    return QCoreApplication.translate("WorkForms", text)


class People(QWidget):
    """Who was there, or is seen or heard: a check for each person of the family."""

    def __init__(self, label: str, page: FamilyPage, *, all_: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = column(self, gap=2)
        body.addWidget(Words(label, size=Type.LEAST, tone="quiet"))
        self.checks: dict[Id, Check] = {}
        people = Flow(gap=16)
        for person in page.persons:
            check = Check(isolated(person.name), checked=all_)
            check.setAccessibleName(person.name)
            self.checks[person.id] = check
            people.addWidget(check)
        body.addLayout(people)

    @property
    def chosen(self) -> tuple[Id, ...]:
        """Who is ticked."""
        return tuple(person for person, check in self.checks.items() if check.isChecked())


class SessionForm(Form):
    """A meeting."""

    def __init__(self, bench: Bench, page: FamilyPage, parent: QWidget | None = None) -> None:
        super().__init__(bench, _say("New session"), go=_say("Write down"), parent=parent)
        self._page = page
        self.on, self.kind = Field(self.tr("On"), Day()), Field(self.tr("What for"), Choice())
        for kind in SessionKind:
            self.kind.input.addItem(session_words(kind)[0], kind)
        self.kind.input.setCurrentIndex(list(SessionKind).index(SessionKind.FILMING))
        self.minutes = Field(self.tr("Minutes"), Number(0, 24 * 60, 60, unknown=self.tr("not known")))
        self.place = Field(self.tr("Where"), Line(page.sessions[-1].place if page.sessions else page.family.place))
        self.present = People(self.tr("Who was there"), page, all_=False)
        head = row(gap=12)
        head.addWidget(self.on, 1)
        head.addWidget(self.minutes, 1)
        self.body.addWidget(self.kind)
        self.body.addLayout(head)
        self.body.addWidget(self.place)
        self.body.addWidget(self.present)

    def try_to_accept(self) -> None:
        """Write the meeting down."""
        desk, family = self.bench.desk, self._page.family.id
        on, kind, present = self.on.input.day, self.kind.input.currentData(), self.present.chosen
        minutes, place = self.minutes.input.value() or None, self.place.input.text().strip()
        self.write(
            lambda: desk.add_session(family=family, on=on, kind=kind, minutes=minutes, place=place, present=present)
        )


class CycleForm(Form):
    """A new cycle, or the wording of a cycle's helping question."""

    def __init__(
        self, bench: Bench, page: FamilyPage, cycle: Cycle | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            bench,
            _say("Helping question") if cycle is not None else _say("A new cycle"),
            sentence=_say("In the parent’s own words: what would they like help with?"),
            go=_say("Keep") if cycle is not None else _say("Begin"),
            parent=parent,
        )
        self._page, self._cycle = page, cycle
        before = cycle or page.cycle
        self.question = Field(self.tr("Helping question"), Paper("" if before is None else before.helping_question))
        planned = 3 if before is None else before.planned
        self.planned = Field(self.tr("How many cycles are planned"), Number(1, 12, planned))
        self.body.addWidget(self.question)
        self.body.addWidget(self.planned)

    def try_to_accept(self) -> None:
        """Keep the wording, or begin the cycle."""
        desk, family, before = self.bench.desk, self._page.family.id, self._cycle
        question, planned = self.question.input.toPlainText().strip(), self.planned.input.value()
        if before is not None:
            after = replace(before, helping_question=question, planned=planned)
            self.write(lambda: desk.change_cycle(before, after))
        else:
            self.write(lambda: desk.begin_cycle(family=family, helping_question=question, planned=planned))


class FilmForm(TallForm):
    """What is said of a film before it is brought in; the bringing in is done afterwards, while one goes on working.

    Signals:
        chosen (path, FilmWords): everything is said.
    """

    chosen = Signal(object, object)

    def __init__(self, bench: Bench, page: FamilyPage, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(
            bench,
            _say("Bring a film in"),
            sentence=_say("It is sealed into the vault. The file itself stays where it is, readable as before."),
            go=_say("Bring it in"),
            width=560,
            parent=parent,
        )
        self._path, self._page = path, page
        name = ElidedWords(path.name, weight=measures.MEDIUM)
        self.title = Field(self.tr("What you call it"), Line(placeholder=self.tr("for instance kitchen")))
        newest = page.sessions[-1].on if page.sessions else None
        self.on = Field(self.tr("Filmed on"), Day(newest))
        self.kind = Segments(
            [(FilmKind.INTERACTION, self.tr("Parent and baby")), (FilmKind.SHARED_REVIEW, self.tr("A shared review"))],
            words=self.tr("What it shows"),
        )
        self.session, self.cycle = Field(self.tr("Session"), Choice()), Field(self.tr("Cycle"), Choice())
        self._fill_choices()
        self.persons = People(self.tr("Who is seen or heard in it"), page, all_=True)
        self.someone = Check(self.tr("Somebody else, too"))
        self.inner.addWidget(name)
        self.inner.addWidget(self.kind)
        for pair in ((self.title, self.on), (self.session, self.cycle)):
            line = row(gap=12)
            for field in pair:
                line.addWidget(field, 1)
            self.inner.addLayout(line)
        self.inner.addWidget(self.persons)
        self.inner.addWidget(self.someone)
        said = self.tr("Whoever is seen or heard is asked about before anything of the film is shown or given on.")
        self.inner.addWidget(Words(said, size=Type.LEAST, tone="quiet", wrap=True))

    def try_to_accept(self) -> None:
        """Hand over what was said."""
        words = FilmWords(
            kind=FilmKind(self.kind.value),
            title=self.title.input.text().strip(),
            session=self.session.input.currentData(),
            cycle=self.cycle.input.currentData(),
            filmed_on=self.on.input.day,
            persons=self.persons.chosen,
            someone_else=self.someone.isChecked(),
        )
        self.accept()
        self.chosen.emit(self._path, words)

    def _fill_choices(self) -> None:
        self.session.input.addItem(self.tr("none"), None)
        for session in reversed(self._page.sessions):
            words = self.tr("{0}, {1}").format(short_day(session.on), session_words(session.kind)[0])
            self.session.input.addItem(words, session.id)
        self.session.input.setCurrentIndex(1 if self._page.sessions else 0)
        self.cycle.input.addItem(self.tr("none"), None)
        for cycle in self._page.cycles:
            self.cycle.input.addItem(self.tr("Cycle {0}").format(cycle.number), cycle.id)
        self.cycle.input.setCurrentIndex(len(self._page.cycles))
