"""What is asked before something is erased: whether this person may, and whether the reason can be kept."""

from __future__ import annotations

from datetime import date
from typing import Final

from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.legal_hold import LegalHold, covering, standing
from vigtool.casework.member import StaffRole
from vigtool.errors import InvalidRecord, NotAllowed, VaultDamaged
from vigtool.ids import Id
from vigtool.practice.barred import names_somebody
from vigtool.practice.legal_holds import held
from vigtool.practice.records import plain, value
from vigtool.practice.roles import roles_of
from vigtool.practice.seeing import works_with
from vigtool.vault import erasable, shredding
from vigtool.vault.vault import Vault

_KEEPERS: Final = frozenset({StaffRole.LEAD, StaffRole.ADMINISTRATOR})


def require_may_erase(vault: Vault, family: Id) -> None:
    """Leads and administrators, who need no key for it, and whoever works with the family."""
    roles = roles_of(vault)
    if roles.isdisjoint(_KEEPERS) and not (StaffRole.PRACTITIONER in roles and works_with(vault, family)):
        message = "erasing is for a lead, an administrator, or the practitioner of the family"
        raise NotAllowed(message, "ask one of them")


def kept_reason(vault: Vault, family: Id, reason: str) -> str:
    """The reason as it is kept: it outlives the family, so nobody's name stands in it.

    Raises:
        InvalidRecord.
    """
    words = plain(reason, what="the reason", needed=True, longest=200)
    if not vault.has_key(family):
        return words
    persons = vault.all(Person, domain=family, readable=True)  # one that is damaged cannot be asked, and stops nothing
    named = names_somebody(words, [stored.value.name for stored in persons])
    families = [stored.value for stored in vault.all(Family, domain=family, readable=True)]
    if named or any(_says(words, plain(each.name, what="the name")) for each in families):
        message = "the reason names somebody of the family, and it is kept after the family is gone"
        raise InvalidRecord(message, "write it without names")
    return words


def _says(words: str, name: str) -> bool:
    """Whether what a family is called stands among words: a name alone as a word, or all of several words."""
    if len(name.split()) < 2:
        return names_somebody(words, [name])
    return name.casefold() in words.casefold()


def family_of(vault: Vault, film: Id) -> Id:
    """The family of a film, also where the film's record cannot be read.

    Raises:
        NoSuchRecord, NoKey.
    """
    try:
        return value(vault, Film, film).family
    except VaultDamaged:
        if not erasable.is_of_kind(vault.core, film, Film):
            raise
        return vault.domain_of(film)


def hold_on(vault: Vault, family: Id, film: Id | None) -> LegalHold | None:
    """The hold that stops it, as far as holds can be read; `refuse_held` asks for the others too."""
    readable = [stored.value for stored in vault.all(LegalHold, domain=family, readable=True)]
    return covering(standing(readable), family, film)


def refuse_held(vault: Vault, family: Id, film: Id) -> None:
    """Refuse to erase a film that is held. The transaction that erases asks once more, and the log besides.

    Raises:
        UnderHold.
    """
    try:
        stopped = held(vault, family, film) is not None
    except VaultDamaged:  # which of them stand shows by their columns
        with vault.core.storage.reading() as connection:
            stopped = bool(shredding.standing_holds(connection, family) & {family, film})
    if stopped:
        raise shredding.under_hold()


def last_day(vault: Vault) -> date | None:
    """The last day on which a backup could bring back what is erased now; none where there is no such backup."""
    from vigtool.practice.backups import last_day_of_backups  # late: restoring a backup erases again

    return last_day_of_backups(vault)
