"""Looking records up. Everything here is given the connection, and leaves it as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Select, bindparam, func, select

from vigtool.errors import AmbiguousId, NoSuchRecord, SealBroken, VaultDamaged, VaultNewer
from vigtool.ids import Id, is_id
from vigtool.vault.core import Core
from vigtool.vault.kinds import kind_of
from vigtool.vault.schema import head, revision
from vigtool.vault.sealing import Opened, Row, row_of
from vigtool.vault.shapes import Stored

T = TypeVar("T")

_HINT = "look at the list: it may have been removed"


def no_such_record() -> NoSuchRecord:
    """What is said where an id leads nowhere."""
    message = "there is no such record"
    return NoSuchRecord(message, _HINT)


def _heads() -> Select[Any]:
    """The newest revisions, in the order in which their records first came to this vault."""
    again = revision.alias("again")
    first = select(func.min(again.c.n)).where(again.c.id == revision.c.id).scalar_subquery()
    return select(revision).join(head, head.c.n == revision.c.n).order_by(first, revision.c.n)


# Made once: putting a statement together takes SQLAlchemy longer than running it.
_HEADS = _heads()
_HEADS_OF_RECORD = _HEADS.where(revision.c.id == bindparam("wanted"))
_HEADS_OF_RECORDS = _HEADS.where(revision.c.id.in_(bindparam("wanted", expanding=True)))
_HEADS_OF_KIND = _HEADS.where(revision.c.kind == bindparam("wanted_kind"))
_IN_DOMAIN = revision.c.domain == bindparam("wanted_domain")
_UNDER_PARENT = revision.c.parent == bindparam("wanted_parent")
_BETWEEN = revision.c.id.between(bindparam("lowest"), bindparam("highest"))
_REVISIONS = select(revision).where(revision.c.id == bindparam("wanted")).order_by(revision.c.revision, revision.c.n)
_HOME = (
    select(revision.c.domain, revision.c.owner)
    .where(revision.c.id == bindparam("wanted"))
    .order_by(revision.c.n)
    .limit(1)
)


def _rows(connection: Connection, query: Select[Any], **wanted: object) -> Iterator[Row]:
    for found in connection.execute(query, wanted).mappings():
        yield row_of(cast("Any", found))


def heads_of(core: Core, connection: Connection, id: Id) -> list[Opened]:  # noqa: A002 - the word everybody uses
    """Every newest revision of one record, removed ones too; none where there is no such record.

    Raises:
        NoKey, SealBroken, VaultDamaged.
    """
    return [core.seals.open(row) for row in _rows(connection, _HEADS_OF_RECORD, wanted=bytes.fromhex(id))]


def head_rows(connection: Connection, ids: Sequence[Id]) -> dict[Id, list[Row]]:
    """The rows of every newest revision of some records, as `heads_of` would open them; an empty list where none is."""
    found: dict[Id, list[Row]] = {each: [] for each in ids}
    if ids:
        for row in _rows(connection, _HEADS_OF_RECORDS, wanted=[bytes.fromhex(each) for each in ids]):
            found[row.id].append(row)
    return found


def get(core: Core, connection: Connection, cls: type[T], id: Id) -> Stored[T]:  # noqa: A002 - as above
    """One record; see `Vault.get`."""
    if not is_id(id):
        raise no_such_record()
    return _standing(cls, heads_of(core, connection, id))


def get_all(core: Core, connection: Connection, cls: type[T], ids: Sequence[Id]) -> list[Stored[T]]:
    """Some hundred records of a kind with one statement, in the order of their ids.

    Raises:
        NoSuchRecord, NoKey, SealBroken, VaultDamaged: as for `Vault.get`.
    """
    if not all(map(is_id, ids)):
        raise no_such_record()
    found = head_rows(connection, ids)
    return [_standing(cls, [core.seals.open(row) for row in found[each]]) for each in ids]


def _standing(cls: type[T], heads: list[Opened]) -> Stored[T]:
    """The one of these revisions that stands; where there are more, the others are named in it."""
    number = kind_of(cls).number
    standing = [opened.stored for opened in heads if not opened.stored.removed and opened.stored.kind == number]
    if not standing:
        raise no_such_record()
    return replace(standing[0], others=tuple(standing[1:]))


def every(
    core: Core,
    connection: Connection,
    cls: type[T],
    domain: Id | None = None,
    parent: Id | None = None,
    *,
    readable: bool = False,
) -> list[Stored[T]]:
    """All records of a kind; see `Vault.all`."""
    query = _HEADS_OF_KIND
    wanted: dict[str, object] = {"wanted_kind": kind_of(cls).number}
    if domain is not None:
        query, wanted["wanted_domain"] = query.where(_IN_DOMAIN), bytes.fromhex(domain)
    if parent is not None:
        query, wanted["wanted_parent"] = query.where(_UNDER_PARENT), bytes.fromhex(parent)
    rows = _within_reach(core, _rows(connection, query, **wanted))
    opened = _readable(core, rows) if readable else (core.seals.open(row) for row in rows)
    return [found.stored for found in opened if not found.stored.removed]


def _readable(core: Core, rows: Iterable[Row]) -> Iterator[Opened]:
    """What can be read of these rows."""
    for row in rows:
        with suppress(SealBroken, VaultDamaged, VaultNewer):
            yield core.seals.open(row)


def _within_reach(core: Core, rows: Iterable[Row]) -> Iterator[Row]:
    """Rows of domains that this user was given a key of; the rest is none of theirs."""
    return (row for row in rows if core.keyring.has(row.domain))


def find_id(core: Core, connection: Connection, cls: type, beginning: str) -> Id:
    """The whole of a shortened id; see `Vault.find_id`."""
    digits = beginning.strip().lower()
    if not digits or len(digits) > 32 or not is_id(digits.ljust(32, "0")):
        raise no_such_record()
    lowest, highest = bytes.fromhex(digits.ljust(32, "0")), bytes.fromhex(digits.ljust(32, "f"))
    rows = _rows(
        connection, _HEADS_OF_KIND.where(_BETWEEN), wanted_kind=kind_of(cls).number, lowest=lowest, highest=highest
    )
    opened = (core.seals.open(row).stored for row in _within_reach(core, rows))
    found = {stored.id for stored in opened if not stored.removed}
    if not found:
        raise no_such_record()
    if len(found) > 1:
        message = f"{len(found)} records begin like that"
        raise AmbiguousId(message, "write more of the id")
    return found.pop()


def history(core: Core, connection: Connection, id: Id) -> list[Stored[Any]]:  # noqa: A002 - as above
    """Every revision of one record; see `Vault.history`."""
    if not is_id(id):
        raise no_such_record()
    found = [core.seals.open(row).stored for row in _rows(connection, _REVISIONS, wanted=bytes.fromhex(id))]
    if not found:
        raise no_such_record()
    return found


def domain_of(connection: Connection, id: Id) -> tuple[Id, Id]:  # noqa: A002 - as above
    """The key domain and the owner of a record, which never change.

    Raises:
        NoSuchRecord.
    """
    found = connection.execute(_HOME, {"wanted": bytes.fromhex(id)}).first() if is_id(id) else None
    if found is None:
        raise no_such_record()
    return found.domain.hex(), found.owner.hex()
