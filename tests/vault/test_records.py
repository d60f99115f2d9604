"""Records are written, changed, removed and found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

import vault_case
from vault_case import NAME, PASSPHRASE, Case
from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Reel
from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.errors import AmbiguousId, InvalidRecord, NoKey, NoSuchRecord, RecordChanged, VaultError
from vigtool.ids import new_id
from vigtool.vault.kinds import kind_of
from vigtool.vault.shapes import FilmIndex, Profile, Setting
from vigtool.vault.vault import Vault


def test_what_was_written_is_there_after_opening_again(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE) as vault:
        values: tuple[Any, ...] = (case.family, case.mother, case.film, case.layer, case.mark)
        for value in values:
            stored = vault.get(type(value), value.id)
            assert stored.value == value
            assert (stored.revision, stored.previous, stored.removed) == (1, bytes(32), False)
            assert stored.writer == stored.owner == vault.user_id
        assert vault.get(Family, case.family.id).value.name == NAME
        assert vault.get(Profile, vault.user_id).value.name == "Sam"


def test_where_each_record_belongs(vault: Vault, case: Case) -> None:
    places: dict[Any, tuple[str, str]] = {
        case.family: (case.family.id, vault.vault_id),
        case.mother: (case.family.id, case.family.id),
        case.film: (case.family.id, case.family.id),
        case.layer: (case.family.id, case.film.id),
        case.mark: (case.family.id, case.layer.id),
    }
    for value, (domain, parent) in places.items():
        stored = vault.get(type(value), value.id)
        assert (stored.domain, stored.parent) == (domain, parent)
        assert vault.domain_of(value.id) == domain
    assert vault.get(Profile, vault.user_id).domain == vault.vault_id


def test_a_change_is_a_revision_that_names_the_one_it_replaces(vault: Vault, case: Case) -> None:
    first = vault.get(Mark, case.mark.id)
    with vault.transaction("mark change", [case.mark.id]) as writer:
        second = writer.change(first, replace(case.mark, note="she turns away"))
    assert second.previous == first.digest
    assert (second.revision, second.created) == (2, first.created)
    assert second.edited > first.edited
    assert vault.get(Mark, case.mark.id) == second
    assert vault.history(case.mark.id) == [first, second]


def test_who_changes_what_somebody_else_changed_is_told(vault: Vault, case: Case) -> None:
    seen = vault.get(Mark, case.mark.id)
    with vault.transaction("first") as writer:
        writer.change(seen, replace(case.mark, note="one"))
    with pytest.raises(RecordChanged), vault.transaction("second") as writer:
        writer.change(seen, replace(case.mark, note="two"))
    with pytest.raises(RecordChanged), vault.transaction("third") as writer:
        writer.remove(seen)
    assert vault.get(Mark, case.mark.id).value.note == "one"


def test_a_removed_record_is_gone_from_lists_and_kept_in_its_history(vault: Vault, case: Case) -> None:
    seen = vault.get(Mark, case.mark.id)
    with vault.transaction("mark remove") as writer:
        gone = writer.remove(seen)
    assert vault.all(Mark) == []
    for look in (lambda: vault.get(Mark, case.mark.id), lambda: vault.find_id(Mark, case.mark.id[:8])):
        with pytest.raises(NoSuchRecord):
            look()
    assert [stored.removed for stored in vault.history(case.mark.id)] == [False, True]
    assert vault.history(case.mark.id)[1].value == case.mark
    with pytest.raises(RecordChanged), vault.transaction("again") as writer:
        writer.remove(gone)
    with pytest.raises(RecordChanged), vault.transaction("change") as writer:
        writer.change(gone, case.mark)


def test_a_removal_can_be_taken_back(vault: Vault, case: Case) -> None:
    with vault.transaction("remove") as writer:
        gone = writer.remove(vault.get(Mark, case.mark.id))
    with vault.transaction("undo") as writer:
        back = writer.add(case.mark)
    assert (back.revision, back.previous) == (3, gone.digest)
    assert vault.get(Mark, case.mark.id).value == case.mark
    with pytest.raises(RecordChanged), vault.transaction("twice") as writer:
        writer.add(case.mark)


def test_records_are_listed_by_domain_and_parent_in_the_order_they_came(vault: Vault, case: Case) -> None:
    marks = [vault_case.mark_of(case.layer, start) for start in (9, 3, 6)]
    with vault.transaction("add") as writer:
        for mark in marks:
            writer.add(mark)
    with vault.transaction("change the first") as writer:
        writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note="later"))
    assert [stored.id for stored in vault.all(Mark, parent=case.layer.id)] == [case.mark.id, *(m.id for m in marks)]
    assert [stored.value for stored in vault.all(Family)] == [case.family, case.other]
    assert vault.all(Mark, domain=case.other.id) == []
    assert vault.all(Person, domain=case.family.id)[0].value == case.mother
    assert vault.all(Layer, parent=case.film.id)[0].value == case.layer
    assert vault.all(Reel) == []


def test_ids_are_found_by_their_beginning(vault: Vault, case: Case) -> None:
    assert vault.find_id(Mark, case.mark.id[:6].upper()) == case.mark.id
    assert vault.find_id(Mark, case.mark.id) == case.mark.id
    twins = [replace(vault_case.mark_of(case.layer), id="ab" * 3 + new_id()[6:]) for _ in range(2)]
    with vault.transaction("twins") as writer:
        for twin in twins:
            writer.add(twin)
    with pytest.raises(AmbiguousId):
        vault.find_id(Mark, "ababab")
    assert vault.find_id(Mark, twins[0].id) == twins[0].id
    for nothing in ("", "zz", "ababab" * 9, case.film.id, "0" * 32, "%", "ab'--"):
        with pytest.raises(NoSuchRecord):
            vault.find_id(Mark, nothing)


def test_what_is_not_there_is_named(vault: Vault, case: Case) -> None:
    for wrong in (new_id(), "", "no id", case.film.id, case.mark.id.upper()):
        with pytest.raises(NoSuchRecord):
            vault.get(Mark, wrong)
    for wrong in (new_id(), "no id"):
        with pytest.raises(NoSuchRecord):
            vault.history(wrong)
        with pytest.raises(NoSuchRecord):
            vault.domain_of(wrong)
    with pytest.raises(NoSuchRecord), vault.transaction("lost") as writer:
        writer.add(replace(vault_case.mark_of(case.layer), layer=new_id()))
    with pytest.raises(TypeError):
        vault.all(int)


def test_layers_and_marks_are_their_authors_own(vault: Vault, case: Case) -> None:
    somebody = new_id()
    with pytest.raises(InvalidRecord, match="author"), vault.transaction("theirs") as writer:
        writer.add(Layer(id=new_id(), film=case.film.id, author=somebody, scheme="x", scheme_version=1))
    with pytest.raises(InvalidRecord, match="author"), vault.transaction("theirs") as writer:
        writer.add(Reel(id=new_id(), family=case.family.id, author=somebody))
    with pytest.raises(InvalidRecord, match="belongs"), vault.transaction("give away") as writer:
        writer.change(vault.get(Layer, case.layer.id), replace(case.layer, author=somebody))


def test_a_record_stays_where_it_belongs(vault: Vault, case: Case) -> None:
    stored = vault.get(Person, case.mother.id)
    wrong: list[Any] = [replace(case.mother, family=case.other.id), replace(case.mother, id=new_id()), case.mark]
    for elsewhere in wrong:
        with pytest.raises(InvalidRecord), vault.transaction("move") as writer:
            writer.change(stored, elsewhere)
    with pytest.raises(InvalidRecord), vault.transaction("nameless") as writer:
        writer.add(replace(case.mother, id="nameless"))
    assert vault.get(Person, case.mother.id) == stored


def test_answers_are_appended_and_never_changed(vault: Vault, case: Case) -> None:
    consent = Consent(
        id=new_id(), family=case.family.id, signed_by=case.mother.id, signed_as="themselves",
        for_persons=(case.mother.id,), scope=Scope.FILM, answer=Answer.YES, on=date(2026, 3, 1),
    )  # fmt: skip
    with vault.transaction("consent give") as writer:
        stored = writer.add(consent)
    with pytest.raises(InvalidRecord, match="never"), vault.transaction("change") as writer:
        writer.change(stored, replace(consent, answer=Answer.NO))
    with pytest.raises(InvalidRecord, match="never"), vault.transaction("remove") as writer:
        writer.remove(stored)
    assert vault.get(Consent, consent.id) == stored


def test_a_family_needs_its_key_first_and_has_one_only(vault: Vault, case: Case) -> None:
    with pytest.raises(NoKey), vault.transaction("no key") as writer:
        writer.add(vault_case.family())
    with pytest.raises(InvalidRecord), vault.transaction("twice") as writer:
        writer.open_domain(case.family.id)


def test_the_vaults_own_records(vault: Vault, case: Case) -> None:
    setting = Setting(id=new_id(), name="retention", value="8 years")
    index = FilmIndex(id=new_id(), film=case.film.id, data=bytes(100_000))
    with vault.transaction("settings") as writer:
        writer.add(setting)
        writer.add(index)
    assert vault.all(Setting)[0].value == setting
    assert vault.all(FilmIndex, parent=case.film.id)[0].value == index
    info = vault.info()
    assert (info.families, info.films, info.users, info.format) == (2, 1, 1, 2)
    assert info.footage_files == 1
    assert info.footage_bytes > len(case.bytes)


def test_times_are_sealed_and_come_from_the_clock(folder: Path, case: Case) -> None:
    now = datetime(2031, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)
    with Vault.open(folder, PASSPHRASE, clock=lambda: now) as vault:
        with vault.transaction("add") as writer:
            writer.add(vault_case.mark_of(case.layer))
        stored = vault.all(Mark)[-1]
        assert stored.created == stored.edited == now
    with Vault.open(folder, PASSPHRASE) as vault, vault.core.storage.reading() as connection:
        columns = {column["name"] for column in inspect(connection).get_columns("revision")}
    assert columns == {
        "n", "digest", "id", "revision", "device", "previous", "kind", "domain", "parent", "owner", "sealed"
    }  # fmt: skip
    connection.close()


def test_a_clock_that_goes_back_hurts_nothing(folder: Path, case: Case) -> None:
    with Vault.open(folder, PASSPHRASE, clock=lambda: datetime(1999, 1, 1, tzinfo=UTC)) as vault:
        with vault.transaction("change") as writer:
            writer.change(vault.get(Mark, case.mark.id), replace(case.mark, star=True))
        assert vault.get(Mark, case.mark.id).value.star


def test_a_closed_vault_gives_nothing(folder: Path, case: Case) -> None:
    vault = Vault.open(folder, PASSPHRASE)
    vault.close()
    vault.close()
    for look in (lambda: vault.all(Family), lambda: vault.get(Family, case.family.id), vault.info):
        with pytest.raises(VaultError, match="closed"):
            look()
    with pytest.raises(VaultError, match="closed"), vault.transaction("late"):
        pass
    assert not vault.has_key(case.family.id)


def test_nothing_readable_is_shown_by_representations(vault: Vault, case: Case) -> None:
    stored = vault.get(Family, case.family.id)
    assert "Nadia" not in repr(stored)
    assert "Sam" not in repr(vault.get(Profile, vault.user_id))
    assert "seed" not in repr(vault.core.keyring)
    assert kind_of(Film).number == 6
    assert timedelta(0) <= stored.edited - stored.created
