"""The rule about consent as a truth table: every answer of every signer, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.casework.capacity import CapacityNote
from vigtool.casework.consent import (
    Act,
    Answer,
    Consent,
    Decision,
    Reason,
    Scope,
    Why,
    decide,
    holders,
    latest,
    standing,
)
from vigtool.casework.consent_words import capacity_sentence, scope_words, sentence
from vigtool.casework.family import Person, Role
from vigtool.casework.lead_decision import LeadDecision, check_decision, deciding
from vigtool.errors import InvalidRecord

TODAY = date(2026, 11, 12)
FAMILY = "f" * 32
NAMES = {"nadia": "Nadia", "tomas": "Tomas", "mina": "Mina {odd}", "vera": "Vera"}
EVERYONE = {
    person.id: person
    for person in (
        Person(id="nadia", family=FAMILY, name="Nadia", role=Role.PARENT, responsible_for=("mina",)),
        Person(id="tomas", family=FAMILY, name="Tomas", role=Role.PARENT, responsible_for=("mina",)),
        Person(id="mina", family=FAMILY, name="Mina", role=Role.BABY),
        Person(id="vera", family=FAMILY, name="Vera", role=Role.OTHER),
    )
}
ANSWERS = [None, *Answer]
SHOWING = [act for act in Act if act not in (Act.BRING_IN, Act.WATCH)]


def said(
    signer: str,
    answer: Answer,
    *,
    about: tuple[str, ...] = ("mina",),
    scope: Scope = Scope.SUPERVISION,
    on: date = TODAY,
    entered: int = 0,
    recipients: tuple[str, ...] = (),
    mark: str = "",
    review: date | None = None,
) -> Consent:
    return Consent(
        id=f"{signer}-{mark}",
        family=FAMILY,
        signed_by=signer,
        signed_as="themselves",
        for_persons=about,
        scope=scope,
        answer=answer,
        on=on,
        entered=entered,
        recipients=recipients,
        review=review,
    )


FILMED = [
    said(signer, Answer.YES, about=about, scope=Scope.FILM, on=TODAY - timedelta(days=99), mark="filmed")
    for signer, about in (("nadia", ("nadia", "mina")), ("tomas", ("tomas",)), ("vera", ("vera",)))
]


def ask(
    act: Act,
    *persons: str,
    consents: list[Consent],
    someone_else: bool = False,
    on: date = TODAY,
    recipient: str | None = None,
    filmed: bool = True,
    decisions: list[LeadDecision] | None = None,
    capacity: list[CapacityNote] | None = None,
) -> Decision:
    return decide(
        act,
        persons,
        someone_else=someone_else,
        everyone=EVERYONE,
        consents=[*(FILMED if filmed else ()), *consents],
        on=on,
        recipient=recipient,
        decisions=decisions or (),
        capacity=capacity or (),
    )


def whys(decision: Decision) -> list[Why]:
    return [reason.why for reason in decision.reasons]


@pytest.mark.parametrize(("nadia", "tomas"), list(product(ANSWERS, ANSWERS)))
@pytest.mark.parametrize("act", [act for act in Act if act is not Act.BRING_IN])
def test_child_needs_one_yes_and_no_refusal_of_any_holder(act: Act, nadia: Answer | None, tomas: Answer | None) -> None:
    given_answers = [answer for answer in (nadia, tomas) if answer is not None]
    consents = [
        said(signer, answer, scope=act.scope, recipients=("nadia",))
        for signer, answer in (("nadia", nadia), ("tomas", tomas))
        if answer is not None
    ]
    decision = ask(act, "mina", consents=consents)
    agreed = Answer.YES in given_answers and set(given_answers) == {Answer.YES}
    assert decision.allowed is agreed
    assert decision.nobody_refused is (set(given_answers) <= {Answer.YES})
    expected = (
        Answer.WITHDRAWN
        if Answer.WITHDRAWN in given_answers
        else Answer.NO
        if Answer.NO in given_answers
        else Answer.YES
        if agreed
        else None
    )
    assert standing("mina", act.scope, everyone=EVERYONE, consents=consents, on=TODAY) is expected
    if {nadia, tomas} == {Answer.YES, Answer.NO}:
        assert whys(decision) == [Why.DISAGREE]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("other", ANSWERS)
def test_adult_is_answered_for_by_themselves_alone(answer: Answer | None, other: Answer | None) -> None:
    consents = [said("nadia", other, about=("nadia", "vera"))] if other else []
    consents += [said("vera", answer, about=("vera",))] if answer else []
    decision = ask(Act.SHOW_SUPERVISOR, "vera", consents=consents)
    assert decision.allowed is (answer is Answer.YES)
    assert not ask(Act.SHOW_SUPERVISOR, "vera", consents=consents, filmed=False).allowed
    assert standing("vera", Scope.SUPERVISION, everyone=EVERYONE, consents=consents, on=TODAY) is answer


def test_each_missing_answer_has_its_own_reason() -> None:
    scope = Scope.SUPERVISION
    consents = [
        said("nadia", Answer.NO, about=("nadia", "mina")),
        said("tomas", Answer.WITHDRAWN, about=("tomas", "mina")),
    ]
    assert ask(Act.SHOW_SUPERVISOR, "nadia", "mina", "tomas", "vera", "nadia", consents=consents).reasons == (
        Reason(why=Why.SAID_NO, scope=scope, person="nadia", signer="nadia"),
        Reason(why=Why.SAID_NO, scope=scope, person="mina", signer="nadia"),
        Reason(why=Why.WITHDRAWN, scope=scope, person="mina", signer="tomas"),
        Reason(why=Why.WITHDRAWN, scope=scope, person="tomas", signer="tomas"),
        Reason(why=Why.NEVER_ASKED, scope=scope, person="vera"),
    )


def test_one_no_is_told_as_a_no_and_two_who_disagree_as_that() -> None:
    assert whys(ask(Act.SHOW_SUPERVISOR, "mina", consents=[said("nadia", Answer.NO)])) == [Why.SAID_NO]
    both = [said("nadia", Answer.NO), said("tomas", Answer.YES)]
    assert whys(ask(Act.SHOW_SUPERVISOR, "mina", consents=both)) == [Why.DISAGREE]


def test_scopes_do_not_answer_for_each_other() -> None:
    scopes = {act.scope for act in Act}
    assert scopes == set(Scope)
    for act, scope in product(Act, Scope):
        consents = [said("vera", Answer.YES, about=("vera",), scope=scope, recipients=("vera",))]
        decision = ask(act, "vera", consents=consents, filmed=act in SHOWING)
        assert (not decision.reasons) is (act.scope is scope)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_withdrawn_and_given_again_counts_from_the_day_it_was_given(order: tuple[int, ...]) -> None:
    days = [TODAY - timedelta(days=away) for away in (20, 10, 5)]
    answers = [Answer.YES, Answer.WITHDRAWN, Answer.YES]
    history = [said("vera", answers[n], about=("vera",), on=days[n], mark=str(n)) for n in order]
    seen = [ask(Act.SHOW_SUPERVISOR, "vera", consents=history, on=day).allowed for day in days]
    assert seen == [True, False, True]
    assert not ask(Act.SHOW_SUPERVISOR, "vera", consents=history, on=days[2] - timedelta(days=1)).allowed
    assert whys(ask(Act.SHOW_SUPERVISOR, "vera", consents=history, on=days[0] - timedelta(days=1))) == [Why.NEVER_ASKED]


def test_answers_of_one_day_are_ordered_by_entry_and_else_the_stricter_counts() -> None:
    yes, no = (
        said("vera", answer, about=("vera",), entered=entered, mark=str(entered))
        for entered, answer in ((2, Answer.YES), (1, Answer.NO))
    )
    assert latest("vera", "vera", Scope.SUPERVISION, [yes, no], TODAY) is yes
    tied = said("vera", Answer.WITHDRAWN, about=("vera",), entered=2, mark="tied")
    for order in permutations((yes, no, tied)):
        assert latest("vera", "vera", Scope.SUPERVISION, order, TODAY) is tied
    assert latest("nadia", "vera", Scope.SUPERVISION, [yes], TODAY) is None


@pytest.mark.parametrize("act", list(Act))
def test_someone_else_in_it_stops_every_showing_but_not_the_own_work(act: Act) -> None:
    consents = [said("vera", Answer.YES, about=("vera",), scope=act.scope, recipients=("vera",))]
    decision = ask(act, "vera", consents=consents, someone_else=True)
    assert decision.allowed is (act not in SHOWING)
    assert whys(decision) == ([Why.SOMEONE_ELSE] if act in SHOWING else [])
    assert decision.nobody_refused is (act not in SHOWING)


def test_bringing_in_is_never_refused_but_says_what_is_missing() -> None:
    consents = [said("nadia", Answer.NO, scope=Scope.FILM)]
    decision = ask(Act.BRING_IN, "nadia", "mina", consents=consents, filmed=False)
    assert decision.allowed
    assert whys(decision) == [Why.NEVER_ASKED, Why.SAID_NO]


def test_film_of_nobody_is_shown_to_nobody() -> None:
    assert whys(ask(Act.COPY, consents=[])) == [Why.NOBODY_WRITTEN_DOWN]
    assert not ask(Act.COPY, consents=[]).allowed
    assert set(whys(ask(Act.COPY, "stranger", consents=[]))) == {Why.UNKNOWN_PERSON}
    assert not ask(Act.COPY, "stranger", consents=[]).nobody_refused


def test_child_without_holder_and_child_as_holder() -> None:
    twin = Person(id="twin", family=FAMILY, name="Twin", role=Role.BABY, responsible_for=("lone",))
    lone = Person(id="lone", family=FAMILY, name="Lone", role=Role.BABY)
    everyone = {**EVERYONE, "twin": twin, "lone": lone}
    consents = [said("twin", Answer.YES, about=("lone",)), said("nadia", Answer.YES, about=("lone",))]
    decision = decide(Act.SHOW_SUPERVISOR, ["lone"], someone_else=False, everyone=everyone, consents=consents, on=TODAY)
    assert whys(decision) == [Why.NO_HOLDER, Why.NO_HOLDER]
    assert [reason.scope for reason in decision.reasons] == [Scope.FILM, Scope.SUPERVISION]
    assert holders("lone", everyone) == ()
    assert [holder.id for holder in holders("mina", everyone)] == ["nadia", "tomas"]


RECIPIENTS: list[tuple[str, ...]] = [(), ("nadia",), ("tomas",), ("nadia", "tomas")]


@pytest.mark.parametrize(("first", "second"), list(product(RECIPIENTS, RECIPIENTS)))
@pytest.mark.parametrize("recipient", [None, "nadia", "vera"])
def test_every_yes_a_copy_rests_on_names_its_recipient(
    first: tuple[str, ...], second: tuple[str, ...], recipient: str | None
) -> None:
    consents = [
        said("nadia", Answer.YES, about=("nadia", "mina"), scope=Scope.COPY, recipients=first),
        said("tomas", Answer.YES, scope=Scope.COPY, recipients=second),
    ]
    decision = ask(Act.COPY, "nadia", "mina", consents=consents, recipient=recipient)
    if recipient is None:
        assert decision.allowed is bool(first and second)
    else:
        assert decision.allowed is (recipient in first and recipient in second)
    assert set(whys(decision)) <= {Why.NO_RECIPIENT, Why.NOT_NAMED}
    assert (Why.NOT_NAMED in whys(decision)) is (
        recipient is not None and any(named and recipient not in named for named in (first, second))
    )


def test_holder_who_was_not_asked_need_not_name_anybody() -> None:
    consents = [said("nadia", Answer.YES, scope=Scope.COPY, recipients=("nadia",))]
    assert ask(Act.COPY, "mina", consents=consents, recipient="nadia").allowed


def test_photographs_go_to_those_named_or_else_to_those_who_agreed() -> None:
    yes = said("nadia", Answer.YES, about=("nadia", "mina"), scope=Scope.PHOTOGRAPHS)
    named = replace(yes, recipients=("tomas",))
    for consents, allowed in (([yes], {None, "nadia"}), ([named], {None, "tomas"})):
        for recipient in (None, "nadia", "tomas", "vera"):
            decision = ask(Act.PHOTOGRAPHS, "nadia", "mina", consents=consents, recipient=recipient)
            assert decision.allowed is (recipient in allowed)
            assert set(whys(decision)) <= {Why.NOT_NAMED}
    both = [yes, said("tomas", Answer.YES, scope=Scope.PHOTOGRAPHS)]
    assert ask(Act.PHOTOGRAPHS, "mina", consents=both, recipient="tomas").allowed


def test_recipient_is_not_regarded_where_nobody_gets_anything() -> None:
    consents = [said("vera", Answer.YES, about=("vera",))]
    assert ask(Act.SHOW_SUPERVISOR, "vera", consents=consents, recipient="nadia").allowed


consent_lists = st.lists(
    st.builds(
        said,
        signer=st.sampled_from(["nadia", "tomas", "vera"]),
        answer=st.sampled_from(Answer),
        about=st.sets(st.sampled_from(sorted(EVERYONE)), min_size=1).map(lambda ids: tuple(sorted(ids))),
        scope=st.sampled_from([Scope.COPY, Scope.SUPERVISION]),
        on=st.integers(-2, 2).map(lambda days: TODAY + timedelta(days=days)),
        entered=st.integers(0, 3),
        recipients=st.sampled_from(RECIPIENTS),
        mark=st.sampled_from("abc"),
    ),
    max_size=8,
)


@given(consents=consent_lists, order=st.randoms(use_true_random=False), recipient=st.sampled_from([None, "nadia"]))
def test_order_of_records_and_later_answers_never_matter(
    consents: list[Consent], order: object, recipient: str | None
) -> None:
    persons = ("nadia", "mina", "vera")
    decision = ask(Act.COPY, *persons, consents=consents, recipient=recipient)
    shuffled = sorted(consents, key=lambda _: order.random())  # type: ignore[attr-defined]  # a random.Random
    known = [consent for consent in shuffled if consent.on <= TODAY]
    assert whys(ask(Act.COPY, *persons, consents=known, recipient=recipient)) == whys(decision)


@given(consents=consent_lists)
def test_saying_no_to_everything_always_stops_it(consents: list[Consent]) -> None:
    final = said("tomas", Answer.NO, scope=Scope.COPY, entered=99)
    assert not ask(Act.COPY, "mina", consents=[*consents, final]).allowed


@given(consents=consent_lists)
def test_every_reason_has_its_sentence(consents: list[Consent]) -> None:
    decision = ask(Act.COPY, *EVERYONE, "gone", consents=consents, someone_else=True, recipient="vera")
    assert decision.reasons
    for reason in decision.reasons:
        words = sentence(reason, NAMES.__getitem__)
        assert not words.endswith(".")
        assert reason.person is None or NAMES[reason.person] in words or reason.signer == reason.person


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


def test_sentences_read_as_people_speak() -> None:
    def words(why: Why, person: str | None = None, signer: str | None = None, recipient: str | None = None) -> str:
        reason = Reason(why=why, scope=Scope.COPY, person=person, signer=signer, recipient=recipient)
        return sentence(reason, NAMES.__getitem__)

    assert words(Why.NEVER_ASKED, "vera") == "nobody has answered for Vera yet about a copy of the film"
    assert words(Why.SAID_NO, "vera", "vera") == "Vera said no to a copy of the film"
    assert words(Why.SAID_NO, "mina", "nadia") == "Nadia said no to a copy of the film for Mina {odd}"
    assert words(Why.NOT_NAMED, "nadia", "nadia", "tomas") == (
        "the agreement that Nadia signed does not name Tomas for a copy"
    )
    for why in Why:
        assert words(why, "mina", "nadia", "tomas")
    assert len({scope_words(scope) for scope in Scope}) == len(Scope)
