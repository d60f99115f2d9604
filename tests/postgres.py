"""A PostgreSQL server of the tests' own: from Debian's package, as its own user, on a socket in a folder of its own."""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from vigtool.vault.folder import VaultFolder
from vigtool.vault.postgres_engine import PostgresEngine


def programs() -> Path | None:
    """Where initdb and postgres are; none where they are not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).parent if on_path else None


class Server:
    """A running server. Each vault folder has a database of its own on it."""

    def __init__(self, root: Path) -> None:
        self.root, self.data = root, root / "data"

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.root}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(self.url(database), autocommit=True)

    def database_of(self, folder: Path) -> str:
        """The name for the vault in a folder; while a vault is made it lies beside or inside it for a moment."""
        if folder.name == ".vault.new" and folder.parent.name == "vault":
            folder = folder.parent
        elif made := re.fullmatch(r"\.(.+)\.new", folder.name):
            folder = folder.with_name(made[1])
        return "v" + hashlib.sha256(os.fspath(folder.absolute()).encode()).hexdigest()[:20]

    def has(self, database: str) -> bool:
        with self.connect() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
            return found.fetchone() is not None

    def databases(self) -> set[str]:
        """The databases of vaults that there are."""
        with self.connect() as connection:
            return {name for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^v'")}

    def drop(self, databases: set[str]) -> None:
        """Let databases go, whoever still looks into them."""
        with self.connect() as connection:
            for name in sorted(databases):
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def records(self, folder: VaultFolder) -> PostgresEngine:
        """Where the records of a vault are in these tests."""
        database = self.database_of(folder.root)
        if not self.has(database):
            with self.connect() as connection:
                connection.execute(f'CREATE DATABASE "{database}" TEMPLATE template0')
        return PostgresEngine(self.url(database))

    def snapshot(self, to: Path) -> Path:
        """Its files as they are now; one that goes while they are copied is left out."""
        for file in self.root.rglob("*"):
            with suppress(FileNotFoundError):
                if file.is_file():
                    place = to / file.relative_to(self.root)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(file.read_bytes())
        return to

    def copy(self, folder: Path, to: Path) -> None:
        """The database of one folder for another."""
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{self.database_of(to)}" TEMPLATE "{self.database_of(folder)}"')


class Rows:
    """What came of a statement, as SQLite's cursor would give it."""

    def __init__(self, cursor: psycopg.Cursor[Any]) -> None:
        self._cursor = cursor
        self.rowcount = cursor.rowcount

    def fetchone(self) -> Any:
        return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)


class Database:
    """The database as somebody with a program of their own sees it, with SQLite's question marks."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Any = ()) -> Rows:
        cursor = self._connection.cursor()
        if statement == "PRAGMA foreign_keys = OFF":
            statement = "SET session_replication_role = replica"
        written = statement.replace("zeroblob(16)", r"'\x00000000000000000000000000000000'::bytea")
        if values:
            written = written.replace("%", "%%").replace("?", "%s")
        cursor.execute(written, tuple(values) or None)
        return Rows(cursor)

    def close(self) -> None:
        self._connection.close()


@contextmanager
def running() -> Iterator[Server]:
    """A server, from its making to its end; all it wrote is deleted."""
    binaries = programs()
    assert binaries is not None
    place = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else Path("/tmp")  # its own user must get there
    root = place / f"vig-pg-{secrets.token_hex(8)}"
    root.mkdir(mode=0o700)
    server = Server(root)
    prefix: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        owner = pwd.getpwnam("postgres")
        os.chown(root, owner.pw_uid, owner.pw_gid)
        prefix = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def run(*command: str | Path) -> None:
        subprocess.run(
            [*prefix, *map(str, command)], check=True, cwd=root, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip

    try:
        run(binaries / "initdb", "-D", server.data, "-U", "postgres", "-A", "trust", "-k", "--no-instructions")
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={root} -c max_connections=40 -c shared_buffers=32MB "
            "-c max_wal_size=128MB -c min_wal_size=32MB"
        )
        run(binaries / "pg_ctl", "-D", server.data, "-w", "-l", root / "log", "-o", options, "start")
        try:
            yield server
        finally:
            run(binaries / "pg_ctl", "-D", server.data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(root, ignore_errors=True)
