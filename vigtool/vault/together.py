"""Many revisions written with few statements.

What is written, and what is refused, is exactly what one after the other would give: a revision waits until some
hundred can be entered at once, or until somebody asks for its record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, select

from vigtool.ids import Id, is_id
from vigtool.vault import reading
from vigtool.vault.audit import Wrote
from vigtool.vault.core import Core
from vigtool.vault.drafting import Draft
from vigtool.vault.schema import head, revision
from vigtool.vault.sealing import Opened, Row
from vigtool.vault.shapes import NOTHING_BEFORE, Stored

T = TypeVar("T")

# Made once: putting a statement together takes SQLAlchemy longer than running it.
_REPLACED = select(revision.c.n).where(revision.c.digest == bindparam("replaced")).scalar_subquery()
_DROP_HEAD = delete(head).where(head.c.n == _REPLACED)
_ENTER_REVISION = insert(revision)
_ENTERED = select(revision.c.n, revision.c.id).where(revision.c.digest.in_(bindparam("digests", expanding=True)))
_ENTER_HEADS = insert(head).from_select(["n", "id"], _ENTERED)
_ENTER_ONE = insert(revision).returning(revision.c.n)
_ENTER_HEAD = insert(head)


def enter_one(core: Core, connection: Connection, draft: Draft[T]) -> tuple[Wrote, Stored[T]]:
    """Seal and write one revision at once."""
    row, written = core.seals.seal(draft.new, draft.fields)
    if row.previous != NOTHING_BEFORE:
        connection.execute(_DROP_HEAD, {"replaced": row.previous})
    entered = connection.execute(_ENTER_ONE, row.columns())
    connection.execute(_ENTER_HEAD, {"n": entered.scalar_one(), "id": bytes.fromhex(row.id)})
    return Wrote(row.domain, row.id, row.digest), written


class Together:
    """Some hundred records: looked up with one statement, sealed one by one, written with three."""

    def __init__(
        self,
        core: Core,
        connection: Connection,
        records: Collection[Id],
        homes: dict[Id, tuple[Id, Id]],
        note: Callable[[Sequence[Wrote]], None],
    ) -> None:
        """Look up what stands there of these records.

        Args:
            core: of the open vault.
            connection: with the transaction.
            records: which; more may be asked for, each with a statement of its own.
            homes: key domains and owners of parents, which never change; what is looked up is added.
            note: told of revisions that were written, in order.
        """
        self._core, self._connection, self._homes, self._note = core, connection, homes, note
        wanted = [each for each in dict.fromkeys(records) if type(each) is str and is_id(each)]
        self._found = reading.head_rows(connection, wanted)
        self._waiting: dict[Id, Row] = {}

    def heads(self, record: Id) -> list[Opened]:
        """The newest revisions of a record. The first time from what was looked up; after that it may have changed.

        Raises:
            NoKey, SealBroken, VaultDamaged.
        """
        if (rows := self._found.pop(record, None)) is not None:
            return [self._core.seals.open(row) for row in rows]
        self.write()
        return reading.heads_of(self._core, self._connection, record)

    def home(self, parent: Id) -> tuple[Id, Id]:
        """Key domain and owner of a record.

        Raises:
            NoSuchRecord.
        """
        if parent not in self._homes:
            if parent in self._waiting:
                self.write()
            self._homes[parent] = reading.domain_of(self._connection, parent)
        return self._homes[parent]

    def take(self, draft: Draft[T]) -> Stored[T]:
        """Seal a revision, and let it wait.

        Raises:
            NoKey.
        """
        row, written = self._core.seals.seal(draft.new, draft.fields)
        self._waiting[row.id] = row
        return written

    def write(self) -> None:
        """Write what waits."""
        rows, self._waiting = list(self._waiting.values()), {}
        if not rows:
            return
        if gone := [{"replaced": row.previous} for row in rows if row.previous != NOTHING_BEFORE]:
            self._connection.execute(_DROP_HEAD, gone)
        self._connection.execute(_ENTER_REVISION, [row.columns() for row in rows])
        self._connection.execute(_ENTER_HEADS, {"digests": [row.digest for row in rows]})
        self._note([Wrote(row.domain, row.id, row.digest) for row in rows])
