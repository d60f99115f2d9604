"""Records in one SQLite file in the vault's folder.

SQLite comes from pysqlite3: the standard library's build has a bug that can corrupt a database in WAL mode, and may
spill decrypted rows into a temporary file.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from vigtool.errors import NotAVault, StorageFailed, VaultDamaged, VaultHeld
from vigtool.vault.engine import Between
from vigtool.vault.folder import VaultFolder, create_private_file
from vigtool.vault.schema import APPLICATION_ID
from vigtool.vault.storage import LOOK_AT_DISK, naming_disk_errors

SQLITE_VERSION: Final[str] = sqlite.sqlite_version

PRAGMAS: Final = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a commit returns when the disk has it
    "foreign_keys": 1,
    "secure_delete": 1,  # what is deleted is overwritten
    "temp_store": 2,  # in memory: nothing is spilled to a temporary folder
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "busy_timeout": 5000,
}
"""What every connection asks for, and finds confirmed before anything else is done with it."""

COPYING: Final = {"journal_mode": "off", "synchronous": 0, "locking_mode": "exclusive", "temp_store": 2}
"""For a copy that is thrown away where it is not finished; whoever has it made forces it to the disk in the end."""

_PAGES: Final = 256
"""So many pages are copied while nobody else can use the database: a megabyte."""

_DISK = (sqlite.SQLITE_FULL, sqlite.SQLITE_IOERR, sqlite.SQLITE_READONLY, sqlite.SQLITE_CANTOPEN, sqlite.SQLITE_PERM)
_DAMAGE = (sqlite.SQLITE_CORRUPT, sqlite.SQLITE_NOTADB, sqlite.SQLITE_CONSTRAINT)  # what is written always fits
_HELD = (sqlite.SQLITE_BUSY, sqlite.SQLITE_LOCKED)

_SPOILT = ("no such", "unknown function", "has no column")  # what the tables say of themselves is not what was written

_SAID: Final[dict[str, int]] = {
    "database or disk is full": sqlite.SQLITE_FULL,
    "disk I/O error": sqlite.SQLITE_IOERR,
    "attempt to write a readonly database": sqlite.SQLITE_READONLY,
    "unable to open database file": sqlite.SQLITE_CANTOPEN,
    "database is locked": sqlite.SQLITE_BUSY,
    "database disk image is malformed": sqlite.SQLITE_CORRUPT,
    "file is not a database": sqlite.SQLITE_NOTADB,
}
"""What sqlite3_errstr says of some codes: the backup interface's errors come with these words and without the code."""


