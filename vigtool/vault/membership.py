"""Who is entered as a colleague, and in which roles, as far as those who wrote it might.

Every colleague has the vault's own key, and with a program of their own could write any entry. So of each member's
revisions the last one counts that was written by somebody who might: its signature is that of a user whose card is
known, and who began the service or was made lead or administrator by another such user; and only a lead makes a lead.
What others wrote behind it is passed over and named (`usurped`): it neither gives a role nor takes one.

Of whoever's card is damaged or exchanged no signature can be checked. So that this locks nobody out, what they had
entered still counts for the roles that open nothing and decide about nobody else.

An entry vouches for the card it names: enough to take keys from that user, and to give them keys to keep; not enough to
be given the key of a family.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, select

from vigtool.casework.member import CardCheck, Member, StaffRole
from vigtool.crypto.keys import UserPublic
from vigtool.crypto.signing import verify
from vigtool.ids import Id
from vigtool.vault.cards import read_cards
from vigtool.vault.core import Core
from vigtool.vault.kinds import kind_of
from vigtool.vault.schema import head, revision, user_card
from vigtool.vault.sealing import Opened
from vigtool.vault.shapes import Profile, Stored
from vigtool.vault.trust import founder, known_cards, opened_rows

T = TypeVar("T")

MAY_ENTER = frozenset({StaffRole.LEAD, StaffRole.ADMINISTRATOR})
"""Who enters colleagues."""

_HARMLESS = frozenset({StaffRole.PRACTITIONER, StaffRole.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Register:
    """The members as they are entered, as far as those who signed it are believed.

    Attributes:
        members: by user, what was written last by one who might.
        leads: who was made lead by a lead, or began.
        keepers: who was made lead or administrator by one of these, or began.
        usurped: members whose newest entry was written by somebody who is known and might not.
        doubtful: members whose newest entry nobody who is known has signed.
    """

    members: dict[Id, Member] = field(default_factory=dict)
    leads: set[Id] = field(default_factory=set)
    keepers: set[Id] = field(default_factory=set)
    usurped: set[Id] = field(default_factory=set)
    doubtful: set[Id] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Known:
    """What follows from the entries and the cards as they stand.

    Attributes:
        register: as far as those are believed whose cards are known, and whom one of these has entered.
        members: these, and those whose entry cannot be checked.
        uncheckable: who these are.
        believed: the keys of all who are believed.
    """

    register: Register
    members: dict[Id, Member]
    uncheckable: frozenset[Id]
    believed: dict[Id, UserPublic]


def in_force(core: Core, connection: Connection) -> dict[Id, Member]:
    """How everybody is entered whom this user knows, or knows through others; whose roles and names are these."""
    return dict(_known(core, connection).members)


def uncheckable(core: Core, connection: Connection) -> frozenset[Id]:
    """Members who count although their entry cannot be checked: the card of who wrote it is damaged, or another."""
    return _known(core, connection).uncheckable


def _known(core: Core, connection: Connection) -> _Known:
    """Quickly answered where nothing was written since it was last asked."""
    rows = connection.execute(_member_rows(core, revision.c.n, revision.c.digest)).all()
    cards = connection.execute(select(user_card).order_by(user_card.c.user_id)).all()
    state = (tuple(map(tuple, rows)), tuple(map(tuple, cards)), tuple(sorted(core.keyring.believed())))
    kept = core.keyring.members_kept
    if kept is None or kept[0] != state:
        kept = core.keyring.members_kept = (state, _looked_at(core, connection))
    found: _Known = kept[1]
    return found


def _looked_at(core: Core, connection: Connection) -> _Known:
    public, believed = read_cards(connection, core.vault), core.keyring.believed()
    believed |= {user: key for user in vouched(core, connection) if (key := public[user].public)}
    register, lost = _register(core, connection, believed), _unchecked(core, connection)
    found = dict[Id, Member]()
    for opened in _every(core, connection) if lost else ():
        member: Member = opened.stored.value
        if opened.stored.writer in lost and member.user not in register.members and not opened.stored.removed:
            roles = tuple(role for role in member.roles if role in _HARMLESS)
            left = None if member.user == core.user else member.left
            found[member.user] = replace(member, roles=roles, left=left)
    return _Known(register, register.members | found, frozenset(found), believed)


def _unchecked(core: Core, connection: Connection) -> set[Id]:
    """Users whose card was known, and is damaged now, or another."""
    known, believed = known_cards(connection, core.seals, core.user), core.keyring.believed()
    return {user for user, card in known.items() if card.checked is not CardCheck.NONE and user not in believed}


def entered(core: Core, connection: Connection, believed: Mapping[Id, UserPublic]) -> dict[Id, Member]:
    """The members whose entries count, as far as those who signed them are believed."""
    return _register(core, connection, believed).members


def registered(core: Core, connection: Connection) -> dict[Id, bytes]:
    """The digest of the card that each member is entered with; only who has the vault's own key can enter one."""
    newest = {opened.stored.id: opened.stored for opened in _every(core, connection)}
    return {stored.value.user: stored.value.card for stored in newest.values() if not stored.removed}


