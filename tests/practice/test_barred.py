"""Who may not receive a copy and is nobody of the family: written down in words, and heeded by every handover."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gate_case
from gate_case import TODAY, Case
from vigtool.casework.safety import SafetyAtHome
from vigtool.errors import ConsentMissing, UnsafeRecipient
from vigtool.ids import new_id
from vigtool.practice.barred import bare, may_mean
from vigtool.practice.copies import export_marks, make_copy
from vigtool.practice.film_exports import export_film, take_still
from vigtool.practice.safety import check_recipient, set_safety
from vigtool.vault.vault import Vault


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return gate_case.build(tmp_path_factory.mktemp("barred"))


@pytest.fixture
def vault(case: Case, tmp_path: Path) -> Iterator[Vault]:
    with gate_case.opened(case, tmp_path / "own") as trying:
        yield trying.vault


@pytest.mark.parametrize("words", ["Uncle Bert", "BERT", "to bert, by hand", "be\u0301rt", "her uncle", "Be\u200brt"])
def test_whoever_is_barred_in_words_is_given_nothing(vault: Vault, case: Case, tmp_path: Path, words: str) -> None:
    set_safety(vault, case.family, not_to_words="Nadia's uncle Bert, and the neighbours")
    with pytest.raises(UnsafeRecipient):
        export_film(vault, case.film, tmp_path / "out", to_words=words, purpose="supervision", on=TODAY)
    with pytest.raises(UnsafeRecipient):
        export_marks(vault, case.film, tmp_path / "out", form="csv", to=words, purpose="supervision", on=TODAY)
    assert list(tmp_path.glob("out*")) == []


def test_a_copy_for_nobody_by_name_could_be_for_them(vault: Vault, case: Case, tmp_path: Path) -> None:
    set_safety(vault, case.family, not_to_words="Bert")
    with pytest.raises(UnsafeRecipient):
        make_copy(vault, case.reel, tmp_path / "out", on=TODAY)
    with pytest.raises(UnsafeRecipient):
        take_still(vault, case.film, 3, tmp_path / "out", on=TODAY)
    assert take_still(vault, case.film, 3, tmp_path / "out.png", on=TODAY, to=case.nadia).to == case.nadia


def test_others_and_the_family_itself_still_receive(vault: Vault, case: Case, tmp_path: Path) -> None:
    set_safety(vault, case.family, not_to_words="Nadia's uncle Bert, and the neighbours")
    for place, words in enumerate(("Dr Lee", "the supervisor of the service", "Nadia")):
        export_marks(vault, case.film, tmp_path / f"{place}", form="csv", to=words, purpose="therapy", on=TODAY)


def test_where_two_copies_of_the_vault_disagree_the_more_careful_word_counts(vault: Vault, case: Case) -> None:
    set_safety(vault, case.family, copies_safe=True)
    with vault.transaction("family safety") as writer:
        writer.add(SafetyAtHome(id=new_id(), family=case.family, not_to=(case.nadia,), copies_safe=False))
    with pytest.raises(UnsafeRecipient):
        check_recipient(vault, case.family, to=case.nadia)
    with pytest.raises(UnsafeRecipient):
        check_recipient(vault, case.family, to=case.tomas)
    assert check_recipient(vault, case.family, to=case.tomas, safe=True) is True


@pytest.mark.parametrize("words", ["tom\u200bas", " TOMAS ", "To\u0301mas", "\uff34omas"])
def test_a_person_of_the_family_is_known_however_the_name_is_typed(
    vault: Vault, case: Case, tmp_path: Path, words: str
) -> None:
    with pytest.raises(ConsentMissing):  # Tomas is named for no copy
        export_marks(vault, case.film, tmp_path / "out", form="csv", to=words, purpose="supervision", on=TODAY)


@given(st.text(max_size=30))
def test_what_is_bare_stays_so(text: str) -> None:
    assert bare(bare(text)) == bare(text)


@given(st.text(alphabet="abcdefghij", min_size=4, max_size=9), st.text(max_size=9), st.text(max_size=9))
def test_a_barred_name_is_found_between_other_words(name: str, before: str, after: str) -> None:
    assert may_mean(f"{before} {name.upper()} {after}", f"not {name}!")
    assert not may_mean(f"{name}", f"{name}'s brother", others=[name])
