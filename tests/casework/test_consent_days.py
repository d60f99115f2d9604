"""Clocks that are wrong, nights that pass, slips of the pen in a date: a refusal stands over all of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent_case import TODAY, ask, said
from vigtool.casework.consent import Act, Answer, Consent, Scope, latest
from vigtool.casework.consent_answers import as_of
from vigtool.casework.lead_decision import LeadDecision, deciding
from vigtool.ids import new_id

REFUSALS = [Answer.NO, Answer.WITHDRAWN]


def yes(days: int, entered: int, mark: str = "yes") -> Consent:
    return said("nadia", Answer.YES, on=TODAY + timedelta(days=days), entered=entered, mark=mark)


@pytest.mark.parametrize("answer", REFUSALS)
@pytest.mark.parametrize("back", [0, 1, 400])
def test_a_refusal_counts_also_where_the_clock_was_set_back(answer: Answer, back: int) -> None:
    consents = [yes(-900, 1), said("nadia", answer, entered=2)]
    for order in (consents, consents[::-1]):
        assert not ask(Act.SHOW_SUPERVISOR, "mina", consents=order, on=TODAY - timedelta(days=back)).allowed
    assert ask(Act.SHOW_SUPERVISOR, "mina", consents=consents[:1]).allowed  # the refusal alone stopped it


@pytest.mark.parametrize("later", [yes(1, 1), yes(365, 1)])
def test_what_was_taken_back_counts_over_a_yes_with_a_slip_in_its_date(later: Consent) -> None:
    taken_back = said("nadia", Answer.WITHDRAWN, entered=2)
    for day in (0, 1, 365, 9_999):
        found = latest("nadia", "mina", Scope.SUPERVISION, [later, taken_back], TODAY + timedelta(days=day))
        assert found is taken_back
    anew = yes(2, 3, "anew")
    assert latest("nadia", "mina", Scope.SUPERVISION, [later, taken_back, anew], TODAY + timedelta(days=2)) is anew
    assert latest("nadia", "mina", Scope.SUPERVISION, [later, taken_back, anew], TODAY) is taken_back


def test_looking_back_shows_what_had_been_said_by_that_day() -> None:
    consents = [yes(-9, 1), said("nadia", Answer.WITHDRAWN, entered=2)]
    day = TODAY - timedelta(days=3)
    assert as_of(consents, day) == tuple(consents[:1])
    assert ask(Act.SHOW_SUPERVISOR, "mina", consents=[*as_of(consents, day)], on=day).allowed


@given(
    st.lists(st.tuples(st.sampled_from(Answer), st.integers(-9, 9)), min_size=1, max_size=6),
    st.integers(-20, 20),
    st.sampled_from(REFUSALS),
)
def test_nothing_that_was_entered_before_stands_over_what_is_taken_back(
    before: list[tuple[Answer, int]], clock: int, last: Answer
) -> None:
    consents = [
        said("nadia", answer, on=TODAY + timedelta(days=day), entered=place, mark=str(place))
        for place, (answer, day) in enumerate(before, 1)
    ]
    taken_back = said("nadia", Answer.WITHDRAWN, on=TODAY + timedelta(days=-30), entered=50)
    found = latest("nadia", "mina", Scope.SUPERVISION, [*consents, taken_back], TODAY + timedelta(days=clock))
    assert found is taken_back
    refused = said("nadia", last, on=TODAY + timedelta(days=10), entered=51, mark="last")
    again = [*consents, taken_back, refused]
    assert latest("nadia", "mina", Scope.SUPERVISION, again, TODAY + timedelta(days=clock)) is refused


@pytest.mark.parametrize("days", [-5, 0, 5])
def test_a_leads_decision_that_is_withdrawn_stands_no_more_whatever_day_is_said(days: int) -> None:
    agrees, refuses = yes(-9, 1), said("tomas", Answer.NO, entered=2, on=TODAY - timedelta(days=9))

    def decided(answer: Answer, day: int, entered: int) -> LeadDecision:
        return LeadDecision(
            id=new_id(), family=agrees.family, child="mina", scope=Scope.SUPERVISION, answer=answer, reason="for her",
            on=TODAY + timedelta(days=day), by="lea", entered=entered, rests_on=(agrees.id, refuses.id),
        )  # fmt: skip

    made, gone = decided(Answer.YES, -1, 1), decided(Answer.WITHDRAWN, days, 2)
    assert deciding("mina", Scope.SUPERVISION, [agrees, refuses], [made], TODAY) is made
    assert deciding("mina", Scope.SUPERVISION, [agrees, refuses], [made, gone], TODAY) is None
