"""Safety at home: who may not receive, and that every handover heeds and shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import gate_case
from gate_case import TODAY, Case
from vigtool.casework.copy import Copy
from vigtool.errors import ConsentMissing, InvalidRecord, NoSuchRecord, UnsafeRecipient
from vigtool.ids import new_id
from vigtool.practice.capacity import capacity_of, note_capacity
from vigtool.practice.copies import export_marks, make_copy
from vigtool.practice.film_exports import export_film, take_still
from vigtool.practice.records import values
from vigtool.practice.safety import safety_of, set_safety
from vigtool.vault.vault import Vault


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return gate_case.build(tmp_path_factory.mktemp("safety"))


@pytest.fixture
def vault(case: Case, tmp_path: Path) -> Iterator[Vault]:
    with gate_case.opened(case, tmp_path / "own") as trying:
        yield trying.vault


def test_what_is_written_down_takes_the_place_of_what_was(vault: Vault, case: Case) -> None:
    assert safety_of(vault, case.family) is None
    first = set_safety(vault, case.family, not_to=(case.tomas, case.tomas), contact=" mornings only ")
    assert (first.not_to, first.contact, first.copies_safe) == ((case.tomas,), "mornings only", None)
    second = set_safety(vault, case.family, not_to_be_told="the neighbours", copies_safe=True)
    assert safety_of(vault, case.family) == second
    assert (second.id, second.not_to, second.contact) == (first.id, (), "")
    assert len(vault.history(first.id)) == 2
    with pytest.raises(NoSuchRecord):
        set_safety(vault, case.family, not_to=(new_id(),))
    assert "neighbours" not in repr(second)


def test_nobody_who_may_not_receive_is_given_anything(vault: Vault, case: Case, tmp_path: Path) -> None:
    set_safety(vault, case.family, not_to=(case.nadia,))
    target = tmp_path / "out"
    with pytest.raises(UnsafeRecipient):
        make_copy(vault, case.reel, target, on=TODAY, to=case.nadia)
    with pytest.raises(UnsafeRecipient):
        make_copy(vault, case.reel, target, on=TODAY, to=case.nadia, safe=True)
    with pytest.raises(UnsafeRecipient):  # for nobody by name: it could be for them
        make_copy(vault, case.reel, target, on=TODAY)
    with pytest.raises(UnsafeRecipient):
        take_still(vault, case.film, 3, target, on=TODAY, to=case.nadia)
    with pytest.raises(UnsafeRecipient):
        export_film(vault, case.film, target, to=case.nadia, on=TODAY)
    with pytest.raises(UnsafeRecipient):
        export_film(vault, case.film, target, to_words="NADIA", purpose="supervision", on=TODAY)
    for words in ("Nadia", "for nadia, at home"):
        with pytest.raises(UnsafeRecipient):
            export_marks(vault, case.film, target, form="csv", to=words, purpose="therapy", on=TODAY)
    assert not target.exists()
    assert values(vault, Copy) == []
    export_marks(vault, case.film, target, form="csv", to="Dr Lee", purpose="supervision", on=TODAY)


def test_a_persons_name_among_the_words_is_that_person(vault: Vault, case: Case, tmp_path: Path) -> None:
    with pytest.raises(ConsentMissing):  # Tomas is named for no copy, whatever it is said to be for
        export_film(vault, case.film, tmp_path / "out", to_words="tomas", purpose="supervision", on=TODAY)
    with pytest.raises(ConsentMissing):
        export_marks(vault, case.film, tmp_path / "out", form="csv", to="Tomas", purpose="supervision", on=TODAY)
    copy = export_marks(vault, case.film, tmp_path / "out", form="csv", to="Nadia", purpose="supervision", on=TODAY)
    assert (copy.to, copy.to_words) == (case.nadia, "")


@pytest.mark.parametrize(
    ("written", "answered", "entered"),
    [
        (None, None, None),
        (None, True, True),
        (None, False, "refused"),
        (True, None, True),
        (True, False, "refused"),
        (False, None, "refused"),
        (False, True, True),
    ],
)
def test_the_answer_of_today_counts_before_what_is_written_down(
    vault: Vault, case: Case, tmp_path: Path, written: bool | None, answered: bool | None, entered: object
) -> None:
    set_safety(vault, case.family, copies_safe=written)
    if entered == "refused":
        with pytest.raises(UnsafeRecipient):
            take_still(vault, case.film, 3, tmp_path / "out.png", on=TODAY, to=case.nadia, safe=answered)
        return
    copy = take_still(vault, case.film, 3, tmp_path / "out.png", on=TODAY, to=case.nadia, safe=answered)
    assert copy.safe is entered


def test_a_home_does_not_matter_for_what_goes_elsewhere(vault: Vault, case: Case, tmp_path: Path) -> None:
    set_safety(vault, case.family, copies_safe=False)
    copy = export_marks(vault, case.film, tmp_path / "a", form="csv", to="Dr Lee", purpose="research", on=TODAY)
    assert copy.safe is None


def test_every_receipt_shows_it_and_the_notes_of_capacity(vault: Vault, case: Case, tmp_path: Path) -> None:
    safety = set_safety(vault, case.family, not_to=(case.tomas,), copies_safe=True)
    note = note_capacity(vault, case.nadia, on=TODAY, words="very ill this week", has=None)
    receipt = make_copy(vault, case.reel, tmp_path / "out.mp4", on=TODAY, to=case.nadia)
    assert receipt.safety == safety
    assert receipt.copy.safe is True
    (warning,) = receipt.warnings
    assert "Nadia" in warning
    assert "very ill" in warning
    assert "very ill" not in repr(receipt)
    assert capacity_of(vault, case.family) == [note]


def test_capacity_is_noted_of_grown_ups_and_in_words(vault: Vault, case: Case) -> None:
    with pytest.raises(InvalidRecord):
        note_capacity(vault, case.mina, on=TODAY, words="asleep", has=False)
    with pytest.raises(InvalidRecord):
        note_capacity(vault, case.nadia, on=TODAY, words="  ", has=False)
    assert capacity_of(vault, case.family) == []
