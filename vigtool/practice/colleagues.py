"""Colleagues: who else has a key to this vault, how it is known that a card is theirs, and who may do what.

A person working alone meets none of it. When the first colleague is added, both are entered; whoever had worked alone
keeps every role.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from vigtool.casework.member import PERSONS_ROLES, CardCheck, KnownCard, Member, StaffRole
from vigtool.errors import InvalidRecord, NoSuchRecord
from vigtool.ids import Id
from vigtool.practice.entering import enter_oneself, enter_user, known_card, own_name, take_out, trusting
from vigtool.practice.keys_in_order import end_stewardship, give_into_care
from vigtool.practice.organisation import (
    OrganisationKey,
    keep_organisation_key,
    new_organisation_key,
    organisation_key_state,
    refuse_organisation_key,
)
from vigtool.practice.own_name import names_of_users
from vigtool.practice.progress import silent
from vigtool.practice.records import plain
from vigtool.practice.roles import is_alone, member_of, members, require_role
from vigtool.vault import shredding, user_list, users
from vigtool.vault.passphrases import StretchCost
from vigtool.vault.vault import Vault

__all__ = [
    "CardCheck", "Colleague", "OrganisationKey", "add_colleague", "card_text", "card_words", "change_roles",
    "check_card", "check_card_text", "colleagues", "keep_organisation_key", "new_organisation_key",
    "organisation_key_state", "pickable", "refuse_organisation_key", "remove_colleague", "set_label",
]  # fmt: skip

_MAY_ADD = (StaffRole.ADMINISTRATOR, StaffRole.LEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """One who uses the vault, as another sees them.

    Attributes:
        label: what the user picker shows of them; may be empty.
        checked: how this user knows that their card is theirs; none for oneself.
        left: the day they left; none while they are here.
        card_changed: whether their card is another than the one that was checked: somebody may have changed the vault.
        waiting: how many keys they have given this user that open nothing before their card is checked.
        entered_as: the name they were entered with, where they call themselves otherwise by now.
    """

    user: Id
    name: str = field(repr=False)
    label: str = field(repr=False)
    roles: frozenset[StaffRole]
    checked: CardCheck | None
    left: date | None
    is_self: bool
    is_organisation: bool
    card_changed: bool = False
    waiting: int = 0
    entered_as: str = field(default="", repr=False)


def colleagues(vault: Vault) -> list[Colleague]:
    """Everybody who is entered, oneself first, those who left last; just oneself where nobody was ever added."""
    if is_alone(vault) and member_of(vault, vault.user_id) is None:
        return [_alone(vault)]
    states, labels, names = user_list.card_states(vault), user_list.labels(vault), names_of_users(vault)
    found = []
    for member in members(vault):
        state = states.get(member.user)
        own = member.user == vault.user_id
        found.append(
            Colleague(
                user=member.user,
                name=names[member.user],
                label=labels.get(member.user, ""),
                roles=frozenset(member.roles),
                checked=None if own else state.checked if state else CardCheck.NONE,
                left=member.left,
                is_self=own,
                is_organisation=StaffRole.ORGANISATION in member.roles,
                card_changed=not own and (state is None or state.changed),
                waiting=state.waiting if state and not own else 0,
                entered_as=member.name if member.name != names[member.user] else "",
            )
        )
    return sorted(found, key=lambda each: (not each.is_self, each.left is not None, each.is_organisation))


def add_colleague(
    vault: Vault,
    *,
    name: str,
    roles: Iterable[StaffRole],
    passphrase: str,
    label: str = "",
    on: date,
    cost: StretchCost | None = None,
) -> Colleague:
    """Make keys for a colleague who sits here and chooses a passphrase. No family is opened by them yet.

    Args:
        vault: open.
        name: sealed; colleagues alone read it.
        roles: one or more.
        passphrase: theirs; they may change it when they have unlocked the vault themselves.
        label: shown in clear before the vault is unlocked.
        on: today.
        cost: of one guess at the passphrase; worked out for this machine where none is given.

    Raises:
        NotAllowed: administrators and leads add colleagues, and only leads a lead.
        WeakPassphrase. InvalidRecord: no name, or no role.
    """
    require_role(vault, *_MAY_ADD)
    name = plain(name, what="the name", needed=True, longest=200)
    chosen = _persons_roles(roles)
    _require_lead_for(vault, (), chosen)
    new = users.new_user(vault.vault_id, passphrase, cost)
    with trusting(vault), vault.transaction("colleague add", [new.user]) as writer:
        enter_oneself(vault, writer, on)
        enter_user(vault, writer, new, name=name, roles=chosen, on=on)
        if label:
            writer.keys.put_label(new.user, label)
    if StaffRole.LEAD in chosen:
        give_into_care(vault)
    return next(each for each in colleagues(vault) if each.user == new.user)


def change_roles(vault: Vault, user: Id, roles: Iterable[StaffRole]) -> None:
    """Enter a colleague, or oneself, for other roles. A lead keeps keys of families from now on, or no longer.

    Raises:
        NotAllowed. InvalidRecord: nobody would be left who may add colleagues. NoSuchRecord.
    """
    require_role(vault, *_MAY_ADD)
    member, chosen = _entered(vault, user), _persons_roles(roles)
    if StaffRole.ORGANISATION in member.roles:
        message = "the organisation's key has no other roles"
        raise InvalidRecord(message, "enter a person for them")
    _require_lead_for(vault, member.roles, chosen)
    _check_somebody_left(vault, replace(member, roles=chosen))
    with vault.transaction("colleague roles", [user]) as writer:
        writer.change(vault.get(Member, member.id), replace(member, roles=chosen))
        if StaffRole.LEAD in member.roles and StaffRole.LEAD not in chosen:
            end_stewardship(vault, writer, user)
    vault.core.storage.forget()
    if StaffRole.LEAD in chosen:
        give_into_care(vault)


def remove_colleague(vault: Vault, user: Id, *, on: date) -> None:
    """Take every way in and every key from somebody who leaves; what is written from now on has other keys.

    What they had opened before cannot be taken back: whoever kept a copy of the vault and remembers the passphrase
    still opens that copy. Re-keying a family deeply keeps it out of copies that are made from then on.

    Raises:
        NotAllowed. InvalidRecord: it is oneself, or nobody else could open some family then. CardUnchecked.
        NoSuchRecord.
    """
    require_role(vault, *_MAY_ADD)
    member = _entered(vault, user)
    if user == vault.user_id:
        message = "nobody takes their own keys away"
        raise InvalidRecord(message, "ask another administrator or lead")
    _check_somebody_left(vault, replace(member, left=on))
    with vault.transaction("colleague leave", [user]) as writer:
        take_out(vault, writer, member, on)
    user_list.trust_anew(vault)
    shredding.finish(vault.core, silent)


def card_words(vault: Vault, user: Id | None = None) -> tuple[str, ...]:
    """The six words of a card; of one's own, to be said aloud, where none is named.

    Raises:
        CardMismatch: the card is not whole. NoSuchRecord.
    """
    return user_list.words_of_card(vault, user or vault.user_id)


def card_text(vault: Vault, user: Id | None = None) -> str:
    """What the QR code of a card holds. Raises as for `card_words`."""
    return user_list.text_of_card(vault, user or vault.user_id)


def check_card(vault: Vault, user: Id, words: str) -> None:
    """Enter that a colleague has said the six words that stand on their card in this vault.

    Raises:
        CardMismatch: they said others. NoSuchRecord.
    """
    _entered(vault, user)
    _check_in(vault, user, user_list.compare_words(vault, user, words), CardCheck.WORDS)


def check_card_text(vault: Vault, user: Id, text: str) -> None:
    """The same with the code on a colleague's screen, scanned or typed.

    Raises:
        CardMismatch: it is of another card. NoSuchRecord.
    """
    _entered(vault, user)
    _check_in(vault, user, user_list.compare_text(vault, user, text), CardCheck.QR)


def set_label(vault: Vault, text: str) -> None:
    """What the user picker shows of whoever opened the vault: readable without a passphrase, so better no whole name.

    Raises:
        InvalidRecord: it is too long.
    """
    with vault.transaction("label change") as writer:
        writer.keys.put_label(vault.user_id, text)


def pickable(folder: Path) -> list[tuple[Id, str]]:
    """Every user of a closed vault with a passphrase, and the label they chose, which may be empty.

    Raises:
        NotAVault, VaultNewer, VaultDamaged, StorageFailed.
    """
    return users.pickable(folder)


def _alone(vault: Vault) -> Colleague:
    return Colleague(
        user=vault.user_id,
        name=own_name(vault),
        label=user_list.labels(vault).get(vault.user_id, ""),
        roles=frozenset(PERSONS_ROLES),
        checked=None,
        left=None,
        is_self=True,
        is_organisation=False,
    )


def _check_in(vault: Vault, user: Id, digest: bytes, how: CardCheck) -> None:
    """Write down how a card was checked, and act on it: leads get keys to keep, and keys that waited are taken."""
    if user == vault.user_id:
        message = "this is your own card"
        raise InvalidRecord(message, "have your colleague read it to you from their screen")
    with vault.transaction("card check", [user], {"how": how.value}) as writer:
        writer.keys.open_own_domain()
        known = known_card(vault.user_id, user, digest, how, vault.core.clock().date())
        held = vault.all(KnownCard, domain=vault.user_id, readable=True)
        before = [stored for stored in held if stored.value.user == user]
        if before:
            writer.change(before[-1], replace(known, id=before[-1].id, began=before[-1].value.began))
        else:
            writer.add(known)
    user_list.trust_anew(vault)
    give_into_care(vault)


def _entered(vault: Vault, user: Id) -> Member:
    member = member_of(vault, user)
    if member is None or member.left is not None:
        message = "there is no such colleague here"
        raise NoSuchRecord(message, "look at the list of colleagues")
    return member


def _persons_roles(roles: Iterable[StaffRole]) -> tuple[StaffRole, ...]:
    chosen = tuple(role for role in PERSONS_ROLES if role in set(roles))
    if not chosen:
        message = "no role was named"
        raise InvalidRecord(message, "choose from " + ", ".join(role.value for role in PERSONS_ROLES))
    return chosen


def _require_lead_for(vault: Vault, before: tuple[StaffRole, ...], after: tuple[StaffRole, ...]) -> None:
    """A lead keeps keys of every family: only a lead makes another, so that whoever administers keys opens none."""
    if StaffRole.LEAD in after and StaffRole.LEAD not in before:
        require_role(vault, StaffRole.LEAD)


def _check_somebody_left(vault: Vault, changed: Member) -> None:
    """Somebody must stay who may add colleagues."""
    after = [changed if member.id == changed.id else member for member in members(vault)]
    if not any(set(_MAY_ADD) & set(member.roles) and member.left is None for member in after):
        message = "nobody would be left who may add colleagues or give families to another"
        raise InvalidRecord(message, "make somebody else a lead or an administrator first")
