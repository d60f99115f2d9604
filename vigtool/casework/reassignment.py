"""A family that was given to another practitioner by somebody who keeps its key, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from vigtool.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassignment:
    """One family given to somebody else. It lies where every colleague can read it, so it names no family by name.

    Attributes:
        by: the lead, or the organisation's user.
        to: who works with the family from then on.
        reason: in words, such as "long illness".
    """

    id: Id
    family: Id
    by: Id
    to: Id
    reason: str = field(repr=False)
    on: date
