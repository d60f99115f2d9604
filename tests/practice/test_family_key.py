"""The key of a family's films for another program: it shows them, so it is asked for and entered as that is."""

from __future__ import annotations

from pathlib import Path

import pytest

import gate_case
from damage_case import spoil_row
from gate_case import Case, State
from vigtool.casework.consent import Scope
from vigtool.errors import ConsentMissing, StorageFailed, VaultDamaged
from vigtool.practice import opening
from vigtool.practice.auditing import log_entries
from vigtool.vault.vault import Vault


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return gate_case.build(tmp_path_factory.mktemp("made"))


def keys_told(vault: Vault, family: str) -> int:
    return len([entry for entry in log_entries(vault) if entry.act == "family key" and family in entry.objects])


def test_whoever_works_with_the_family_gets_it_and_that_is_entered(case: Case, tmp_path: Path) -> None:
    with gate_case.opened(case, tmp_path) as trying:
        assert keys_told(trying.vault, case.family) == 0
        assert opening.family_identity(trying.vault, case.family).startswith("AGE-SECRET-KEY-")
        assert keys_told(trying.vault, case.family) == 1


def test_without_an_entry_there_is_no_key(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_words: object) -> None:
        raise StorageFailed("the disk is full", "make room")

    with gate_case.opened(case, tmp_path) as trying:
        with monkeypatch.context() as patched:
            patched.setattr(Vault, "_witness", full)
            with pytest.raises(StorageFailed):
                opening.family_identity(trying.vault, case.family)
        assert keys_told(trying.vault, case.family) == 0


@pytest.mark.parametrize(("who", "scope"), [("ruth", Scope.SUPERVISION), ("kim", Scope.INTERVISION)])
def test_whom_the_films_are_shown_to_gets_it_only_while_that_is_agreed_to(
    case: Case, tmp_path: Path, who: str, scope: Scope
) -> None:
    with gate_case.opened(case, tmp_path, who) as trying:
        assert opening.family_identity(trying.vault, case.family)
        with gate_case.standing(trying.vault, case, scope, State.WITHDRAWN), pytest.raises(ConsentMissing):
            opening.family_identity(trying.vault, case.family)
        assert keys_told(trying.vault, case.family) == 1


@pytest.mark.parametrize("who", ["sam", "kim"])
def test_a_damaged_record_keeps_it_from_those_alone_who_cannot_be_asked_about(
    case: Case, tmp_path: Path, who: str
) -> None:
    with gate_case.opened(case, tmp_path) as trying:
        spoil_row(trying.vault, case.film)
    again = gate_case.Case(**{name: getattr(case, name) for name in case.__slots__} | {"folder": tmp_path / "vault"})
    with gate_case.opened(again, tmp_path / "again", who) as trying:
        if who == "kim":
            with pytest.raises(VaultDamaged):
                opening.family_identity(trying.vault, case.family)
        else:
            assert opening.family_identity(trying.vault, case.family).startswith("AGE-SECRET-KEY-")
