"""The ways into a vault: another passphrase, and a recovery key on paper."""

from __future__ import annotations

import secrets

from vigtool.casework.member import StaffRole
from vigtool.errors import NotAllowed, WrongPassphrase
from vigtool.practice.roles import roles_of
from vigtool.vault import ways_in
from vigtool.vault.vault import Vault
from vigtool.vault.ways_in import RecoveryKey, has_recovery_key, listed_words, recovery_key

__all__ = [
    "RecoveryKey", "change_passphrase", "check_typed_back", "has_recovery_key", "keep_recovery_key", "listed_words",
    "new_recovery_key", "places_to_type_back", "recovery_key", "set_passphrase",
]  # fmt: skip

TYPED_BACK = 3
"""How many words of a new recovery key are asked for, so that it is on paper and not on a screen that was closed."""


def change_passphrase(vault: Vault, old: str, new: str) -> None:
    """Put a new passphrase in the place of the old one, for whoever opened the vault.

    Raises:
        WrongPassphrase: `old` is not the one. WeakPassphrase: `new` is too short. StorageFailed: nothing was changed.
    """
    ways_in.check_passphrase(vault, old)
    set_passphrase(vault, new)


def set_passphrase(vault: Vault, new: str) -> None:
    """The same for somebody who has opened the vault with a recovery key, having forgotten the passphrase.

    Raises:
        WeakPassphrase, StorageFailed.
        NotAllowed: the organisation's key is on paper and has no passphrase, which somebody would have to know.
    """
    if StaffRole.ORGANISATION in roles_of(vault):
        message = "the organisation's key has no passphrase"
        raise NotAllowed(message, "give the families to a colleague who has one")
    ways_in.set_passphrase(vault, new)


def new_recovery_key() -> RecoveryKey:
    """A recovery key to be written down. It opens nothing before `keep_recovery_key`."""
    return RecoveryKey.generate()


def keep_recovery_key(vault: Vault, key: RecoveryKey) -> None:
    """Let a recovery key, which is on paper now, open the vault. An earlier one of this user opens nothing any more.

    Raises:
        StorageFailed: nothing was changed.
    """
    ways_in.set_recovery_key(vault, key)


def places_to_type_back() -> tuple[int, ...]:
    """Which words to ask for, counted from 1: others each time."""
    drawn: set[int] = set()
    while len(drawn) < TYPED_BACK:
        drawn.add(secrets.randbelow(24) + 1)
    return tuple(sorted(drawn))


def check_typed_back(key: RecoveryKey, typed: dict[int, str]) -> None:
    """Compare what was typed from the paper, word by word, with the key.

    Args:
        key: the new recovery key.
        typed: words by their places, counted from 1.

    Raises:
        WrongPassphrase: naming the place of the first word that differs.
    """
    words = key.words().split()
    for place, word in sorted(typed.items()):
        if word.strip().lower() != words[place - 1]:
            message = f"word {place} is not the one that was shown"
            raise WrongPassphrase(message, "look at the paper, and write the word there anew if it differs")
