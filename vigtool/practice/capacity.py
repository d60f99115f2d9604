"""Notes of whether somebody can decide now. They have a day, may change, warn, and decide nothing."""

from __future__ import annotations

from datetime import date

from vigtool.casework.capacity import CapacityNote
from vigtool.casework.family import Person
from vigtool.errors import InvalidRecord
from vigtool.ids import Id, new_id
from vigtool.practice.records import plain, value, values
from vigtool.vault.vault import Vault


def note_capacity(vault: Vault, person: Id, *, on: date, words: str, has: bool | None) -> CapacityNote:
    """Add a note; the ones before it stay.

    Args:
        vault: open.
        person: a grown-up of a family.
        on: the day it is about.
        words: what was seen or said.
        has: whether the person can decide this now; none where nobody is sure.

    Raises:
        InvalidRecord: about a child, or without words.
        NoSuchRecord: nobody has that id.
    """
    about = value(vault, Person, person)
    if about.is_child:
        message = "others answer for a child, so there is no capacity to note"
        raise InvalidRecord(message, "note it of those who hold parental responsibility")
    note = CapacityNote(
        id=new_id(),
        family=about.family,
        person=person,
        on=on,
        entered=max((one.entered for one in capacity_of(vault, about.family)), default=0) + 1,
        words=plain(words, what="the note", needed=True),
        has=has,
        by=vault.user_id,
    )
    with vault.transaction("consent capacity", [about.family, person, note.id]) as writer:
        writer.add(note)
    return note


def capacity_of(vault: Vault, family: Id) -> list[CapacityNote]:
    """The notes of everybody of a family, in the order of their days."""
    return sorted(values(vault, CapacityNote, domain=family), key=lambda note: (note.on, note.entered))
