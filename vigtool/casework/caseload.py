"""The case load: what the list of families says about each, and what is softly due."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from vigtool.casework.consent import Act, Consent, decide
from vigtool.casework.cycle import Cycle, current
from vigtool.casework.family import Family, Person, age_in_months
from vigtool.casework.film import Film, FilmKind
from vigtool.casework.session import Session, SessionKind
from vigtool.ids import Id

# A shared review usually follows its film within two weeks.
REVIEW_WITHIN = timedelta(days=14)


class DueKind(Enum):
    """What waits to be done. It is a reminder: nothing is ever blocked by it."""

    CONSENT = "consent"
    HELPING_QUESTION = "helping question"
    REEL = "reel"
    SHARED_REVIEW = "shared review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that waits: by when, and about which cycle and film."""

    kind: DueKind
    by: date | None = None
    cycle: Id | None = None
    film: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """One row of the list of families.

    Attributes:
        baby: the baby's name; several are joined by commas, none is empty.
        born: birth or due date of the youngest of them.
        age_months: whole months of the youngest; none before birth or where no date is known.
        cycle: number of the cycle they are in; 0 while meeting the family.
        planned: how many cycles are planned; 0 while meeting the family.
        newest_film: the day of the newest film of which a day is known.
        films: how many films there are.
    """

    family: Id
    code: str
    name: str
    place: str
    baby: str
    born: date | None
    age_months: int | None
    cycle: int
    planned: int
    newest_film: date | None
    films: int
    due: tuple[Due, ...]
    closed: bool


def overview(
    family: Family,
    *,
    persons: Iterable[Person],
    consents: Iterable[Consent],
    sessions: Iterable[Session],
    cycles: Iterable[Cycle],
    films: Iterable[Film],
    reel_cycles: Collection[Id],
    on: date,
) -> Overview:
    """The row of one family on the day `on`, from its own records alone.

    Args:
        family: whose row it is.
        persons: the family's own, in any order, like the records that follow.
        consents: every answer given.
        sessions: every meeting.
        cycles: every cycle.
        films: every film.
        reel_cycles: the cycles that have a reel with at least one clip.
        on: today.
    """
    everyone = {person.id: person for person in persons}
    recorded = tuple(films)
    cycle = current(cycles)
    babies = [person for person in everyone.values() if person.is_child]
    born = max((baby.born for baby in babies if baby.born is not None), default=None)
    due: list[Due] = []
    if family.closed is None:
        due.extend(_consent_due(recorded, everyone, tuple(consents), on))
        if cycle is not None:
            due.extend(_cycle_due(cycle, recorded, tuple(sessions), has_reel=cycle.id in reel_cycles))
    return Overview(
        family=family.id,
        code=family.code,
        name=family.name,
        place=family.place,
        baby=", ".join(baby.name for baby in babies),
        born=born,
        age_months=None if born is None else age_in_months(born, on),
        cycle=0 if cycle is None else cycle.number,
        planned=0 if cycle is None else max(cycle.planned, cycle.number),
        newest_film=max((film.filmed_on for film in recorded if film.filmed_on), default=None),
        films=len(recorded),
        due=tuple(due),
        closed=family.closed is not None,
    )


def matches(row: Overview, text: str) -> bool:
    """Whether every word of `text` is found in the code, names or place, whatever the case or the accents."""
    searched = _folded(f"{row.code} {row.name} {row.baby} {row.place}")
    return all(word in searched for word in _folded(text).split())


def newest_first(rows: Iterable[Overview]) -> list[Overview]:
    """Rows by newest film; families without one come last, each in the order of their codes."""
    by_code = sorted(rows, key=lambda row: (row.code, row.family))
    return sorted(by_code, key=lambda row: row.newest_film or date.min, reverse=True)


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _consent_due(
    films: Iterable[Film], everyone: Mapping[Id, Person], consents: tuple[Consent, ...], on: date
) -> list[Due]:
    """One reminder for each film that was brought in before everybody in it had agreed to being filmed."""
    return [
        Due(kind=DueKind.CONSENT, cycle=film.cycle, film=film.id)
        for film in films
        if decide(
            Act.BRING_IN,
            film.persons,
            someone_else=film.someone_else,
            everyone=everyone,
            consents=consents,
            on=on,
        ).reasons
    ]


def _cycle_due(cycle: Cycle, films: Iterable[Film], sessions: Iterable[Session], *, has_reel: bool) -> list[Due]:
    """What the cycle waits for: its question first, then a reel of its newest film, then the shared review."""
    own = [film for film in films if film.cycle == cycle.id]
    due = []
    if not cycle.helping_question.strip():
        due.append(Due(kind=DueKind.HELPING_QUESTION, cycle=cycle.id))
    shown = [film for film in own if film.kind is FilmKind.INTERACTION]
    if not shown:
        return due
    newest = max(shown, key=lambda film: (film.filmed_on or date.min, film.id))
    by = None if newest.filmed_on is None else newest.filmed_on + REVIEW_WITHIN
    if _is_reviewed(newest, own, sessions):
        return due
    kind = DueKind.SHARED_REVIEW if has_reel else DueKind.REEL
    return [*due, Due(kind=kind, by=by, cycle=cycle.id, film=newest.id)]


def _is_reviewed(newest: Film, own: Iterable[Film], sessions: Iterable[Session]) -> bool:
    """Whether the newest film was looked at together: the review was filmed, or held on its day or later."""
    if any(film.kind is FilmKind.SHARED_REVIEW for film in own):
        return True
    since = newest.filmed_on or date.min
    return any(session.kind is SessionKind.SHARED_REVIEW and session.on >= since for session in sessions)
