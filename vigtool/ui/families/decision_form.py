"""Writing down what a lead decided where those who answer for a child disagree; and what was noted of capacity."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from vigtool.casework.consent_answers import Answer
from vigtool.casework.family import Person
from vigtool.ui.families.asking import Form
from vigtool.ui.families.consent_cells import Cell
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import scope_question
from vigtool.ui.measures import Type
from vigtool.ui.parts.field import Choice, Day, Field, Paper
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import row
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.room import Bench


def _say(text: str) -> str:
    return QCoreApplication.translate("DecisionForm", text)


class DecisionForm(Form):
    """A reasoned decision over exactly the answers that stand; another answer ends it."""

    def __init__(self, bench: Bench, page: FamilyPage, cell: Cell, parent: QWidget | None = None) -> None:
        super().__init__(
            bench,
            _say("A decision for {0}").format(isolated(cell.person.name)),
            sentence=scope_question(cell.scope),
            go=_say("Write down"),
            parent=parent,
        )
        self._page, self._cell = page, cell
        said = self.tr(
            "Those who answer for this child disagree, and so it is a no. Whoever decides otherwise says why. "
            "The decision ends as soon as one of them answers anew."
        )
        self.body.addWidget(Words(said, size=Type.DENSE, wrap=True))
        self.answer = Segments(
            [(Answer.NO, self.tr("It stays a no")), (Answer.YES, self.tr("It may be done"))],
            words=self.tr("What is decided"),
        )
        self.reason = Field(self.tr("Why, so that others can follow it"), Paper(lines=4))
        self.on = Field(self.tr("On"), Day())
        line = row(gap=12)
        self.on.setMinimumWidth(150)
        line.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        line.addWidget(self.on)
        self.body.addLayout(line)
        self.body.addWidget(self.reason)

    def try_to_accept(self) -> None:
        """Write the decision down."""
        reason = self.reason.input.toPlainText().strip()
        self.reason.set_error("" if reason else self.tr("Say why: a decision without a reason is none."))
        if not reason:
            self.reason.input.setFocus()
            return
        desk, family, cell, on = self.bench.desk, self._page.family.id, self._cell, self.on.input.day
        answer = Answer(self.answer.value)
        self.write(lambda: desk.decide_as_lead(family, cell.person.id, cell.scope, answer=answer, reason=reason, on=on))


class CapacityForm(Form):
    """A dated note. It warns whoever is about to act; it gives and takes no consent."""

    def __init__(self, bench: Bench, page: FamilyPage, parent: QWidget | None = None) -> None:
        super().__init__(
            bench,
            _say("Capacity to decide"),
            sentence=_say("About one decision at one time. It may change, so each note has its day."),
            go=_say("Write down"),
            parent=parent,
        )
        adults: list[Person] = [person for person in page.persons if not person.is_child]
        self.person = Field(self.tr("Whose"), Choice())
        for person in adults:
            self.person.input.addItem(person.name, person.id)
        self.on = Field(self.tr("On"), Day())
        self.has = Segments(
            [
                (None, self.tr("Not sure")),
                (True, self.tr("Can decide this now")),
                (False, self.tr("Cannot decide this now")),
            ],
            words=self.tr("Whether the person can decide this now"),
        )
        self.words = Field(
            self.tr("What was seen or said"),
            Paper(lines=4),
            hint=self.tr("And what should be done about it: wait, ask again, who helps with deciding."),
        )
        head = row(gap=12)
        head.addWidget(self.person, 2)
        head.addWidget(self.on, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.has)
        self.body.addWidget(self.words)

    def try_to_accept(self) -> None:
        """Write the note down."""
        words = self.words.input.toPlainText().strip()
        self.words.set_error("" if words else self.tr("Say what was seen or said."))
        if not words:
            self.words.input.setFocus()
            return
        desk, person, on = self.bench.desk, self.person.input.currentData(), self.on.input.day
        has = self.has.value
        known = has if isinstance(has, bool) else None
        self.write(lambda: desk.note_capacity(person, on=on, words=words, has=known))
