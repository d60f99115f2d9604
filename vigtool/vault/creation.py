"""A new vault: built beside the place where it shall be, and moved there when all of it is on the disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, insert

from vigtool.crypto.keys import UserSecret
from vigtool.crypto.keyslot import make_keyslot
from vigtool.crypto.passphrase import DEFAULT_COST, StretchCost, calibrate, check_strength
from vigtool.errors import VaultExists
from vigtool.ids import Id, new_id
from vigtool.vault import schema, upgrading
from vigtool.vault.audit import AuditLog
from vigtool.vault.cards import row_of_card
from vigtool.vault.core import Clock, Core
from vigtool.vault.engine import Engine, Records
from vigtool.vault.folder import (
    README,
    VaultFolder,
    create_private_file,
    make_private_folder,
    refuse_network,
    sync_folder,
)
from vigtool.vault.grants import Keyring
from vigtool.vault.keyslots import row_of
from vigtool.vault.lock import VaultLock
from vigtool.vault.sealing import Seals
from vigtool.vault.storage import Storage, naming_disk_errors

_WITHIN = ".vault.new"
"""Where a vault is built inside a folder that was there before."""


@dataclass(frozen=True, slots=True)
class NewVault:
    """What is known of a vault that was just made, so that it can be opened without asking for the passphrase again."""

    vault: Id
    user: Id
    secret: UserSecret = field(repr=False)


FirstRecords = Callable[[Core, Connection], None]
"""Writes what every vault holds from the beginning, inside the transaction that makes its tables."""


def create(
    folder: Path,
    passphrase: str,
    cost: StretchCost | None,
    clock: Clock,
    first_records: FirstRecords,
    records: Records,
) -> NewVault:
    """Make a vault in `folder`, which must be empty or not there yet. All of it is there afterwards, or nothing.

    Raises:
        WeakPassphrase, VaultExists, StorageFailed, VaultHeld.
    """
    check_strength(passphrase)
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link that leads to the place
    refuse_network(_standing(folder))
    with naming_disk_errors(), new_parents(folder.parent):
        refuse_taken(folder)
        building = place_to_build(folder)
        clear_leftover(building, clock)
        try:
            inside = VaultFolder(building)
            building.mkdir(mode=0o700)
            with _made(records(inside)) as engine:
                new = _build(inside, engine, passphrase, cost or fitting_cost(), clock, first_records)
                move_in(building, folder)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
    return new


@contextmanager
def _made(engine: Engine) -> Iterator[Engine]:
    """An empty database, taken away again when nothing comes of it."""
    engine.make()
    try:
        yield engine
    except BaseException:
        engine.unmake()
        raise


def place_to_build(folder: Path) -> Path:
    """Where to build: on the same disk. A folder that is there already stays the folder it is, and is built within."""
    return folder / _WITHIN if folder.is_dir() else folder.with_name(f".{folder.name}.new")


def move_in(building: Path, folder: Path) -> None:
    """Put what was built where it shall be. The database comes last: a folder without it is no vault."""
    if building.parent != folder:
        refuse_taken(folder)
        building.rename(folder)
        sync_folder(folder.parent)
        return
    inside = VaultFolder(building)
    rest = sorted(path.name for path in building.iterdir() if path != inside.database)
    parts = [*rest, inside.database.name] if inside.database.exists() else rest
    try:
        for part in parts:
            (building / part).rename(folder / part)
        building.rmdir()
        folder.chmod(0o700)
        sync_folder(folder)
    except BaseException:
        for part in reversed(parts):
            with suppress(OSError):
                (folder / part).rename(building / part)
        raise


def fitting_cost() -> StretchCost:
    """About a second on this machine, never less than the default."""
    return max(calibrate(), DEFAULT_COST, key=lambda cost: cost.memory_kib)


def _standing(folder: Path) -> Path:
    """The nearest folder above that is there."""
    folder = folder.absolute()
    return next(parent for parent in (folder, *folder.parents) if parent.exists())


def refuse_taken(folder: Path) -> None:
    """Refuse a place where there is anything.

    Raises:
        VaultExists.
    """
    if folder.is_dir() and {path.name for path in folder.iterdir()} <= {_WITHIN}:
        return
    if folder.exists() or folder.is_symlink():
        message = "there is something in that place already"
        raise VaultExists(message, "choose a new or an empty folder")


@contextmanager
def new_parents(parent: Path) -> Iterator[None]:
    """The folders above, made where they are missing and taken away again when nothing comes of it."""
    missing = [above for above in (parent, *parent.parents) if not above.exists()]
    try:
        for above in reversed(missing):
            make_private_folder(above)
        yield
    except BaseException:
        for above in missing:
            with suppress(OSError):
                above.rmdir()
        raise


def clear_leftover(building: Path, clock: Clock) -> None:
    """Take away what an interrupted try had left, unless another program is building there now."""
    if building.exists():
        VaultLock(VaultFolder(building), clock()).release()
        shutil.rmtree(building)


def _build(
    folder: VaultFolder,
    engine: Engine,
    passphrase: str,
    cost: StretchCost,
    clock: Clock,
    first_records: FirstRecords,
) -> NewVault:
    lock = VaultLock(folder, clock())
    try:
        make_private_folder(folder.footage)
        create_private_file(folder.readme, README.encode("utf-8"))
        new = NewVault(new_id(), new_id(), UserSecret.generate())
        storage = Storage(engine)
        try:
            storage.mark()
            with storage.writing() as connection:
                upgrading.upgrade(connection)
                _enter_user(connection, new, passphrase, cost)
                core = _core(folder, storage, new, clock)
                _enter_device(connection, core)
                first_records(core, connection)
        finally:
            storage.close()
        for made in (folder.database, folder.footage, folder.root):
            if made.exists():
                _sync(made)
    finally:
        lock.release()
    return new


def _enter_user(connection: Connection, new: NewVault, passphrase: str, cost: StretchCost) -> None:
    slot = make_keyslot(new.vault, new.user, passphrase, new.secret, cost)
    connection.execute(insert(schema.vault).values(vault=bytes.fromhex(new.vault), format=schema.FORMAT))
    connection.execute(insert(schema.user_card).values(row_of_card(new.vault, new.user, new.secret)))
    connection.execute(insert(schema.keyslot).values(row_of(slot)))


def _core(folder: VaultFolder, storage: Storage, new: NewVault, clock: Clock) -> Core:
    keyring = Keyring(new.vault, new.user, new.secret)
    device = new_id()
    return Core(
        folder=folder,
        storage=storage,
        audit=AuditLog(new.vault, device, new.user, keyring),
        keyring=keyring,
        seals=Seals(new.vault, keyring),
        vault=new.vault,
        user=new.user,
        device=device,
        clock=clock,
    )


def _enter_device(connection: Connection, core: Core) -> None:
    row = {"device": bytes.fromhex(core.device), "inode": core.folder.inode()}
    connection.execute(insert(schema.device).values(row))


def _sync(made: Path) -> None:
    if made.is_dir():
        sync_folder(made)
        return
    with made.open("rb") as held:
        os.fsync(held.fileno())
