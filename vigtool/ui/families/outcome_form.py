"""What became of one copy that was given out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.casework.copy import Copy, CopyOutcome
from vigtool.ui.families.asking import Form
from vigtool.ui.families.copy_words import copy_words, for_whom, outcome_words
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.measures import Type
from vigtool.ui.parts.days import full_day
from vigtool.ui.parts.field import Choice, Day, Field
from vigtool.ui.parts.surface import row
from vigtool.ui.parts.words import ElidedWords, Words, isolated
from vigtool.ui.room import Bench


class OutcomeForm(Form):
    """An entry about one copy; a later one takes its place, and the earlier stays."""

    def __init__(self, bench: Bench, page: FamilyPage, copy: Copy, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("OutcomeForm", "What became of it"),
            sentence=say("OutcomeForm", "{0} for {1}, {2}").format(
                copy_words(copy, page), isolated(for_whom(copy, page)), full_day(copy.made.astimezone().date())
            ),
            go=say("OutcomeForm", "Write down"),
            parent=parent,
        )
        self._copy = copy
        self.outcome, self.on = Field(self.tr("As far as is known"), Choice()), Field(self.tr("On"), Day())
        for outcome in CopyOutcome:
            self.outcome.input.addItem(outcome_words(outcome), outcome)
        line = row(gap=12)
        line.addWidget(self.outcome, 2)
        line.addWidget(self.on, 1)
        self.body.addLayout(line)
        where = self.tr("It was written to") if copy.target else self.tr("It was printed.")
        self.body.addWidget(Words(where, size=Type.LEAST, tone="quiet"))
        if copy.target:
            self.body.addWidget(ElidedWords(copy.target, size=Type.DENSE))

    def try_to_accept(self) -> None:
        """Write it down."""
        desk, copy, outcome, on = self.bench.desk, self._copy.id, self.outcome.input.currentData(), self.on.input.day
        self.write(lambda: desk.settle_copy(copy, outcome, on))
