"""One connection to the vault's database, one lock before it, and the names of what can go wrong."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import Connection, ExceptionContext, event
from sqlalchemy.exc import DBAPIError

from vigtool.errors import StorageFailed, TracesLeft, VaultDamaged, VaultError, VaultHeld
from vigtool.vault.engine import Between, Engine

_TURN = 0.002
"""Seconds for others who wait for the database: a lock alone is mostly taken again by whoever let go of it."""

LOOK_AT_DISK = "look whether it is full, unplugged or write-protected, then try again"


class Storage:
    """The open database. Every use of it is inside `reading` or `writing`, one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        """Open the database, which must be there.

        Raises:
            StorageFailed, VaultDamaged, VaultHeld.
        """
        self._lock = RLock()
        self._engine = engine
        self._writing = False
        self._failed = False
        self._connection: Connection | None = None
        with self._naming_errors():
            connection = engine.connect()
        event.listen(connection.engine, "handle_error", self._note_failure)
        self._connection = connection

    @property
    def version(self) -> str:
        """The database's name and version, for people."""
        return self._engine.version

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection, for looking only. Inside a `writing` of the same thread it sees what was written there."""
        with self._lock:
            connection = self._open_connection()
            with self._naming_errors():
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
            self._refuse_within()
            self._writing, self._failed = True, False
            try:
                with self._naming_errors(), connection.begin():
                    yield connection
                    self._refuse_half()
            finally:
                self._writing = False

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other threads from the database for a while."""
        with self._lock:
            yield

    def mark(self) -> None:
        """Write into the database what program it belongs to."""
        with self._lock, self._naming_errors():
            self._engine.mark(self._open_connection())

    def ask(self, what: str) -> list[Any]:
        """What the database answers to one question of its own language: a PRAGMA, or a SHOW."""
        with self._lock, self._naming_errors():
            return self._engine.ask(self._open_connection(), what)

    def complaints(self) -> list[str]:
        """What the database finds wrong with itself; nothing where all is well."""
        with self._lock, self._naming_errors():
            return self._engine.complaints(self._open_connection())

    def size(self) -> int:
        """About how many bytes `copy_to` will write."""
        with self._lock, self._naming_errors():
            return self._engine.size(self._open_connection())

    def copy_to(self, file: Path, between: Between) -> None:
        """All tables as they stand at one moment, into an empty SQLite file; others use the database meanwhile.

        Args:
            file: where to. What stands in it after an error is of no use.
            between: told how far it is, with the database let go of; what it raises ends the copying.

        Raises:
            RuntimeError: inside a transaction. StorageFailed. VaultError: the vault was closed meanwhile.
        """

        def let_others(done: int, total: int) -> None:
            self._lock.release()
            try:
                time.sleep(_TURN)
                between(done, total)
            finally:
                self._lock.acquire()
            self._open_connection()

        with self._lock, self._naming_errors():
            connection = self._open_connection()
            self._refuse_within()
            self._engine.copy_to(connection, file, let_others)

    def forget(self) -> None:
        """Make what was deleted and committed be gone from the disk.

        Raises:
            RuntimeError: inside a transaction. TracesLeft: something still holds on to it, or the disk did not take it.
        """
        with self._lock:
            connection = self._open_connection()
            self._refuse_within()
            try:
                with self._naming_errors():
                    self._engine.forget(connection)
            except (StorageFailed, VaultHeld) as error:
                message = "it was done and is kept, but what it took the place of could not be wiped from the disk yet"
                raise TracesLeft(
                    message, f"close the vault and open it again: it is wiped then; {error.hint}"
                ) from None

    def close(self) -> None:
        """Bring everything to its place and let go of it. Closing twice does nothing."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                self._engine.end(connection)

    def _refuse_within(self) -> None:
        if self._writing:
            message = "a transaction cannot stand inside another"
            raise RuntimeError(message)

    def _refuse_half(self) -> None:
        """After any error SQLite may have undone the transaction by itself; what came later must not stand alone."""
        if self._failed:
            message = "something could not be written: nothing of it was kept"
            raise StorageFailed(message, LOOK_AT_DISK)

    def _note_failure(self, _: ExceptionContext) -> None:
        self._failed = True

    def _open_connection(self) -> Connection:
        if self._connection is None:
            raise closed()
        return self._connection

    @contextmanager
    def _naming_errors(self) -> Iterator[None]:
        """Turn what the database says into errors with a name. Paths and values are left out of them."""
        try:
            yield
        except DBAPIError as error:
            raise self._engine.name_error(error.orig) from None
        except self._engine.errors as error:
            raise self._engine.name_error(error) from None
        except UnicodeDecodeError:
            # What the database says of its own damage may quote the damage, and then is no text.
            message = "the vault's database is not what was written"
            raise VaultDamaged(message, "check the vault, or fetch it from a backup") from None


def closed() -> VaultError:
    """What is said to whoever still wants something of a vault that was closed."""
    message = "the vault is closed"
    return VaultError(message, "open it again")


@contextmanager
def naming_disk_errors() -> Iterator[None]:
    """Turn what the disk says into StorageFailed, without the path it was about."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "unknown reason"
        message = f"the disk did not take or give what was asked ({reason})"
        raise StorageFailed(message, LOOK_AT_DISK) from None


Report = Callable[[int, int], None]
"""Told how far long work has come: done and total, in any unit."""

Cancelled = Callable[[], bool]
"""Asked by long work whether the person stopped it."""
