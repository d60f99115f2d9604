"""Somebody takes consent back: who, for whom, what. No reason is asked, and it takes effect as it is written down."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from vigtool.casework.consent_answers import Answer, Scope, latest
from vigtool.casework.family import Person
from vigtool.ids import Id
from vigtool.ui import measures
from vigtool.ui.families.asking import TallForm
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.withdrawal_words import effect_words
from vigtool.ui.families.words import scope_question
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.field import Choice, Day, Field
from vigtool.ui.parts.surface import Panel, column, empty, row
from vigtool.ui.parts.toggles import Check
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.room import Bench


class WithdrawalForm(TallForm):
    """Who takes back what. `written` carries what came of it: a `practice.withdrawal.Withdrawn`."""

    def __init__(self, bench: Bench, page: FamilyPage, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("WithdrawalForm", "Consent is withdrawn"),
            sentence=say(
                "WithdrawalForm", "Nobody has to give a reason. It takes effect as soon as it is written down."
            ),
            go=say("WithdrawalForm", "Write down"),
            width=640,
            parent=parent,
        )
        self._page = page
        self.signer, self.on = Field(self.tr("Who withdraws"), Choice()), Field(self.tr("On"), Day())
        for person in page.persons:
            if any(one.signed_by == person.id for one in page.consents):
                self.signer.input.addItem(person.name, person.id)
        head = row(gap=12)
        head.addWidget(self.signer, 2)
        head.addWidget(self.on, 1)
        self.inner.addLayout(head)
        self._whom, self._what, self._effects = column(gap=0), column(gap=2), column(gap=6)
        self.whom: dict[Id, Check] = {}
        self.scopes: dict[Scope, Check] = {}
        self.inner.addLayout(self._whom)
        self.inner.addLayout(self._what)
        self.effects = Panel(kind="caution", padding=12)
        self.effects.body.addLayout(self._effects)
        self.inner.addWidget(self.effects)
        self.nothing = Words("", size=Type.LEAST, tone="error", wrap=True)
        self.nothing.hide()
        self.inner.addWidget(self.nothing)
        self.signer.input.currentIndexChanged.connect(self._show_whom)
        self._show_whom()

    def try_to_accept(self) -> None:
        """Write it down."""
        signer = self._signer
        whom = tuple(person for person, check in self.whom.items() if check.isChecked())
        scopes = self._chosen()
        missing = ""
        if not whom:
            missing = self.tr("Say for whom it is withdrawn.")
        elif not scopes:
            missing = self.tr("Say what is withdrawn: at least one thing.")
        self.nothing.setText(missing)
        self.nothing.setVisible(bool(missing))
        if missing or signer is None:
            self._scroll.ensureWidgetVisible(self.nothing)
            return
        desk, family, on = self.bench.desk, self._page.family.id, self.on.input.day
        self.write(
            lambda: desk.withdraw(
                family=family,
                signed_by=signer.id,
                signed_as=signer.relation,
                for_persons=whom,
                scopes=scopes,
                on=on,
            )
        )

    def _chosen(self) -> tuple[Scope, ...]:
        return tuple(scope for scope, check in self.scopes.items() if check.isChecked())

    @property
    def _signer(self) -> Person | None:
        return self._page.everyone.get(self.signer.input.currentData())

    def _show_whom(self) -> None:
        empty(self._whom)
        self.whom.clear()
        signer = self._signer
        if signer is not None:
            self._whom.addWidget(Words(self.tr("For"), size=Type.LEAST, tone="quiet"))
            line = row(gap=20)
            for person in (signer.id, *signer.responsible_for):
                if person not in self._page.everyone:
                    continue
                name = self._page.name_of(person)
                words = self.tr("themselves") if person == signer.id else isolated(name)
                check = Check(words, words=name, checked=True)
                check.toggled.connect(self._show_what)
                self.whom[person] = check
                line.addWidget(check)
            line.addStretch(1)
            self._whom.addLayout(line)
        self._show_what()

    def _show_what(self) -> None:
        """Offer what they have agreed to; what was never agreed to cannot be taken back."""
        empty(self._what)
        before = self._chosen()
        self.scopes.clear()
        head = row(gap=8)
        head.addWidget(Words(self.tr("What is withdrawn"), size=Type.LEAST, tone="quiet"), 1)
        self.all_ = Button(self.tr("All of it"), height=measures.BUTTON_SMALL)
        self.all_.clicked.connect(self._tick_all)
        head.addWidget(self.all_)
        self._what.addLayout(head)
        for scope in self._agreed():
            check = Check(scope_question(scope), checked=scope in before)
            check.toggled.connect(self._show_effects)
            self.scopes[scope] = check
            self._what.addWidget(check)
        self.all_.setVisible(bool(self.scopes))
        if not self.scopes:
            nothing = self.tr("There is nothing that they have agreed to and not withdrawn yet.")
            self._what.addWidget(Words(nothing, size=Type.DENSE, wrap=True))
        self._show_effects()

    def _agreed(self) -> list[Scope]:
        signer = self._signer
        whom = [person for person, check in self.whom.items() if check.isChecked()]
        if signer is None:
            return []
        found = []
        for scope in Scope:
            answers = [latest(signer.id, person, scope, self._page.consents, date.max) for person in whom]
            if any(answer is not None and answer.answer is Answer.YES for answer in answers):
                found.append(scope)
        return found

    def _tick_all(self) -> None:
        for check in self.scopes.values():
            check.setChecked(True)

    def _show_effects(self) -> None:
        empty(self._effects)
        for scope in self._chosen():
            line = row(gap=8)
            line.addWidget(Sign("minus", "caution", size=16), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(effect_words(scope), size=Type.DENSE, tone="caution", wrap=True), 1)
            self._effects.addLayout(line)
        self.effects.setVisible(bool(self._chosen()))
        self.refit()
