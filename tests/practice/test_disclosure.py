"""The second door: a lead's, with basis, recipient and reason; it opens despite everything, and nothing else does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import gate_case
from gate_case import TODAY, Case
from vigtool.casework.consent import Scope
from vigtool.casework.copy import Copy, CopyKind, Intent
from vigtool.casework.disclosure import Basis, Disclosure
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.errors import Cancelled, ConsentMissing, InvalidRecord, NotAllowed, UsageError
from vigtool.export.cleanse import check_clean
from vigtool.practice import colleagues
from vigtool.practice.auditing import log_entries
from vigtool.practice.disclosure import disclose_film, disclose_marks, disclosures
from vigtool.practice.film_exports import export_film
from vigtool.practice.records import value, values
from vigtool.practice.retention import held, holds
from vigtool.practice.safety import set_safety
from vigtool.practice.withdrawal import withdraw
from vigtool.vault.vault import Vault


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return gate_case.build(tmp_path_factory.mktemp("disclosure"))


@pytest.fixture
def vault(case: Case, tmp_path: Path) -> Iterator[Vault]:
    with gate_case.opened(case, tmp_path / "own") as trying:
        yield trying.vault


def ground(**changes: Any) -> dict[str, Any]:
    plain = {"basis": Basis.COURT, "recipient": "County Court", "reason": "order of 3 November", "on": TODAY}
    return {**plain, "hold": False, **changes}


def test_it_opens_after_everything_was_taken_back_and_nothing_else_does(
    vault: Vault, case: Case, tmp_path: Path
) -> None:
    both = (case.nadia, case.mina)
    withdraw(vault, family=case.family, signed_by=case.nadia, for_persons=both, scopes=list(Scope), on=TODAY)
    set_safety(vault, case.family, not_to=both, copies_safe=False)
    with pytest.raises(ConsentMissing):
        export_film(vault, case.film, tmp_path / "no.mp4", to_words="County Court", purpose="research", on=TODAY)
    copy = disclose_film(vault, case.film, tmp_path / "yes.mp4", **ground(hold=True))
    assert (copy.kind, copy.to_words, copy.purpose) == (CopyKind.FILM, "County Court", "court")
    (entered,) = disclosures(vault, case.family)
    assert (entered.copy, entered.film, entered.basis) == (copy.id, case.film, Basis.COURT)
    assert (entered.recipient, entered.reason, entered.original) == ("County Court", "order of 3 November", True)
    hold = held(vault, case.family, case.film)
    assert hold is not None
    assert entered.hold == hold.id
    disclose_film(vault, case.film, tmp_path / "again.mp4", **ground(hold=True))
    assert len(holds(vault, case.family)) == 1


def test_a_court_gets_the_very_bytes_and_an_access_request_what_is_picture_and_sound(
    vault: Vault, case: Case, tmp_path: Path
) -> None:
    record = value(vault, Film, case.film)
    court = disclose_film(vault, case.film, tmp_path / "a.mp4", **ground())
    assert Path(court.target).read_bytes() == case.source.read_bytes()
    assert court.sha256 == record.footage.sha256
    access = disclose_film(vault, case.film, tmp_path / "b.mp4", **ground(basis=Basis.ACCESS))
    assert check_clean(Path(access.target).read_bytes()) == []
    chosen = disclose_film(vault, case.film, tmp_path / "c.mp4", **ground(basis=Basis.ACCESS, original=True))
    assert chosen.sha256 == court.sha256
    assert [one.original for one in disclosures(vault, case.family)] == [True, False, True]


def test_only_a_lead_opens_it(case: Case, vault: Vault, tmp_path: Path) -> None:
    colleagues.change_roles(vault, case.users["ruth"], [StaffRole.SUPERVISOR, StaffRole.LEAD, StaffRole.ADMINISTRATOR])
    colleagues.change_roles(vault, vault.user_id, [StaffRole.PRACTITIONER, StaffRole.SUPERVISOR])
    for disclose in (disclose_film, disclose_marks):
        with pytest.raises(NotAllowed):
            disclose(vault, case.film, tmp_path / "out", **ground())
    assert not (tmp_path / "out").exists()
    assert not values(vault, Copy)
    assert not values(vault, Intent)
    assert not values(vault, Disclosure)


@pytest.mark.parametrize("changes", [{"recipient": " "}, {"reason": ""}])
def test_without_recipient_or_reason_it_stays_shut(
    vault: Vault, case: Case, tmp_path: Path, changes: dict[str, Any]
) -> None:
    with pytest.raises(InvalidRecord):
        disclose_film(vault, case.film, tmp_path / "out.mp4", **ground(hold=True, **changes))
    assert not values(vault, Copy)
    assert not holds(vault, case.family)


def test_it_has_words_of_its_own_in_the_log_and_names_nobody_there(vault: Vault, case: Case, tmp_path: Path) -> None:
    disclose_film(vault, case.film, tmp_path / "a.mp4", **ground(hold=True))
    disclose_marks(vault, case.film, tmp_path / "b.csv", **ground(basis=Basis.SAFEGUARDING))
    entries = [entry for entry in log_entries(vault) if entry.act in ("disclose film", "disclose marks")]
    assert [dict(entry.details) for entry in entries] == [
        {"basis": "court", "hold": 1},
        {"basis": "safeguarding", "hold": 0},
    ]
    assert all(case.film in entry.objects for entry in entries)
    assert "County" not in repr(entries)
    assert "County" not in repr(disclosures(vault, case.family))


def test_a_disclosure_that_is_stopped_leaves_nothing_but_its_hold(vault: Vault, case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with pytest.raises(Cancelled):
        disclose_film(vault, case.film, folder / "a.mp4", **ground(hold=True), cancelled=lambda: True)
    assert list(folder.iterdir()) == []
    assert not disclosures(vault, case.family)
    assert not values(vault, Copy)
    assert len(holds(vault, case.family)) == 1  # what a court asks for is not erased because a stick was full


def test_marks_leave_as_a_table(vault: Vault, case: Case, tmp_path: Path) -> None:
    copy = disclose_marks(vault, case.film, tmp_path / "a.csv", **ground())
    assert copy.sha256 == hashlib.sha256(Path(copy.target).read_bytes()).digest()
    assert b"b.voice" in Path(copy.target).read_bytes()
    with pytest.raises(UsageError):
        disclose_marks(vault, case.film, tmp_path / "a.xlsx", form="xlsx", **ground())
