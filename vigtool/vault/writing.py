"""Writing records, inside one transaction of the vault. Acts of practice use it, and nobody else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from vigtool.casework.film import SealedFootage
from vigtool.crypto.keyslot import Keyslot
from vigtool.errors import InvalidRecord, NoSuchRecord, RecordChanged
from vigtool.ids import Id, is_id
from vigtool.vault import payload, reading, shredding, vouching
from vigtool.vault.audit import Wrote
from vigtool.vault.core import Core
from vigtool.vault.footage_states import FootageState
from vigtool.vault.holding import held_by_log
from vigtool.vault.key_work import KeyWork
from vigtool.vault.keyslots import row_of
from vigtool.vault.kinds import Kind, kind_of
from vigtool.vault.schema import footage, head, keyslot, revision
from vigtool.vault.sealing import Opened
from vigtool.vault.shapes import NOTHING_BEFORE, Stored
from vigtool.vault.shredding import Shredded

T = TypeVar("T")

# Made once: putting a statement together takes SQLAlchemy longer than running it.
_REPLACED = select(revision.c.n).where(revision.c.digest == bindparam("replaced")).scalar_subquery()
_DROP_HEAD = delete(head).where(head.c.n == _REPLACED)
_ENTER_REVISION = insert(revision).returning(revision.c.n)
_ENTER_HEAD = insert(head)


class Writer:
    """Writes into the transaction it was handed out for, and into no other.

    Attributes:
        touched: the records written so far, in order.
        wrote: the revisions of them.
    """

    def __init__(self, core: Core, connection: Connection) -> None:
        """Made by `Vault.transaction`."""
        self._core = core
        self._open: Connection | None = connection
        self.touched: list[Id] = []
        self.wrote: list[Wrote] = []
        self._homes: dict[Id, tuple[Id, Id]] = {}

    @property
    def keys(self) -> KeyWork:
        """What this transaction may do with users and keys."""
        return KeyWork(self._core, self._connection, self.touched)

    def in_name_of(self, core: Core) -> Writer:
        """Writes in the name of a user who was entered in this very transaction, and into the same entry of the log."""
        other = Writer(core, self._connection)
        other.touched, other.wrote = self.touched, self.wrote
        return other

    def open_domain(self, domain: Id) -> None:
        """Make a new key, for a family before the family itself is added, and grant it to this user.

        Raises:
            InvalidRecord: it has one already.
        """
        self.keys.open_domain(domain)

    def add(self, value: T) -> Stored[T]:
        """Write a record for the first time, or again after it was removed (its history goes on).

        Raises:
            RecordChanged: it stands already.
            InvalidRecord: it holds what it cannot hold, or is another's to write.
            NoSuchRecord: what it belongs to is not there.
            NoKey: this user has no key of the family.
        """
        kind, connection = kind_of(type(value)), self._connection
        fields = payload.to_map(value, kind.schema)
        new = self._first(kind, value)
        before = reading.heads_of(self._core, connection, new.id)
        if not before:
            return self._write(new, fields)
        last = before[-1]
        if not all(opened.stored.removed for opened in before) or last.kind is not kind:
            message = "a record with this id is there already"
            raise RecordChanged(message, "look at it again and change that one")
        return self._follow(last, new.value, removed=False)

    def change(self, stored: Stored[T], value: T) -> Stored[T]:
        """Write what takes the place of `stored`, the revision one has looked at.

        Raises:
            RecordChanged: somebody wrote another in its place in the meantime, or it was removed.
            InvalidRecord: it is of a kind that is never changed, is another's, or would belong elsewhere.
        """
        last = self._last(stored)
        if last.stored.removed:
            raise _changed()
        return self._follow(last, value, removed=False)

    def take_out(self, stored: Stored[T], value: T) -> Stored[T]:
        """As `change`, of a record that may be another's: what this same transaction erases is taken out of it.

        Raises:
            RecordChanged, InvalidRecord: as for `change`, but for whose it is.
        """
        last = self._last(stored, anybodys=True)
        if last.stored.removed:
            raise _changed()
        return self._follow(last, value, removed=False)

    def vouch_without(self, gone: Collection[bytes]) -> None:
        """Vouch anew for records older than the log, where revisions of these digests are erased; see `vouching`."""
        vouching.vouch_again(self._core, self._connection, gone, [each.digest for each in self.wrote])

    def require_no_hold(self, domain: Id, records: Collection[Id]) -> None:
        """Refuse to go on where a legal hold covers the family, or one of these records of it.

        Raises:
            UnderHold.
        """
        standing = shredding.standing_holds(self._connection, domain)
        if (standing | held_by_log(self._core, self._connection, domain)) & {domain, *records}:
            raise shredding.under_hold()

    def remove(self, stored: Stored[T]) -> Stored[T]:
        """Write a revision that says the record is gone. What it was stays in its history.

        Raises:
            RecordChanged, InvalidRecord: as for `change`.
        """
        last = self._last(stored)
        if last.stored.removed:
            raise _changed()
        return self._follow(last, stored.value, removed=True)

    def keep_footage(self, sealed: SealedFootage, domain: Id) -> None:
        """Enter a file that `footage.seal_in` has sealed: from the commit on it belongs to the vault.

        Raises:
            NoSuchRecord: nothing of that name was sealed for that domain.
        """
        mine = (footage.c.file == bytes.fromhex(sealed.file), footage.c.domain == bytes.fromhex(domain))
        kept = update(footage).where(*mine).values(state=FootageState.KEPT, sealed_size=sealed.sealed_size)
        if self._connection.execute(kept).rowcount != 1:
            message = "there is no such footage to keep"
            raise NoSuchRecord(message, "bring the film in again")

    def let_go(self, sealed: SealedFootage) -> None:
        """Say of a file that was kept that it no longer is; nothing may refer to it any more.

        After the commit `footage.discard` takes it away, and where that was not done, the next opening of the vault.
        """
        mine = footage.c.file == bytes.fromhex(sealed.file)
        self._connection.execute(update(footage).where(mine).values(state=FootageState.ANNOUNCED))

    def shred(self, domain: Id, erasure: Id, on: date, *, despite_hold: bool = False) -> Shredded:
        """Destroy every key and every row of a family; see `shredding`. After the commit `shredding.finish` is due.

        Raises:
            UnderHold: a legal hold covers it, or a film of it.
        """
        self._homes.clear()
        gone = shredding.shred(self._core, self._connection, domain, erasure, on, despite_hold=despite_hold)
        self.touched.extend(gone.records)
        return gone

    def put_keyslot(self, slot: Keyslot) -> None:
        """Enter a keyslot in the place of those of the same user and kind."""
        same = (keyslot.c.user_id == bytes.fromhex(slot.user), keyslot.c.kind == int(slot.kind))
        self._connection.execute(delete(keyslot).where(*same))
        self._connection.execute(insert(keyslot).values(row_of(slot)))
        self.touched.append(slot.user)

    def end(self) -> None:
        """The transaction is over; nothing more can be written through this."""
        self._open = None

    @property
    def _connection(self) -> Connection:
        if self._open is None:
            message = "this writer's transaction is over"
            raise RuntimeError(message)
        return self._open

    def _first(self, kind: Kind, value: T) -> Stored[T]:
        """The first revision of a record, placed where it belongs."""
        user, now = self._core.user, self._core.clock()
        place = kind.place(value, self._core.vault)
        domain, owner = place.domain, user
        if domain is None:
            domain, parents_owner = self._home(place.parent)
            owner = parents_owner if kind.own else user
        new = Stored(
            value=value,
            id=_id_of(value),
            kind=kind.number,
            revision=1,
            device=self._core.device,
            previous=NOTHING_BEFORE,
            domain=domain,
            parent=place.parent,
            owner=kind.owner(value) if kind.owner else owner,
            digest=NOTHING_BEFORE,
            writer=user,
            created=now,
            edited=now,
        )
        self._check_mine(kind, new)
        return new

    def _home(self, parent: Id) -> tuple[Id, Id]:
        """Domain and owner of a parent, looked up once: a thousand marks have the same."""
        if parent not in self._homes:
            self._homes[parent] = reading.domain_of(self._connection, parent)
        return self._homes[parent]

    def _last(self, stored: Stored[Any], *, anybodys: bool = False) -> Opened:
        """The head that `stored` still is."""
        for opened in reading.heads_of(self._core, self._connection, stored.id):
            if opened.stored.digest == stored.digest:
                if opened.kind.appended:
                    message = "this is written down once and never changed"
                    raise InvalidRecord(message, "enter what is true now as a new record")
                if not anybodys:
                    self._check_mine(opened.kind, opened.stored)
                return opened
        raise _changed()

    def _check_mine(self, kind: Kind, stored: Stored[Any]) -> None:
        if kind.own and stored.owner != self._core.user:
            message = "only its author writes in it"
            raise InvalidRecord(message, "begin one of your own, or write a comment")

    def _follow(self, last: Opened, value: T, *, removed: bool) -> Stored[T]:
        """Write a revision that takes the place of `last`."""
        old, kind = last.stored, last.kind
        self._check_same_place(old, kind, value)
        written = payload.to_map(value, kind.schema)
        new = replace(
            old,
            value=value,
            revision=old.revision + 1,
            device=self._core.device,
            previous=old.digest,
            writer=self._core.user,
            edited=self._core.clock(),
            removed=removed,
            others=(),
        )
        self._connection.execute(_DROP_HEAD, {"replaced": old.digest})
        return self._write(new, payload.carried(kind.cls, last.record, written))

    def _check_same_place(self, old: Stored[Any], kind: Kind, value: Any) -> None:
        if type(value) is not kind.cls:
            message = "a record stays of its kind"
            raise InvalidRecord(message)
        place = kind.place(value, self._core.vault)
        owner = kind.owner(value) if kind.owner else old.owner
        if (_id_of(value), place.parent, place.domain or old.domain, owner) != (
            old.id,
            old.parent,
            old.domain,
            old.owner,
        ):
            message = "a record stays where it belongs"
            raise InvalidRecord(message, "remove it here and add another there")

    def _write(self, new: Stored[T], fields: dict[str, Any]) -> Stored[T]:
        row, written = self._core.seals.seal(new, fields)
        entered = self._connection.execute(_ENTER_REVISION, row.columns())
        self._connection.execute(_ENTER_HEAD, {"n": entered.scalar_one(), "id": bytes.fromhex(row.id)})
        self.touched.append(row.id)
        self.wrote.append(Wrote(row.domain, row.id, row.digest))
        return written


def _id_of(value: Any) -> Id:
    identity: Id = value.id
    if not is_id(identity):
        message = "a record needs an id of its own"
        raise InvalidRecord(message)
    return identity


def _changed() -> RecordChanged:
    message = "somebody else wrote it in the meantime"
    return RecordChanged(message, "look at what stands there now, then decide again")
