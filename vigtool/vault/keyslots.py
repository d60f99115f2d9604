"""The keyslots as they stand in the database, and which of them a passphrase or a recovery key opens."""

from __future__ import annotations

from typing import TypeAlias

from sqlalchemy import Connection, select

from vigtool.crypto.keys import UserSecret
from vigtool.crypto.keyslot import Keyslot, SlotKind, cost_of, open_keyslot
from vigtool.crypto.recovery import RecoveryKey, open_recovery_slot
from vigtool.errors import VaultDamaged, WrongPassphrase
from vigtool.ids import Id
from vigtool.vault import schema

Key: TypeAlias = str | RecoveryKey
"""What a person unlocks a vault with: a passphrase, or a recovery key."""


def read_slots(connection: Connection, user: Id | None = None) -> list[Keyslot]:
    """The keyslots of one user, or of all."""
    rows = select(schema.keyslot).order_by(schema.keyslot.c.slot)
    if user is not None:
        rows = rows.where(schema.keyslot.c.user_id == bytes.fromhex(user))
    return [
        Keyslot(row.slot.hex(), row.user_id.hex(), row.kind, row.kdf, row.commitment, row.wrapped)
        for row in connection.execute(rows)
    ]


def row_of(slot: Keyslot) -> dict[str, object]:
    """A keyslot as its table takes it."""
    return {
        "slot": bytes.fromhex(slot.slot),
        "user_id": bytes.fromhex(slot.user),
        "kind": int(slot.kind),
        "kdf": slot.kdf,
        "commitment": slot.commit,
        "wrapped": slot.wrapped,
    }


def slot_cost(slots: list[Keyslot]) -> tuple[int, int, int]:
    """What trying a passphrase costs: KiB, passes, lanes; zeros where no slot has one."""
    costs = [cost_of(slot) for slot in slots if slot.kind == SlotKind.PASSPHRASE]
    return (costs[0].memory_kib, costs[0].passes, costs[0].lanes) if costs else (0, 0, 0)


def find(vault: Id, slots: list[Keyslot], key: Key) -> tuple[Id, UserSecret]:
    """The user whose keyslot the key opens, and their secret.

    Raises:
        WrongPassphrase: it opens none. VaultDamaged: none that is whole could be tried.
    """
    damaged: VaultDamaged | None = None
    wrong: WrongPassphrase | None = None
    kind = SlotKind.RECOVERY if isinstance(key, RecoveryKey) else SlotKind.PASSPHRASE
    for slot in slots:
        if slot.kind != kind:
            continue
        try:
            return slot.user, _open(vault, slot, key)
        except WrongPassphrase as error:
            wrong = error
        except VaultDamaged as error:
            damaged = error
    if wrong is not None:
        raise wrong
    if damaged is not None:
        raise damaged
    if kind is SlotKind.RECOVERY:
        message = "no recovery key was ever made for this vault"
        raise WrongPassphrase(message, "open it with the passphrase")
    message = "the vault has no keyslot any more"
    raise VaultDamaged(message, "fetch it from a backup")


def _open(vault: Id, slot: Keyslot, key: Key) -> UserSecret:
    if isinstance(key, RecoveryKey):
        return open_recovery_slot(vault, slot, key)
    return open_keyslot(vault, slot, key)
