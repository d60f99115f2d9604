"""What stands behind one cell of the consent table: how it stands, why, and every answer that was ever given."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vigtool.casework.consent_answers import Answer, Consent, Scope, signers
from vigtool.casework.family import Person
from vigtool.casework.lead_decision import LeadDecision
from vigtool.ids import Id
from vigtool.ui import measures
from vigtool.ui.families.consent_cells import Cell
from vigtool.ui.families.words import answer_state, scope_question
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.chip import Chip, State, state_word
from vigtool.ui.parts.days import full_day
from vigtool.ui.parts.surface import Panel, Rule, column, empty, row
from vigtool.ui.parts.words import Words, isolated


class HistoryPanel(Panel):
    """The panel.

    Signals:
        decision_wanted (Cell): a lead's decision shall be written down.
    """

    decision_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(kind="sunken", padding=16, gap=8, parent=parent)
        self._lines = column(gap=8)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        self._cell: Cell | None = None
        self.decide: Button | None = None

    def show_cell(
        self, cell: Cell, everyone: dict[Id, Person], decisions: tuple[LeadDecision, ...], *, may_decide: bool
    ) -> None:
        """Show what stands behind a cell."""
        self._cell, self.decide = cell, None
        empty(self._lines)
        add = self._lines.addWidget
        add(Words(isolated(cell.person.name), size=Type.BODY, weight=measures.SEMIBOLD, wrap=True))
        add(Words(scope_question(cell.scope), size=Type.LEAST, tone="quiet", wrap=True))
        add(Chip(cell.words, cell.state, said=cell.said), 0, Qt.AlignmentFlag.AlignLeading)
        for words in self._why(cell, everyone):
            add(Words(words, size=Type.DENSE, wrap=True))
        self._add_decision(cell, decisions, may_decide=may_decide)
        if cell.history:
            add(Rule())
        for place, answer in enumerate(cell.history):
            if place:
                self._lines.addSpacing(4)
            self._lines.addLayout(self._answer(answer, cell, everyone))

    def _why(self, cell: Cell, everyone: dict[Id, Person]) -> list[str]:
        may = signers(cell.person.id, everyone)
        if not may:
            return [self.tr("Nobody is written down who holds parental responsibility. Until then nobody can answer.")]
        said = []
        if not cell.history:
            said.append(self.tr("Nobody was asked yet. What was not asked counts as no."))
        if cell.state is State.DISAGREE:
            said.append(self.tr("Those who answer for this child do not agree with each other. That counts as no."))
        if cell.state is State.EXPIRED:
            said.append(self.tr("The day for asking again has gone by. Until it is signed anew it counts as no."))
        return said

    def _add_decision(self, cell: Cell, decisions: tuple[LeadDecision, ...], *, may_decide: bool) -> None:
        mine = [one for one in decisions if one.child == cell.person.id and one.scope is cell.scope]
        for decision in sorted(mine, key=lambda one: (one.on, one.entered), reverse=True):
            box, lines = row(gap=8), column(gap=2)
            stands = cell.decision is not None and cell.decision.id == decision.id
            lines.addWidget(
                Words(_decided(self, decision, stands=stands), size=Type.DENSE, weight=measures.MEDIUM, wrap=True)
            )
            lines.addWidget(Words(isolated(decision.reason), size=Type.LEAST, tone="quiet", wrap=True))
            box.addLayout(lines, 1)
            self._lines.addLayout(box)
        if cell.disagree and may_decide:
            self.decide = Button(self.tr("Write down a decision…"), height=measures.BUTTON_SMALL)
            self.decide.clicked.connect(self._decide)
            self._lines.addWidget(self.decide, 0, Qt.AlignmentFlag.AlignLeading)

    def _decide(self) -> None:
        if self._cell is not None:
            self.decision_wanted.emit(self._cell)

    def _answer(self, answer: Consent, cell: Cell, everyone: dict[Id, Person]) -> QVBoxLayout:
        lines, head = column(gap=2), row(gap=8)
        counts = any(one.id == answer.id for one in cell.counting)
        word = state_word(answer_state(answer.answer))
        title = self.tr("{0}, {1}").format(word, full_day(answer.on))
        head.addWidget(
            Words(title, size=Type.DENSE, weight=measures.MEDIUM if counts else measures.REGULAR, wrap=True), 1
        )
        if not counts:
            head.addWidget(Words(self.tr("taken over since"), size=Type.LEAST, tone="quiet"))
        lines.addLayout(head)
        for words in _facts(self, answer, everyone):
            lines.addWidget(Words(words, size=Type.LEAST, tone="quiet", wrap=True))
        return lines


def _decided(panel: QWidget, decision: LeadDecision, *, stands: bool) -> str:
    day = full_day(decision.on)
    if decision.answer is Answer.WITHDRAWN:
        return panel.tr("The decision was taken back, {0}").format(day)
    said = panel.tr("Decided: yes, {0}") if decision.answer is Answer.YES else panel.tr("Decided: it stays a no, {0}")
    words = said.format(day)
    if decision.answer is Answer.YES and not stands:
        return panel.tr("{0}; it no longer stands, since other answers came").format(words)
    return words


def _facts(panel: QWidget, answer: Consent, everyone: dict[Id, Person]) -> list[str]:
    """Who signed as what, which form, until when, and for a copy who may have one."""

    def name(person: Id) -> str:
        return isolated(everyone[person].name) if person in everyone else panel.tr("somebody")

    said = [panel.tr("signed by {0} as {1}").format(name(answer.signed_by), isolated(answer.signed_as))]
    form = panel.tr("form version {0}").format(isolated(answer.form_version))
    if answer.review is not None:
        again = _again(panel, answer.review, answer)
        form = panel.tr("{0}, {1}").format(form, again)
    said.append(form)
    if answer.scope is Scope.COPY and answer.answer is Answer.YES:
        names = panel.tr(" and ").join(name(one) for one in answer.recipients)
        said.append(panel.tr("a copy for {0} only").format(names) if names else panel.tr("for nobody by name yet"))
    if answer.note:
        said.append(panel.tr("“{0}”").format(isolated(answer.note)))
    return said


def _again(panel: QWidget, review: date, answer: Consent) -> str:
    if answer.answer is not Answer.YES:
        return panel.tr("to be asked again {0}").format(full_day(review))
    return panel.tr("counts until {0}").format(full_day(review))
