"""Reading the audit log of an open vault: its entries, whether it is whole, and checkpoints of it."""

from __future__ import annotations

from vigtool.ids import Id
from vigtool.vault import audit_check, checkpoint
from vigtool.vault.audit import Entry, links
from vigtool.vault.cards import signing_keys
from vigtool.vault.merkle import root
from vigtool.vault.shapes import Finding
from vigtool.vault.vault import Vault


def entries(vault: Vault) -> list[Entry]:
    """Every entry that can be read, of every copy of the vault, by the time they tell; those of one copy in its order.

    What cannot be read is left out here and named by `check`.
    """
    found: list[Entry] = []
    with vault.core.storage.reading() as connection:
        for link in links(connection):
            entry = vault.core.audit.read(link)
            if entry is not None:
                found.append(entry)
    return sorted(found, key=lambda entry: entry.at)


def check(vault: Vault) -> list[Finding]:
    """What of the log, or of the records it tells of, is not as it was written; the first broken entry first."""
    return audit_check.check_log(vault.core, signing_keys(vault.core).by_user)


def check_against(vault: Vault, note: str) -> list[Finding]:
    """Whether the log still begins with all that a checkpoint vouches for; see `checkpoint`.

    Raises:
        InvalidRecord: `note` is no checkpoint.
    """
    return audit_check.check_against(vault.core, checkpoint.parse(note), signing_keys(vault.core).by_user)


def checkpoints(vault: Vault) -> dict[Id, str]:
    """A signed note of where each copy's log stands now, by the copy it is of."""
    with vault.core.storage.reading() as connection:
        leaves: dict[Id, list[bytes]] = {}
        for link in links(connection):
            leaves.setdefault(link.device, []).append(link.leaf)
    return {
        device: checkpoint.sign(
            checkpoint.Checkpoint(vault.vault_id, device, len(those), root(those)),
            vault.user_id,
            vault.core.keyring.signer,
        )
        for device, those in leaves.items()
    }
