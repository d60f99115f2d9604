"""Writing records, inside one transaction of the vault. Acts of practice use it, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, delete, insert, update

from vigtool.casework.film import SealedFootage
from vigtool.crypto.keyslot import Keyslot
from vigtool.errors import NoSuchRecord, VigtoolError
from vigtool.ids import Id
from vigtool.vault import reading, shredding, vouching
from vigtool.vault.audit import Wrote
from vigtool.vault.core import Core
from vigtool.vault.drafting import Draft, Drafts
from vigtool.vault.footage_states import FootageState
from vigtool.vault.holding import held_by_log
from vigtool.vault.key_work import KeyWork
from vigtool.vault.keyslots import row_of
from vigtool.vault.schema import footage, keyslot
from vigtool.vault.sealing import Opened
from vigtool.vault.shapes import Stored
from vigtool.vault.shredding import Shredded
from vigtool.vault.together import Together, enter_one

T = TypeVar("T")
V = TypeVar("V")

_AT_ONCE = 500
"""So many records are looked up and written together: some hundred kilobytes that wait."""


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
        self._drafts = Drafts(core, self._heads, self._home)

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
        return self._write(self._drafts.added(value))

    def standing(self, cls: type[T], ids: Sequence[Id]) -> list[Stored[T]]:
        """Many records of a kind as they stand in this transaction, in the order of their ids; see `Vault.get`.

        Raises:
            NoSuchRecord: one of them is not there, was removed, or is of another kind.
            NoKey, SealBroken, VaultDamaged.
        """
        parts = [ids[begin : begin + _AT_ONCE] for begin in range(0, len(ids), _AT_ONCE)]
        return [found for part in parts for found in reading.get_all(self._core, self._connection, cls, part)]

    def add_all(self, values: Iterable[T]) -> list[Stored[T]]:
        """`add`, of many records: in a fraction of the time, and otherwise the same.

        One that belongs to another stands behind it. Where one is refused, those before it are written.

        Raises:
            RecordChanged, InvalidRecord, NoSuchRecord, NoKey: as for `add`.
        """
        return self._together([(getattr(value, "id", ""), value) for value in values], Drafts.added)

    def change(self, stored: Stored[T], value: T) -> Stored[T]:
        """Write what takes the place of `stored`, the revision one has looked at.

        Raises:
            RecordChanged: somebody wrote another in its place in the meantime, or it was removed.
            InvalidRecord: it is of a kind that is never changed, is another's, or would belong elsewhere.
        """
        return self._write(self._drafts.changed(stored, value))

    def change_all(self, changes: Iterable[tuple[Stored[T], T]]) -> list[Stored[T]]:
        """`change`, of many records, each with the value that takes its place; see `add_all`.

        Raises:
            RecordChanged, InvalidRecord: as for `change`.
        """
        pairs = [(stored.id, (stored, value)) for stored, value in changes]
        return self._together(pairs, lambda drafts, pair: drafts.changed(*pair))

    def take_out(self, stored: Stored[T], value: T) -> Stored[T]:
        """As `change`, of a record that may be another's: what this same transaction erases is taken out of it.

        Raises:
            RecordChanged, InvalidRecord: as for `change`, but for whose it is.
        """
        return self._write(self._drafts.changed(stored, value, anybodys=True))

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
        return self._write(self._drafts.removed(stored))

    def remove_all(self, every: Iterable[Stored[T]]) -> list[Stored[T]]:
        """`remove`, of many records; see `add_all`.

        Raises:
            RecordChanged, InvalidRecord: as for `change`.
        """
        return self._together([(stored.id, stored) for stored in every], Drafts.removed)

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

    def _heads(self, record: Id) -> list[Opened]:
        return reading.heads_of(self._core, self._connection, record)

    def _home(self, parent: Id) -> tuple[Id, Id]:
        """Domain and owner of a parent, looked up once: a thousand marks have the same."""
        if parent not in self._homes:
            self._homes[parent] = reading.domain_of(self._connection, parent)
        return self._homes[parent]

    def _write(self, draft: Draft[T]) -> Stored[T]:
        wrote, written = enter_one(self._core, self._connection, draft)
        self._note([wrote])
        return written

    def _together(self, records: list[tuple[Id, V]], draft: Callable[[Drafts, V], Draft[T]]) -> list[Stored[T]]:
        """Draft and write many records, some hundred at a time.

        Args:
            records: the id of each, and what `draft` takes.
            draft: drafts one of them.
        """
        written: list[Stored[T]] = []
        for begin in range(0, len(records), _AT_ONCE):
            some = records[begin : begin + _AT_ONCE]
            ids = [record for record, _ in some]
            together = Together(self._core, self._connection, ids, self._homes, self._note)
            drafts = Drafts(self._core, together.heads, together.home)
            try:
                for _, each in some:
                    written.append(together.take(draft(drafts, each)))
            except VigtoolError:  # refused by a rule; after an error of the database nothing more may be written
                together.write()
                raise
            together.write()
        return written

    def _note(self, wrote: Sequence[Wrote]) -> None:
        self.touched += [each.id for each in wrote]
        self.wrote += wrote
