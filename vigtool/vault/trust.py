"""Whose cards this user holds to be their own: what was compared face to face, and what follows from it.

What a user knows of others lies under a key of their own (the personal domain, which has the user's id), so that nobody
else can write there. A card that was checked and is another now is believed no more, and said.

An entry of a member counts where somebody signed it whose card is known and whom others had made lead or administrator.
It vouches for the card it names: enough to take keys from that user, and to give them keys to keep; not enough to be
given the key of a family. Who began the service may enter whom they like. Who that is was written among a user's known
cards when their keys were made: of whoever has no such card it is themselves, since nobody made their keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, Select, select

from vigtool.casework.member import CardCheck, KnownCard, Member, StaffRole
from vigtool.crypto.keys import UserPublic
from vigtool.crypto.signing import verify
from vigtool.errors import NoKey, SealBroken, VaultDamaged, VaultNewer
from vigtool.ids import Id
from vigtool.vault.cards import Card, read_cards
from vigtool.vault.core import Core
from vigtool.vault.kinds import kind_of
from vigtool.vault.schema import head, revision
from vigtool.vault.sealing import Opened, Seals, row_of

_MAY_ENTER = frozenset({StaffRole.LEAD, StaffRole.ADMINISTRATOR})


def known_cards(connection: Connection, seals: Seals, user: Id) -> dict[Id, KnownCard]:
    """What this user holds of others' cards, by whose they are. What cannot be read is not held."""
    heads = select(revision).join(head, head.c.n == revision.c.n).where(revision.c.domain == bytes.fromhex(user))
    found = _opened(connection, seals, heads.where(revision.c.kind == kind_of(KnownCard).number))
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


@dataclass(frozen=True, slots=True)
class _Register:
    """The members as they are entered, as far as those who signed it are believed.

    Attributes:
        members: whose newest entry counts, by user.
        leads: who was made lead by a lead, or began.
        keepers: who was made lead or administrator by one of these, or began.
    """

    members: dict[Id, Member]
    leads: set[Id]
    keepers: set[Id]


def entered(core: Core, connection: Connection, believed: Mapping[Id, UserPublic]) -> dict[Id, Member]:
    """The members whose entries count, as far as those who signed them are believed."""
    return _register(core, connection, believed).members


def _register(core: Core, connection: Connection, believed: Mapping[Id, UserPublic]) -> _Register:
    rows = select(revision).where(revision.c.kind == kind_of(Member).number).order_by(revision.c.n)
    every = list(_opened(connection, core.seals, rows))
    signed = [opened for opened in every if _is_signed(opened, believed)]
    first = founder(core, connection)
    may = _made_by_one_another(signed, first, _MAY_ENTER)
    newest = {opened.stored.id: opened for opened in sorted(every, key=lambda opened: opened.stored.revision)}
    standing = [opened for opened in newest.values() if opened in signed and not opened.stored.removed]
    counting = {opened.stored.value.user: opened.stored.value for opened in standing if opened.stored.writer in may}
    return _Register(counting, _made_by_one_another(signed, first, frozenset({StaffRole.LEAD})), may)


def registered(core: Core, connection: Connection) -> dict[Id, bytes]:
    """The digest of the card that each member is entered with; only who has the vault's own key can enter one."""
    rows = select(revision).join(head, head.c.n == revision.c.n).where(revision.c.kind == kind_of(Member).number)
    found = _opened(connection, core.seals, rows)
    return {opened.stored.value.user: opened.stored.value.card for opened in found if not opened.stored.removed}


def staying(core: Core, connection: Connection) -> list[Id]:
    """Members who are entered, as far as those who signed it are believed, and have not left."""
    return [user for user, member in entered(core, connection, core.keyring.believed()).items() if member.left is None]


def vouched(core: Core, connection: Connection) -> dict[Id, Member]:
    """Members whose card this user has not checked, but somebody who might has entered it."""
    cards = read_cards(connection, core.vault)
    believed, found = core.keyring.believed(), dict[Id, Member]()
    while True:
        more = {
            user: (member, card.public)
            for user, member in entered(core, connection, believed).items()
            if user not in believed and (card := cards.get(user)) and card.public and card.digest == member.card
        }
        if not more:
            return found
        found |= {user: member for user, (member, _) in more.items()}
        believed |= {user: public for user, (_, public) in more.items()}


def keepers(core: Core, connection: Connection) -> set[Id]:
    """Who began, and everybody whom one of these has ever made lead or administrator, as far as they are believed."""
    return _register(core, connection, _all_believed(core, connection)).keepers


def usurped(core: Core, connection: Connection) -> list[Id]:
    """Members whose newest entry was signed by somebody who is known, and who may not enter anybody."""
    believed = _all_believed(core, connection)
    may = _register(core, connection, believed).keepers
    rows = select(revision).join(head, head.c.n == revision.c.n).where(revision.c.kind == kind_of(Member).number)
    found = [opened for opened in _opened(connection, core.seals, rows) if _is_signed(opened, believed)]
    return sorted({opened.stored.value.user for opened in found if opened.stored.writer not in may})


def _all_believed(core: Core, connection: Connection) -> dict[Id, UserPublic]:
    """Those whose cards are known, and those whom one of these has entered."""
    cards, believed = read_cards(connection, core.vault), core.keyring.believed()
    return believed | {user: public for user in vouched(core, connection) if (public := cards[user].public)}


def stewards(core: Core, connection: Connection) -> list[Id]:
    """Who is to keep the key of every family of this user: leads and the organisation, as far as they are believed.

    A lead is one whom a lead has made one: who administers keys cannot come by families in this way.
    """
    believed = core.keyring.believed()
    register = _register(core, connection, believed)
    return [
        user
        for user, member in register.members.items()
        if user != core.user and user in believed and member.left is None and _keeps(member, register.leads)
    ]


def _keeps(member: Member, leads: set[Id]) -> bool:
    return StaffRole.ORGANISATION in member.roles or (StaffRole.LEAD in member.roles and member.user in leads)


def _holds(known: KnownCard, card: Card) -> bool:
    return known.checked is not CardCheck.NONE and known.digest == card.digest


def _is_signed(opened: Opened, believed: Mapping[Id, UserPublic]) -> bool:
    public = believed.get(opened.stored.writer)
    return public is not None and verify(public.sig_public, opened.signature, opened.signed_bytes())


def _made_by_one_another(signed: list[Opened], first: Id, roles: frozenset[StaffRole]) -> set[Id]:
    """Whoever began, and whom one of these had given one of the roles. Nobody gives one to themselves."""
    may, grown = {first}, True
    while grown:
        made = {
            opened.stored.value.user
            for opened in signed
            if opened.stored.writer in may
            and opened.stored.writer != opened.stored.value.user
            and not roles.isdisjoint(opened.stored.value.roles)
        }
        grown = not made <= may
        may |= made
    return may


def _opened(connection: Connection, seals: Seals, rows: Select[tuple[object, ...]]) -> Iterator[Opened]:
    for found in connection.execute(rows.order_by(revision.c.n)).mappings().all():
        with suppress(NoKey, SealBroken, VaultDamaged, VaultNewer):
            yield seals.open(row_of(dict(found)))
