"""Users entered and taken out: the part of the work that colleagues and the organisation's key have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from vigtool.casework.member import PERSONS_ROLES, CardCheck, KnownCard, Member, StaffRole
from vigtool.errors import InvalidRecord
from vigtool.ids import Id, new_id
from vigtool.practice.family_codes import note_code
from vigtool.practice.keys_in_order import holders_of, renew_or_close
from vigtool.practice.roles import member_of
from vigtool.vault import user_list
from vigtool.vault.shapes import Profile
from vigtool.vault.users import NewUser
from vigtool.vault.vault import Vault
from vigtool.vault.writing import Writer


def enter_user(
    vault: Vault, writer: Writer, new: NewUser, *, name: str, roles: tuple[StaffRole, ...], on: date
) -> None:
    """Enter a user whose secret this session holds: their profile, and what the two know of each other's cards.

    Whoever is added also takes over what the adder knows of the others' cards: the session that makes their keys could
    have told them anything, so this asks for no more trust than there is.
    """
    writer.keys.open_own_domain()
    known = {
        user: state.digest for user, state in user_list.card_states(vault).items() if _is_known(vault, user, state)
    }
    first = user_list.founder(vault)
    theirs = writer.in_name_of(writer.keys.enter(new))
    theirs.add(Profile(id=new.user, name=name))
    for user, digest in known.items():
        theirs.add(replace(known_card(new.user, user, digest, CardCheck.ADDED_HERE, on), began=user == first))
    theirs.end()
    digest = user_list.card_states(vault)[new.user].digest
    writer.add(known_card(vault.user_id, new.user, digest, CardCheck.ADDED_HERE, on))
    writer.add(Member(id=new_id(), user=new.user, name=name, roles=roles, added=on, card=digest))


def take_out(vault: Vault, writer: Writer, member: Member, on: date) -> None:
    """Take a user's ways in and keys, inside a transaction.

    Raises:
        InvalidRecord: nobody else could open some family then.
        CardUnchecked: somebody is left whose card was not checked.
    """
    active = {user for user, state in user_list.card_states(vault).items() if state.active and user != member.user}
    lonely = [d for d in user_list.domains_of(vault, member.user) if active.isdisjoint(user_list.holders(vault, d))]
    if lonely:
        message = f"nobody else could open {len(lonely)} of their families any more"
        raise InvalidRecord(message, "have them shared with somebody, or given to a colleague, first")
    # Who holds what is asked before the leaver's own grants go: what they gave others was given on good grounds.
    families = {each: holders_of(vault, writer, each) for each in user_list.domains_of(vault, member.user)}
    writer.keys.take_out(member.user)
    writer.change(vault.get(Member, member.id), replace(member, left=on))
    writer.keys.renew(vault.vault_id, writer.keys.holders(vault.vault_id))
    for domain, holders in families.items():
        renew_or_close(writer, domain, holders, member.user)


def own_name(vault: Vault) -> str:
    """What whoever opened the vault is called; empty where they never said."""
    return next((stored.value.name for stored in vault.all(Profile) if stored.id == vault.user_id), "")


def enter_oneself(vault: Vault, writer: Writer, on: date) -> None:
    """Where one has worked alone so far: enter oneself with every role."""
    if member_of(vault, vault.user_id) is None:
        note_code(vault, writer)
        own = user_list.card_states(vault)[vault.user_id].digest
        name = own_name(vault)
        writer.add(Member(id=new_id(), user=vault.user_id, name=name, roles=tuple(PERSONS_ROLES), added=on, card=own))


def known_card(owner: Id, user: Id, digest: bytes, how: CardCheck, on: date) -> KnownCard:
    """A card that was checked, as it is written down."""
    return KnownCard(id=new_id(), owner=owner, user=user, digest=digest, checked=how, on=on)


def _is_known(vault: Vault, user: Id, state: user_list.CardState) -> bool:
    return user == vault.user_id or (state.checked is not CardCheck.NONE and bool(state.digest))


@contextmanager
def trusting(vault: Vault) -> Iterator[None]:
    """Whatever becomes of it, believe afterwards what is written down, and nothing else."""
    try:
        yield
    finally:
        user_list.trust_anew(vault)
