"""Records on a server: the vault is held there too, what the server cannot promise is refused, nothing is readable."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from leaks import find_leaks
from postgres import Server
from vault_case import PASSPHRASE, Case
from vigtool.annotate.mark import Mark
from vigtool.errors import NotAVault, StorageFailed, VaultDamaged, VaultExists, VaultHeld
from vigtool.vault import schema
from vigtool.vault.folder import VaultFolder
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.postgres_engine import PostgresEngine, on_server
from vigtool.vault.storage import Storage
from vigtool.vault.vault import Vault


def test_a_second_program_is_told_that_the_vault_is_held(vault: Vault, server: Server) -> None:
    engine = server.records(VaultFolder(vault.folder))
    with pytest.raises(VaultHeld):
        Storage(engine)
    vault.close()
    Storage(engine).close()


def test_a_program_that_died_lets_go(vault: Vault, server: Server) -> None:
    """The server sees the end of the connection, not of the program's good manners."""
    name = server.database_of(vault.folder)
    with server.connect() as chief:
        chief.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    with pytest.raises(StorageFailed, match="does not answer"), vault.core.storage.reading() as connection:
        connection.execute(schema.vault.select())
    Storage(server.records(VaultFolder(vault.folder))).close()


def test_what_a_lost_connection_interrupted_is_kept_or_lost_whole(vault: Vault, case: Case, server: Server) -> None:
    name = server.database_of(vault.folder)

    def cut_off() -> None:
        with vault.transaction("cut off") as writer:
            writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note="never"))
            with server.connect() as chief:
                chief.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    with pytest.raises(StorageFailed):
        cut_off()
    vault.close()
    with Vault.open(vault.folder, PASSPHRASE) as again:
        assert again.get(Mark, case.mark.id).value == case.mark


def test_a_server_that_keeps_nothing_safely_is_refused(folder: Path, server: Server) -> None:
    name = server.database_of(folder)
    with server.connect() as chief:
        chief.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    with pytest.raises(StorageFailed, match="safely"):
        Vault.open(folder, PASSPHRASE)


def test_a_server_that_is_not_there_is_named(folder: Path) -> None:
    nowhere = on_server(f"postgresql://secret-user@/x?host={folder}")
    with pytest.raises(StorageFailed, match="does not answer") as refused:
        Vault.open(folder, PASSPHRASE, records=nowhere)
    assert "secret-user" not in str(refused.value)
    assert str(folder) not in str(refused.value)


@pytest.mark.usefixtures("place")
def test_another_program_s_database_is_not_touched(tmp_path: Path, server: Server) -> None:
    folder = VaultFolder(tmp_path / "vault")
    engine = server.records(folder)
    with server.connect(server.database_of(folder.root)) as theirs:
        theirs.execute("CREATE TABLE invoices (n integer)")
    with pytest.raises(VaultExists):
        Vault.create(folder.root, PASSPHRASE, cost=LEAST_COST)
    assert not folder.root.exists()
    with pytest.raises(NotAVault):
        engine.check_mark()
    with server.connect(server.database_of(folder.root)) as theirs:
        assert theirs.execute("SELECT count(*) FROM invoices").fetchone() == (0,)


@pytest.mark.usefixtures("place")
def test_a_vault_that_could_not_be_made_leaves_no_table(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vigtool.vault import creation

    def fail(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(creation, "move_in", fail)
    with pytest.raises(StorageFailed):
        Vault.create(tmp_path / "vault", PASSPHRASE, cost=LEAST_COST)
    assert not server.records(VaultFolder(tmp_path / "vault")).found()
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("code", "named"),
    [
        (psycopg.errors.DiskFull, StorageFailed),
        (psycopg.errors.AdminShutdown, StorageFailed),
        (psycopg.errors.LockNotAvailable, VaultHeld),
        (psycopg.errors.DataCorrupted, VaultDamaged),
        (psycopg.errors.UndefinedTable, VaultDamaged),
    ],
)
def test_what_the_server_says_has_a_name(server: Server, code: type[psycopg.Error], named: type[Exception]) -> None:
    found = PostgresEngine("postgresql:///x").name_error(code("about /a/path and 'a value'"))
    assert type(found) is named
    assert "path" not in str(found)


def test_nothing_readable_lies_on_the_server(vault: Vault, case: Case, server: Server, tmp_path: Path) -> None:
    """The whole cluster with its log, and what its administrator gets to see."""
    with vault.transaction("change") as writer:
        writer.change(vault.get(Mark, case.mark.id), replace(case.mark, note="a canary sings in the kitchen"))
    words = [PASSPHRASE, case.family.name, case.mother.name, case.mark.note, "a canary sings in the kitchen", "F-0001"]
    with server.connect() as chief:
        chief.execute("CHECKPOINT")
    dump = subprocess.run(
        ["pg_dumpall", "-h", server.root, "-U", "postgres"], capture_output=True, check=True, timeout=120
    ).stdout
    (server.root / "dump.sql").write_bytes(dump)
    assert b"revision" in dump
    assert find_leaks([server.snapshot(tmp_path / "before")], words, {"film": case.bytes}) == []
    with server.connect(server.database_of(vault.folder)) as theirs:
        theirs.execute("CREATE TABLE planted (words text)")
        theirs.execute("INSERT INTO planted VALUES ('a canary sings in the kitchen')")
        theirs.execute("CHECKPOINT")
    found = find_leaks([server.snapshot(tmp_path / "planted")], words, {"film": case.bytes})
    assert found, "the search finds what is there"
    with server.connect(server.database_of(vault.folder)) as theirs:
        theirs.execute("DROP TABLE planted")


def test_what_was_erased_is_gone_from_the_tables(vault: Vault, case: Case, server: Server) -> None:
    """Its log and its backups are the server's own affair; the tables are the vault's."""
    with vault.core.storage.reading() as connection:
        grants = connection.execute(schema.domain_grant.select()).all()
    gone = next(grant for grant in grants if grant.domain.hex() == case.family.id)
    with vault.core.storage.writing() as connection:
        connection.execute(schema.domain_grant.delete().where(schema.domain_grant.c.domain == gone.domain))
    vault.core.storage.forget()
    with server.connect() as chief:
        chief.execute("CHECKPOINT")
        name = server.database_of(vault.folder)
        number = chief.execute("SELECT oid FROM pg_database WHERE datname = %s", [name]).fetchone()
    assert number is not None
    files = (server.data / "base" / str(number[0])).iterdir()
    tables = b"".join(file.read_bytes() for file in files)
    assert bytes(gone.enc)[64:128] not in tables
    kept = next(grant for grant in grants if grant.domain.hex() == case.other.id)
    assert bytes(kept.enc)[64:128] in tables, "the search finds what is there"
