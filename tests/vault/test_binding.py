"""Whoever can write to the database can break a record, but cannot make it say anything else, or stand elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest

import vault_case
from vault_case import PASSPHRASE, Case
from vigtool.annotate.mark import Mark
from vigtool.casework.family import Family, Person
from vigtool.errors import NoKey, NoSuchRecord, SealBroken, VaultDamaged, VaultError, WrongPassphrase
from vigtool.ids import new_id
from vigtool.vault.shapes import Stored
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify


def blob(id_: str) -> bytes:
    return bytes.fromhex(id_)


def tamper(folder: Path, *statements: tuple[str, tuple[Any, ...]]) -> None:
    connection = vault_case.database(folder)
    for statement, values in statements:
        assert connection.execute(statement, values).rowcount == 1, statement
    connection.close()


COLUMNS: dict[str, Callable[[Case], Any]] = {
    "revision": lambda _: 2,
    "device": lambda _: blob(new_id()),
    "previous": lambda _: b"\x07" * 32,
    "kind": lambda _: 4,
    "domain": lambda case: blob(case.other.id),
    "parent": lambda case: blob(case.other.id),
    "owner": lambda _: blob(new_id()),
    "digest": lambda _: b"\x07" * 32,
}


@pytest.mark.parametrize("column", COLUMNS)
def test_every_clear_column_is_bound(folder: Path, case: Case, column: str) -> None:
    tamper(folder, (f"UPDATE revision SET {column} = ? WHERE id = ?", (COLUMNS[column](case), blob(case.mother.id))))
    with Vault.open(folder, PASSPHRASE) as vault:
        with pytest.raises(SealBroken, match=case.mother.id):
            vault.get(Person, case.mother.id)
        with pytest.raises(SealBroken, match=case.mother.id):
            vault.history(case.mother.id)
        found = verify(vault, vault_case.silent, vault_case.never)
        assert case.mother.id in {finding.object for finding in found}
        assert vault.get(Mark, case.mark.id).value == case.mark, "everything else is as it was"


def test_a_record_cannot_be_put_under_another_id(folder: Path, case: Case) -> None:
    stranger = new_id()
    tamper(folder, ("UPDATE revision SET id = ? WHERE id = ?", (blob(stranger), blob(case.mother.id))))
    with Vault.open(folder, PASSPHRASE) as vault:
        with pytest.raises(SealBroken, match=stranger):
            vault.get(Person, stranger)
        with pytest.raises(NoSuchRecord):
            vault.get(Person, case.mother.id)


def test_a_record_moved_whole_to_another_family_does_not_open(folder: Path, case: Case) -> None:
    other = blob(case.other.id)
    tamper(folder, ("UPDATE revision SET domain = ?, parent = ? WHERE id = ?", (other, other, blob(case.mother.id))))
    with Vault.open(folder, PASSPHRASE) as vault, pytest.raises(SealBroken, match=case.mother.id):
        vault.all(Person, domain=case.other.id)


def two_revisions(folder: Path, case: Case) -> tuple[Stored[Mark], Stored[Mark]]:
    with Vault.open(folder, PASSPHRASE) as vault:
        first = vault.get(Mark, case.mark.id)
        with vault.transaction("change") as writer:
            return first, writer.change(first, replace(case.mark, note="later"))


def test_an_old_payload_under_a_new_revision_does_not_open(folder: Path, case: Case) -> None:
    first, second = two_revisions(folder, case)
    old = "(SELECT sealed FROM revision WHERE digest = ?)"
    tamper(folder, (f"UPDATE revision SET sealed = {old} WHERE digest = ?", (first.digest, second.digest)))
    with Vault.open(folder, PASSPHRASE) as vault, pytest.raises(SealBroken, match=case.mark.id):
        vault.get(Mark, case.mark.id)


def test_two_records_cannot_change_places(folder: Path, case: Case) -> None:
    connection = vault_case.database(folder)
    rows = dict(
        connection.execute(
            "SELECT id, sealed FROM revision WHERE id IN (?, ?)", (blob(case.family.id), blob(case.other.id))
        )
    )
    for mine, others in ((case.family, case.other), (case.other, case.family)):
        connection.execute("UPDATE revision SET sealed = ? WHERE id = ?", (rows[blob(others.id)], blob(mine.id)))
    connection.close()
    with Vault.open(folder, PASSPHRASE) as vault:
        for family in (case.family, case.other):
            with pytest.raises(SealBroken, match=family.id):
                vault.get(Family, family.id)


def test_every_bit_of_an_envelope_counts(folder: Path, case: Case) -> None:
    connection = vault_case.database(folder)
    where = "FROM revision WHERE id = ?"
    (sealed,) = connection.execute(f"SELECT sealed {where}", (blob(case.mother.id),)).fetchone()
    connection.close()
    with Vault.open(folder, PASSPHRASE) as vault:
        row = next(row for row in _rows(vault) if row.id == case.mother.id)
        assert row.sealed == sealed
        for bit in range(8 * len(sealed)):
            changed = bytearray(sealed)
            changed[bit // 8] ^= 1 << bit % 8
            with pytest.raises(SealBroken, match=case.mother.id):
                vault.core.seals.open(replace(row, sealed=bytes(changed)))
        for length in range(len(sealed)):
            with pytest.raises(SealBroken):
                vault.core.seals.open(replace(row, sealed=sealed[:length]))


def _rows(vault: Vault) -> list[Any]:
    from vigtool.vault.verify import _rows as rows

    return list(rows(vault.core))


def test_a_record_moved_into_a_domain_without_a_key_is_missed_by_verify_only(folder: Path, case: Case) -> None:
    tamper(folder, ("UPDATE revision SET domain = ? WHERE id = ?", (blob(new_id()), blob(case.mother.id))))
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.all(Person) == []
        with pytest.raises(NoKey):
            vault.get(Person, case.mother.id)
        found = verify(vault, vault_case.silent, vault_case.never)
        assert "nobody ever opened" in next(f.what for f in found if f.object == case.mother.id)


@pytest.mark.parametrize("column", ["domain", "epoch", "user_id", "granter", "role", "enc", "signature"])
def test_a_grant_is_bound_and_signed(folder: Path, case: Case, column: str) -> None:
    wrong = {"domain": new_id(), "user_id": new_id(), "granter": new_id()}
    value: Any = blob(wrong[column]) if column in wrong else 7
    connection = vault_case.database(folder)
    connection.execute("PRAGMA foreign_keys = OFF")
    if column in ("enc", "signature"):
        query = f"SELECT {column} FROM domain_grant WHERE domain = ?"
        (before,) = connection.execute(query, (blob(case.family.id),)).fetchone()
        value = bytes([before[0] ^ 1]) + before[1:]
    connection.execute(f"UPDATE domain_grant SET {column} = ? WHERE domain = ?", (value, blob(case.family.id)))
    connection.close()
    with Vault.open(folder, PASSPHRASE) as vault:
        with pytest.raises((SealBroken, NoKey), match=case.family.id):
            vault.get(Family, case.family.id)
        assert vault.get(Family, case.other.id).value == case.other


def test_a_grant_from_another_vault_is_none(folder: Path, case: Case, tmp_path: Path) -> None:
    stranger = vault_case.build(tmp_path / "stranger")
    theirs, mine = vault_case.database(tmp_path / "stranger"), vault_case.database(folder)
    query = "SELECT enc, signature FROM domain_grant WHERE domain = ?"
    enc, signature = theirs.execute(query, (blob(stranger.family.id),)).fetchone()
    mine.execute(
        "UPDATE domain_grant SET enc = ?, signature = ? WHERE domain = ?", (enc, signature, blob(case.family.id))
    )
    theirs.close()
    mine.close()
    with Vault.open(folder, PASSPHRASE) as vault, pytest.raises(SealBroken, match=case.family.id):
        vault.get(Family, case.family.id)


@pytest.mark.parametrize("column", ["kem_kind", "kem_public", "sig_public", "signature", "user_id"])
def test_a_users_public_keys_cannot_be_replaced(folder: Path, column: str) -> None:
    connection = vault_case.database(folder)
    connection.execute("PRAGMA foreign_keys = OFF")
    (before,) = connection.execute(f"SELECT {column} FROM user_card").fetchone()
    value = 0x20 if column == "kem_kind" else bytes([before[0] ^ 1]) + before[1:]
    connection.execute(f"UPDATE user_card SET {column} = ?", (value,))
    connection.close()
    with pytest.raises(VaultDamaged):
        Vault.open(folder, PASSPHRASE)


@pytest.mark.parametrize("column", ["slot", "user_id", "kind", "kdf", "commitment", "wrapped"])
def test_a_damaged_keyslot_is_not_called_a_wrong_passphrase(folder: Path, column: str) -> None:
    connection = vault_case.database(folder)
    connection.execute("PRAGMA foreign_keys = OFF")
    (before,) = connection.execute(f"SELECT {column} FROM keyslot").fetchone()
    value = 2 if column == "kind" else bytes([before[0] ^ 1]) + before[1:]
    connection.execute(f"UPDATE keyslot SET {column} = ?", (value,))
    connection.close()
    with pytest.raises(VaultDamaged) as refused:
        Vault.open(folder, PASSPHRASE)
    assert not isinstance(refused.value, WrongPassphrase)


def test_a_vault_with_another_name_does_not_open(folder: Path) -> None:
    tamper(folder, ("UPDATE vault SET vault = ?", (blob(new_id()),)))
    with pytest.raises(VaultDamaged):
        Vault.open(folder, PASSPHRASE)


@pytest.mark.parametrize("table", ["vault", "user_card", "keyslot", "domain_grant", "alembic_version"])
def test_an_emptied_table_is_damage(folder: Path, table: str) -> None:
    connection = vault_case.database(folder)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(f"DELETE FROM {table}")
    connection.close()
    with pytest.raises(VaultError) as refused:
        Vault.open(folder, PASSPHRASE)
    assert isinstance(refused.value, VaultDamaged)


def test_the_database_itself_refuses_ids_of_the_wrong_width(folder: Path, case: Case) -> None:
    connection = vault_case.database(folder)
    with pytest.raises((sqlite.IntegrityError, psycopg.errors.CheckViolation)):
        connection.execute("UPDATE revision SET parent = ? WHERE id = ?", (b"short", blob(case.mother.id)))
    connection.close()


@pytest.mark.parametrize(
    "harm", ["DELETE FROM head", "DELETE FROM head WHERE n % 2 = 1", "UPDATE head SET id = zeroblob(16)"]
)
def test_the_list_of_heads_is_made_good_at_open(folder: Path, case: Case, harm: str) -> None:
    _, second = two_revisions(folder, case)
    connection = vault_case.database(folder)
    connection.execute(harm)
    connection.close()
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.get(Mark, case.mark.id) == second
        assert [stored.value for stored in vault.all(Family)] == [case.family, case.other]
        assert verify(vault, vault_case.silent, vault_case.never) == []


def test_an_old_revision_put_up_as_head_is_taken_down(folder: Path, case: Case) -> None:
    first, second = two_revisions(folder, case)
    n = "(SELECT n FROM revision WHERE digest = ?)"
    tamper(folder, (f"UPDATE head SET n = {n} WHERE n = {n}", (first.digest, second.digest)))
    with Vault.open(folder, PASSPHRASE) as vault:
        assert vault.get(Mark, case.mark.id) == second
