"""The ways in: changing a passphrase, and keeping a recovery key beside it. One slot is written anew, nothing else.

A slot that was replaced is deleted and then made to be gone from the disk, so that an old passphrase opens nothing any
more; it still opens copies of the vault that were made before.
"""

from __future__ import annotations

from vigtool.crypto.keyslot import Keyslot, SlotKind, make_keyslot, open_keyslot
from vigtool.crypto.passphrase import StretchCost, check_strength
from vigtool.crypto.recovery import RecoveryKey, listed_words, make_recovery_slot, recovery_key
from vigtool.errors import VaultDamaged
from vigtool.vault.creation import fitting_cost
from vigtool.vault.keyslots import read_slots
from vigtool.vault.vault import Vault

__all__ = [
    "RecoveryKey", "check_passphrase", "has_recovery_key", "listed_words", "recovery_key", "set_passphrase",
    "set_recovery_key",
]  # fmt: skip


def check_passphrase(vault: Vault, passphrase: str) -> None:
    """Whether it is the one of whoever opened the vault.

    Raises:
        WrongPassphrase, VaultDamaged.
    """
    slots = _own(vault, SlotKind.PASSPHRASE)
    if not slots:
        message = "this user has no passphrase"
        raise VaultDamaged(message, "open the vault with the recovery key and set one")
    open_keyslot(vault.vault_id, slots[0], passphrase)


def set_passphrase(vault: Vault, passphrase: str, *, cost: StretchCost | None = None) -> None:
    """Put a new passphrase in the place of the old one, for whoever opened the vault.

    Raises:
        WeakPassphrase. StorageFailed: nothing was changed, the old one goes on.
    """
    check_strength(passphrase)
    secret = vault.core.keyring.secret
    slot = make_keyslot(vault.vault_id, vault.user_id, passphrase, secret, cost or fitting_cost())
    _replace(vault, slot, "passphrase change")


def set_recovery_key(vault: Vault, key: RecoveryKey) -> None:
    """Put a recovery key beside the passphrase of whoever opened the vault, in the place of an earlier one.

    Raises:
        StorageFailed: nothing was changed.
    """
    slot = make_recovery_slot(vault.vault_id, vault.user_id, key, vault.core.keyring.secret)
    _replace(vault, slot, "recovery key set")


def has_recovery_key(vault: Vault) -> bool:
    """Whether whoever opened the vault has one."""
    return bool(_own(vault, SlotKind.RECOVERY))


def _own(vault: Vault, kind: SlotKind) -> list[Keyslot]:
    with vault.core.storage.reading() as connection:
        return [slot for slot in read_slots(connection, vault.user_id) if slot.kind == kind]


def _replace(vault: Vault, slot: Keyslot, act: str) -> None:
    """One transaction: stop it anywhere, and either the old slot opens the vault or the new one."""
    with vault.transaction(act) as writer:
        writer.put_keyslot(slot)
        vault.core.keyring.told.way(slot.user, int(slot.kind), slot.slot)
    vault.core.storage.forget()
