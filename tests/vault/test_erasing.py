"""Erasing a family: nothing of its keys is left where the vault lies, and nothing of it comes back unsaid."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

import vault_case
from erased import files_of, found_in, rows_of, traces_of
from postgres import Server
from vault_case import PASSPHRASE, Case, silent
from vigtool.annotate.mark import Mark
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.retention import RetentionRule
from vigtool.errors import InvalidRecord, NoKey, NoSuchRecord, StorageFailed, UnderHold
from vigtool.ids import Id, new_id
from vigtool.practice import erasing
from vigtool.practice.opening import open_vault
from vigtool.practice.retention import lift_hold, place_hold, set_rule
from vigtool.vault import audit_check, log_book, schema, shredding, tombstones
from vigtool.vault.footage_states import FootageState
from vigtool.vault.grants import EpochState
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.shapes import Finding
from vigtool.vault.storage import Storage
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

TODAY = date(2026, 11, 22)
WHY = "the time of the service's rule is over"


def erase(vault: Vault, family: Id) -> Erasure:
    return erasing.erase_family(vault, family, reason=WHY, on=TODAY)


def findings(vault: Vault) -> list[Finding]:
    return verify(vault, silent, vault_case.never)


@pytest.fixture
def fresh(tmp_path: Path, place: Server | None) -> Any:
    """A vault that was never copied: nothing of it is in any other database of the server."""
    del place
    with Vault.create(tmp_path / "fresh", PASSPHRASE, cost=LEAST_COST, clock=vault_case.ticking) as vault:
        yield vault


def filled(vault: Vault) -> tuple[Family, Family]:
    """Two families with a film and a written-over record each."""
    made = []
    for code in ("F-0001", "F-0002"):
        family = vault_case.add_family(vault, code)
        vault_case.add_film(vault, bytes(range(256)) * 300, family.id)
        with vault.transaction("change") as writer:
            writer.change(vault.get(Family, family.id), replace(family, place="kitchen " * 40))
        made.append(family)
    return made[0], made[1]


def test_no_key_and_no_row_of_an_erased_family_is_left_anywhere(fresh: Vault, place: Server | None) -> None:
    ours, other = filled(fresh)
    gone, kept = traces_of(fresh, ours.id), traces_of(fresh, other.id)
    assert found_in(files_of(fresh, place), gone.all()) == len(gone.all()), "the search finds what is there"
    erasure = erase(fresh, ours.id)
    assert erasure.keys >= 1
    files = files_of(fresh, place)
    assert found_in(files, gone.keys) == 0
    assert found_in(files, gone.rows) == 0
    assert found_in(files, gone.headers) == 0
    assert found_in(files, kept.all()) == len(kept.all())
    assert findings(fresh) == []


def test_the_search_finds_a_key_where_what_is_deleted_is_not_overwritten(fresh: Vault, place: Server | None) -> None:
    if place is not None:
        pytest.skip("a server has no such switch")
    fresh.core.storage.ask("secure_delete=0")
    ours, _ = filled(fresh)
    gone = traces_of(fresh, ours.id)
    erase(fresh, ours.id)
    assert found_in(files_of(fresh, place), gone.keys) > 0


def test_the_search_finds_a_key_where_the_database_was_not_made_to_forget(
    fresh: Vault, place: Server | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, _ = filled(fresh)
    gone = traces_of(fresh, ours.id)
    monkeypatch.setattr(type(fresh.core.storage), "forget", lambda _self: None)
    erase(fresh, ours.id)
    assert found_in(files_of(fresh, place), gone.keys) > 0


def test_an_erased_family_is_gone_for_its_user_and_the_log_says_so(vault: Vault, case: Case) -> None:
    before = {file.name for file in vault.core.folder.footage.rglob("*.age")}
    erasure = erase(vault, case.family.id)
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
        erase(vault, case.family.id)


def test_it_stays_so_when_the_vault_is_opened_again(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        kept = {stored.digest for stored in vault.history(case.other.id)}
        erasure = erase(vault, case.family.id)
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        assert [family.value for family in vault.all(Family)] == [case.other]
        assert {stored.digest for stored in vault.history(case.other.id)} == kept
        assert erasing.erasures(vault) == [erasure]
        assert vault.swept.strangers == 0
        assert findings(vault) == []


def test_the_other_family_can_be_worked_with_and_another_begun(vault: Vault, case: Case) -> None:
    erase(vault, case.family.id)
    with vault.transaction("change") as writer:
        writer.change(vault.get(Family, case.other.id), replace(case.other, place="hall"))
    film = vault_case.add_film(vault, case.bytes, vault_case.add_family(vault, "F-0003").id)
    assert vault.get(Film, film.id).value == film
    assert findings(vault) == []


def test_a_hold_on_the_family_or_on_one_film_stops_it(vault: Vault, case: Case) -> None:
    for film in (None, case.film.id):
        hold = place_hold(vault, case.family.id, reason="proceedings", on=TODAY, film=film)
        with pytest.raises(UnderHold):
            erase(vault, case.family.id)
        assert vault.get(Mark, case.mark.id).value == case.mark
        lift_hold(vault, hold.id, reason="over", on=TODAY)
    erase(vault, case.family.id)
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
    erase(vault, case.family.id)
    assert findings(vault) == []


def test_a_run_cut_off_before_the_commit_changes_nothing(vault: Vault, case: Case, monkeypatch: Any) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise StorageFailed("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(type(vault.core.audit), "enter", fail)
        with pytest.raises(StorageFailed):
            erase(vault, case.family.id)
    assert vault.get(Mark, case.mark.id).value == case.mark
    assert vault.core.keyring.key(case.family.id, 1).item
    assert erasing.erasures(vault) == []
    assert findings(vault) == []


class LateState:
    """The states of an epoch, the last of which cannot be had."""

    SHREDDING = EpochState.SHREDDING

    @property
    def SHREDDED(self) -> EpochState:
        raise ZeroDivisionError


def cut(*_: object, **__: object) -> Any:
    raise ZeroDivisionError


CUTS: dict[str, tuple[object, str, object]] = {
    "before the list is written": (tombstones, "keep_beside", cut),
    "before the keys are forgotten": (Storage, "forget", cut),
    "before a file is overwritten": (shredding, "_take_away", cut),
    "before it is removed": (Path, "unlink", cut),
    "before it is written down": (shredding, "EpochState", LateState()),
}


@pytest.mark.parametrize("where", CUTS)
def test_a_run_cut_off_after_the_commit_is_finished_when_the_vault_is_next_opened(
    fresh: Vault, tmp_path: Path, place: Server | None, where: str
) -> None:
    ours, other = filled(fresh)
    gone, kept = traces_of(fresh, ours.id), traces_of(fresh, other.id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*CUTS[where])
        with pytest.raises(ZeroDivisionError):
            erase(fresh, ours.id)
    assert not shredding.is_finished(fresh.core)
    assert "Not finished" in erasing.certificate(fresh, erasing.erasures(fresh)[0])
    fresh.close()
    with Vault.open(tmp_path / "fresh", PASSPHRASE, clock=vault_case.ticking) as vault:
        assert shredding.is_finished(vault.core)
        assert found_in(files_of(vault, place), gone.all()) == 0
        assert found_in(files_of(vault, place), kept.all()) == len(kept.all())
        assert "Not finished" not in erasing.certificate(vault, erasing.erasures(vault)[0])
        assert tombstones.read_beside(vault.folder) is not None
        assert vault.swept.strangers == 0
        assert findings(vault) == []


def test_an_erased_record_that_is_put_back_is_found(vault: Vault, case: Case) -> None:
    older, grants = rows_of(vault, case.family.id)
    erase(vault, case.family.id)
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
    erase(vault, case.family.id)
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
    erase(vault, case.family.id)
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
    erase(vault, case.family.id)
    assert log_book.check(vault) != []


def test_an_older_state_of_the_vault_brings_nothing_back_once_it_is_told(
    tmp_path: Path, folder: Path, case: Case
) -> None:
    older = vault_case.copy(folder, tmp_path / "older")
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        erasure = erase(vault, case.family.id)
        other = erase(vault, vault_case.add_family(vault, "F-0009").id)
        told = tombstones.export_list(vault)
        assert tombstones.read_beside(folder) is not None
    with Vault.open(older, PASSPHRASE, clock=vault_case.ticking) as vault:
        listed = tombstones.check_list(told, vault)
        assert listed.trusted
        assert listed.erasures == (erasure, other)
        assert erasing.still_standing(vault, listed.erasures) == [erasure]
        assert erasing.reapply(vault, listed.erasures) == (erasure,)
        assert erasing.still_standing(vault, listed.erasures) == []
        assert [family.value for family in vault.all(Family)] == [case.other]
        assert erasing.erasures(vault) == [erasure, other]
        assert not any(vault.core.folder.footage.rglob("*.age"))
        assert findings(vault) == []
        assert erasing.reapply(vault, listed.erasures) == ()


def test_the_list_in_the_folder_tells_of_every_erasure_without_a_key(folder: Path, case: Case) -> None:
    assert tombstones.read_beside(folder) is None
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        assert tombstones.check_list(tombstones.export_list(vault), vault).erasures == ()
        erasure = erase(vault, case.family.id)
        data = tombstones.read_beside(folder)
        assert data is not None
        assert tombstones.check_list(data, vault).erasures == (erasure,)
        assert WHY.encode() not in data
        (folder / tombstones.FILE_NAME).unlink()
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        again = tombstones.read_beside(folder)
        assert again is not None
        assert tombstones.check_list(again, vault).erasures == (erasure,)


def test_an_older_database_put_beside_a_newer_list_is_told_and_the_list_forgets_nothing(
    tmp_path: Path, folder: Path, case: Case
) -> None:
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        first = erase(vault, case.other.id)
    older = vault_case.copy(folder, tmp_path / "older")
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        second = erase(vault, case.family.id)
        assert erasing.back_again(vault) == []
    shutil.copy2(folder / tombstones.FILE_NAME, older / tombstones.FILE_NAME)
    for _ in range(2):
        with Vault.open(older, PASSPHRASE, clock=vault_case.ticking) as vault:
            assert erasing.back_again(vault) == [second]
            assert erasing.erasures(vault) == [first]
            assert tombstones.check_list(tombstones.export_list(vault), vault).erasures == (first, second)
    with Vault.open(older, PASSPHRASE, clock=vault_case.ticking) as vault:
        assert erasing.reapply(vault, erasing.back_again(vault)) == (second,)
        assert erasing.back_again(vault) == []
        assert findings(vault) == []


@pytest.mark.parametrize("harm", [b"", b"nonsense", None])
def test_a_list_beside_that_is_no_list_is_written_anew(folder: Path, case: Case, harm: bytes | None) -> None:
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        erasure = erase(vault, case.family.id)
    file = folder / tombstones.FILE_NAME
    file.write_bytes(file.read_bytes()[:-1] + b"x" if harm is None else harm)
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        assert tombstones.list_beside(vault.core) == (erasure,)
        assert erasing.back_again(vault) == []


def test_a_damaged_entry_of_an_erasure_keeps_nobody_out(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        erasure = erase(vault, case.family.id)
        with vault.core.storage.writing() as connection:
            row = schema.revision.c.id == bytes.fromhex(erasure.id)
            connection.execute(update(schema.revision).where(row).values(sealed=bytes(200)))
    opened = open_vault(folder, PASSPHRASE)
    with opened.vault as vault:
        assert opened.back_again == ()
        assert erasure.id in {finding.object for finding in findings(vault)}
        assert vault.get(Family, case.other.id).value == case.other


def believed(data: bytes, vault: Vault) -> bool:
    """Whether a list is taken without asking a person."""
    try:
        return tombstones.check_list(data, vault).trusted
    except InvalidRecord:
        return False


def test_a_list_that_was_changed_or_is_anothers_is_refused(fresh: Vault, folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE, clock=vault_case.ticking) as vault:
        erase(vault, case.family.id)
        data = tombstones.export_list(vault)
        with pytest.raises(InvalidRecord, match="another vault"):
            tombstones.check_list(data, fresh)
        for place in range(0, len(data), 7):
            harmed = bytearray(data)
            harmed[place] ^= 1
            assert not believed(bytes(harmed), vault), place
        for short in (b"", data[:-1], b"\xa0", b"\x83\x40\x40\x40"):
            assert not believed(short, vault)
        assert believed(data, vault)


def test_a_certificate_says_ids_and_days_and_no_names(vault: Vault, case: Case, place: Server | None) -> None:
    erasure = erase(vault, case.family.id)
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
    erase(vault, case.family.id)
    assert [stored.value for stored in vault.all(RetentionRule)] == [rule]


def test_files_that_are_to_go_are_no_films_of_the_vault(vault: Vault, case: Case) -> None:
    with vault.core.storage.writing() as connection:
        connection.execute(update(schema.footage).values(state=FootageState.ERASED))
    assert vault.info().footage_files == 0
