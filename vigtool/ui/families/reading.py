"""Reads what the Families room shows, on the vault thread; nothing of Qt is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from vigtool.annotate.reel import Reel
from vigtool.casework.capacity import CapacityNote
from vigtool.casework.caseload import Overview, newest_first, overview
from vigtool.casework.consent import Consent
from vigtool.casework.copy import Copy, CopyOutcome, CopySettled
from vigtool.casework.cycle import Cycle, current
from vigtool.casework.disclosure import Disclosure
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.lead_decision import LeadDecision
from vigtool.casework.member import StaffRole
from vigtool.casework.safety import SafetyAtHome
from vigtool.casework.session import Session
from vigtool.casework.withdrawal import Withdrawal
from vigtool.ids import Id
from vigtool.ui.desk import Desk
from vigtool.ui.families.reading_keeping import Keeping, read_keeping


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPage:
    """Everything of one family that its page shows.

    Attributes:
        persons: parents first, then babies, then others, each as they were written down.
        cycles, sessions, films: by number or day.
        marks: how many marks each film has.
        row: its row in the list, with what is due.
        settled: what became of copies, every entry.
        safety: who may not receive or be told; none where nothing was written.
        roles: what whoever looks at it is entered for; everything for a person working alone.
        unagreed: films that somebody in them has not agreed to being filmed for, and what is missing, as sentences.
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
    decisions: tuple[LeadDecision, ...] = ()
    capacity: tuple[CapacityNote, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    copies: tuple[Copy, ...] = ()
    settled: tuple[CopySettled, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    safety: SafetyAtHome | None = None
    roles: frozenset[StaffRole] = frozenset()
    unagreed: Mapping[Id, tuple[str, ...]] = field(default_factory=dict)
    keeping: Keeping = field(default_factory=Keeping)

    @property
    def cycle(self) -> Cycle | None:
        """The cycle they are in."""
        return current(self.cycles)

    @property
    def everyone(self) -> dict[Id, Person]:
        """The people by id."""
        return {person.id: person for person in self.persons}

    @property
    def is_lead(self) -> bool:
        """Whether whoever looks at it decides and discloses as a lead; a person working alone does."""
        return StaffRole.LEAD in self.roles

    def name_of(self, person: Id) -> str:
        """What somebody of the family is called; "somebody" where they are not written down any more."""
        known = self.everyone.get(person)
        return "somebody" if known is None else known.name

    def outcome(self, copy: Id) -> CopyOutcome | None:
        """What became of a copy, by the newest entry about it."""
        mine = [one for one in self.settled if one.copy == copy]
        newest = max(mine, key=lambda one: one.entered, default=None)
        return None if newest is None else newest.outcome


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
    desk.note_family_opened(family)
    persons = desk.persons(family)
    films = tuple(sorted(desk.films(family), key=lambda film: (film.filmed_on or date.min, film.id)))
    order = {person.id: place for place, person in enumerate(persons)}
    ranks = {"parent": 0, "baby": 1}
    return FamilyPage(
        family=found,
        persons=tuple(sorted(persons, key=lambda person: (ranks.get(person.role.value, 2), order[person.id]))),
        consents=tuple(desk.consents(family)),
        sessions=tuple(sorted(desk.sessions(family), key=lambda session: session.number)),
        cycles=tuple(sorted(desk.cycles(family), key=lambda cycle: cycle.number)),
        films=films,
        reels=tuple(desk.reels(family)),
        marks=dict(desk.mark_counts(family)),
        row=_row(desk, found, on),
        decisions=tuple(desk.lead_decisions(family)),
        capacity=tuple(desk.capacity_notes(family)),
        withdrawals=tuple(desk.withdrawals(family)),
        copies=tuple(desk.given_copies(family)),
        settled=tuple(desk.settled_copies(family)),
        disclosures=tuple(desk.disclosures(family)),
        safety=desk.safety(family),
        roles=desk.own_roles(),
        unagreed={film.id: missing for film in films if (missing := tuple(desk.missing_to_film(film.id)))},
        keeping=read_keeping(desk, family),
    )
