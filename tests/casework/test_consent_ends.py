"""What ends a consent, who decides over a disagreement, and what only warns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from consent_case import EVERYONE, FAMILY, NAMES, SHOWING, TODAY, ask, said, whys
from vigtool.casework.capacity import CapacityNote
from vigtool.casework.consent import Act, Answer, Consent, Scope, Why, latest, standing
from vigtool.casework.consent_words import capacity_sentence, sentence
from vigtool.casework.lead_decision import LeadDecision, check_decision, deciding
from vigtool.errors import InvalidRecord


@pytest.mark.parametrize("act", SHOWING)
@pytest.mark.parametrize("answer", [None, Answer.NO, Answer.WITHDRAWN])
def test_a_film_brought_in_before_its_consent_is_neither_shown_nor_shared_nor_copied(
    act: Act, answer: Answer | None
) -> None:
    agreed = said("vera", Answer.YES, about=("vera",), scope=act.scope, recipients=("vera",))
    filming = [said("vera", answer, about=("vera",), scope=Scope.FILM)] if answer else []
    decision = ask(act, "vera", consents=[agreed, *filming], filmed=False)
    assert not decision.allowed
    assert {reason.scope for reason in decision.reasons} == {Scope.FILM}
    watched = said("vera", Answer.YES, about=("vera",), scope=Scope.THERAPY)
    assert ask(Act.WATCH, "vera", consents=[watched, *filming], filmed=False).allowed


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.BRING_IN])
def test_a_yes_counts_up_to_its_day_for_asking_again(act: Act) -> None:
    yes = said("nadia", Answer.YES, about=("nadia", "mina"), scope=act.scope, recipients=("nadia",), review=TODAY)
    assert ask(act, "nadia", "mina", consents=[yes]).allowed
    after = ask(act, "nadia", "mina", consents=[yes], on=TODAY + timedelta(days=1))
    assert whys(after) == [Why.EXPIRED, Why.EXPIRED]
    assert not after.allowed
    assert after.nobody_refused
    assert standing("mina", act.scope, everyone=EVERYONE, consents=[yes], on=TODAY + timedelta(days=1)) is None
    assert [sentence(reason, NAMES.__getitem__).endswith(TODAY.isoformat()) for reason in after.reasons] == [True] * 2


def test_a_refusal_never_expires_and_another_yes_may_still_carry_a_child() -> None:
    ended = said("nadia", Answer.YES, review=TODAY - timedelta(days=1))
    assert ask(Act.SHOW_SUPERVISOR, "mina", consents=[ended, said("tomas", Answer.YES)]).allowed
    refused = said("tomas", Answer.NO, review=TODAY - timedelta(days=1))
    assert whys(ask(Act.SHOW_SUPERVISOR, "mina", consents=[ended, refused])) == [Why.SAID_NO]


def test_of_two_yeses_that_cannot_be_put_in_order_the_one_that_ends_first_counts() -> None:
    ends, stays = (
        said("vera", Answer.YES, about=("vera",), review=TODAY, mark="a"),
        said("vera", Answer.YES, about=("vera",), mark="b"),
    )
    for order in permutations((ends, stays)):
        assert latest("vera", "vera", Scope.SUPERVISION, order, TODAY) is ends


def decided(
    *rests_on: Consent, answer: Answer = Answer.YES, child: str = "mina", entered: int = 1, on: date = TODAY
) -> LeadDecision:
    return LeadDecision(
        id=f"decision-{entered}",
        family=FAMILY,
        child=child,
        scope=Scope.SUPERVISION,
        answer=answer,
        reason="the court ordered it",
        on=on,
        by="lead",
        entered=entered,
        rests_on=tuple(consent.id for consent in rests_on),
    )


YES, NO = said("nadia", Answer.YES), said("tomas", Answer.NO)


def test_a_lead_may_decide_where_two_who_answer_for_a_child_disagree() -> None:
    assert not ask(Act.SHOW_SUPERVISOR, "mina", consents=[YES, NO]).allowed
    decision = ask(Act.SHOW_SUPERVISOR, "mina", consents=[YES, NO], decisions=[decided(YES, NO)])
    assert decision.allowed
    assert decision.by_lead == (decided(YES, NO),)
    answer = standing(
        "mina",
        Scope.SUPERVISION,
        everyone=EVERYONE,
        consents=[YES, NO],
        on=TODAY,
        decisions=[decided(NO, YES)],
    )
    assert answer is Answer.YES


@pytest.mark.parametrize(
    "decisions",
    [
        [decided(YES, NO, answer=Answer.NO)],
        [decided(YES, NO), decided(answer=Answer.WITHDRAWN, entered=2)],
        [decided(YES)],
        [decided(YES, NO, child="vera")],
        [decided(YES, NO, on=TODAY + timedelta(days=1))],
    ],
    ids=["no", "withdrawn", "rests on less", "another", "later"],
)
def test_a_decision_that_does_not_stand_leaves_the_disagreement(decisions: list[LeadDecision]) -> None:
    assert whys(ask(Act.SHOW_SUPERVISOR, "mina", consents=[YES, NO], decisions=decisions)) == [Why.DISAGREE]


@pytest.mark.parametrize("answer", list(Answer))
@pytest.mark.parametrize("signer", ["nadia", "tomas"])
def test_a_later_signature_ends_a_leads_decision(signer: str, answer: Answer) -> None:
    later = said(signer, answer, entered=9, mark="later")
    decision = ask(Act.SHOW_SUPERVISOR, "mina", consents=[YES, NO, later], decisions=[decided(YES, NO)])
    assert decision.by_lead == ()


def test_a_leads_decision_ends_with_the_yes_it_rests_on() -> None:
    ends = said("nadia", Answer.YES, review=TODAY)
    for days, stands in ((0, True), (1, False)):
        on = TODAY + timedelta(days=days)
        decision = ask(Act.SHOW_SUPERVISOR, "mina", consents=[ends, NO], decisions=[decided(ends, NO)], on=on)
        assert decision.allowed is stands


def test_a_lead_never_decides_over_a_grown_ups_own_no() -> None:
    own = said("vera", Answer.NO, about=("vera",))
    decision = ask(Act.SHOW_SUPERVISOR, "vera", consents=[own], decisions=[decided(own, child="vera")])
    assert whys(decision) == [Why.SAID_NO]
    tomas = said("tomas", Answer.NO, about=("tomas", "mina"))
    both = ask(Act.SHOW_SUPERVISOR, "mina", "tomas", consents=[YES, tomas], decisions=[decided(YES, tomas)])
    assert [(reason.why, reason.person) for reason in both.reasons] == [(Why.SAID_NO, "tomas")]


@pytest.mark.parametrize(
    ("decision", "consents"),
    [
        (decided(child="vera"), [YES, NO]),
        (decided(child="nobody"), [YES, NO]),
        (decided(), [YES]),
        (decided(), [NO]),
        (decided(), []),
        (replace(decided(), reason="  "), [YES, NO]),
        (decided(answer=Answer.WITHDRAWN), [YES, NO]),
    ],
)
def test_what_is_not_a_leads_to_decide_is_refused(decision: LeadDecision, consents: list[Consent]) -> None:
    with pytest.raises(InvalidRecord):
        check_decision(decision, EVERYONE, consents, [])
    check_decision(decided(), EVERYONE, [YES, NO], [])
    check_decision(decided(answer=Answer.WITHDRAWN, entered=2), EVERYONE, [YES, NO], [decided()])
    assert deciding("mina", Scope.SUPERVISION, [YES, NO], [decided(YES, NO)], TODAY) is not None


def noted(person: str, has: bool | None, day: int, entered: int = 1) -> CapacityNote:
    return CapacityNote(
        id=f"{person}-{day}-{entered}",
        family=FAMILY,
        person=person,
        on=TODAY + timedelta(days=day),
        entered=entered,
        words="very tired; ask again",
        has=has,
        by="user",
    )


def test_capacity_notes_warn_and_never_decide() -> None:
    notes = [
        noted("nadia", None, -9),
        noted("nadia", False, -1),
        noted("nadia", True, 5),
        noted("tomas", False, -3),
        noted("tomas", True, -3, entered=2),
        noted("vera", False, -1),
    ]
    for consents in ([said("nadia", Answer.YES)], [said("nadia", Answer.NO)], []):
        decision = ask(Act.SHOW_SUPERVISOR, "mina", consents=consents, capacity=notes)
        assert decision.notes == (notes[1],)  # who signs for the child, not who is not in it; the newest up to today
        bare = ask(Act.SHOW_SUPERVISOR, "mina", consents=consents)
        assert (decision.allowed, decision.reasons) == (bare.allowed, bare.reasons)
    assert "Nadia could not decide" in capacity_sentence(notes[1], NAMES.__getitem__)
    assert "nobody is sure whether Nadia can" in capacity_sentence(notes[0], NAMES.__getitem__)
