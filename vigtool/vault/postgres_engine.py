"""Records on a PostgreSQL server of the service's own, reached with psycopg 3. Films stay in the vault's folder.

The server's administrators see what docs/formats.md lists under "what can be seen without a key", and nothing else.
One program holds the vault here too: it is held by an advisory lock of the session, which the server lets go of when
the program dies, however it dies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from vigtool.errors import NotAVault, StorageFailed, VaultDamaged, VaultExists, VaultHeld
from vigtool.vault import tables_copy
from vigtool.vault.engine import Between
from vigtool.vault.folder import VaultFolder
from vigtool.vault.schema import APPLICATION_ID, metadata

_REACH = "look whether the server runs and can be reached from here, then try again"
_SETTINGS: Final = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
"""What the server must answer: with less, it says that it has kept what it may still lose."""

# Classes and codes of https://www.postgresql.org/docs/current/errcodes-appendix.html
_UNREACHED = ("08", "28", "3D", "57")
_FULL = ("53", "54", "58")
_DAMAGE = ("XX", "23", "42P01", "42703")
_HELD = ("55P03", "40P01", "40001")


class PostgresEngine:
    """One schema of one database of a server, which belongs to one vault."""

    def __init__(self, url: str) -> None:
        """Nothing is reached yet. `url` is as libpq has it, `postgresql://user@host/database`."""
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        self._version = "PostgreSQL"

    @property
    def version(self) -> str:
        """The server, once it was reached."""
        return self._version

    @property
    def errors(self) -> type[Exception]:
        """What psycopg raises."""
        import psycopg

        return psycopg.Error

    def found(self) -> bool:
        """Whether there is anything in the schema."""
        with self._looking() as connection:
            return bool(inspect(connection).get_table_names())

    def check_mark(self) -> None:
        """Look whether the tables are those of a vault; which format they have is seen later."""
        with self._looking() as connection:
            there = set(inspect(connection).get_table_names())
        if "vault" not in there or "revision" not in there:
            message = "the database holds tables, but no vault"
            raise NotAVault(message, "name the database that was made for the vault")

    def make(self) -> None:
        """Nothing is to be made; but nothing may be there either."""
        if self.found():
            message = "there is something in that database already"
            raise VaultExists(message, "name a database, or a schema, that is empty")

    def mark(self, connection: Connection) -> None:
        """The tables' names are the mark."""

    def unmake(self) -> None:
        """Drop the tables: only `make` and what followed can have put them there."""
        with suppress(StorageFailed), self._looking() as connection:
            metadata.drop_all(connection)
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
            connection.commit()

    def connect(self) -> Connection:
        """The server, with its settings confirmed and the vault held."""
        connection = self._dial()
        try:
            self._require_settings(connection)
            _hold(connection)
            self._version = f"PostgreSQL {self.ask(connection, 'server_version')[0]}"
        except BaseException:
            self.end(connection)
            raise
        return connection

    def _require_settings(self, connection: Connection) -> None:
        for name, wanted in _SETTINGS.items():
            if self.ask(connection, name) != [wanted]:
                message = "this server does not keep safely what it is given"
                raise StorageFailed(message, f"ask whoever runs it to set {name} = {wanted}")

    def ask(self, connection: Connection, what: str) -> list[Any]:
        """What SHOW answers."""
        rows = connection.exec_driver_sql(f"SHOW {what}").scalars().all()
        connection.rollback()
        return list(rows)

    def complaints(self, connection: Connection) -> list[str]:
        """Reads every row of every table: a page whose checksum is wrong is an error of the server."""
        found = []
        for table in metadata.sorted_tables:
            try:
                connection.execute(text(f'SELECT count(t.*) FROM "{table.name}" t'))  # noqa: S608 - our own names
            except DBAPIError as error:
                found.append(str(self.name_error(error.orig)))
            finally:
                connection.rollback()
        return found

    def size(self, connection: Connection) -> int:
        """The tables with their indexes, as the server counts them."""
        names = [table.name for table in metadata.sorted_tables]
        size = "coalesce(sum(pg_total_relation_size(quote_ident(t)::regclass)), 0)"
        each = text(f"SELECT {size} FROM unnest(CAST(:names AS text[])) t")  # noqa: S608 - our own words
        found = connection.execute(each, {"names": names}).scalar()
        connection.rollback()
        return int(found or 0)

    def copy_to(self, connection: Connection, file: Path, between: Between) -> None:
        """Row by row, through a second connection that sees the tables as they stood at one moment."""
        del connection
        with self._looking() as reading:
            reading.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            tables_copy.copy_tables(reading, file, between)

    def forget(self, connection: Connection) -> None:
        """Write each table anew without what was deleted, and begin another segment of the log.

        What the log, its archive, replicas and backups still hold is beyond reach from here; docs/security.md says so.
        """
        connection.rollback()
        raw: Any = connection.connection.dbapi_connection
        raw.autocommit = True
        try:
            for table in metadata.sorted_tables:
                raw.execute(f'VACUUM FULL "{table.name}"')
            with suppress(self.errors):  # for administrators of the server alone
                raw.execute("CHECKPOINT")
        finally:
            raw.autocommit = False

    def name_error(self, error: BaseException | None) -> Exception:
        """By the server's five-letter codes; without one it was mostly not reached."""
        code = str(getattr(error, "sqlstate", None) or "")
        if code.startswith(_UNREACHED) or (not code and _is_unreached(error)):
            message = "the server that keeps the records does not answer: nothing was changed"
            return StorageFailed(message, _REACH)
        if code.startswith(_FULL):
            message = "the server did not take or give what was asked: nothing was changed"
            return StorageFailed(message, "ask whoever runs it whether its disk is full")
        if code.startswith(_HELD):
            message = "another program holds the vault"
            return VaultHeld(message, "close the other program and try again")
        if code.startswith(_DAMAGE):
            message = "the vault's database is not what was written"
            return VaultDamaged(message, "check the vault, or fetch it from a backup")
        return error if isinstance(error, Exception) else RuntimeError("the database gave no reason")

    def end(self, connection: Connection) -> None:
        """Let go of the lock and the server."""
        with suppress(DBAPIError, self.errors):
            connection.rollback()
        with suppress(DBAPIError, self.errors):
            connection.invalidate()
            connection.close()
        with suppress(DBAPIError, self.errors):
            connection.engine.dispose()

    @contextmanager
    def _looking(self) -> Iterator[Connection]:
        """A connection for a glance, without the lock."""
        connection = self._dial()
        try:
            yield connection
        except DBAPIError as error:
            raise self.name_error(error.orig) from None
        finally:
            self.end(connection)

    def _dial(self) -> Connection:
        engine = create_engine(self._url, poolclass=StaticPool, hide_parameters=True)

        @event.listens_for(engine, "do_connect")
        def steady(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
            options.setdefault("connect_timeout", 10)
            options.setdefault("application_name", "")  # the server's lists need not name the program

        try:
            return engine.connect()
        except DBAPIError as error:
            raise self.name_error(error.orig) from None


def _is_unreached(error: BaseException | None) -> bool:
    """Whether the library, and not the server, says that there is no server."""
    import psycopg

    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)


def _hold(connection: Connection) -> None:
    """Take the lock that one program alone can have; it is the session's, and ends with it."""
    lock = text("SELECT pg_try_advisory_lock(:vault, hashtext(current_schema()))")
    held = connection.execute(lock, {"vault": APPLICATION_ID}).scalar()
    connection.rollback()
    if not held:
        message = "another program holds the vault"
        raise VaultHeld(message, "close it there and try again")


def on_server(url: str) -> Callable[[VaultFolder], PostgresEngine]:
    """Where the records of a vault are when a server keeps them."""

    def engine(_: VaultFolder) -> PostgresEngine:
        return PostgresEngine(url)

    return engine
