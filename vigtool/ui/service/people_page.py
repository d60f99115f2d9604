"""The page "People with keys": colleagues and their roles, one's own card, the organisation's key, families in care."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vigtool.casework.member import StaffRole
from vigtool.practice.colleagues import Colleague, OrganisationKey
from vigtool.practice.sharing import FamilyInCare
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.surface import Heading, Panel, Scroll, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.service.card_panel import CardPanel
from vigtool.ui.service.organisation_sheet import NoOrganisationKey, OrganisationSheet
from vigtool.ui.service.paging import Place, ServicePage
from vigtool.ui.service.people_forms import (
    AddColleagueForm,
    CompareForm,
    LeaveForm,
    NameForm,
    ReassignForm,
    RolesForm,
)
from vigtool.ui.service.people_words import card_words_of, care_row, colleague_row, organisation_words
from vigtool.ui.service.rows import RowList

_MAY_ADD = frozenset({StaffRole.LEAD, StaffRole.ADMINISTRATOR})


class PeoplePage(ServicePage):
    """The page."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self._people: Sequence[Colleague] = ()
        self._may_add = False
        self.doing = Place(bench)
        self.people, self.care = RowList(self.tr("People with keys")), RowList(self.tr("Families in care"))
        self.card = CardPanel()
        small = measures.BUTTON_SMALL
        self.add = Button(self.tr("Add a colleague"), icon="plus", height=measures.BUTTON_TOOL)
        self.compare = Button(self.tr("Compare the card"), height=small)
        self.own_name = Button(self.tr("Your name"), height=small)
        self.roles = Button(self.tr("Roles"), height=small)
        self.leaves = Button(self.tr("They leave"), Kind.QUIET, height=small)
        self.reassign = Button(self.tr("Give it to a colleague"), height=small)
        self.make_key = Button("", height=small)
        self.refuse_key = Button(self.tr("Hold none"), Kind.QUIET, height=small)
        self._known = Words("", size=Type.DENSE, tone="quiet", wrap=True)
        self._decided = Words("", size=Type.DENSE, wrap=True)
        self._lay_out()
        self._connect()

    def read(self) -> None:
        """Read who there is, and what is kept for others."""
        desk = self.bench.desk
        self.bench.jobs.call(
            lambda: (
                desk.colleagues(), desk.own_roles(), desk.own_card(), desk.families_in_care(), desk.organisation_key(),
            ),
            owner=self,
            done=lambda found: self._show(*found),
            failed=self.doing.show_error,
        )  # fmt: skip

    def _lay_out(self) -> None:
        paper = Scroll(gap=measures.GAP, margins=(16, 16, 16, 16))
        column(self).addWidget(paper)
        body = paper.body
        head = row(gap=12)
        head.addWidget(Words(self.tr("People with keys"), size=Type.LARGE, weight=measures.SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self.add)
        body.addLayout(head)
        body.addWidget(self.doing)
        pair = row(gap=measures.GAP)
        people = Panel(padding=16, gap=8)
        self._acts = QWidget()
        acts = row(self._acts, gap=8, margins=(10, 0, 0, 0))
        for button in (self.compare, self.own_name, self.roles, self.leaves):
            acts.addWidget(button)
        acts.addStretch(1)
        for widget in (Heading(self.tr("Who uses this vault")), self.people, self._known, self._acts):
            people.body.addWidget(widget)
        people.body.addStretch(1)
        pair.addWidget(people, 3)
        pair.addWidget(self.card, 2)
        body.addLayout(pair)
        self._care_panel = Panel(padding=16, gap=8)
        self._care_acts = QWidget()
        care_acts = row(self._care_acts, gap=8, margins=(10, 4, 0, 0))
        care_acts.addWidget(self.reassign)
        care_acts.addStretch(1)
        beside = self.tr("you keep a key of them, and open nothing else of them")
        for widget in (Heading(self.tr("Families in care"), beside), self.care, self._care_acts):
            self._care_panel.body.addWidget(widget)
        body.addWidget(self._care_panel)
        body.addWidget(self._make_organisation())
        body.addStretch(1)

    def _make_organisation(self) -> Panel:
        self._organisation = Panel(padding=16, gap=8)
        self._organisation.body.addWidget(Heading(self.tr("The organisation's key")))
        line = row(gap=12)
        line.addWidget(self._decided, 1)
        line.addWidget(self.refuse_key, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.make_key, 0, Qt.AlignmentFlag.AlignTop)
        self._organisation.body.addLayout(line)
        return self._organisation

    def _connect(self) -> None:
        self.people.chosen.connect(self._chosen)
        self.care.chosen.connect(lambda one: self._care_acts.setVisible(one is not None))
        self.add.clicked.connect(self.add_colleague)
        self.compare.clicked.connect(lambda: CompareForm(self.bench, self.people.value, self).open())
        self.own_name.clicked.connect(lambda: NameForm(self.bench, self.people.value.name, self).open())
        self.roles.clicked.connect(lambda: RolesForm(self.bench, self.people.value, self).open())
        self.leaves.clicked.connect(lambda: LeaveForm(self.bench, self.people.value, self).open())
        self.reassign.clicked.connect(lambda: ReassignForm(self.bench, self.care.value, self._people, self).open())
        self.make_key.clicked.connect(lambda: OrganisationSheet(self.bench, self).open())
        self.refuse_key.clicked.connect(lambda: NoOrganisationKey(self.bench, self).open())
        self._chosen(None)
        self._care_acts.hide()

    def add_colleague(self) -> None:
        """Ask for a colleague who sits here now."""
        AddColleagueForm(self.bench, self).open()

    def _show(
        self,
        people: Sequence[Colleague],
        roles: frozenset[StaffRole],
        card: tuple[tuple[str, ...], str],
        care: Sequence[FamilyInCare],
        organisation: OrganisationKey,
    ) -> None:
        self._people, self._may_add = people, not roles.isdisjoint(_MAY_ADD)
        self.add.setVisible(self._may_add)
        self.people.set_rows([colleague_row(colleague) for colleague in people])
        self.card.show_card(*card)
        self.care.set_rows([care_row(one) for one in care])
        self._care_panel.setVisible(bool(care))
        tone, said, button = organisation_words(organisation)
        self._decided.set_tone(tone)
        self._decided.setText(said)
        self.make_key.set_words(button)
        self.make_key.setVisible(self._may_add)
        self.refuse_key.setVisible(self._may_add and organisation is not OrganisationKey.REFUSED)

    def _chosen(self, colleague: Colleague | None) -> None:
        here = colleague is not None and colleague.left is None
        other = colleague is not None and here and not colleague.is_self and not colleague.is_organisation
        known = colleague is not None and colleague.checked is not None and colleague.checked.face_to_face
        self._known.setText(
            card_words_of(colleague) if colleague is not None and here and not colleague.is_self else ""
        )
        self._known.setVisible(bool(self._known.text()))
        self.compare.setVisible(other and (not known or (colleague is not None and colleague.card_changed)))
        self.own_name.setVisible(colleague is not None and here and colleague.is_self)
        self.roles.setVisible(self._may_add and here and colleague is not None and not colleague.is_organisation)
        self.leaves.setVisible(self._may_add and other)
        buttons = (self.compare, self.own_name, self.roles, self.leaves)
        self._acts.setVisible(any(not button.isHidden() for button in buttons))
