"""Who may do what. A person working alone has every role, and is never asked.

Roles say who is to do something. What protects a family is its key alone: without a grant of it no role opens it.
"""

from __future__ import annotations

from vigtool.casework.member import PERSONS_ROLES, Member, StaffRole
from vigtool.errors import NotAllowed
from vigtool.ids import Id
from vigtool.vault.vault import Vault

__all__ = ["is_alone", "member_of", "members", "require_role", "roles_of"]

_WORDS = {
    StaffRole.PRACTITIONER: "a practitioner",
    StaffRole.SUPERVISOR: "a supervisor",
    StaffRole.LEAD: "a lead",
    StaffRole.ADMINISTRATOR: "an administrator",
    StaffRole.ORGANISATION: "the organisation",
}


def members(vault: Vault) -> list[Member]:
    """Everybody who is entered as using the vault, those who left and the organisation included."""
    return [stored.value for stored in vault.all(Member)]


def member_of(vault: Vault, user: Id) -> Member | None:
    """How one user is entered; none where they are not."""
    return next((member for member in members(vault) if member.user == user), None)


def is_alone(vault: Vault) -> bool:
    """Whether the vault belongs to one person working alone: nobody was ever added to it but the organisation."""
    return not any(_is_person(member) for member in members(vault))


def roles_of(vault: Vault, user: Id | None = None) -> frozenset[StaffRole]:
    """What a user may do; whoever opened the vault, where none is named. Who left may do nothing."""
    found = members(vault)
    own = next((member for member in found if member.user == (user or vault.user_id)), None)
    if own is not None:
        return frozenset() if own.left else frozenset(own.roles)
    return frozenset() if any(_is_person(member) for member in found) else frozenset(PERSONS_ROLES)


def require_role(vault: Vault, *roles: StaffRole) -> None:
    """Go on only where whoever opened the vault has one of these roles.

    Raises:
        NotAllowed: saying whose matter it is.
    """
    if roles_of(vault).isdisjoint(roles):
        message = "this is not among what you are entered for"
        raise NotAllowed(message, f"ask {' or '.join(_WORDS[role] for role in roles)} of your service")


def _is_person(member: Member) -> bool:
    return StaffRole.ORGANISATION not in member.roles
