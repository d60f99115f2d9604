"""Families shared with colleagues, taken back from them, and given to another when somebody cannot come.

Whoever has no key of a family does not see that there is one. What somebody had a key of they could have copied: taking
it back keeps them from what is written from then on, and re-keying deeply also from copies of the vault that are made
later.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from heapq import merge

from vigtool.casework.consent import Act
from vigtool.casework.family import Person
from vigtool.casework.film import Film
from vigtool.casework.member import Member, StaffRole
from vigtool.casework.reassignment import Reassignment
from vigtool.errors import CardUnchecked, InvalidRecord, NoSuchRecord, NotAllowed
from vigtool.ids import Id, new_id
from vigtool.practice.barred import names_somebody
from vigtool.practice.consents import require
from vigtool.practice.own_name import names_of_users
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import plain, values
from vigtool.practice.roles import member_of, members, require_role, roles_of
from vigtool.practice.seeing import works_with
from vigtool.vault import care, log_book, user_list
from vigtool.vault.grants import EVERYTHING, STEWARD
from vigtool.vault.rekey import deep_rekey
from vigtool.vault.vault import Vault

__all__ = [
    "FamilyInCare", "Share", "ShareRole", "families_in_care", "reassign_family", "rekey_family",
    "share_family", "shared_with", "stop_sharing",
]  # fmt: skip

_IN_CARE = (StaffRole.LEAD, StaffRole.ORGANISATION)
_MAY_TAKE = frozenset({StaffRole.LEAD, StaffRole.ADMINISTRATOR})
_GIVES = {"family add", "family share", "family reassign", "families into care"}
_SUPERVISES = {StaffRole.SUPERVISOR, StaffRole.LEAD}


class ShareRole(Enum):
    """What a key of the family is for."""

    OPENS = "opens"
    KEEPS = "keeps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One who has a key of a family.

    Attributes:
        role: whether they open it, or keep the key for somebody else.
        since: when they were given it, as far as the audit log tells.
    """

    user: Id
    name: str = field(repr=False)
    role: ShareRole
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyInCare:
    """A family whose key one keeps: its code, and who opens it.

    Attributes:
        code: such as F-0007; empty where the record cannot be read.
        holders: the names of those who open it, by user; nobody, where all of them have left.
    """

    family: Id
    code: str
    holders: dict[Id, str] = field(repr=False)


def shared_with(vault: Vault, family: Id) -> list[Share]:
    """Everybody else who has a key of a family: those who open it first."""
    _require_key(vault, family)
    names = names_of_users(vault)
    holders = {user: role for user, role in user_list.holders(vault, family).items() if user != vault.user_id}
    given = _given(vault, family, set(holders))
    found = [
        Share(
            user=user,
            name=names.get(user, ""),
            role=ShareRole.KEEPS if role == STEWARD else ShareRole.OPENS,
            since=given.get(user),
        )
        for user, role in holders.items()
    ]
    return sorted(found, key=lambda share: (share.role is ShareRole.KEEPS, share.name.casefold()))


def share_family(vault: Vault, family: Id, user: Id, *, on: date) -> Share:
    """Give a colleague the key of a family: they work in it as one does oneself, but neither share it on nor erase it.

    Raises:
        NoKey: one cannot open it oneself. NoSuchRecord: there is no such colleague.
        CardUnchecked: their card was not compared with them yet.
        ConsentMissing: the family has not agreed that its films are shown to them.
        NotAllowed: the family is only shown to oneself, and one is neither lead nor administrator.
    """
    _require_key(vault, family)
    _require_say(vault, family)
    member = _colleague(vault, user)
    _require_checked(vault, user)
    act = Act.SHOW_SUPERVISOR if _SUPERVISES & set(member.roles) else Act.SHOW_PEERS
    require(vault, act, values(vault, Film, domain=family), on=on)
    with vault.transaction("family share", [family, user]) as writer:
        writer.keys.give(family, user, EVERYTHING)
    return next(share for share in shared_with(vault, family) if share.user == user)


def _require_say(vault: Vault, family: Id) -> None:
    """Who else sees a family is for whoever works with it to say, or for those who keep its key in order."""
    if roles_of(vault).isdisjoint(_MAY_TAKE) and not works_with(vault, family):
        message = "this family is shown to you; who else sees it is not yours to say"
        raise NotAllowed(message, "ask whoever works with it, or a lead")


