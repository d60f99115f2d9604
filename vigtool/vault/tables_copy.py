"""The tables of a vault, copied row by row from any database into an SQLite file: how a server's records are backed up.

The file is made by the same scripts as that of a vault in a folder, so that it opens as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import DBAPIError

from vigtool.vault import upgrading
from vigtool.vault.engine import Between
from vigtool.vault.schema import metadata
from vigtool.vault.sqlite_engine import SqliteEngine

_ROWS = 500


def copy_tables(source: Connection, file: Path, between: Between) -> None:
    """Copy every row of every table.

    Args:
        source: inside a transaction that sees all of them as they stood at one moment.
        file: an empty file; it is not yet forced to the disk.
        between: called after each batch with rows done and rows in all.
    """
    tables = metadata.sorted_tables
    counts = [source.execute(select(func.count()).select_from(table)).scalar() or 0 for table in tables]
    done, total = 0, max(1, sum(counts))
    engine = SqliteEngine(file)
    copy = engine.connect()
    try:
        engine.mark(copy)
        with _naming_errors(engine), copy.begin():
            upgrading.upgrade(copy)
            for table in tables:
                with source.execution_options(yield_per=_ROWS).execute(select(table)) as rows:
                    for batch in rows.mappings().partitions(_ROWS):
                        copy.execute(insert(table), [dict(row) for row in batch])
                        done += len(batch)
                        between(done, total)
    finally:
        engine.end(copy)


@contextmanager
def _naming_errors(engine: SqliteEngine) -> Iterator[None]:
    """Errors of the file, which whoever reads from the server could not name."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, engine.errors):
            raise engine.name_error(error.orig) from None
        raise
