"""Who sees a family's films as somebody to whom they are shown, and whether that is still agreed to.

Whoever began the work with a family, or was given it when somebody could not come, works with it. Anybody else who
holds its key sees its films because the family agreed to that, and no longer once it does not.
"""

from __future__ import annotations

from datetime import date

from vigtool.casework.consent import Act
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.casework.reassignment import Reassignment
from vigtool.errors import SealBroken, VaultDamaged
from vigtool.ids import Id
from vigtool.practice.consents import require
from vigtool.practice.records import values
from vigtool.practice.roles import is_alone, roles_of
from vigtool.vault.vault import Vault

_SUPERVISES = {StaffRole.SUPERVISOR, StaffRole.LEAD}


def shown_as(vault: Vault, family: Id, user: Id) -> Act | None:
    """What it is when a user sees this family's films; none where they work with it themselves."""
    if is_alone(vault) or vault.get(Family, family).owner == user:
        return None
    if any(given.family == family and given.to == user for given in values(vault, Reassignment)):
        return None
    return Act.SHOW_SUPERVISOR if _SUPERVISES & roles_of(vault, user) else Act.SHOW_PEERS


def works_with(vault: Vault, family: Id) -> bool:
    """Whether whoever opened the vault works with a family, and is not one to whom its films are only shown.

    Where what tells it is damaged, whoever holds the key counts: damage must keep nobody from their own work.
    """
    try:
        return vault.has_key(family) and shown_as(vault, family, vault.user_id) is None
    except (SealBroken, VaultDamaged):
        return True


def require_to_see(vault: Vault, film: Film, *, on: date) -> None:
    """Go on only where whoever opened the vault may see a film.

    Raises:
        ConsentMissing: it would be shown to them, and not everybody in it agrees to that.
    """
    act = shown_as(vault, film.family, vault.user_id)
    if act is not None:
        require(vault, act, [film], on=on)
