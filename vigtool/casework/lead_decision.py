"""A lead's reasoned decision where those who answer for a child disagree. It never answers for a grown-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from vigtool.casework.consent_answers import Answer, Consent, Scope, latest, signers
from vigtool.casework.family import Person
from vigtool.errors import InvalidRecord
from vigtool.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadDecision:
    """What a lead decided for one child and one scope. It is appended and never changed; a later one takes its place.

    Attributes:
        answer: yes (it may be done all the same), no (it stays a no), or withdrawn (the decision before it ended).
        reason: why, in the lead's words.
        by: the user who decided.
        entered: a number that orders decisions: higher is later.
        rests_on: the answers that counted when it was made, one of each holder who had answered. Once another answer
            counts, the decision no longer stands.
    """

    id: Id
    family: Id
    child: Id
    scope: Scope
    answer: Answer
    reason: str = field(repr=False)
    on: date
    by: Id
    entered: int = 0
    rests_on: tuple[Id, ...] = ()


def answers_for(
    child: Id, scope: Scope, everyone: Mapping[Id, Person], consents: Iterable[Consent], on: date
) -> tuple[Consent, ...]:
    """The answer that counts of each who answers for a person and has answered."""
    given = tuple(consents)
    found = (latest(signer, child, scope, given, on) for signer in signers(child, everyone))
    return tuple(answer for answer in found if answer is not None)


def disagree(answers: Iterable[Consent], on: date) -> bool:
    """Whether of those who answered at least one agrees and at least one does not."""
    given = tuple(answers)
    return any(a.answer is Answer.YES and not a.expired(on) for a in given) and any(
        a.answer is not Answer.YES for a in given
    )


def check_decision(
    decision: LeadDecision, everyone: Mapping[Id, Person], consents: Iterable[Consent], before: Iterable[LeadDecision]
) -> None:
    """Refuse a decision that is not a lead's to make.

    Raises:
        InvalidRecord: it is about a grown-up, nobody disagrees, it says no reason, or there is none to withdraw.
    """
    child = everyone.get(decision.child)
    if child is None or not child.is_child:
        raise InvalidRecord(
            "grown-ups answer for themselves, and nobody decides otherwise for them", "ask this person themselves"
        )
    if not decision.reason.strip():
        raise InvalidRecord("the reason for the decision is still empty", "say why, so that others can follow it")
    if decision.answer is Answer.WITHDRAWN:
        last = _last(decision.child, decision.scope, before)
        if last is None or last.answer is Answer.WITHDRAWN:
            raise InvalidRecord("there is no decision to withdraw", "look at what was decided for this child")
        return
    if not disagree(answers_for(decision.child, decision.scope, everyone, consents, decision.on), decision.on):
        raise InvalidRecord(
            "those who answer for this child do not disagree about this",
            "a lead decides only where one of them agrees and another does not",
        )


def deciding(
    child: Id, scope: Scope, answers: Iterable[Consent], decisions: Iterable[LeadDecision], on: date
) -> LeadDecision | None:
    """The lead's yes that stands over a disagreement on the day `on`.

    None where there is none, or it rests on answers that no longer count.

    Args:
        child: for whom.
        scope: about what.
        answers: the answer that counts of each holder.
        decisions: of the family, in any order.
        on: the day.
    """
    given = tuple(answers)
    made = (one for one in decisions if one.on <= on or one.answer is not Answer.YES)  # as with what people answer
    last = _last(child, scope, made)
    if last is None or last.answer is not Answer.YES or not disagree(given, on):
        return None
    return last if set(last.rests_on) == {answer.id for answer in given} else None


def _last(child: Id, scope: Scope, decisions: Iterable[LeadDecision]) -> LeadDecision | None:
    mine = [decision for decision in decisions if decision.child == child and decision.scope is scope]
    back = max((one.entered for one in mine if one.answer is Answer.WITHDRAWN), default=0)
    mine = [one for one in mine if one.entered >= back]  # what was withdrawn ended all that was entered before
    return max(mine, key=lambda one: (one.on, one.entered, one.answer is not Answer.YES, one.id), default=None)
