"""What there is of something that is to be erased: everything that belongs to it, whatever became of it meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import func, select

from vigtool.errors import VaultDamaged
from vigtool.ids import Id
from vigtool.vault.core import Core
from vigtool.vault.kinds import kind_of
from vigtool.vault.schema import domain_grant, footage, revision
from vigtool.vault.sealing import row_of
from vigtool.vault.shapes import Stored

T = TypeVar("T")

_BATCH = 500


def below(core: Core, record: Id) -> tuple[Id, ...]:
    """A record and all that belongs to it, directly or through others, removed ones included."""
    found: dict[bytes, None] = {bytes.fromhex(record): None}
    newest = list(found)
    with core.storage.reading() as connection:
        while newest:
            some, newest = newest[:_BATCH], newest[_BATCH:]
            children = select(revision.c.id).where(revision.c.parent.in_(some)).distinct()
            more = [child for child in connection.execute(children).scalars() if child not in found]
            found.update(dict.fromkeys(more))
            newest += more
    return _ids(found)


def children_of(core: Core, records: Sequence[Id]) -> set[Id]:
    """All that belongs to one of these records directly, be it there itself or not."""
    found: set[bytes] = set()
    with core.storage.reading() as connection:
        for some in _some(records):
            found.update(connection.execute(select(revision.c.id).where(revision.c.parent.in_(some))).scalars())
    return set(_ids(found))


def standing_of(core: Core, records: Sequence[Id]) -> tuple[Id, ...]:
    """Those of these records of which any revision is in the vault, readable or not."""
    found: set[bytes] = set()
    with core.storage.reading() as connection:
        for some in _some(records):
            found.update(connection.execute(select(revision.c.id).where(revision.c.id.in_(some))).scalars())
    return _ids(found)


def stands(core: Core, what: Id) -> bool:
    """Whether a film or a family is in the vault, or anything that belongs to it directly; quickly answered."""
    name = bytes.fromhex(what)
    with core.storage.reading() as connection:
        for column in (revision.c.id, revision.c.parent, revision.c.domain):
            if connection.execute(select(revision.c.n).where(column == name).limit(1)).first():
                return True
    return False


def is_of_kind(core: Core, record: Id, cls: type) -> bool:
    """Whether a record is of a kind, told by the columns of its rows, readable or not."""
    here = (revision.c.id == bytes.fromhex(record), revision.c.kind == kind_of(cls).number)
    with core.storage.reading() as connection:
        return connection.execute(select(revision.c.n).where(*here).limit(1)).first() is not None


def digests_of(core: Core, records: Sequence[Id]) -> list[bytes]:
    """The names of every revision of these records, 32 bytes each."""
    found: list[bytes] = []
    with core.storage.reading() as connection:
        for some in _some(records):
            found += connection.execute(select(revision.c.digest).where(revision.c.id.in_(some))).scalars()
    return found


def ever(core: Core, domain: Id, cls: type[T]) -> tuple[list[Stored[T]], set[Id]]:
    """Every revision of every record of a kind in a family that can be read, removed and replaced ones included.

    With them come the ids of records of which some revision cannot be read.

    Raises:
        NoKey, VaultNewer.
    """
    here = (revision.c.domain == bytes.fromhex(domain), revision.c.kind == kind_of(cls).number)
    with core.storage.reading() as connection:
        rows = connection.execute(select(revision).where(*here).order_by(revision.c.n)).mappings().all()
    found: list[Stored[T]] = []
    unread: set[Id] = set()
    for row in (row_of(cast("Any", each)) for each in rows):
        try:
            found.append(core.seals.open(row).stored)
        except VaultDamaged:
            unread.add(row.id)
    return found, unread


def files_of(core: Core, domain: Id) -> set[Id]:
    """The sealed files of a family that the vault knows of."""
    here = footage.c.domain == bytes.fromhex(domain)
    with core.storage.reading() as connection:
        return {file.hex() for file in connection.execute(select(footage.c.file).where(here)).scalars()}


def keys_of(core: Core, domain: Id) -> int:
    """How many grants of a family's keys there are."""
    here = domain_grant.c.domain == bytes.fromhex(domain)
    with core.storage.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(domain_grant).where(here)).scalar() or 0)


def _some(records: Collection[Id]) -> Iterator[list[bytes]]:
    """As many at a time as one statement takes."""
    names = [bytes.fromhex(record) for record in records]
    for start in range(0, len(names), _BATCH):
        yield names[start : start + _BATCH]


def _ids(names: Iterable[bytes]) -> tuple[Id, ...]:
    return tuple(sorted(name.hex() for name in names))
