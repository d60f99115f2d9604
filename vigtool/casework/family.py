"""A family and the people in it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from vigtool.ids import Id


class Role(Enum):
    """What a person is to the work. The value is what is written to the vault."""

    PARENT = "parent"
    BABY = "baby"
    OTHER = "other"
    PROFESSIONAL = "professional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The people the work is with; outside the vault only its code is spoken.

    Attributes:
        code: such as F-0007, unique in the vault.
        name: as the practitioner calls them, for instance "Nadia and Mina".
        safe_contact: how and when they may be reached, and who may not be told; empty where nothing was said.
        opened: the day the work began.
        place: where they are usually met.
        closed: the day the work ended.
    """

    id: Id
    code: str
    name: str
    opened: date
    place: str = ""
    safe_contact: str = ""
    closed: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One member of a family, or another person seen or heard in its films.

    Attributes:
        relation: in the family's own words: mother, father, grandmother.
        born: birth or due date of a baby.
        responsible_for: the children this person holds parental responsibility for.
    """

    id: Id
    family: Id
    name: str
    role: Role
    relation: str = ""
    born: date | None = None
    responsible_for: tuple[Id, ...] = ()

    @property
    def is_child(self) -> bool:
        """Whether others answer for this person."""
        return self.role is Role.BABY


_CODE = re.compile(r"F-(\d+)")


def next_code(codes: Iterable[str]) -> str:
    """The code of the next family: one above the highest that was ever given, such as "F-0008".

    Codes of another shape, given by a service itself, are passed over.
    """
    numbers = [int(found[1]) for code in codes if (found := _CODE.fullmatch(code))]
    return f"F-{max(numbers, default=0) + 1:04d}"


def age_in_months(born: date, on: date) -> int | None:
    """Whole months lived on the day `on`; none before birth.

    A month is full on the same day of the next month, or on its last day where it has no such day.
    """
    if on < born:
        return None
    full_on = min(born.day, monthrange(on.year, on.month)[1])
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < full_on)
