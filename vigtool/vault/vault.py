"""The front door of a vault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, select

from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.crypto.passphrase import StretchCost
from vigtool.errors import NotAVault, VigtoolError
from vigtool.ids import Id
from vigtool.vault import counting, creation, reading, schema, sqlite_engine, sweeping, unlocking, users
from vigtool.vault.audit import Details
from vigtool.vault.core import Clock, Core
from vigtool.vault.creation import NewVault
from vigtool.vault.engine import Records
from vigtool.vault.folder import VaultFolder, refuse_network
from vigtool.vault.keyslots import Key, read_slots, slot_cost
from vigtool.vault.lock import VaultLock
from vigtool.vault.moments import utc_now
from vigtool.vault.shapes import Profile, Stored, Swept, VaultInfo
from vigtool.vault.storage import naming_disk_errors
from vigtool.vault.writing import Writer

T = TypeVar("T")


class Vault:
    """An open vault. Any thread may use it; they take turns.

    Attributes:
        folder: where it is.
        swept: what an interrupted run had left, cleared up when it was opened.
        upgraded: whether its tables were brought to a newer format when it was opened.
    """

    def __init__(
        self, folder: Path, key: Key | NewVault, clock: Clock, records: Records | None, user: Id | None = None
    ) -> None:
        """Use `create` or `open`."""
        inside = VaultFolder(folder.absolute())
        engine = (records or sqlite_engine.in_folder)(inside)
        with naming_disk_errors():
            if not engine.found():
                message = "there is no vault in that folder"
                raise NotAVault(message, "choose the folder that was made by vigtool, or make a new vault")
            refuse_network(folder)
            self._lock = VaultLock(inside, clock())
        try:
            unlocked = unlocking.unlock(inside, engine, key, clock, user)
            self.core: Core = unlocked.core
            try:
                self.swept: Swept = sweeping.sweep(self.core)
            except BaseException:
                self.core.storage.close()
                raise
        except BaseException:
            self._lock.release()
            raise
        self.folder = folder
        self.upgraded = unlocked.upgraded

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        *,
        name: str = "",
        cost: StretchCost | None = None,
        clock: Clock = utc_now,
        records: Records | None = None,
    ) -> Self:
        """A new vault, open. Nothing is left behind where it fails.

        Args:
            folder: empty or not there yet; folders above it are made.
            passphrase: of its first user.
            name: what that user is called; sealed.
            cost: of one guess at the passphrase; worked out for this machine where none is given.
            clock: the time now.
            records: where they lie; in the folder, unless told otherwise.

        Raises:
            WeakPassphrase, VaultExists, StorageFailed, VaultHeld.
        """

        def first_records(core: Core, connection: Connection) -> None:
            writer = Writer(core, connection)
            writer.open_domain(core.vault)
            writer.add(Profile(id=core.user, name=name))
            writer.end()
            told = core.keyring.told.words()
            core.audit.enter(connection, "vault create", clock(), writer.touched, writer.wrote, told)

        new = creation.create(folder, passphrase, cost, clock, first_records, records or sqlite_engine.in_folder)
        return cls(folder, new, clock, records)

    @classmethod
    def open(
        cls,
        folder: Path,
        key: Key,
        user: Id | None = None,
        *,
        clock: Clock = utc_now,
        records: Records | None = None,
    ) -> Self:
        """The vault in a folder, with a passphrase or a recovery key of one of its users.

        Where it is known whose, only their keyslots are tried: a wrong passphrase then costs one stretch of it.

        Raises:
            NotAVault, VaultHeld, VaultNewer, WrongPassphrase, VaultDamaged, StorageFailed.
        """
        return cls(folder, key, clock, records, user)

    def close(self) -> None:
        """Forget the keys and let go of the folder. Closing twice does nothing; using it afterwards is a VaultError."""
        with suppress(VigtoolError), self.transaction("lock"):  # a full disk must not keep anybody from locking
            pass
        self.core.storage.close()
        self.core.keyring.drop()
        self.core.audit.memory.forget()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def vault_id(self) -> Id:
        """The vault's identity, which is also its own key domain."""
        return self.core.vault

    @property
    def user_id(self) -> Id:
        """Who unlocked it."""
        return self.core.user

    @property
    def device(self) -> Id:
        """Which copy of the vault this is."""
        return self.core.device

    @contextmanager
    def transaction(self, act: str, objects: Sequence[Id] = (), details: Details | None = None) -> Iterator[Writer]:
        """Write records, all or nothing: what was written is on the disk when the block has ended.

        Args:
            act: what is being done, such as "mark add". It stands in the audit log, kept or lost with what is written.
            objects: what it is done to, besides the records that are written.
            details: what else the log is to say: words of a fixed list and numbers, never names.

        Raises:
            RuntimeError: inside another transaction of the same thread.
            StorageFailed: the disk did not take it; nothing of it was kept.
        """
        kept = False
        with self.core.storage.alone():
            try:
                with self.core.storage.writing() as connection:
                    writer = Writer(self.core, connection)
                    try:
                        yield writer
                        self._witness(connection, act, objects, writer, details)
                    finally:
                        writer.end()
                kept = True
            finally:
                self.core.keyring.settle(kept=kept)

    def _witness(
        self, connection: Connection, act: str, objects: Sequence[Id], writer: Writer, details: Details | None
    ) -> None:
        """Inside every transaction, last: the audit log enters the act, and is kept or lost with it."""
        done_to = (*objects, *writer.touched)
        said = {**(details or {}), **self.core.keyring.told.words()}
        self.core.audit.enter(connection, act, self.core.clock(), done_to, writer.wrote, said)

    def get(self, cls: type[T], id: Id) -> Stored[T]:  # noqa: A002 - the word everybody uses
        """One record.

        Where it has more than one newest revision, because two copies of the vault were both written to, this is
        the one that came to this vault first, and the rest stand in its `others`.

        Raises:
            NoSuchRecord: it is not there, was removed, or is of another kind.
            NoKey, SealBroken, VaultDamaged, VaultNewer.
        """
        with self.core.storage.reading() as connection:
            return reading.get(self.core, connection, cls, id)

    def all(
        self, cls: type[T], *, domain: Id | None = None, parent: Id | None = None, readable: bool = False
    ) -> list[Stored[T]]:
        """The newest revisions of every record of a kind that was not removed, records added first coming first.

        Of a record that has two newest revisions both are in the list, one after the other. Records of domains that
        this user has no key of are passed over.

        Args:
            cls: which kind.
            domain: only those of one family.
            parent: only those that belong to one record: the layers of a film, the marks of a layer.
            readable: pass over those that cannot be read, for what can be made again.

        Raises:
            SealBroken, VaultDamaged, VaultNewer: one of them cannot be read; the message names its id.
        """
        with self.core.storage.reading() as connection:
            return reading.every(self.core, connection, cls, domain, parent, readable=readable)

    def find_id(self, cls: type, beginning: str) -> Id:
        """The whole of an id that was shortened to its beginning.

        Raises:
            NoSuchRecord, AmbiguousId.
        """
        with self.core.storage.reading() as connection:
            return reading.find_id(self.core, connection, cls, beginning)

    def history(self, id: Id) -> list[Stored[Any]]:  # noqa: A002 - as above
        """Every revision of one record, the oldest first, those that removed it included.

        Raises:
            NoSuchRecord, NoKey, SealBroken, VaultDamaged.
        """
        with self.core.storage.reading() as connection:
            return reading.history(self.core, connection, id)

    def domain_of(self, id: Id) -> Id:  # noqa: A002 - as above
        """The key domain a record lies in: the id of its family.

        Raises:
            NoSuchRecord.
        """
        with self.core.storage.reading() as connection:
            return reading.domain_of(connection, id)[0]

    def has_key(self, domain: Id) -> bool:
        """Whether this user can open what lies in a domain."""
        return self.core.keyring.has(domain)

    def info(self) -> VaultInfo:
        """The vault in numbers, as far as this user can open it: how much there is of others is not their matter."""
        with self.core.storage.reading() as connection:
            memory, passes, lanes = slot_cost(read_slots(connection))
            kem = connection.execute(select(schema.user_card.c.kem_kind)).scalars().first()
            sums = counting.sums(self.core, connection)
            return VaultInfo(
                vault=self.core.vault,
                format=int(connection.execute(select(schema.vault.c.format)).scalar() or 0),
                users=users.active_users(connection),
                families=len(reading.every(self.core, connection, Family)),
                films=len(reading.every(self.core, connection, Film)),
                records=sums.records,
                revisions=sums.revisions,
                footage_files=sums.files,
                footage_bytes=sums.bytes,
                argon_memory_kib=memory,
                argon_passes=passes,
                argon_lanes=lanes,
                key_kind=unlocking.kind_words(kem),
                database=self.core.storage.version,
            )
