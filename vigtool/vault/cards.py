"""The public halves of a vault's users, believed where they signed them themselves."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from vigtool.crypto.kem import KemKind
from vigtool.crypto.keys import UserPublic
from vigtool.crypto.signing import verify
from vigtool.ids import Id
from vigtool.vault.core import Core
from vigtool.vault.schema import user_card


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """What the cards of a vault say.

    Attributes:
        by_user: the Ed25519 keys of all users whose cards are whole, 32 bytes each.
        broken: users whose cards are not what they signed.
    """

    by_user: dict[Id, bytes] = field(default_factory=dict)
    broken: tuple[Id, ...] = ()


def signing_keys(core: Core) -> SigningKeys:
    """The keys that check what this vault's users signed."""
    keys: dict[Id, bytes] = {}
    broken: list[Id] = []
    with core.storage.reading() as connection:
        for row in connection.execute(select(user_card).order_by(user_card.c.user_id)):
            user = row.user_id.hex()
            known = row.kem_kind in set(KemKind)
            public = UserPublic(KemKind(row.kem_kind), row.kem_public, row.sig_public) if known else None
            if public and verify(row.sig_public, row.signature, public.statement(core.vault, user)):
                keys[user] = row.sig_public
            else:
                broken.append(user)
    return SigningKeys(keys, tuple(broken))
