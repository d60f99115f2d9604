"""Which revisions are the newest of their records.

The table of heads is a hint that saves a search. The truth is in the revisions: a head is a revision that no other
revision of the same record says it replaces. Where the two differ, the table is written anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, delete, except_, exists, insert, select

from vigtool.vault.schema import head, revision


def true_heads() -> Select[tuple[int, bytes]]:
    """The heads, worked out from the revisions."""
    newer = revision.alias("newer")
    replaced = exists().where(newer.c.previous == revision.c.digest, newer.c.id == revision.c.id)
    return select(revision.c.n, revision.c.id).where(~replaced)


def are_right(connection: Connection) -> bool:
    """Whether the table of heads says what the revisions say."""
    written = select(head.c.n, head.c.id)
    missing: Select[Any] = select(except_(true_heads(), written).subquery()).limit(1)
    surplus: Select[Any] = select(except_(written, true_heads()).subquery()).limit(1)
    return not any(connection.execute(difference).first() for difference in (missing, surplus))


def write_anew(connection: Connection) -> None:
    """Fill the table of heads from the revisions."""
    connection.execute(delete(head))
    connection.execute(insert(head).from_select(["n", "id"], true_heads()))
