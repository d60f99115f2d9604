"""Whether somebody who unlocks a vault has left it: an old way in, and old keys, may have been put back for them.

Whoever leaves loses every key, and the vault's own gets another, under which the log goes on. So who holds no key of
the epoch in which the newest entries of the log are sealed has left, or has the keys of an older day. The entries
cannot be read without that key; but who signed them can be checked, and their epoch's number stands before the seal.
"""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import Connection

from vigtool.crypto import item
from vigtool.crypto.signing import verify
from vigtool.errors import VigtoolError, WrongPassphrase
from vigtool.ids import Id
from vigtool.vault.audit import Link, ends, signed_back
from vigtool.vault.cards import read_cards
from vigtool.vault.grants import Keyring

_LOOKED_AT = 8
"""Signed entries at the end of each copy's log: behind the last one of an act somebody may have put others."""


def refuse_who_left(connection: Connection, vault: Id, user: Id, keyring: Keyring) -> None:
    """Let nobody in whose keys are from before they left.

    Whom a key of that epoch lies ready for goes in, whether it can be opened or not: a damaged key, or a damaged card
    of who gave it, locks nobody out.

    Args:
        connection: with the transaction.
        vault: which.
        user: who unlocks it.
        keyring: of that user, loaded; whose cards they know is believed already.

    Raises:
        WrongPassphrase.
    """
    held = max(keyring.epochs(vault), default=0)
    if not held:
        return  # without any key of the vault nothing opens, and what is missing is told as the damage it may be
    newer = [link for link in _ends(connection) if _epoch(link) > held and not keyring.was_given(vault, _epoch(link))]
    if not newer:
        return
    cards = read_cards(connection, vault)
    keys = {other: public.sig_public for other, public in keyring.believed().items()}
    if user in cards and not cards[user].active:  # it is written that they left: any user's signature is enough
        keys |= {other: card.public.sig_public for other, card in cards.items() if card.public}
    if any(verify(key, link.signature, link.signed(vault)) for link in newer for key in keys.values()):
        message = "this user has left this vault, or has the keys of an older day: they are no way in any more"
        raise WrongPassphrase(message, "ask a lead or an administrator of your service to look into it")


def _ends(connection: Connection) -> list[Link]:
    """The last signed entries of each copy's log."""
    return [link for device in ends(connection) for link in signed_back(connection, device, count=_LOOKED_AT)]


def _epoch(link: Link) -> int:
    with suppress(VigtoolError):
        return item.epoch_of(link.entry)
    return 0
