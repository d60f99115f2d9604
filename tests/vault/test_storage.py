"""What is asked of SQLite, what it answers when the disk fails it, and that the upgrade scripts make these tables."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.schema import CreateTable

import vault_case
from leaks import find_leaks
from vault_case import PASSPHRASE, Case
from vigtool.annotate.mark import Mark
from vigtool.errors import StorageFailed, TracesLeft, VaultDamaged, VaultError, VaultHeld
from vigtool.vault import schema, sqlite_engine, upgrading
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.sqlite_engine import PRAGMAS, SQLITE_VERSION, SqliteEngine
from vigtool.vault.storage import Storage
from vigtool.vault.vault import Vault
from vigtool.vault.ways_in import set_passphrase


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Storage]:
    (tmp_path / "x.db").touch()
    opened = Storage(SqliteEngine(tmp_path / "x.db"))
    yield opened
    opened.close()


def tables(connection: Connection) -> dict[str, list[str]]:
    """What each table and index is made of, however its parts are ordered."""
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%'"))
    return {
        name: sorted(part.strip(" ,\n") for part in re.split(r"\n", sql or ""))
        for name, sql in found
        if sql is not None
    }


def test_the_pragmas_are_as_asked(vault: Vault) -> None:
    for name, value in PRAGMAS.items():
        answer = vault.core.storage.ask(name)
        assert answer in ([value], []), name
    assert vault.core.storage.ask("journal_mode") == ["wal"]
    assert vault.core.storage.ask("synchronous") == [2]
    assert vault.core.storage.ask("secure_delete") == [1]
    assert vault.core.storage.ask("temp_store") == [2]
    assert tuple(map(int, SQLITE_VERSION.split("."))) >= (3, 51, 3), "older ones can corrupt a database in WAL mode"


def test_a_disk_that_cannot_do_a_pragma_keeps_no_vault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite_engine.PRAGMAS, "journal_mode", "unheard_of")
    with pytest.raises(StorageFailed, match="safely"):
        Vault.open(folder, PASSPHRASE)


def test_values_never_stand_in_an_error(vault: Vault) -> None:
    with pytest.raises(VaultDamaged) as refused, vault.core.storage.writing() as connection:
        connection.execute(schema.head.insert().values(n=-5, id=b"0123456789abcdef"))
    assert "0123456789" not in str(refused.value)


def test_upgrades_make_the_tables_the_program_speaks_of(empty: Storage, tmp_path: Path) -> None:
    with empty.writing() as connection:
        upgrading.upgrade(connection)
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == upgrading.NEWEST
        by_upgrades = tables(connection)
    (tmp_path / "y.db").touch()
    other = Storage(SqliteEngine(tmp_path / "y.db"))
    with other.writing() as connection:
        schema.metadata.create_all(connection)
        assert tables(connection) == by_upgrades
    other.close()
    assert set(schema.metadata.tables) <= set(by_upgrades)


def test_the_tables_stand_on_postgresql_too() -> None:
    dialect = make_url("postgresql://").get_dialect()()
    for table in schema.metadata.sorted_tables:
        made = str(CreateTable(table).compile(dialect=dialect))
        assert "BLOB" not in made
        assert '"' not in made, "no name is one that PostgreSQL keeps for itself"


def test_nothing_readable_lies_in_the_folder(vault: Vault, case: Case) -> None:
    """Open, with its log not yet written back, and with a second session's changes in it."""
    with vault.transaction("change") as writer:
        writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note="a canary sings in the kitchen"))
    words = [PASSPHRASE, case.family.name, case.mother.name, case.mark.note, "a canary sings in the kitchen", "F-0001"]
    film = {"film": case.bytes}
    assert find_leaks([vault.folder], words, film) == []
    (vault.folder / "footage" / "planted").write_text(case.mark.note, encoding="utf-16-le")
    (vault.folder / "footage" / "planted too").write_bytes(case.bytes[70_000:70_064])
    assert len(find_leaks([vault.folder], words, film)) == 2


def test_the_newest_upgrade_is_the_last_script() -> None:
    scripts = sorted((upgrading.SCRIPTS / "versions").glob("v*.py"))
    assert scripts[-1].name[1:5] == upgrading.NEWEST
    assert len(scripts) == schema.FORMAT


def test_a_failed_upgrade_changes_nothing(empty: Storage) -> None:
    def fail() -> None:
        with empty.writing() as connection:
            upgrading.upgrade(connection)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with empty.reading() as connection:
        assert tables(connection) == {}


def test_a_full_disk_loses_nothing_and_the_vault_goes_on(vault: Vault, case: Case) -> None:
    pages = vault.core.storage.ask("page_count")[0]
    vault.core.storage.ask(f"max_page_count={pages}")

    def write_much() -> None:
        with vault.transaction("marks add") as writer:
            for start in range(500):
                writer.add(vault_case.mark_of(case.layer, start, note="x" * 500))

    with pytest.raises(StorageFailed, match="nothing was changed"):
        write_much()
    assert [stored.value for stored in vault.all(Mark)] == [case.mark]
    vault.core.storage.ask("max_page_count=1073741823")
    write_much()
    assert len(vault.all(Mark)) == 501


