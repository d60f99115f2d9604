"""A date with a slip of the pen: refused where it is entered, and no way to keep anybody from taking consent back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import gate_case
from gate_case import Case
from vigtool.casework.consent import Act, Answer, Consent, Scope
from vigtool.casework.film import Film
from vigtool.errors import InvalidRecord
from vigtool.ids import new_id
from vigtool.practice.consents import ask, decide_as_lead, parents_sign
from vigtool.practice.records import value, values
from vigtool.practice.withdrawal import withdraw
from vigtool.vault.vault import Vault


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return gate_case.build(tmp_path_factory.mktemp("days"))


@pytest.fixture
def vault(case: Case, tmp_path: Path) -> Iterator[Vault]:
    with gate_case.opened(case, tmp_path / "own") as trying:
        yield trying.vault


def test_nothing_is_signed_or_decided_on_a_day_to_come(vault: Vault, case: Case) -> None:
    tomorrow, before = date.today() + timedelta(days=1), len(values(vault, Consent))
    with pytest.raises(InvalidRecord, match="still to come"):
        parents_sign(vault, case.family, [Scope.COPY], on=tomorrow)
    with pytest.raises(InvalidRecord, match="still to come"):
        decide_as_lead(vault, case.family, case.mina, Scope.COPY, answer=Answer.YES, reason="for her", on=tomorrow)
    assert len(values(vault, Consent)) == before


def test_consent_is_taken_back_over_a_yes_with_a_slip_in_its_year(vault: Vault, case: Case) -> None:
    today = date.today()
    slipped = Consent(
        id=new_id(), family=case.family, signed_by=case.nadia, signed_as="mother", for_persons=(case.nadia, case.mina),
        scope=Scope.SUPERVISION, answer=Answer.YES, on=today.replace(year=today.year + 1, day=1),
        entered=max(one.entered for one in values(vault, Consent)) + 1,
    )  # fmt: skip
    with vault.transaction("consent give") as writer:  # as an earlier version entered it
        writer.add(slipped)
    film = value(vault, Film, case.film)
    assert ask(vault, Act.SHOW_SUPERVISOR, [film], on=today).allowed
    both = (case.nadia, case.mina)
    withdraw(vault, family=case.family, signed_by=case.nadia, for_persons=both, scopes=[Scope.SUPERVISION], on=today)
    for day in (today - timedelta(days=1), today, slipped.on, slipped.on + timedelta(days=1)):
        assert not ask(vault, Act.SHOW_SUPERVISOR, [film], on=day).allowed
