"""Reads what the Families room shows, on the vault thread; nothing of Qt is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vigtool.annotate.reel import Reel
from vigtool.casework.caseload import Overview, newest_first, overview
from vigtool.casework.consent import Consent
from vigtool.casework.cycle import Cycle, current
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.session import Session
from vigtool.ids import Id
from vigtool.ui.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPage:
    """Everything of one family that its page shows.

    Attributes:
        persons: parents first, then babies, then others, each as they were written down.
        cycles, sessions, films: by number or day.
        marks: how many marks each film has.
        row: its row in the list, with what is due.
    """

    family: Family
    persons: tuple[Person, ...]
    consents: tuple[Consent, ...]
    sessions: tuple[Session, ...]
    cycles: tuple[Cycle, ...]
    films: tuple[Film, ...]
    reels: tuple[Reel, ...]
    marks: Mapping[Id, int]
    row: Overview

    @property
    def cycle(self) -> Cycle | None:
        """The cycle they are in."""
        return current(self.cycles)

    @property
    def everyone(self) -> dict[Id, Person]:
        """The people by id."""
        return {person.id: person for person in self.persons}


def _row(desk: Desk, family: Family, on: date) -> Overview:
    reels = desk.reels(family.id)
    return overview(
        family,
        persons=desk.persons(family.id),
        consents=desk.consents(family.id),
        sessions=desk.sessions(family.id),
        cycles=desk.cycles(family.id),
        films=desk.films(family.id),
        reel_cycles={reel.cycle for reel in reels if reel.cycle is not None and reel.clips},
        on=on,
    )


def read_rows(desk: Desk, on: date) -> list[Overview]:
    """The rows of the list on the day `on`, newest film first."""
    return newest_first(_row(desk, family, on) for family in desk.families())


def read_page(desk: Desk, family: Id, on: date) -> FamilyPage | None:
    """The page of one family on the day `on`; none where it is no longer there."""
    found = next((record for record in desk.families() if record.id == family), None)
    if found is None:
        return None
    persons = desk.persons(family)
    order = {person.id: place for place, person in enumerate(persons)}
    ranks = {"parent": 0, "baby": 1}
    return FamilyPage(
        family=found,
        persons=tuple(sorted(persons, key=lambda person: (ranks.get(person.role.value, 2), order[person.id]))),
        consents=tuple(desk.consents(family)),
        sessions=tuple(sorted(desk.sessions(family), key=lambda session: session.number)),
        cycles=tuple(sorted(desk.cycles(family), key=lambda cycle: cycle.number)),
        films=tuple(sorted(desk.films(family), key=lambda film: (film.filmed_on or date.min, film.id))),
        reels=tuple(desk.reels(family)),
        marks=dict(desk.mark_counts(family)),
        row=_row(desk, found, on),
    )
