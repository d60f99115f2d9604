"""A family under another key: what is said stays said, nobody has the old key, and a stop does no harm."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import vault_case
from rekey_case import SMALL, add_stand_in, do, is_whole, on_disk, read, rows, states
from vault_case import Case, Stop, never, silent
from vigtool.annotate.mark import Mark
from vigtool.casework.family import Person
from vigtool.casework.film import Film
from vigtool.crypto import item
from vigtool.errors import (
    Cancelled,
    FilmsBeyondReach,
    InvalidRecord,
    NoKey,
    RecordChanged,
    SealBroken,
    VaultDamaged,
)
from vigtool.ids import new_id
from vigtool.vault import footage, footage_again, payload, schema
from vigtool.vault.footage import seal_made
from vigtool.vault.grants import EpochState
from vigtool.vault.rekey import deep_rekey
from vigtool.vault.shapes import FilmStandIn
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify


def _add(writer: Any, value: Any) -> None:
    writer.add(value)


def test_names_signatures_and_statements_stay(vault: Vault, case: Case) -> None:
    stand_in = add_stand_in(vault, case)
    before = {row.digest: vault.core.seals.open(row) for row in rows(vault, case.family.id)}
    others = rows(vault, case.other.id)
    told: list[tuple[int, int]] = []
    do(vault, case, report=lambda done, total: told.append((done, total)))
    after = {row.digest: row for row in rows(vault, case.family.id)}
    for name, was in before.items():
        row = after[name]
        now = vault.core.seals.open(row)
        assert (now.statement, now.signature, now.associated) == (was.statement, was.signature, was.associated)
        assert now.stored == was.stored
        assert item.digest(row.sealed) != name
        key = vault.core.keyring.key(case.family.id, 2).item
        assert payload.unpack(item.open_sealed(key, row.sealed, now.associated))[2] == name
    assert len(after) == len(before) + 2, "each film's record follows its new file"
    assert rows(vault, case.other.id) == others
    assert states(vault, case.family.id) == [EpochState.SHREDDED, EpochState.ACTIVE]
    assert told[-1][0] == told[-1][1] > 2 * (len(case.bytes) + len(SMALL))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    is_whole(vault, case, 2, stand_in.id)
    with vault.transaction("mark") as writer:
        writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note="another"))
    do(vault, case)
    assert [stored.revision for stored in vault.history(case.mark.id)] == [1, 2]
    assert vault.core.keyring.epochs(case.family.id) == [3]
    assert verify(vault, silent, never) == []


def test_a_name_that_was_changed_is_found(vault: Vault, case: Case) -> None:
    do(vault, case)
    with vault.core.storage.writing() as connection:
        of_mark = schema.revision.c.id == bytes.fromhex(case.mark.id)
        connection.execute(schema.revision.update().where(of_mark).values(digest=bytes(range(32))))
    with pytest.raises(SealBroken, match=case.mark.id):
        vault.get(Mark, case.mark.id)


@pytest.mark.parametrize("parts", [[b"a"], [b"a", b"b", b"c"], [b"a", b"b", bytes(32), b"d"], [b"a", b"b", "c"]])
def test_what_has_other_parts_is_no_record(vault: Vault, case: Case, parts: list[Any]) -> None:
    row = next(row for row in rows(vault, case.family.id) if row.id == case.mark.id)
    opened = vault.core.seals.open(row)
    key = vault.core.keyring.key(case.family.id, 1).item
    sealed = item.seal(key, payload.pack(parts), opened.associated, 1)
    with pytest.raises(VaultDamaged):
        vault.core.seals.open(replace(row, sealed=sealed, digest=item.digest(sealed)))


def test_what_is_left_out_is_gone_with_its_keys(vault: Vault, case: Case) -> None:
    stand_in = add_stand_in(vault, case)
    mother = vault.get(Person, case.mother.id)
    without = {"without_records": [stand_in.id, case.mother.id], "without_files": [stand_in.footage.file]}
    more = replace(case.mother, id=new_id())
    with pytest.raises(InvalidRecord, match="needs a file"):
        do(vault, case, without_files=[case.film.footage.file])
    do(vault, case, also=lambda writer: _add(writer, more), **without)
    assert vault.all(FilmStandIn) == []
    assert [stored.value for stored in vault.all(Person)] == [more], "written in the same transaction"
    assert not any(row.id in (stand_in.id, mother.id) for row in rows(vault, case.family.id))
    assert on_disk(vault) == {vault.get(Film, case.film.id).value.footage.file}


def test_only_whoever_keeps_a_key_does_it(vault: Vault, case: Case) -> None:
    with pytest.raises(InvalidRecord):
        do(vault, case, keep_users=[])
    with pytest.raises(NoKey):
        deep_rekey(vault, new_id(), keep_users=None, act="family rekey", objects=[], report=silent, cancelled=never)
    with vault.transaction("outer"), pytest.raises(RuntimeError):
        do(vault, case)
    do(vault, case, keep_users=[vault.user_id])


def test_stopped_when_asked_for_the_so_many_th_time_nothing_is_changed(vault: Vault, case: Case) -> None:
    stand_in = add_stand_in(vault, case)
    before, files = rows(vault, case.family.id), on_disk(vault)
    for after in range(50):
        stop = Stop(after)
        try:
            do(vault, case, cancelled=stop)
        except Cancelled:
            assert rows(vault, case.family.id) == before
            assert on_disk(vault) == files
        else:
            break
    assert after > 4
    is_whole(vault, case, 2, stand_in.id)


def test_a_film_that_comes_in_the_meantime_is_taken_along(
    vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = footage_again.seal_again
    come: list[Film] = []

    def one_more(*told: Any, **more: Any) -> Any:
        made = again(*told, **more)
        if not come:
            come.append(vault_case.add_film(vault, SMALL, case.family.id))
        return made

    monkeypatch.setattr(footage_again, "seal_again", one_more)
    do(vault, case)
    assert read(vault, vault.get(Film, come[0].id).value, case.family.id) == SMALL
    assert verify(vault, silent, never) == []


def test_a_film_that_is_just_coming_in_is_waited_for(vault: Vault, case: Case) -> None:
    files = on_disk(vault)

    def slowly(out: Any) -> None:
        with pytest.raises(RecordChanged):
            do(vault, case)
        out.write(SMALL)

    sealed = seal_made(vault, slowly, len(SMALL), case.family.id, never)
    footage.discard(vault, sealed)
    assert on_disk(vault) == files
    is_whole(vault, case, 1)
    do(vault, case)
    is_whole(vault, case, 2)


def test_a_film_that_is_gone_is_named_and_nothing_is_changed(vault: Vault, case: Case) -> None:
    file = vault.core.folder.footage_file(case.film.footage.file)
    whole = file.read_bytes()
    file.unlink()
    before = rows(vault, case.family.id)
    with pytest.raises(FilmsBeyondReach) as told:
        do(vault, case)
    assert told.value.films == (case.film.id,)
    assert rows(vault, case.family.id) == before
    assert vault.core.keyring.epochs(case.family.id) == [1]
    file.parent.mkdir(exist_ok=True)  # the new file may have lain in the same folder, which went with it
    file.write_bytes(whole)
    is_whole(vault, case, 1)
