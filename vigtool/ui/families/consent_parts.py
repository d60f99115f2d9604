"""Two parts of a signature: who may be given a copy, and until when a yes counts."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from vigtool.casework.family import Person
from vigtool.ids import Id
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.measures import Type
from vigtool.ui.parts.field import Day
from vigtool.ui.parts.flow import Flow
from vigtool.ui.parts.surface import column, row
from vigtool.ui.parts.toggles import Check
from vigtool.ui.parts.words import Words, isolated


class Recipients(QWidget):
    """Who may be given a copy: whoever signs it is ticked to begin with, everybody else is another consent."""

    def __init__(self, page: FamilyPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = column(self, gap=4)
        said = self.tr("A copy may be given to (the other parent, too, only where it is signed here)")
        body.addWidget(Words(said, size=Type.LEAST, tone="quiet", wrap=True))
        people = Flow(gap=16)
        self.checks: dict[Id, Check] = {}
        for person in page.persons:
            if not person.is_child:
                check = Check(isolated(person.name), words=self.tr("A copy for {0}").format(person.name))
                self.checks[person.id] = check
                people.addWidget(check)
        body.addLayout(people)

    @property
    def chosen(self) -> tuple[Id, ...]:
        """Who is ticked."""
        return tuple(person for person, check in self.checks.items() if check.isChecked())

    def offer(self, signer: Person | None) -> None:
        """Tick whoever signs, and nobody else."""
        for person, check in self.checks.items():
            check.setChecked(signer is not None and person == signer.id)


class Until(QWidget):
    """The last day on which a yes counts, where it has one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = column(self, gap=4)
        body.addWidget(Words(self.tr("A yes counts"), size=Type.LEAST, tone="quiet"))
        line = row(gap=12)
        self.known = Check(self.tr("only until"), words=self.tr("A yes counts only until a day"))
        self.input = Day(_half_a_year_on(date.today()))
        self.input.setAccessibleName(self.tr("The last day on which a yes counts"))
        self.input.setEnabled(False)
        self.known.toggled.connect(self.input.setEnabled)
        line.addWidget(self.known)
        line.addWidget(self.input, 1)
        body.addLayout(line)

    @property
    def day(self) -> date | None:
        """The day; none where a yes counts until it is taken back."""
        return self.input.day if self.known.isChecked() else None


def _half_a_year_on(day: date) -> date:
    month = day.month + 6
    return date(day.year + (month > 12), (month - 1) % 12 + 1, min(day.day, 28))
