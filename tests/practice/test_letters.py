"""The letter on paper: entered before it leaves, then what came of it; refused to whoever may not receive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import gate_case
from gate_case import TODAY, WORDS, Case
from vigtool.casework.consent import Scope
from vigtool.casework.copy import Copy, CopyKind, CopyOutcome, ExitState, Intent
from vigtool.casework.withdrawal import Withdrawal
from vigtool.errors import InvalidRecord, UnsafeRecipient
from vigtool.ids import Id
from vigtool.practice.auditing import log_entries
from vigtool.practice.letters import begin_letter_print, end_letter_print, letter_of, save_letter
from vigtool.practice.opening import open_vault
from vigtool.practice.records import value, values
from vigtool.practice.safety import set_safety
from vigtool.practice.withdrawal import settle_copy, withdraw
from vigtool.vault.vault import Vault


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, Id]:
    """The case, with everything taken back by the mother; and that withdrawal."""
    case = gate_case.build(tmp_path_factory.mktemp("letters"))
    with Vault.open(case.folder, WORDS["sam"], case.users["sam"]) as vault:
        both = (case.nadia, case.mina)
        done = withdraw(
            vault, family=case.family, signed_by=case.nadia, for_persons=both, scopes=[Scope.COPY], on=TODAY
        )
    return case, done.withdrawal.id


@pytest.fixture
def case(built: tuple[Case, Id]) -> Case:
    return built[0]


@pytest.fixture
def taken(built: tuple[Case, Id]) -> Id:
    return built[1]


@pytest.fixture
def vault(case: Case, tmp_path: Path) -> Iterator[Vault]:
    with gate_case.opened(case, tmp_path) as trying:
        yield trying.vault


def acts(vault: Vault) -> list[str]:
    return [entry.act for entry in log_entries(vault) if entry.act.startswith("letter")]


def test_it_is_entered_before_it_leaves_and_stands_in_the_register_after(vault: Vault, case: Case, taken: Id) -> None:
    begun = begin_letter_print(vault, taken, safe=True)
    assert acts(vault) == ["letter print: begin"]
    assert value(vault, Intent, begun).state is ExitState.BEGUN
    copy = end_letter_print(vault, begun, printed=True)
    assert copy is not None
    assert acts(vault) == ["letter print: begin", "letter print"]
    assert [one.id for one in values(vault, Copy)] == [copy.id]
    assert (copy.kind, copy.to, copy.source, copy.target, copy.safe) == (
        CopyKind.LETTER, case.nadia, taken, "", True,
    )  # fmt: skip
    assert copy.sha256 == hashlib.sha256(letter_of(vault, taken).encode()).digest()
    entries = [entry for entry in log_entries(vault) if entry.act == "letter print"]
    assert {case.family, taken, copy.id} <= set(entries[0].objects)
    settled = settle_copy(vault, copy.id, CopyOutcome.GIVEN_BACK, TODAY)
    assert settled.outcome is CopyOutcome.GIVEN_BACK, "no file lies anywhere that would deny it"


def test_a_printer_that_did_not_take_it_leaves_no_false_entry(vault: Vault, taken: Id) -> None:
    begun = begin_letter_print(vault, taken, safe=True)
    assert end_letter_print(vault, begun, printed=False) is None
    assert acts(vault) == ["letter print: begin", "letter print: not printed"]
    assert not values(vault, Copy)
    assert value(vault, Intent, begun).state is ExitState.STOPPED
    for printed in (False, True):
        with pytest.raises(InvalidRecord):
            end_letter_print(vault, begun, printed=printed)


def test_only_a_printing_is_ended_as_one(vault: Vault, taken: Id, tmp_path: Path) -> None:
    save_letter(vault, taken, tmp_path / "letter.txt", safe=True)
    (intent,) = values(vault, Intent)
    with pytest.raises(InvalidRecord):
        end_letter_print(vault, intent.id, printed=False)


def test_a_stop_between_printer_and_entry_counts_as_printed(
    vault: Vault, taken: Id, tmp_path: Path, case: Case
) -> None:
    begin_letter_print(vault, taken, safe=True)
    folder = vault.folder
    vault.close()
    opened = open_vault(folder, WORDS["sam"], user=case.users["sam"])
    with opened.vault as again:
        (copy,) = values(again, Copy)
        assert (copy.kind, copy.whole, copy.target) == (CopyKind.LETTER, False, "")
        assert acts(again) == ["letter print: begin", "letter print: tidied"]
        assert [one.intent.state for one in opened.unfinished] == [ExitState.DONE]


@pytest.mark.parametrize("barred", [True, False])
def test_nothing_is_entered_for_whoever_may_not_receive(vault: Vault, case: Case, taken: Id, *, barred: bool) -> None:
    set_safety(vault, case.family, not_to=(case.nadia,) if barred else (), copies_safe=None if barred else False)
    with pytest.raises(UnsafeRecipient):
        begin_letter_print(vault, taken, safe=True if barred else None)
    assert acts(vault) == []
    assert not values(vault, Intent)
    assert values(vault, Withdrawal), "the letter can still be read out"
