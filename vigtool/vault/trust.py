"""Whose cards this user holds to be their own: what was compared face to face, and what follows from it.

What a user knows of others lies under a key of their own (the personal domain, which has the user's id), so that nobody
else can write there. A card that was checked and is another now is believed no more, and said.

Who began the service was written among a user's known cards when their keys were made: of whoever has no such card it
is themselves, since nobody made their keys. What follows from it is in `membership`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import Connection, Select, select

from vigtool.casework.member import CardCheck, KnownCard
from vigtool.crypto.keys import UserPublic
from vigtool.errors import NoKey, SealBroken, VaultDamaged, VaultNewer
from vigtool.ids import Id
from vigtool.vault.cards import Card, read_cards
from vigtool.vault.core import Core
from vigtool.vault.kinds import kind_of
from vigtool.vault.schema import head, revision
from vigtool.vault.sealing import Opened, Seals, row_of


def known_cards(connection: Connection, seals: Seals, user: Id) -> dict[Id, KnownCard]:
    """What this user holds of others' cards, by whose they are. What cannot be read is not held."""
    heads = select(revision).join(head, head.c.n == revision.c.n).where(revision.c.domain == bytes.fromhex(user))
    found = opened_rows(connection, seals, heads.where(revision.c.kind == kind_of(KnownCard).number))
    return {opened.stored.value.user: opened.stored.value for opened in found if not opened.stored.removed}


def trusted(connection: Connection, seals: Seals, vault: Id, user: Id) -> dict[Id, UserPublic]:
    """The keys of everybody whose card was checked and is still the one that was checked."""
    cards, known = read_cards(connection, vault), known_cards(connection, seals, user)
    return {
        other: card.public
        for other, card in cards.items()
        if card.public and other in known and _holds(known[other], card)
    }


def trust_anew(core: Core) -> None:
    """Take note of what was learned of cards since the vault was opened."""
    with core.storage.reading() as connection:
        core.keyring.believe(trusted(connection, core.seals, core.vault, core.user))


def swapped(connection: Connection, core: Core) -> list[Id]:
    """Users whose card was checked, and is another now, or is gone."""
    cards = read_cards(connection, core.vault)
    known = known_cards(connection, core.seals, core.user)
    return [user for user, held in known.items() if user not in cards or cards[user].digest != held.digest]


def founder(core: Core, connection: Connection) -> Id:
    """Who began the service, as this user was told when their keys were made; whoever made their own keys, themselves.

    The order of the rows, and the days in them, are no ground: each colleague could write an entry before all others.
    """
    if not core.keyring.has(core.user):
        return core.user
    known = known_cards(connection, core.seals, core.user)
    return next((user for user, held in known.items() if held.began), core.user)


def _holds(known: KnownCard, card: Card) -> bool:
    return known.checked is not CardCheck.NONE and known.digest == card.digest


def opened_rows(connection: Connection, seals: Seals, rows: Select[tuple[object, ...]]) -> Iterator[Opened]:
    """What these rows say, in the order in which they came; those that cannot be read are passed over."""
    for found in connection.execute(rows.order_by(revision.c.n)).mappings().all():
        with suppress(NoKey, SealBroken, VaultDamaged, VaultNewer):
            yield seals.open(row_of(dict(found)))
