"""The records of a backup: copied while the vault is in use, then read back and opened, every one of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from sqlalchemy import select

from vigtool.errors import BackupDamaged, SealBroken, VaultDamaged
from vigtool.errors import Cancelled as WasCancelled
from vigtool.ids import Id
from vigtool.vault import checkpoint
from vigtool.vault.audit import links
from vigtool.vault.backup_manifest import Part
from vigtool.vault.core import Core
from vigtool.vault.folder import create_private_file, sync_folder
from vigtool.vault.looking_into import still
from vigtool.vault.merkle import root
from vigtool.vault.reading_back import sha256_of
from vigtool.vault.schema import revision
from vigtool.vault.sealing import Row, row_of
from vigtool.vault.storage import Cancelled
from vigtool.vault.vault import Vault

_HINT = "make another backup, if possible to another disk"


def copy_records(vault: Vault, file: Path, told: Callable[[int, int], None], cancelled: Cancelled) -> Part:
    """Copy the vault's tables into a new file, as they stand at one moment, and force it to the disk.

    Raises:
        StorageFailed, Cancelled, OSError.
    """

    def between(done: int, total: int) -> None:
        if cancelled():
            raise WasCancelled
        told(done, total)

    create_private_file(file)
    vault.core.storage.copy_to(file, between)
    with file.open("rb+") as copy:
        os.fsync(copy.fileno())
    sync_folder(file.parent)
    sha256, size = sha256_of(file, lambda _: None, cancelled)
    return Part(size, sha256)


@contextmanager
def copied(vault: Vault, file: Path) -> Iterator[Core]:
    """The copy, to be looked into with the keys of the vault that is open.

    Raises:
        VaultDamaged, StorageFailed.
    """
    with still(file) as storage:
        yield replace(vault.core, storage=storage)


def check_records(vault: Vault, core: Core, cancelled: Cancelled) -> list[Id]:
    """Whether what was copied is a whole database, and every record in it that can be opened opens.

    Args:
        vault: that was copied.
        core: the copy.
        cancelled: asked between records.

    Returns:
        The records that open in the vault neither: no reason to be without a backup.

    Raises:
        BackupDamaged: naming the record. Cancelled.
    """
    if core.storage.complaints():
        message = "the records of this backup are not what was written"
        raise BackupDamaged(message, _HINT)
    damaged = []
    with core.storage.reading() as connection:
        for found in connection.execute(select(revision)).mappings():
            if cancelled():
                raise WasCancelled
            row = row_of(cast("Any", found))
            if hashlib.sha256(row.sealed).digest() == row.digest and _opens(core, row):
                continue
            if not _is_so_in(vault, found["n"], row):
                message = f"the record {row.id} of this backup is not what was written"
                raise BackupDamaged(message, _HINT)
            damaged.append(row.id)
    return damaged


def _is_so_in(vault: Vault, number: int, row: Row) -> bool:
    """Whether the vault has the very same row."""
    with vault.core.storage.reading() as connection:
        found = connection.execute(select(revision).where(revision.c.n == number)).mappings().first()
    return found is not None and row_of(cast("Any", found)) == row


def _opens(core: Core, row: Row) -> bool:
    if not core.keyring.has(row.domain):
        return True
    try:
        core.seals.open(row)
    except (SealBroken, VaultDamaged):
        return False
    return True


def checkpoints_of(core: Core, user: Id) -> tuple[str, ...]:
    """A signed note of where each log stands in the records that are looked into."""
    leaves: dict[Id, list[bytes]] = {}
    with core.storage.reading() as connection:
        for link in links(connection):
            leaves.setdefault(link.device, []).append(link.leaf)
    signer = core.keyring.signer
    return tuple(
        checkpoint.sign(checkpoint.Checkpoint(core.vault, device, len(those), root(those)), user, signer)
        for device, those in sorted(leaves.items())
    )
