"""Looking into a vault's records where nothing may be written: in a backup, or in a vault that another one replaces.

The file is opened as one that nobody changes, which writes nothing beside it either; only what a backup has put there,
or what the last program that held the vault had brought into the one file, is seen.
"""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, create_engine, select
from sqlalchemy.pool import StaticPool

from vigtool.errors import VaultDamaged
from vigtool.ids import Id, new_id
from vigtool.vault import schema, trust, upgrading
from vigtool.vault.audit import AuditLog
from vigtool.vault.core import Clock, Core
from vigtool.vault.creation import NewVault
from vigtool.vault.folder import VaultFolder
from vigtool.vault.grants import Keyring
from vigtool.vault.keyslots import Key, find, read_slots
from vigtool.vault.sealing import Seals
from vigtool.vault.sqlite_engine import SqliteEngine
from vigtool.vault.storage import Storage


class StillEngine(SqliteEngine):
    """A database file that is only looked at."""

    def connect(self) -> Connection:
        """The file, as one that nobody changes (https://www.sqlite.org/uri.html, `immutable`)."""
        name = urllib.parse.quote(str(self.file.absolute()))

        def dial() -> Any:
            found = sqlite.connect(f"file:{name}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            for pragma in ("temp_store=2", "trusted_schema=0", "cell_size_check=1", "mmap_size=0", "query_only=1"):
                found.execute(f"PRAGMA {pragma}")
            return found

        engine = create_engine("sqlite://", module=sqlite, creator=dial, poolclass=StaticPool, hide_parameters=True)
        return engine.connect()

    def end(self, connection: Connection) -> None:
        """Let go of it; there is nothing to be brought to its place."""
        connection.close()
        connection.engine.dispose()


@contextmanager
def looking_into(
    database: Path, films: VaultFolder, key: Key | NewVault, clock: Clock, user: Id | None = None
) -> Iterator[Core]:
    """The records of a vault, opened for reading only.

    Args:
        database: an SQLite file that no program has open.
        films: where the sealed films are.
        key: a passphrase or a recovery key, or what is known of the user already.
        clock: the time now.
        user: whose key it is, where that is known.

    Raises:
        WrongPassphrase, VaultDamaged, VaultNewer, StorageFailed.
    """
    with still(database) as storage:
        with storage.reading() as connection:
            vault = vault_id(connection)
            slots = read_slots(connection, user)
            made = key if isinstance(key, NewVault) else NewVault(vault, *find(vault, slots, key))
            keyring = Keyring(vault, made.user, made.secret)
            keyring.load(connection)
            seals = Seals(vault, keyring)
            if keyring.has(made.user):
                keyring.believe(trust.trusted(connection, seals, vault, made.user))
        device = new_id()
        try:
            yield Core(
                folder=films,
                storage=storage,
                audit=AuditLog(vault, device, made.user, keyring),
                keyring=keyring,
                seals=seals,
                vault=vault,
                user=made.user,
                device=device,
                clock=clock,
            )
        finally:
            keyring.drop()


@contextmanager
def still(database: Path) -> Iterator[Storage]:
    """The database of a vault of the newest format, for looking only and without any key.

    Raises:
        VaultDamaged, VaultNewer, NotAVault, StorageFailed.
    """
    engine = StillEngine(database)
    engine.check_mark()
    storage = Storage(engine)
    try:
        with storage.reading() as connection:
            if not upgrading.is_newest(connection):
                message = "these records are of an older format"
                raise VaultDamaged(message, "restore the backup into a new folder, and open it there")
        yield storage
    finally:
        storage.close()


def vault_id(connection: Connection) -> Id:
    """Which vault it is.

    Raises:
        VaultDamaged: it does not say.
    """
    rows = connection.execute(select(schema.vault.c.vault)).scalars().all()
    if len(rows) != 1:
        message = "the vault does not know its own name any more"
        raise VaultDamaged(message, "fetch it from a backup")
    return bytes(rows[0]).hex()
