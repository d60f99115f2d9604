"""What can be known of a backup before a passphrase is typed: whose it is, and whether its vault is still here."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from vigtool.errors import VigtoolError
from vigtool.ids import Id
from vigtool.practice.restoring import GenerationFacts
from vigtool.vault import users
from vigtool.vault.folder import VaultFolder
from vigtool.vault.looking_into import StillEngine, still, vault_id


def users_of(backup: GenerationFacts) -> list[tuple[Id, str]]:
    """Who had a passphrase for the vault when the backup was made, with the short names they gave themselves.

    Raises:
        BackupDamaged, VaultNewer, StorageFailed.
    """
    return users.pickable(backup.folder, lambda inside: StillEngine(inside.database))


def is_of(backup: GenerationFacts, folder: Path) -> bool:
    """Whether the vault that a backup is of lies in a folder; nothing in it is changed, nor believed."""
    database = VaultFolder(folder).database
    with suppress(VigtoolError, OSError), still(database) as storage, storage.reading() as connection:
        return vault_id(connection) == backup.vault
    return False
