"""What is asked before something is erased: whether this person may, and whether the reason can be kept."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from vigtool.casework.family import Family, Person
from vigtool.casework.member import StaffRole
from vigtool.errors import InvalidRecord, NotAllowed
from vigtool.ids import Id
from vigtool.practice.records import plain, value, values
from vigtool.practice.roles import roles_of
from vigtool.vault.vault import Vault

_KEEPERS: Final = frozenset({StaffRole.LEAD, StaffRole.ADMINISTRATOR})


def require_may_erase(vault: Vault, family: Id) -> None:
    """Leads and administrators, who need no key for it, and whoever works with the family."""
    roles = roles_of(vault)
    if roles.isdisjoint(_KEEPERS) and not (StaffRole.PRACTITIONER in roles and vault.has_key(family)):
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
    names = {part for person in values(vault, Person, domain=family) for part in re.findall(r"\w{3,}", person.name)}
    whole = plain(value(vault, Family, family).name, what="the name").casefold()
    if names & set(re.findall(r"\w+", words)) or (whole and whole in words.casefold()):
        message = "the reason names somebody of the family, and it is kept after the family is gone"
        raise InvalidRecord(message, "write it without names")
    return words


def last_day(vault: Vault, on: date) -> date | None:
    """The last day on which a backup that was made by now could bring back what is erased; `on` is what is entered."""
    from vigtool.practice.backups import last_day_of_backups  # late: restoring a backup erases again

    return last_day_of_backups(vault, max(on, date.today()))
