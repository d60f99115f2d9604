"""The rule about consent as a truth table: every answer of every signer, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent_case import ANSWERS, EVERYONE, FAMILY, NAMES, SHOWING, TODAY, ask, said, whys
from vigtool.casework.consent import (
    Act,
    Answer,
    Consent,
    Reason,
    Scope,
    Why,
    decide,
    holders,
    latest,
    standing,
)
from vigtool.casework.consent_answers import as_of
from vigtool.casework.consent_words import scope_words, sentence
from vigtool.casework.family import Person, Role


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
    seen = [ask(Act.SHOW_SUPERVISOR, "vera", consents=[*as_of(history, day)], on=day).allowed for day in days]
    assert seen == [True, False, True]
    assert not ask(Act.SHOW_SUPERVISOR, "vera", consents=history, on=days[2] - timedelta(days=1)).allowed
    before = days[0] - timedelta(days=1)
    assert whys(ask(Act.SHOW_SUPERVISOR, "vera", consents=[*as_of(history, before)], on=before)) == [Why.NEVER_ASKED]
    assert whys(ask(Act.SHOW_SUPERVISOR, "vera", consents=history, on=before)) == [Why.WITHDRAWN]


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
def test_order_of_records_and_a_yes_of_days_to_come_never_matter(
    consents: list[Consent], order: object, recipient: str | None
) -> None:
    persons = ("nadia", "mina", "vera")
    decision = ask(Act.COPY, *persons, consents=consents, recipient=recipient)
    shuffled = sorted(consents, key=lambda _: order.random())  # type: ignore[attr-defined]  # a random.Random
    known = [consent for consent in shuffled if consent.on <= TODAY or consent.answer is not Answer.YES]
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
