"""Forms about a family and its people: a new family, another person."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.casework.family import Family, Role
from vigtool.practice.families import PersonWords
from vigtool.ui.families.asking import Form, TallForm
from vigtool.ui.families.words import role_words
from vigtool.ui.parts.field import Choice, Day, Field, Line, Paper
from vigtool.ui.parts.surface import row
from vigtool.ui.parts.toggles import Check
from vigtool.ui.room import Bench
from vigtool.ui.unsaved import ABOUT_ANOTHER


def _say(text: str) -> str:
    return QCoreApplication.translate("FamilyForms", text)


class Birth(QWidget):
    """A birth date that may be unknown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.known = Check(self.tr("Birth or due date"))
        self.day = Day()
        self.day.setAccessibleName(self.tr("Birth or due date"))
        self.day.setEnabled(False)
        self.known.toggled.connect(self.day.setEnabled)
        line = row(self, gap=12)
        line.addWidget(self.known)
        line.addWidget(self.day, 1)

    @property
    def value(self) -> date | None:
        """The date; none where it is not known."""
        return self.day.day if self.known.isChecked() else None


class NewFamilyForm(TallForm):
    """A new family, with its baby and up to two parents; more people can be added afterwards."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        sentence = _say("It is known by its code outside the vault; names stay sealed in it.")
        super().__init__(bench, _say("New family"), sentence=sentence, go=_say("Begin"), width=520, parent=parent)
        self.setProperty(ABOUT_ANOTHER, True)
        self.name = Field(self.tr("What you call them"), Line(placeholder=self.tr("for instance Nadia and Mina")))
        self.baby = Field(self.tr("Baby"), Line())
        self.birth = Birth()
        self.parents = [Field(self.tr("Parent"), Line()), Field(self.tr("Another parent"), Line())]
        self.place = Field(self.tr("Where you meet"), Line())
        self.safe = Field(
            self.tr("Safe contact"),
            Paper(lines=2),
            hint=self.tr("How and when they may be reached, and who may not be told or given anything."),
        )
        both = row(gap=12)
        for field in self.parents:
            both.addWidget(field)
        self.inner.addWidget(self.name)
        self.inner.addWidget(self.baby)
        self.inner.addWidget(self.birth)
        self.inner.addLayout(both)
        self.inner.addWidget(self.place)
        self.inner.addWidget(self.safe)

    def try_to_accept(self) -> None:
        """Begin the family."""
        people = [
            PersonWords(name=field.input.text().strip(), role=Role.PARENT)
            for field in self.parents
            if field.input.text().strip()
        ]
        baby = self.baby.input.text().strip()
        if baby:
            people.insert(0, PersonWords(name=baby, role=Role.BABY, born=self.birth.value))
        name = self.name.input.text().strip() or " & ".join(person.name for person in people)
        self.name.set_error("" if name else self.tr("Give them a name, or name somebody below."))
        if not name:
            self.name.input.setFocus()
            return
        desk, place, safe = self.bench.desk, self.place.input.text().strip(), self.safe.input.toPlainText().strip()
        self.write(lambda: desk.add_family(name=name, people=people, place=place, safe_contact=safe))


class PersonForm(Form):
    """Another person of the family, or one who is seen or heard in its films."""

    def __init__(self, bench: Bench, family: Family, parent: QWidget | None = None) -> None:
        super().__init__(bench, _say("Another person"), go=_say("Add"), parent=parent)
        self._family = family
        self.name = Field(self.tr("Name"), Line())
        self.role = Field(self.tr("To the work they are"), Choice())
        for role in Role:
            self.role.input.addItem(role_words(role), role)
        self.relation = Field(self.tr("In the family’s own words"), Line(placeholder=self.tr("mother, grandmother")))
        self.birth = Birth()
        self.role.input.currentIndexChanged.connect(self._show_birth)
        for field in (self.name, self.role, self.relation, self.birth):
            self.body.addWidget(field)
        self._show_birth()

    def try_to_accept(self) -> None:
        """Add the person."""
        name = self.name.input.text().strip()
        self.name.set_error("" if name else self.tr("Write a name."))
        if not name:
            self.name.input.setFocus()
            return
        role: Role = self.role.input.currentData()
        born = self.birth.value if role is Role.BABY else None
        words = PersonWords(name=name, role=role, relation=self.relation.input.text().strip(), born=born)
        desk, family = self.bench.desk, self._family.id
        self.write(lambda: desk.add_person(family, words))

    def _show_birth(self) -> None:
        self.birth.setVisible(self.role.input.currentData() is Role.BABY)
        self.adjustSize()
