"""Erasing a family: who may, what stops it, and what its vault says of it afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

import vault_case
from erased import rows_of
from erasing_case import TODAY, WHY, erase_family
from postgres import Server
from vault_case import PASSPHRASE, Case, findings
from vigtool.annotate.mark import Mark
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.retention import RetentionRule
from vigtool.errors import InvalidRecord, NoKey, NoSuchRecord, StorageFailed, UnderHold
from vigtool.ids import Id, new_id
from vigtool.practice import erasing
from vigtool.practice.retention import lift_hold, place_hold, set_rule
from vigtool.vault import audit_check, log_book, schema, shredding
from vigtool.vault.footage_states import FootageState
from vigtool.vault.grants import EpochState
from vigtool.vault.vault import Vault


def test_an_erased_family_is_gone_for_its_user_and_the_log_says_so(vault: Vault, case: Case) -> None:
    before = {file.name for file in vault.core.folder.footage.rglob("*.age")}
    erasure = erase_family(vault, case.family.id)
    assert [family.value for family in vault.all(Family)] == [case.other]
    assert vault.all(Film) == []
    assert vault.all(Mark) == []
    assert not vault.has_key(case.family.id)
    with pytest.raises(NoKey):
        vault.core.keyring.key(case.family.id, 1)
    with pytest.raises(NoSuchRecord):
        vault.get(Family, case.family.id)
    assert before
    assert not any(vault.core.folder.footage.rglob("*.age"))
    assert set(erasure.erased) == {case.family.id, case.mother.id, case.film.id, case.layer.id, case.mark.id}
    assert (erasure.files, erasure.file_names) == (1, (case.film.footage.file,))
    assert erasing.erasures(vault) == [erasure]
    last = [entry for entry in log_book.entries(vault) if entry.act == "family erase"]
    assert len(last) == 1
    assert set(last[0].objects) == {*erasure.erased, erasure.id}
    assert last[0].details == {"family": case.family.id, "erasure": erasure.id}
    assert findings(vault) == []
    with pytest.raises(NoSuchRecord):
        erase_family(vault, case.family.id)


def test_it_stays_so_when_the_vault_is_opened_again(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        kept = {stored.digest for stored in vault.history(case.other.id)}
        erasure = erase_family(vault, case.family.id)
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        assert [family.value for family in vault.all(Family)] == [case.other]
        assert {stored.digest for stored in vault.history(case.other.id)} == kept
        assert erasing.erasures(vault) == [erasure]
        assert vault.swept.strangers == 0
        assert findings(vault) == []


def test_the_other_family_can_be_worked_with_and_another_begun(vault: Vault, case: Case) -> None:
    erase_family(vault, case.family.id)
    with vault.transaction("change") as writer:
        writer.change(vault.get(Family, case.other.id), replace(case.other, place="hall"))
    film = vault_case.add_film(vault, case.bytes, vault_case.add_family(vault, "F-0003").id)
    assert vault.get(Film, film.id).value == film
    assert findings(vault) == []


def test_a_hold_on_the_family_or_on_one_film_stops_it(vault: Vault, case: Case) -> None:
    for film in (None, case.film.id):
        hold = place_hold(vault, case.family.id, reason="proceedings", on=TODAY, film=film)
        with pytest.raises(UnderHold):
            erase_family(vault, case.family.id)
        assert vault.get(Mark, case.mark.id).value == case.mark
        lift_hold(vault, hold.id, reason="over", on=TODAY)
    erase_family(vault, case.family.id)
    assert findings(vault) == []


def test_which_holds_stand_is_seen_without_a_key(vault: Vault, case: Case) -> None:
    first = place_hold(vault, case.family.id, reason="a", on=TODAY)
    second = place_hold(vault, case.family.id, reason="b", on=TODAY, film=case.film.id)

    def seen() -> set[Id]:
        with vault.core.storage.reading() as connection:
            return shredding.standing_holds(connection, case.family.id)

    assert seen() == {case.family.id, case.film.id}
    lift_hold(vault, first.id, reason="c", on=TODAY)
    assert seen() == {case.film.id}
    lift_hold(vault, second.id, reason="c", on=TODAY)
    assert seen() == set()
    assert len(vault.all(LegalHold)) == 4


@pytest.mark.parametrize("reason", ["", "  ", "Nadia asked for it", "for Nadia, who moved away", vault_case.NAME])
def test_the_reason_names_nobody(vault: Vault, case: Case, reason: str) -> None:
    with pytest.raises(InvalidRecord):
        erasing.erase_family(vault, case.family.id, reason=reason, on=TODAY)
    assert vault.has_key(case.family.id)


def test_one_who_has_no_key_of_the_family_can_erase_it_all_the_same(vault: Vault, case: Case) -> None:
    """An administrator sees no film and reads no name; destroying takes neither."""
    vault.core.keyring.lose(case.family.id, [1])
    vault.core.keyring.settle(kept=True)
    assert not vault.has_key(case.family.id)
    erase_family(vault, case.family.id)
    assert findings(vault) == []


def test_a_run_cut_off_before_the_commit_changes_nothing(vault: Vault, case: Case, monkeypatch: Any) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise StorageFailed("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(type(vault.core.audit), "enter", fail)
        with pytest.raises(StorageFailed):
            erase_family(vault, case.family.id)
    assert vault.get(Mark, case.mark.id).value == case.mark
    assert vault.core.keyring.key(case.family.id, 1).item
    assert erasing.erasures(vault) == []
    assert findings(vault) == []


def test_an_erased_record_that_is_put_back_is_found(vault: Vault, case: Case) -> None:
    older, grants = rows_of(vault, case.family.id)
    erase_family(vault, case.family.id)
    mark = next(row for row in older if row["id"].hex() == case.mark.id)
    with vault.core.storage.writing() as connection:
        connection.execute(insert(schema.revision).values(mark))
    assert case.mark.id in {finding.object for finding in log_book.check(vault)}
    with vault.core.storage.writing() as connection:
        connection.execute(delete(schema.revision).where(schema.revision.c.id == mark["id"]))
        connection.execute(insert(schema.domain_grant).values(grants))
    assert [finding.object for finding in log_book.check(vault)] == [case.family.id]
    with vault.core.storage.writing() as connection:
        connection.execute(update(schema.domain_epoch).values(state=EpochState.ACTIVE))
    assert [finding.object for finding in log_book.check(vault)] == [case.family.id]


def test_only_what_the_log_says_was_erased_is_excused(vault: Vault, case: Case) -> None:
    """Somebody deletes another family past the program and calls it shredded."""
    erase_family(vault, case.family.id)
    name = bytes.fromhex(case.other.id)
    with vault.core.storage.writing() as connection:
        here = select(schema.revision.c.n).where(schema.revision.c.domain == name)
        connection.execute(delete(schema.head).where(schema.head.c.n.in_(here)))
        connection.execute(delete(schema.revision).where(schema.revision.c.domain == name))
        connection.execute(delete(schema.domain_grant).where(schema.domain_grant.c.domain == name))
        shredded = update(schema.domain_epoch).where(schema.domain_epoch.c.domain == name)
        connection.execute(shredded.values(state=EpochState.SHREDDED))
    assert [finding.object for finding in log_book.check(vault)] == [case.other.id]


def test_records_older_than_the_log_are_vouched_for_anew(vault: Vault, case: Case) -> None:
    """As in a vault of format 1: its first entries do not name them."""
    with vault.core.storage.writing() as connection:
        connection.execute(delete(schema.audit))
        digests = list(connection.execute(select(schema.revision.c.digest)).scalars())
        known: dict[str, str | int] = {"revisions": len(digests), "digest": audit_check.baseline_of(digests)}
        vault.core.audit.enter(connection, audit_check.BASELINE, vault_case.ticking(), details=known)
    assert log_book.check(vault) == []
    older, _ = rows_of(vault, case.family.id)
    erase_family(vault, case.family.id)
    assert log_book.check(vault) == []
    with vault.core.storage.writing() as connection:
        for row in older:
            connection.execute(insert(schema.revision).values(row))
    back = {finding.object for finding in log_book.check(vault)}
    assert back >= {case.family.id, case.mark.id}, "the baseline of before does not vouch for them"


def test_erasing_vouches_for_nothing_that_came_past_the_log(vault: Vault, case: Case) -> None:
    with vault.core.storage.writing() as connection:
        connection.execute(delete(schema.audit))
        known: dict[str, str | int] = {"revisions": 1, "digest": audit_check.baseline_of([bytes(32)])}
        vault.core.audit.enter(connection, audit_check.BASELINE, vault_case.ticking(), details=known)
    assert log_book.check(vault) != []
    erase_family(vault, case.family.id)
    assert log_book.check(vault) != []


def test_a_certificate_says_ids_and_days_and_no_names(vault: Vault, case: Case, place: Server | None) -> None:
    erasure = erase_family(vault, case.family.id)
    text = erasing.certificate(vault, erasure)
    for word in (
        erasure.id,
        case.family.id,
        vault.vault_id,
        vault.user_id,
        WHY,
        "2026-11-22",
        "records       5",
        "sealed files  1",
    ):
        assert word in text, word
    assert ("server" in text) is (place is not None), "what a server keeps is said where there is one"
    for name in (case.mother.name, case.family.code, "Mina"):
        assert name not in text


def test_rules_outlive_a_family(vault: Vault, case: Case) -> None:
    rule = RetentionRule(id=new_id(), months_after_closing=2)
    set_rule(vault, rule)
    erase_family(vault, case.family.id)
    assert [stored.value for stored in vault.all(RetentionRule)] == [rule]


def test_files_that_are_to_go_are_no_films_of_the_vault(vault: Vault, case: Case) -> None:
    with vault.core.storage.writing() as connection:
        connection.execute(update(schema.footage).values(state=FootageState.ERASED))
    assert vault.info().footage_files == 0
