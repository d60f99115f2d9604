"""The rows of a family that gets another key: those that open are sealed anew, damaged ones stay as they lie.

A row that does not open is one of two things. It was damaged: then it says nothing to anybody, under any key, and what
is lost of it was lost before; a backup has it. Or this user lacks the key of its epoch: then others can read it, and
it must not be left behind under a key that is about to be destroyed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, cast

from sqlalchemy import Connection, bindparam, select, update

from vigtool.casework.film import Film
from vigtool.crypto import item
from vigtool.crypto.keys import DomainKey
from vigtool.errors import SealBroken, VaultDamaged
from vigtool.ids import Id
from vigtool.vault.core import Core
from vigtool.vault.grants import EpochState
from vigtool.vault.kinds import kind_of
from vigtool.vault.schema import domain_epoch, head, revision
from vigtool.vault.sealing import Row, row_of
from vigtool.vault.shapes import FilmStandIn, Stored

_BATCH = 500
_RESEAL = update(revision).where(revision.c.n == bindparam("row")).values(sealed=bindparam("anew"))
_OF_FILMS = (kind_of(Film).number, kind_of(FilmStandIn).number)


def reseal_rows(core: Core, connection: Connection, key: DomainKey, step: Callable[[int], None]) -> int:
    """Put every revision of a family under another key, inside the transaction; how many were left as they lie.

    Args:
        core: of the open vault.
        connection: with the transaction.
        key: of the epoch that begins.
        step: told of bytes of envelopes looked at; what it raises goes through.

    Raises:
        SealBroken: this user lacks a key that others may have, or a key opens nothing at all of what lies under it.
    """
    item_key = key.item_key()
    left, opened = Counter[int](), Counter[int]()
    for rows in _batches(connection, key.domain):
        step(sum(len(row.sealed) for _, row in rows))
        anew = []
        for n, row in rows:
            try:
                anew.append({"row": n, "anew": core.seals.carried(row, item_key, key.epoch)})
                opened[item.epoch_of(row.sealed)] += 1
            except VaultDamaged as error:
                if not is_damaged(core, connection, row):
                    raise error from None
                left[_epoch(row)] += 1
        if anew:
            connection.execute(_RESEAL, anew)
    if core.keyring.has_from_another(key.domain):
        _refuse_wrong_keys(core, key.domain, left, opened)
    return left.total()


def films_with_records(core: Core, connection: Connection, domain: Id) -> tuple[list[Stored[Any]], bool]:
    """The newest records of a family's films and stand-ins that can be read, and whether there are others.

    Raises:
        VaultNewer: one was written by a newer program. SealBroken: this user lacks a key that others may have.
    """
    query = select(revision).join(head, head.c.n == revision.c.n)
    here = (revision.c.domain == bytes.fromhex(domain), revision.c.kind.in_(_OF_FILMS))
    rows = connection.execute(query.where(*here).order_by(revision.c.n)).mappings().all()
    found, others = [], False
    for row in (row_of(cast("Any", each)) for each in rows):
        try:
            stored = core.seals.open(row).stored
        except VaultDamaged as error:
            if not is_damaged(core, connection, row):
                raise error from None
            others = True
        else:
            found += [] if stored.removed else [stored]
    return found, others


def is_damaged(core: Core, connection: Connection, row: Row) -> bool:
    """Whether a row that does not open is damaged; otherwise this user lacks the key of its epoch.

    Raises:
        SealBroken: the grant of that key is itself not what was written.
    """
    epoch = _epoch(row)
    if epoch in core.keyring.epochs(row.domain):
        core.keyring.key(row.domain, epoch)
        return True
    return epoch not in living_epochs(connection, row.domain)


def living_epochs(connection: Connection, domain: Id) -> set[int]:
    """The epochs of a family whose keys were not destroyed."""
    table = domain_epoch.c
    alive = table.state.in_((int(EpochState.ACTIVE), int(EpochState.READ_ONLY)))
    query = select(table.epoch).where(table.domain == bytes.fromhex(domain), alive)
    return set(connection.execute(query).scalars())


def _refuse_wrong_keys(core: Core, domain: Id, left: Counter[int], opened: Counter[int]) -> None:
    """A key that somebody gave, and that opens nothing, may be the wrong one: nothing is damaged then."""
    for epoch in left.keys() & set(core.keyring.epochs(domain)):
        if not opened[epoch]:
            message = f"nothing of {domain} that lies under one of its keys can be opened with it"
            raise SealBroken(message, "have the family shared with you once more, or fetch it from a backup")


def _epoch(row: Row) -> int:
    """The epoch that an envelope names; 0, which none has, where it is none."""
    try:
        return item.epoch_of(row.sealed)
    except SealBroken:
        return 0


def _batches(connection: Connection, domain: Id) -> Iterator[list[tuple[int, Row]]]:
    """Every revision of a family, in the order they came, with its number."""
    last = 0
    while True:
        here = select(revision).where(revision.c.domain == bytes.fromhex(domain), revision.c.n > last)
        rows = connection.execute(here.order_by(revision.c.n).limit(_BATCH)).mappings().all()
        if not rows:
            return
        last = rows[-1]["n"]
        yield [(row["n"], row_of(cast("Any", row))) for row in rows]
