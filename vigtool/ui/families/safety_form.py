"""Writing down who may not receive a copy or be told, how the family may be reached, and whether home is safe."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.casework.family import Family
from vigtool.ids import Id
from vigtool.ui.families.asking import TallForm
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.measures import Type
from vigtool.ui.parts.field import Field, Line, Paper
from vigtool.ui.parts.flow import Flow
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import column
from vigtool.ui.parts.toggles import Check
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.room import Bench


class SafetyForm(TallForm):
    """Safety at home. It stands on the family's page, and at every handover."""

    def __init__(self, bench: Bench, page: FamilyPage, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("SafetyForm", "Safety at home"),
            sentence=say("SafetyForm", "It stands on the family’s page, and at every handover. Ask alone and in calm."),
            go=say("SafetyForm", "Keep"),
            width=600,
            parent=parent,
        )
        self._page = page
        known = page.safety
        whom = column(gap=4)
        whom.addWidget(Words(self.tr("May not receive anything"), size=Type.LEAST, tone="quiet"))
        people = Flow(gap=16)
        self.not_to: dict[Id, Check] = {}
        for person in page.persons:
            if not person.is_child:
                said = self.tr("{0} may not receive anything").format(person.name)
                barred = known is not None and person.id in known.not_to
                self.not_to[person.id] = Check(isolated(person.name), words=said, checked=barred)
                people.addWidget(self.not_to[person.id])
        whom.addLayout(people)
        self.inner.addLayout(whom)
        self.others = Field(self.tr("Anybody else who may not"), Line("" if known is None else known.not_to_words))
        self.told = Field(
            self.tr("Who may not be told, and of what"), Paper("" if known is None else known.not_to_be_told, lines=2)
        )
        contact = page.family.safe_contact if known is None else known.contact or page.family.safe_contact
        self.contact = Field(
            self.tr("How and when they may be reached, and how not"),
            Paper(contact, lines=3),
            hint=self.tr("For instance: by day only, no letters, no messages left."),
        )
        self.home = Segments(
            [(None, self.tr("Not talked about")), (True, self.tr("Safe")), (False, self.tr("Not safe"))],
            words=self.tr("A copy at home"),
        )
        self.home.set_value(None if known is None else known.copies_safe)
        for field in (self.others, self.told, self.contact):
            self.inner.addWidget(field)
        home = column(gap=4)
        home.addWidget(Words(self.tr("A copy of a film at home"), size=Type.LEAST, tone="quiet"))
        home.addWidget(self.home)
        self.inner.addLayout(home)

    def try_to_accept(self) -> None:
        """Keep what was written."""
        desk, family = self.bench.desk, self._page.family
        not_to = tuple(person for person, check in self.not_to.items() if check.isChecked())
        others, told = self.others.input.text().strip(), self.told.input.toPlainText().strip()
        contact, home = self.contact.input.toPlainText().strip(), self.home.value
        safe = home if isinstance(home, bool) else None

        def keep() -> None:
            desk.set_safety(
                family.id, not_to=not_to, not_to_words=others, not_to_be_told=told, contact=contact, copies_safe=safe
            )
            _move_contact(family)

        def _move_contact(before: Family) -> None:
            # What earlier versions kept with the family now stands here, once.
            if before.safe_contact:
                desk.change_family(before, replace(before, safe_contact=""))

        self.write(keep)
