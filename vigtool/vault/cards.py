"""The public halves of a vault's users, believed where they signed them themselves.

Whose they are is another matter: that a card is whole says that somebody has the keys to it, not who. That is for two
people to compare (`trust`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, select

from vigtool.crypto.card import card_digest
from vigtool.crypto.kem import KemKind
from vigtool.crypto.keys import UserPublic, UserSecret
from vigtool.crypto.signing import verify
from vigtool.ids import Id
from vigtool.vault.core import Core
from vigtool.vault.schema import user_card


class CardStatus(IntEnum):
    """Whether a user may unlock the vault. The card of one who left stays: it checks what they signed."""

    ACTIVE = 1
    LEFT = 2


@dataclass(frozen=True, slots=True)
class Card:
    """One user's card as it lies in the vault.

    Attributes:
        public: the keys on it; none where it is not what its user signed.
        digest: 32 bytes; empty where the card is not whole.
        active: whether its user may unlock the vault.
    """

    user: Id
    public: UserPublic | None
    digest: bytes
    active: bool


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """What the cards of a vault say.

    Attributes:
        by_user: the Ed25519 keys of all users whose cards are whole, 32 bytes each.
        broken: users whose cards are not what they signed.
    """

    by_user: dict[Id, bytes] = field(default_factory=dict)
    broken: tuple[Id, ...] = ()


def read_cards(connection: Connection, vault: Id) -> dict[Id, Card]:
    """Every card of a vault, by its user."""
    rows = connection.execute(select(user_card).order_by(user_card.c.user_id))
    return {row.user_id.hex(): _card(row, vault) for row in rows}


def row_of_card(vault: Id, user: Id, secret: UserSecret) -> dict[str, object]:
    """The card of a new user, signed by themselves, as its table takes it."""
    public = secret.public()
    return {
        "user_id": bytes.fromhex(user),
        "kem_kind": int(public.kem_kind),
        "kem_public": public.kem_public,
        "sig_public": public.sig_public,
        "signature": secret.signer().sign(public.statement(vault, user)),
        "status": int(CardStatus.ACTIVE),
    }


def signing_keys(core: Core) -> SigningKeys:
    """The keys that check what this vault's users signed."""
    with core.storage.reading() as connection:
        cards = read_cards(connection, core.vault)
    keys = {user: card.public.sig_public for user, card in cards.items() if card.public}
    return SigningKeys(keys, tuple(user for user, card in cards.items() if card.public is None))


def _card(row: Any, vault: Id) -> Card:
    user, active = row.user_id.hex(), row.status == CardStatus.ACTIVE
    if row.kem_kind in set(KemKind):
        public = UserPublic(KemKind(row.kem_kind), row.kem_public, row.sig_public)
        if verify(row.sig_public, row.signature, public.statement(vault, user)):
            return Card(user, public, card_digest(public, vault, user), active)
    return Card(user, None, b"", active)
