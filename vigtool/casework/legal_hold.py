"""A legal hold: as long as it stands, nothing that it covers is erased, whatever any rule or anybody says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vigtool.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalHold:
    """One entry: a hold that was placed, or the lifting of one. Entries are added and never changed.

    Attributes:
        film: the only film it covers; none for everything of the family.
        reason: why it was placed or lifted.
        on: the day.
        by: the user who did it.
        lifts: the hold that this entry lifts; none where it places one.
    """

    id: Id
    family: Id
    film: Id | None = None
    reason: str
    on: date
    by: Id
    lifts: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldStory:
    """A hold, and what lifted it where it no longer stands."""

    hold: LegalHold
    lifted: LegalHold | None = None


def stories(entries: Iterable[LegalHold]) -> list[HoldStory]:
    """Every hold that was ever placed, in the order of the entries."""
    given = tuple(entries)
    lifting = {entry.lifts: entry for entry in reversed(given) if entry.lifts is not None}
    return [HoldStory(hold=entry, lifted=lifting.get(entry.id)) for entry in given if entry.lifts is None]


def standing(entries: Iterable[LegalHold]) -> list[LegalHold]:
    """The holds that nothing has lifted yet."""
    return [story.hold for story in stories(entries) if story.lifted is None]


def covering(holds: Iterable[LegalHold], family: Id, film: Id | None) -> LegalHold | None:
    """The first of the standing holds that stops one film from being erased, or the family where `film` is none.

    A hold on any film of it stops the family too.
    """
    own = (hold for hold in holds if hold.family == family)
    return next((hold for hold in own if film is None or hold.film is None or hold.film == film), None)
