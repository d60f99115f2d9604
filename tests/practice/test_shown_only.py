"""A colleague to whom a family is only shown holds its key, and decides neither who else does nor whether it stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gate_case
from gate_case import TODAY, Case
from vault_case import PASSPHRASE
from vigtool.casework.film import Film
from vigtool.errors import InvalidRecord, NotAllowed
from vigtool.practice import erasing, families, sharing
from vigtool.practice.barred import names_somebody
from vigtool.practice.erasing_checks import kept_reason
from vigtool.practice.records import value
from vigtool.practice.seeing import works_with
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return gate_case.build(tmp_path_factory.mktemp("shown"))


@pytest.mark.parametrize("who", ["kim", "ruth"])
def test_whom_it_is_shown_to_takes_no_key_and_erases_nothing(case: Case, tmp_path: Path, who: str) -> None:
    other = "ruth" if who == "kim" else "kim"
    with gate_case.opened(case, tmp_path, who) as trying:
        vault = trying.vault
        assert not works_with(vault, case.family)
        for user in (case.users["sam"], case.users[other]):
            with pytest.raises(NotAllowed):
                sharing.stop_sharing(vault, case.family, user)
            with pytest.raises(NotAllowed):
                sharing.share_family(vault, case.family, user, on=TODAY)
        with pytest.raises(NotAllowed):
            erasing.erase_film(vault, case.film, reason="tidying up", on=TODAY)
        with pytest.raises(NotAllowed):
            erasing.erase_family(vault, case.family, reason="tidying up", on=TODAY)
        assert value(vault, Film, case.film).id == case.film
        assert len(sharing.shared_with(vault, case.family)) == 2


def test_whoever_works_with_it_does_both(case: Case, tmp_path: Path) -> None:
    with gate_case.opened(case, tmp_path) as trying:
        vault = trying.vault
        assert works_with(vault, case.family)
        sharing.stop_sharing(vault, case.family, case.users["kim"])
        erasing.erase_film(vault, case.film, reason="tidying up", on=TODAY)


def test_whoever_was_given_it_works_with_it(case: Case, tmp_path: Path) -> None:
    with gate_case.opened(case, tmp_path) as trying:
        sharing.reassign_family(trying.vault, case.family, case.users["kim"], reason="long illness", on=TODAY)
    again = gate_case.Case(**{name: getattr(case, name) for name in case.__slots__} | {"folder": tmp_path / "vault"})
    with gate_case.opened(again, tmp_path / "again", "kim") as trying:
        assert works_with(trying.vault, case.family)
        erasing.erase_film(trying.vault, case.film, reason="tidying up", on=TODAY)


@pytest.mark.parametrize("reason", ["NADIA asked for it", "nadia's wish", "for mina", "Na\u0301dia", "of The Family"])
def test_a_reason_that_stays_names_nobody_of_the_family(case: Case, tmp_path: Path, reason: str) -> None:
    with gate_case.opened(case, tmp_path) as trying:
        with pytest.raises(InvalidRecord, match="names somebody"):
            erasing.erase_film(trying.vault, case.film, reason=reason, on=TODAY)
        if "Family" not in reason:
            with pytest.raises(InvalidRecord, match="names somebody"):
                sharing.reassign_family(trying.vault, case.family, case.users["kim"], reason=reason, on=TODAY)


@pytest.mark.parametrize(
    ("words", "names", "named"),
    [
        ("criminal proceedings", ["Mina"], False),
        ("an order of the court", ["An"], False),
        ("An asked for it", ["An"], True),
        ("bo asked for it", ["Bo"], False),
        ("because 李明 asked", ["李明"], True),
        ("因为李明要求", ["李明"], True),
        ("zuzana", ["Zuzana Canary"], True),
        ("the rule's time is over", ["Zuzana Canary", ""], False),
        ("it may be kept no longer, and will not be missed", ["May", "Will", "Can"], False),
        ("May asked for it", ["May"], True),
        ("as Will and his mother asked", ["Will"], True),
        ("the time of the rule is over", ["Mother of the baby"], False),
        ("for the baby", ["Mother of the baby"], True),
    ],
)
def test_names_among_words(words: str, names: list[str], named: bool) -> None:
    assert names_somebody(words, names) is named


@pytest.mark.parametrize(
    ("name", "reason", "kept"),
    [
        ("Al", "also asked for by the court", True),
        ("Al", "as Al asked", False),
        ("Mina", "the MINA case", False),
        ("Nadia and Mina", "for nadia AND mina", False),
        ("the Smith family", "the family asked for it", True),
    ],
)
def test_what_a_family_is_called_stands_in_no_reason(tmp_path: Path, name: str, reason: str, *, kept: bool) -> None:
    with Vault.create(tmp_path / "vault", PASSPHRASE, cost=LEAST_COST) as vault:
        family = families.add_family(vault, name=name, on=TODAY).family.id
        if kept:
            assert kept_reason(vault, family, reason) == reason
        else:
            with pytest.raises(InvalidRecord, match="names somebody"):
                kept_reason(vault, family, reason)


@given(st.text(alphabet="abcdefgh", min_size=3, max_size=8), st.text(max_size=9))
def test_a_name_is_found_in_whatever_case(name: str, around: str) -> None:
    assert names_somebody(f"{around} {name.upper()}, {around}", [name.title()])
