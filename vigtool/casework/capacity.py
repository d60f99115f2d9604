"""What was noted of a person's capacity to decide. It may change, so each note has its day; none of them decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from vigtool.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityNote:
    """One dated note, appended and never changed. A later one is shown in its place.

    Capacity is about one decision at one time. A note warns whoever is about to act; it neither gives nor takes a
    consent by itself.

    Attributes:
        on: the day it is about.
        entered: a number that orders notes of one day: higher is later.
        words: what was seen or said, and what should be done about it.
        has: whether the person can decide this now; none where nobody is sure.
        by: the user who noted it.
    """

    id: Id
    family: Id
    person: Id
    on: date
    entered: int = 0
    words: str = field(repr=False)
    has: bool | None
    by: Id


def last_note(person: Id, notes: Iterable[CapacityNote], on: date) -> CapacityNote | None:
    """The newest note of a person up to the day `on`."""
    mine = (note for note in notes if note.person == person and note.on <= on)
    return max(mine, key=lambda note: (note.on, note.entered, note.id), default=None)


def warnings(persons: Iterable[Id], notes: Iterable[CapacityNote], on: date) -> tuple[CapacityNote, ...]:
    """The newest note of each of these persons, where it does not say that they can decide."""
    known = tuple(notes)
    found = (last_note(person, known, on) for person in dict.fromkeys(persons))
    return tuple(note for note in found if note is not None and note.has is not True)