def stop_sharing(
    vault: Vault,
    family: Id,
    user: Id,
    *,
    deep: bool = False,
    report: Report = silent,
    cancelled: Cancelled = never,
) -> None:
    """Take the key of a family back. What is written from now on has another key; with `deep`, all of it has.

    A lead goes on keeping a key for the day the family has to be given to somebody else.

    Raises:
        NoKey, NoSuchRecord: they have none. InvalidRecord: it is oneself. CardUnchecked.
        NotAllowed: the family is only shown to oneself, and one is neither lead nor administrator.
        Cancelled: of the deep part; their key is taken back all the same.
    """
    _require_key(vault, family)
    _require_say(vault, family)
    if user == vault.user_id:
        message = "nobody takes their own key away"
        raise InvalidRecord(message, "have somebody do it who goes on working with the family")
    if user_list.holders(vault, family).get(user) != EVERYTHING:
        message = "this family is not shared with them"
        raise NoSuchRecord(message, "look at whom it is shared with")
    with vault.transaction("family unshare", [family, user], {"deep": int(deep)}) as writer:
        left = {each: role for each, role in writer.keys.holders(family).items() if each != user}
        writer.keys.take(family, user)
        writer.keys.renew(family, left)
        if user in writer.keys.stewards():
            writer.keys.give(family, user, STEWARD)
    vault.core.storage.forget()
    if deep:
        rekey_family(vault, family, report, cancelled)


def rekey_family(vault: Vault, family: Id, report: Report = silent, cancelled: Cancelled = never) -> None:
    """Seal all that is known of a family, and its films, under another key, and destroy the keys so far.

    Raises:
        NoKey, CardUnchecked. Cancelled, StorageFailed: nothing was changed. FilmsBeyondReach: nothing can be read of
        films of it, which are mended or erased first; other damage goes over as it is. SealBroken: a key is missing.
    """
    deep_rekey(
        vault,
        family,
        keep_users=None,
        act="family rekey",
        objects=[family],
        report=report,
        cancelled=cancelled,
    )


def families_in_care(vault: Vault) -> list[FamilyInCare]:
    """The families one keeps a key of for others. Of each only its code is read.

    Raises:
        NotAllowed: leads and the organisation keep keys.
    """
    require_role(vault, *_IN_CARE)
    called = names_of_users(vault)
    names = {member.user: called[member.user] for member in members(vault) if member.left is None}
    return [
        FamilyInCare(
            family=kept.family,
            code=kept.code,
            holders={
                user: names[user]
                for user, role in user_list.holders(vault, kept.family).items()
                if role == EVERYTHING and user in names
            },
        )
        for kept in care.kept_families(vault)
    ]


def reassign_family(vault: Vault, family: Id, to: Id, *, reason: str, on: date) -> None:
    """Give a family to a colleague because whoever works with it cannot: the act for which keys are kept in care.

    Whoever had worked with it keeps their key; the colleague can take it back.

    Raises:
        NotAllowed: leads and the organisation do this. NoKey: no key of that family is kept here.
        NoSuchRecord, CardUnchecked: as for `share_family`. InvalidRecord: without a reason, or with a name in it.
    """
    require_role(vault, *_IN_CARE)
    reason = plain(reason, what="the reason", needed=True, longest=500)
    people = vault.all(Person, domain=family, readable=True)
    if names_somebody(reason, [stored.value.name for stored in people]):
        message = "the reason names somebody of the family, and every colleague can read it"
        raise InvalidRecord(message, "write it without names")
    _colleague(vault, to)
    if to != vault.user_id:
        _require_checked(vault, to)
    given = Reassignment(id=new_id(), family=family, by=vault.user_id, to=to, reason=reason, on=on)
    with vault.transaction("family reassign", [family, to]) as writer:
        writer.keys.give(family, to, EVERYTHING)
        writer.add(given)


def _require_key(vault: Vault, family: Id) -> None:
    """Only who opens a family says who else may; raises NoKey."""
    vault.core.keyring.newest_epoch(family)


def _require_checked(vault: Vault, user: Id) -> None:
    state = user_list.card_states(vault).get(user)
    if state is None or state.changed or not state.checked.face_to_face:
        message = "this colleague's card was not compared with them yet"
        raise CardUnchecked(message, "have them read you the six words of their card, and enter these first")


def _colleague(vault: Vault, user: Id) -> Member:
    member = member_of(vault, user)
    if member is None or member.left is not None or StaffRole.ORGANISATION in member.roles:
        message = "there is no such colleague here"
        raise NoSuchRecord(message, "look at the list of colleagues")
    return member


def _given(vault: Vault, family: Id, wanted: set[Id]) -> dict[Id, datetime]:
    """When keys of a family were last given, by whom they were given to; read back from the newest entry of the log.

    Whoever was given one when the family was begun has that day.
    """
    found: dict[Id, datetime] = {}
    if not wanted:
        return found
    newest_first = [reversed(entries) for entries in log_book.about(vault, family).values()]
    for entry in merge(*newest_first, key=lambda entry: entry.at, reverse=True):
        if entry.act in _GIVES:
            given = wanted if entry.act == "family add" else wanted.intersection(entry.objects)
            found |= {user: entry.at for user in given if user not in found}
    return found
