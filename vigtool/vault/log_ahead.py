"""Whether a later state of a vault is known than the one that was restored, by the lengths of its audit logs."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import func, select

from vigtool.errors import VigtoolError
from vigtool.ids import Id
from vigtool.vault import checkpoint
from vigtool.vault.backup_place import Generation
from vigtool.vault.backup_trust import vouched
from vigtool.vault.folder import VaultFolder
from vigtool.vault.looking_into import still, vault_id
from vigtool.vault.schema import audit
from vigtool.vault.storage import Storage
from vigtool.vault.vault import Vault


def entries_beyond(vault: Vault, others: Iterable[Generation], instead_of: Path | None) -> int:
    """How many entries of the audit log are known of that the restored vault does not have; 0 where none are.

    Args:
        vault: the one that was restored.
        others: backups in the same place; the checkpoints of those that a user of the vault signed are looked at.
        instead_of: the folder of the vault that is replaced; whether it is whole or not, what it says counts.
    """
    mine, known = _lengths(vault.core.storage), dict[Id, int]()
    for generation in others:
        if vouched(vault.core, generation):
            for note in generation.manifest.checkpoints:
                with suppress(VigtoolError):
                    said = checkpoint.parse(note).checkpoint
                    known[said.device] = max(known.get(said.device, 0), said.size)
    if instead_of is not None:
        for device, size in _of_folder(instead_of, vault.vault_id).items():
            known[device] = max(known.get(device, 0), size)
    return sum(max(0, size - mine.get(device, 0)) for device, size in known.items())


def _of_folder(folder: Path, vault: Id) -> dict[Id, int]:
    """The lengths of the logs of a vault that lies in a folder; nothing where it is another's or cannot be read."""
    with suppress(VigtoolError, OSError), still(VaultFolder(folder).database) as storage:
        with storage.reading() as connection:
            if vault_id(connection) != vault:
                return {}
        return _lengths(storage)
    return {}


def _lengths(storage: Storage) -> dict[Id, int]:
    query = select(audit.c.device, func.max(audit.c.seq)).group_by(audit.c.device)
    with storage.reading() as connection:
        return {device.hex(): int(size) for device, size in connection.execute(query)}