class SqliteEngine:
    """The database in one file."""

    def __init__(self, file: Path) -> None:
        """Nothing is opened yet."""
        self.file = file

    @property
    def version(self) -> str:
        """The library in use."""
        return f"SQLite {SQLITE_VERSION}"

    @property
    def errors(self) -> type[Exception]:
        """What SQLite's library raises."""
        error: type[Exception] = sqlite.Error
        return error

    def found(self) -> bool:
        """Whether the file is there."""
        return self.file.is_file()

    def check_mark(self) -> None:
        """Look at what the header of the file says it is, before SQLite is let near it.

        The header is that of https://www.sqlite.org/fileformat.html, 1.3: the application id stands at byte 68.
        """
        with naming_disk_errors(), self.file.open("rb") as file:
            header = file.read(100)
        found = int.from_bytes(header[68:72], "big")
        if len(header) < 100 or not header.startswith(b"SQLite format 3\0") or not found:
            message = "the vault's database is empty, cut short or overwritten"
            raise VaultDamaged(message, "fetch it from a backup")
        if found != APPLICATION_ID:
            message = "the folder holds a database, but no vault"
            raise NotAVault(message, "choose the folder that was made by vigtool")

    def make(self) -> None:
        """An empty file for this user alone."""
        create_private_file(self.file)

    def mark(self, connection: Connection) -> None:
        """Put the program's number into the header."""
        _raw(connection).cursor().execute(f"PRAGMA application_id={APPLICATION_ID:d}")

    def unmake(self) -> None:
        """The file goes with the folder it was made in."""

    def connect(self) -> Connection:
        """The file, with every pragma confirmed."""

        def dial() -> Any:
            return sqlite.connect(os.fspath(self.file), isolation_level=None, check_same_thread=False)

        engine = create_engine("sqlite://", module=sqlite, creator=dial, poolclass=StaticPool, hide_parameters=True)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        connection = engine.connect()
        try:
            _set_pragmas(connection)
        except BaseException:
            _let_go(connection)
            raise
        return connection

    def ask(self, connection: Connection, what: str) -> list[Any]:
        """What SQLite answers to one pragma, row by row."""
        rows = _raw(connection).cursor().execute(f"PRAGMA {what}").fetchall()
        return [row[0] for row in rows]

    def complaints(self, connection: Connection) -> list[str]:
        """What PRAGMA integrity_check finds; and commands in the database, which no vault has.

        A trigger that somebody put there could keep a copy of every key that is deleted.
        """
        found = [str(said) for said in self.ask(connection, "integrity_check") if said != "ok"]
        cursor = _raw(connection).cursor()
        cursor.execute("SELECT type FROM sqlite_master WHERE type IN ('trigger', 'view')")
        return found + [f"a {kind} that is none of the vault's" for (kind,) in cursor.fetchall()]

    def size(self, connection: Connection) -> int:
        """Every page of it."""
        return int(self.ask(connection, "page_count")[0]) * int(self.ask(connection, "page_size")[0])

    def copy_to(self, connection: Connection, file: Path, between: Between) -> None:
        """By SQLite's backup interface (https://www.sqlite.org/backup.html), some pages at a time.

        What the same connection writes meanwhile is written into the copy as well, so that it is as new as its end.
        """
        copy = sqlite.connect(os.fspath(file), isolation_level=None)
        try:
            for name, value in COPYING.items():
                copy.execute(f"PRAGMA {name}={value}")

            def told(_state: int, remaining: int, pages: int) -> None:
                between(pages - remaining, pages)

            _raw(connection).backup(copy, pages=_PAGES, progress=told, sleep=0.05)
        finally:
            copy.close()

    def forget(self, connection: Connection) -> None:
        """Bring the overwritten pages into the file and cut the log: before that, the old pages stand in both."""
        busy = self.ask(connection, "wal_checkpoint(TRUNCATE)")[0]
        if busy:
            message = "something still holds on to the vault's log, which keeps what was erased"
            raise StorageFailed(message, "close other programs that look into the vault's folder and try again")

    def name_error(self, error: BaseException | None) -> Exception:
        """By SQLite's result codes (https://www.sqlite.org/rescode.html)."""
        code = getattr(error, "sqlite_errorcode", None)
        primary = code & 0xFF if isinstance(code, int) else _SAID.get(str(error))
        if primary in _DISK:
            message = "the disk did not take or give what was asked: nothing was changed"
            return StorageFailed(message, LOOK_AT_DISK)
        if primary in _HELD:
            message = "another program holds the vault"
            return VaultHeld(message, "close the other program and try again")
        if primary in _DAMAGE or any(words in str(error) for words in _SPOILT):
            message = "the vault's database is not what was written"
            return VaultDamaged(message, "check the vault, or fetch it from a backup")
        return error if isinstance(error, Exception) else RuntimeError("the database gave no reason")

    def end(self, connection: Connection) -> None:
        """Bring everything into the one file and let go of it."""
        with suppress(DBAPIError, sqlite.Error):
            connection.rollback()
            _raw(connection).cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _let_go(connection)


def in_folder(folder: VaultFolder) -> SqliteEngine:
    """Where the records of a vault are, unless told otherwise."""
    return SqliteEngine(folder.database)


def _set_pragmas(connection: Connection) -> None:
    """Ask for the pragmas and read each back: a disk that cannot do them must not keep a vault."""
    cursor = _raw(connection).cursor()
    wanted: dict[str, object] = dict(PRAGMAS)
    if sys.platform == "darwin":
        wanted |= {"fullfsync": 1, "checkpoint_fullfsync": 1}
    for name, value in wanted.items():
        cursor.execute(f"PRAGMA {name}={value}")
        found = cursor.execute(f"PRAGMA {name}").fetchone()
        if found is not None and found[0] != value:
            message = "this disk cannot keep a vault safely"
            raise StorageFailed(message, f"move the vault to a disk inside the computer ({name} was refused)")


def _let_go(connection: Connection) -> None:
    with suppress(DBAPIError, sqlite.Error):
        connection.rollback()
    with suppress(DBAPIError, sqlite.Error):
        connection.close()
        connection.engine.dispose()


def _raw(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
