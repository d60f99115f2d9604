"""One connection to the vault's database, one lock before it, and the names of what can go wrong.

SQLite comes from pysqlite3: the standard library's build has a bug that can corrupt a database in WAL mode, and may
spill decrypted rows into a temporary file. On PostgreSQL only `connect` would differ.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any, Final

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, ExceptionContext, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from vigtool.errors import StorageFailed, VaultDamaged, VaultError, VaultHeld

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

_DISK = (sqlite.SQLITE_FULL, sqlite.SQLITE_IOERR, sqlite.SQLITE_READONLY, sqlite.SQLITE_CANTOPEN, sqlite.SQLITE_PERM)
_DAMAGE = (sqlite.SQLITE_CORRUPT, sqlite.SQLITE_NOTADB)
_LOOK_AT_DISK = "look whether it is full, unplugged or write-protected, then try again"
_HELD = (sqlite.SQLITE_BUSY, sqlite.SQLITE_LOCKED)


class Storage:
    """The open database. Every use of it is inside `reading` or `writing`, one thread at a time."""

    def __init__(self, file: Path) -> None:
        """Open the database in `file`, which must be there.

        Raises:
            StorageFailed, VaultDamaged, VaultHeld.
        """
        self._lock = RLock()
        self._writing = False
        self._failed = False
        self._connection: Connection | None = None
        with naming_errors():
            connection = connect(file)
            try:
                _set_pragmas(connection)
            except BaseException:
                _end(connection)
                raise
        event.listen(connection.engine, "handle_error", self._note_failure)
        self._connection = connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection, for looking only. Inside a `writing` of the same thread it sees what was written there."""
        with self._lock:
            connection = self._open_connection()
            with naming_errors():
                try:
                    yield connection
                finally:
                    if not self._writing:
                        connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is on the disk when the block ends, or nothing when it raises.

        Raises:
            RuntimeError: where this thread is inside a transaction already.
        """
        with self._lock:
            connection = self._open_connection()
            if self._writing:
                message = "a transaction cannot stand inside another"
                raise RuntimeError(message)
            self._writing, self._failed = True, False
            try:
                with naming_errors(), connection.begin():
                    yield connection
                    self._refuse_half()
            finally:
                self._writing = False

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other threads from the database for a while."""
        with self._lock:
            yield

    def mark(self, application: int) -> None:
        """Write into the file's header what program it belongs to."""
        with self._lock, naming_errors():
            _raw(self._open_connection()).cursor().execute(f"PRAGMA application_id={application:d}")

    def ask(self, pragma: str) -> list[Any]:
        """What SQLite answers to one pragma, row by row."""
        with self._lock, naming_errors():
            rows = _raw(self._open_connection()).cursor().execute(f"PRAGMA {pragma}").fetchall()
            return [row[0] for row in rows]

    def close(self) -> None:
        """Bring everything into the one file and let go of it. Closing twice does nothing."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                _end(connection, checkpoint=True)

    def _refuse_half(self) -> None:
        """After any error SQLite may have undone the transaction by itself; what came later must not stand alone."""
        if self._failed:
            message = "something could not be written: nothing of it was kept"
            raise StorageFailed(message, _LOOK_AT_DISK)

    def _note_failure(self, _: ExceptionContext) -> None:
        self._failed = True

    def _open_connection(self) -> Connection:
        if self._connection is None:
            raise closed()
        return self._connection


def closed() -> VaultError:
    """What is said to whoever still wants something of a vault that was closed."""
    message = "the vault is closed"
    return VaultError(message, "open it again")


def connect(file: Path) -> Connection:
    """A connection for one thread at a time, with exact control over where a transaction begins."""

    def dial() -> Any:
        return sqlite.connect(os.fspath(file), isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", module=sqlite, creator=dial, poolclass=StaticPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine.connect()


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


def _end(connection: Connection, *, checkpoint: bool = False) -> None:
    with suppress(DBAPIError, sqlite.Error):
        connection.rollback()
        if checkpoint:
            _raw(connection).cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with suppress(DBAPIError, sqlite.Error):
        connection.close()
        connection.engine.dispose()


def _raw(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


@contextmanager
def naming_errors() -> Iterator[None]:
    """Turn what the database says into errors with a name. Paths and values are left out of them."""
    try:
        yield
    except DBAPIError as error:
        raise _named(error.orig) from None
    except sqlite.Error as error:
        raise _named(error) from None


@contextmanager
def naming_disk_errors() -> Iterator[None]:
    """Turn what the disk says into StorageFailed, without the path it was about."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "unknown reason"
        message = f"the disk did not take or give what was asked ({reason})"
        raise StorageFailed(message, _LOOK_AT_DISK) from None


def _named(error: BaseException | None) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in _DISK:
        message = "the disk did not take or give what was asked: nothing was changed"
        return StorageFailed(message, _LOOK_AT_DISK)
    if primary in _HELD:
        message = "another program holds the vault"
        return VaultHeld(message, "close the other program and try again")
    if primary in _DAMAGE or "no such" in str(error):
        message = "the vault's database is not what was written"
        return VaultDamaged(message, "check the vault, or fetch it from a backup")
    return error if isinstance(error, Exception) else RuntimeError("the database gave no reason")


Report = Callable[[int, int], None]
"""Told how far long work has come: done and total, in any unit."""

Cancelled = Callable[[], bool]
"""Asked by long work whether the person stopped it."""
