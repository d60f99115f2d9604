"""What the parts of an open vault share. Only modules of this package use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from vigtool.ids import Id
from vigtool.vault.audit import AuditLog
from vigtool.vault.folder import VaultFolder
from vigtool.vault.grants import Keyring
from vigtool.vault.sealing import Seals
from vigtool.vault.storage import Storage

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """An open vault from inside.

    Attributes:
        vault, user: whose and which.
        device: this copy of the vault folder.
        clock: the time now; tests bring their own.
    """

    folder: VaultFolder
    storage: Storage
    audit: AuditLog
    keyring: Keyring
    seals: Seals
    vault: Id
    user: Id
    device: Id
    clock: Clock
