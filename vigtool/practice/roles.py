"""Who may do what. A person working alone has every role, and is never asked.

Roles say who is to do something. What protects a family is its key alone: without a grant of it no role opens it.
"""

from __future__ import annotations

from collections.abc import Iterable

from vigtool.casework.member import PERSONS_ROLES, Member, StaffRole
from vigtool.errors import NotAllowed
from vigtool.ids import Id
from vigtool.vault import user_list
from vigtool.vault.vault import Vault

__all__ = ["is_alone", "member_of", "members", "require_role", "roles_of"]

_OWN_WORK = frozenset({StaffRole.PRACTITIONER, StaffRole.SUPERVISOR})

_WORDS = {
    StaffRole.PRACTITIONER: "a practitioner",
    StaffRole.SUPERVISOR: "a supervisor",
    StaffRole.LEAD: "a lead",
    StaffRole.ADMINISTRATOR: "an administrator",
    StaffRole.ORGANISATION: "the organisation",
}


def members(vault: Vault) -> list[Member]:
    """Everybody who is entered as using the vault, those who left and the organisation included.

    Of each it is what was written last by somebody who might: whatever a colleague with a program of their own has
    written behind it gives and takes nothing.
    """
    return user_list.members(vault)


def member_of(vault: Vault, user: Id) -> Member | None:
    """How one user is entered; none where they are not."""
    return next((member for member in members(vault) if member.user == user), None)


def is_alone(vault: Vault) -> bool:
    """Whether the vault belongs to one person working alone: nobody was ever added to it but the organisation."""
    return not _any_person(members(vault)) and not _any_person(_claimed(vault))


def roles_of(vault: Vault, user: Id | None = None) -> frozenset[StaffRole]:
    """What a user may do; whoever opened the vault, where none is named. Who left may do nothing."""
    found, whose = members(vault), user or vault.user_id
    own = next((member for member in found if member.user == whose), None)
    if own is not None:
        return frozenset() if own.left else frozenset(own.roles)
    return frozenset() if _any_person(found) else _roles_unchecked(vault, whose)


def _roles_unchecked(vault: Vault, user: Id) -> frozenset[StaffRole]:
    """Where no entry of a person can be checked: all of them for who works alone, or began and has lost the entries.

    Somebody who was entered by another goes on with their work, and decides about nobody else.
    """
    claimed = _claimed(vault)
    own = next((member for member in claimed if member.user == user), None)
    if own is not None:
        return frozenset(own.roles) & _OWN_WORK
    return frozenset(PERSONS_ROLES) if not _any_person(claimed) or user_list.founder(vault) == user else frozenset()


def require_role(vault: Vault, *roles: StaffRole) -> None:
    """Go on only where whoever opened the vault has one of these roles.

    Raises:
        NotAllowed: saying whose matter it is.
    """
    if roles_of(vault).isdisjoint(roles):
        message = "this is not among what you are entered for"
        raise NotAllowed(message, f"ask {' or '.join(_WORDS[role] for role in roles)} of your service")


def _claimed(vault: Vault) -> list[Member]:
    """What stands in the vault of members, whoever wrote it."""
    return [stored.value for stored in vault.all(Member, readable=True)]


def _any_person(members: Iterable[Member]) -> bool:
    return any(StaffRole.ORGANISATION not in member.roles for member in members)