def test_an_error_that_was_swallowed_inside_still_undoes_everything(vault: Vault, case: Case) -> None:
    pages = vault.core.storage.ask("page_count")[0]
    vault.core.storage.ask(f"max_page_count={pages}")

    def swallow() -> None:
        with vault.transaction("careless") as writer:
            for start in range(500):
                with suppress(Exception):
                    writer.add(vault_case.mark_of(case.layer, start, note="x" * 500))

    with pytest.raises(StorageFailed):
        swallow()
    assert [stored.value for stored in vault.all(Mark)] == [case.mark]


def test_damage_under_an_open_vault_is_named(folder: Path) -> None:
    whole = bytearray((folder / "vault.db").read_bytes())
    for page in range(8, len(whole) // 4096):
        whole[page * 4096 : page * 4096 + 64] = os.urandom(64)
    (folder / "vault.db").write_bytes(whole)
    with pytest.raises(VaultDamaged):
        Vault.open(folder, PASSPHRASE)


@pytest.mark.parametrize(
    ("code", "named"),
    [
        (sqlite.SQLITE_FULL, StorageFailed),
        (sqlite.SQLITE_IOERR | 3 << 8, StorageFailed),
        (sqlite.SQLITE_READONLY, StorageFailed),
        (sqlite.SQLITE_CANTOPEN, StorageFailed),
        (sqlite.SQLITE_BUSY, VaultHeld),
        (sqlite.SQLITE_CORRUPT, VaultDamaged),
        (sqlite.SQLITE_NOTADB, VaultDamaged),
        (sqlite.SQLITE_CONSTRAINT, VaultDamaged),
    ],
)
def test_what_sqlite_says_has_a_name(empty: Storage, code: int, named: type[VaultError]) -> None:
    error = sqlite.OperationalError("something about /a/path")
    error.sqlite_errorcode = code
    with pytest.raises(named) as refused, empty.reading():
        raise error
    assert "/a/path" not in str(refused.value)


@pytest.mark.parametrize(
    ("words", "named"),
    [("database or disk is full", StorageFailed), ("disk I/O error", StorageFailed), ("database is locked", VaultHeld),
     ("file is not a database", VaultDamaged), ("unknown function: lenwth()", VaultDamaged)],
)  # fmt: skip
def test_what_sqlite_says_without_a_code_has_a_name(empty: Storage, words: str, named: type[VaultError]) -> None:
    """So do the errors of its backup interface."""
    with pytest.raises(named), empty.reading():
        raise sqlite.OperationalError(words)


def test_damage_that_is_no_text_has_a_name(empty: Storage) -> None:
    """SQLite quotes a spoilt name of a table in its message; that is no UTF-8, and never gets as far as being one."""
    with pytest.raises(VaultDamaged), empty.reading():
        b"malformed database schema (key\xe9slot)".decode()


def test_what_is_not_wiped_yet_is_said_to_be_done(vault: Vault, case: Case) -> None:
    reader = vault_case.database(vault.folder)
    vault.core.storage.ask("busy_timeout=50")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM revision LIMIT 1").fetchone()
    with pytest.raises(TracesLeft, match="it was done"):
        set_passphrase(vault, "six other words that nobody guesses", cost=LEAST_COST)
    reader.execute("ROLLBACK")
    reader.close()
    vault.close()
    Vault.open(vault.folder, "six other words that nobody guesses").close()


def test_another_program_in_the_database_is_named(vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.core.storage.ask("busy_timeout=50")
    intruder = vault_case.database(vault.folder)
    intruder.execute("BEGIN IMMEDIATE")
    with pytest.raises(VaultHeld), vault.transaction("held") as writer:
        writer.add(vault_case.mark_of(case.layer))
    intruder.execute("ROLLBACK")
    intruder.close()
    with vault.transaction("free") as writer:
        writer.add(vault_case.mark_of(case.layer))


def test_a_deleted_key_is_nowhere_in_the_files(vault: Vault, case: Case) -> None:
    """Later, erasing a family rests on this: what is deleted is overwritten, in the log as well."""
    with vault.core.storage.reading() as connection:
        grants = connection.execute(schema.domain_grant.select()).all()
    gone = next(grant for grant in grants if grant.domain.hex() == case.family.id)
    with vault.core.storage.writing() as connection:
        connection.execute(schema.domain_grant.delete().where(schema.domain_grant.c.domain == gone.domain))
    vault.core.storage.ask("wal_checkpoint(TRUNCATE)")
    left = b"".join(file.read_bytes() for file in vault.folder.glob("vault.db*"))
    assert gone.enc[64:128] not in left
    kept = next(grant for grant in grants if grant.domain.hex() == case.other.id)
    assert kept.enc[64:128] in left, "the search finds what is there"
