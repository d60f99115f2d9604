"""What each person said to each thing, as one cell of a table: by the same rule as every act that asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from vigtool.casework.consent import standing
from vigtool.casework.consent_answers import Answer, Consent, Scope, signers
from vigtool.casework.family import Person
from vigtool.casework.lead_decision import LeadDecision, answers_for, deciding, disagree
from vigtool.ids import Id
from vigtool.ui.families.words import answer_state, scope_question
from vigtool.ui.parts.chip import State, state_word
from vigtool.ui.parts.days import full_day, short_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How one person stands to one scope.

    Attributes:
        word: how it stands, in one word.
        beside: what belongs to it, such as the day on which it expired; may be empty.
        counting: the answer that counts of each who may answer for the person and has.
        history: every answer ever given, the newest first.
        decision: the lead's decision on which it rests.
        disagree: whether those who answer for a child differ.
    """

    person: Person
    scope: Scope
    state: State
    word: str
    beside: str = ""
    counting: tuple[Consent, ...] = ()
    history: tuple[Consent, ...] = ()
    decision: LeadDecision | None = None
    disagree: bool = False

    @property
    def words(self) -> str:
        """The whole of it."""
        return f"{self.word}, {self.beside}" if self.beside else self.word

    @property
    def said(self) -> str:
        """The whole cell as a screen reader says it."""
        return f"{self.person.name}, {scope_question(self.scope)}: {self.words}"


def cells(
    persons: Iterable[Person],
    everyone: Mapping[Id, Person],
    consents: Iterable[Consent],
    decisions: Iterable[LeadDecision],
    on: date,
) -> list[Cell]:
    """Every cell of the table on the day `on`."""
    given, decided = tuple(consents), tuple(decisions)
    return [_cell(person, scope, everyone, given, decided, on) for person in persons for scope in Scope]


def _cell(
    person: Person,
    scope: Scope,
    everyone: Mapping[Id, Person],
    consents: tuple[Consent, ...],
    decisions: tuple[LeadDecision, ...],
    on: date,
) -> Cell:
    counting = answers_for(person.id, scope, everyone, consents, on)
    lead = deciding(person.id, scope, counting, decisions, on) if person.is_child else None
    differ = disagree(counting, on)
    ended = [answer.review for answer in counting if answer.expired(on) and answer.review is not None]
    answer = standing(person.id, scope, everyone=everyone, consents=consents, on=on, decisions=decisions)
    state = answer_state(answer)
    beside = ""
    say = QCoreApplication.translate
    if lead is not None:
        beside = say("ConsentCells", "decided {0}").format(short_day(lead.on))
    elif differ and answer is not Answer.WITHDRAWN:
        state = State.DISAGREE
    elif answer is None and ended:
        state = State.EXPIRED
        beside = full_day(max(ended))
    may = signers(person.id, everyone)
    history = [one for one in consents if person.id in one.for_persons and one.scope is scope and one.signed_by in may]
    return Cell(
        person=person,
        scope=scope,
        state=state,
        word=say("ConsentCells", "not asked") if state is State.UNASKED else state_word(state),
        beside=beside,
        counting=counting,
        history=tuple(sorted(history, key=lambda one: (one.on, one.entered, one.id), reverse=True)),
        decision=lead,
        disagree=differ,
    )
