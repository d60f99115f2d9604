"""Coming back to the same picture after the vault was locked: what the window hands over and gets; see `ui.desk`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from vigtool.annotate.reel import Reel
from vigtool.casework.cycle import Cycle
from vigtool.casework.draft import Draft
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.practice.returning import Place, Typing


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """Where somebody was when the vault was locked, with the records as they stand now.

    Attributes:
        place: ids and numbers, as they were kept.
        family, cycle, film, reel: what of it is still there.
        drafts: what stood half typed on an open form, to be copied from.
    """

    place: Place
    family: Family | None = None
    cycle: Cycle | None = None
    film: Film | None = None
    reel: Reel | None = None
    drafts: Sequence[Draft] = ()


class ReturningDesk(Protocol):
    """Where one was."""

    def keep_place(self, place: Place, typed: Sequence[Typing]) -> None:
        """Keep it, sealed, for the next opening by the same user."""
        ...

    def take_place(self) -> Back | None:
        """What was kept; the place is kept no longer. None where nothing was."""
        ...

    def forget_drafts(self, seen: Sequence[Draft]) -> None:
        """Keep what was half typed no longer."""
        ...
