"""The second door: what was given out because somebody had to have it, whatever consent says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from vigtool.casework.copy import CopyKind
from vigtool.ids import Id


class Basis(Enum):
    """On what a disclosure rests. The value is the word of the command line."""

    SAFEGUARDING = "safeguarding"
    COURT = "court"
    ACCESS = "access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One disclosure: an act of its own, appended and never changed.

    Attributes:
        copy: its entry in the register of copies.
        film: the film that was disclosed, or whose marks were.
        what: the film itself or its marks.
        original: whether the film's bytes went exactly as they were brought in; false where what is no picture and
            no sound was taken out of them.
        recipient: who received it.
        reason: why they had to.
        by: the user who did it.
        hold: the legal hold that was placed with it.
    """

    id: Id
    family: Id
    copy: Id
    film: Id
    what: CopyKind
    basis: Basis
    original: bool
    recipient: str = field(repr=False)
    reason: str = field(repr=False)
    on: date
    by: Id
    hold: Id | None = None