def staying(core: Core, connection: Connection) -> list[Id]:
    """Members who are entered, by those who might, and have not left."""
    return [user for user, member in in_force(core, connection).items() if member.left is None]


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
    return set(_known(core, connection).register.keepers)


def usurped(core: Core, connection: Connection) -> list[Id]:
    """Members whose newest entry was signed by somebody who is known, and who may not enter that."""
    return sorted(_known(core, connection).register.usurped)


def passed_over(core: Core, connection: Connection) -> list[Id]:
    """Members whose newest entry does not count, whoever wrote it; but not where a card is known to be damaged."""
    register = _known(core, connection).register
    return sorted(register.usurped | register.doubtful)


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


def names_said(core: Core, connection: Connection) -> dict[Id, str]:
    """What users call themselves, where they have signed that themselves, by user."""
    here = (revision.c.domain == bytes.fromhex(core.vault), revision.c.kind == kind_of(Profile).number)
    rows = select(revision).where(*here).order_by(revision.c.n)
    believed, found = all_believed(core, connection), dict[Id, str]()
    for opened in opened_rows(connection, core.seals, rows):
        stored = opened.stored
        own = stored.owner == stored.writer == stored.id
        if own and not stored.removed and stored.value.name and _is_signed(core, opened, believed):
            found[stored.id] = stored.value.name
    return found


def written_by_keepers(core: Core, connection: Connection, cls: type[T]) -> list[tuple[Stored[T], bool | None]]:
    """The newest revisions of a kind in the vault's own domain, and whether one who might enter colleagues wrote each.

    None, where nobody who is known has signed it at all.
    """
    heads = select(revision).join(head, head.c.n == revision.c.n)
    here = (revision.c.domain == bytes.fromhex(core.vault), revision.c.kind == kind_of(cls).number)
    known = _known(core, connection)
    believed, may = known.believed, known.register.keepers
    found = opened_rows(connection, core.seals, heads.where(*here).order_by(revision.c.n))
    return [
        (opened.stored, opened.stored.writer in may if _is_signed(core, opened, believed) else None)
        for opened in found
        if not opened.stored.removed
    ]


def all_believed(core: Core, connection: Connection) -> dict[Id, UserPublic]:
    """Those whose cards are known, and those whom one of these has entered."""
    return dict(_known(core, connection).believed)


def _register(core: Core, connection: Connection, believed: Mapping[Id, UserPublic]) -> Register:
    every = list(_every(core, connection))
    signed = [opened for opened in every if _is_signed(core, opened, believed)]
    checked = {opened.stored.digest for opened in signed}
    first = founder(core, connection)
    keepers = _made_by_one_another(signed, first, MAY_ENTER)
    leads = _made_by_one_another(signed, first, frozenset({StaffRole.LEAD}))
    register = Register(leads=leads, keepers=keepers)
    lost = _unchecked(core, connection)
    records: dict[Id, list[Opened]] = {}
    for opened in every:
        records.setdefault(opened.stored.id, []).append(opened)
    for revisions in records.values():
        counting: Opened | None = None
        for opened in revisions:
            if opened.stored.digest in checked and _might(opened, counting, keepers, leads):
                counting = opened
        newest = revisions[-1]
        if newest is not counting and newest.stored.writer not in lost:
            named = register.usurped if newest.stored.digest in checked else register.doubtful
            named.add(newest.stored.value.user)
        if counting is not None and not counting.stored.removed:
            register.members.setdefault(counting.stored.value.user, counting.stored.value)
    return register


def _might(opened: Opened, before: Opened | None, keepers: set[Id], leads: set[Id]) -> bool:
    """Whether whoever wrote an entry might write it behind the one that counted until then."""
    stored = opened.stored
    if stored.writer not in keepers:
        return False
    was_lead = before is not None and StaffRole.LEAD in before.stored.value.roles
    return was_lead or StaffRole.LEAD not in stored.value.roles or stored.writer in leads


def _keeps(member: Member, leads: set[Id]) -> bool:
    return StaffRole.ORGANISATION in member.roles or (StaffRole.LEAD in member.roles and member.user in leads)


def _every(core: Core, connection: Connection) -> list[Opened]:
    """Every revision of every member; of each the first one first, and the members in the order in which they came."""
    found = opened_rows(connection, core.seals, _member_rows(core, revision))
    return sorted(found, key=lambda opened: opened.stored.revision)


def _is_signed(core: Core, opened: Opened, believed: Mapping[Id, UserPublic]) -> bool:
    """Whether the user it names has signed a revision; a signature that was checked once is not checked again."""
    public = believed.get(opened.stored.writer)
    if public is None:
        return False
    said = opened.signed_bytes()
    name = hashlib.sha256(public.sig_public + opened.signature + said).digest()
    checked = core.keyring.signatures_checked
    if name not in checked:
        checked[name] = verify(public.sig_public, opened.signature, said)
    return checked[name]


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


def _member_rows(core: Core, *columns: Any) -> Select[Any]:
    """A question for every revision of every member, in the order in which they came."""
    here = (revision.c.domain == bytes.fromhex(core.vault), revision.c.kind == kind_of(Member).number)
    return select(*columns).where(*here).order_by(revision.c.n)
