"""Reads what the page "Safety and keeping" shows, on the vault thread; nothing of Qt is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from vigtool.casework.legal_hold import HoldStory
from vigtool.casework.stray_copy import StrayCopy
from vigtool.ids import Id
from vigtool.ui.desk import Desk
from vigtool.ui.desk_keeping import Sharer


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Who can open a family, what lies outside, what stops it from being erased.

    Attributes:
        alone: whether the vault belongs to one person working alone, who meets nothing of sharing.
        shares: who can open the family, whoever looks at it included.
        holds: every legal hold that was ever placed.
        strays: copies that lie where the program cannot reach, and that nobody has said to be gone.
        until: by the service's rules the first day on which a film may go; a film without a day is not in it.
    """

    alone: bool = True
    shares: tuple[Sharer, ...] = ()
    holds: tuple[HoldStory, ...] = ()
    strays: tuple[StrayCopy, ...] = ()
    until: Mapping[Id, date] = field(default_factory=dict)

    @property
    def standing_holds(self) -> tuple[HoldStory, ...]:
        """The holds that nobody has lifted."""
        return tuple(story for story in self.holds if story.lifted is None)


def read_keeping(desk: Desk, family: Id) -> Keeping:
    """What is kept of one family and how."""
    days = {film.id: desk.film_kept_until(film.id) for film in desk.films(family)}
    return Keeping(
        alone=desk.works_alone(),
        shares=tuple(desk.shares_of(family)),
        holds=tuple(desk.holds_of(family)),
        strays=tuple(desk.strays_of(family)),
        until={film: day for film, day in days.items() if day is not None},
    )
