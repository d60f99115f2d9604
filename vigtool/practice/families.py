"""Families, the people in them, their meetings and cycles."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vigtool.casework.cycle import Cycle
from vigtool.casework.cycle import next_number as next_cycle
from vigtool.casework.family import Family, Person, Role, next_code
from vigtool.casework.session import Session, SessionKind
from vigtool.casework.session import next_number as next_session
from vigtool.errors import AmbiguousId, InvalidRecord, NoSuchRecord
from vigtool.ids import Id, new_id
from vigtool.practice.family_codes import codes_given, note_code
from vigtool.practice.records import check_people, plain, swap, value, values
from vigtool.vault.vault import Vault

_ID_BEGINS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWords:
    """A person as typed into a form, before there is a record."""

    name: str
    role: Role
    relation: str = ""
    born: date | None = None


@dataclass(frozen=True, slots=True)
class NewFamily:
    """A family that was just begun, and its people in the order in which they were named."""

    family: Family
    persons: tuple[Person, ...]


def add_family(
    vault: Vault,
    *,
    name: str,
    people: Sequence[PersonWords] = (),
    place: str = "",
    safe_contact: str = "",
    code: str = "",
    on: date,
) -> NewFamily:
    """Begin a family with a key of its own. Parents answer for the babies named with them.

    Raises:
        InvalidRecord: without a name, or where the code is taken.
    """
    codes = codes_given(vault)
    family = Family(
        id=new_id(),
        code=_free_code(plain(code, what="the code", longest=32), codes),
        name=plain(name, what="the family's name", needed=True, longest=200),
        opened=on,
        place=plain(place, what="the place"),
        safe_contact=plain(safe_contact, what="safe contact"),
    )
    persons = tuple(_person(family.id, words) for words in people)
    babies = tuple(person.id for person in persons if person.is_child)
    persons = tuple(
        replace(person, responsible_for=babies) if person.role is Role.PARENT else person for person in persons
    )
    with vault.transaction("family add", [family.id]) as writer:
        writer.open_domain(family.id)
        for record in (family, *persons):
            writer.add(record)
        note_code(vault, writer, family.code)
    return NewFamily(family, persons)


def change_family(vault: Vault, before: Family, after: Family) -> None:
    """Change what is written of a family; its code stays.

    Raises:
        InvalidRecord, RecordChanged.
    """
    after = replace(
        after, id=before.id, code=before.code, name=plain(after.name, what="the family's name", needed=True)
    )
    with vault.transaction("family change", [before.id]) as writer:
        swap(vault, writer, before, after)


def close_family(vault: Vault, family: Id, *, on: date) -> Family:
    """Write down the day on which the work with a family ended: from then on its time is counted.

    Raises:
        NoSuchRecord. InvalidRecord: before the day on which it began.
    """
    before = value(vault, Family, family)
    if on < before.opened:
        message = "the work cannot have ended before it began"
        raise InvalidRecord(message, "check the date")
    after = replace(before, closed=on)
    with vault.transaction("family close", [family]) as writer:
        swap(vault, writer, before, after)
    return after


def reopen_family(vault: Vault, family: Id) -> Family:
    """Take the work with a closed family up again; no time is counted while it is open.

    Raises:
        NoSuchRecord.
    """
    before = value(vault, Family, family)
    after = replace(before, closed=None)
    with vault.transaction("family reopen", [family]) as writer:
        swap(vault, writer, before, after)
    return after


def add_person(vault: Vault, family: Id, words: PersonWords) -> Person:
    """Add somebody to a family. A parent answers for its babies; a baby is answered for by its parents."""
    check_people(vault, family, ())
    person = _person(family, words)
    others = values(vault, Person, domain=family)
    if person.role is Role.PARENT:
        person = replace(person, responsible_for=tuple(p.id for p in others if p.is_child))
    with vault.transaction("person add", [family, person.id]) as writer:
        writer.add(person)
        if person.is_child:
            for parent in (p for p in others if p.role is Role.PARENT):
                swap(vault, writer, parent, replace(parent, responsible_for=(*parent.responsible_for, person.id)))
    return person


def add_session(
    vault: Vault,
    *,
    family: Id,
    on: date,
    kind: SessionKind = SessionKind.FILMING,
    minutes: int | None = None,
    place: str = "",
    present: tuple[Id, ...] = (),
) -> Session:
    """Write down a meeting; its number follows the last one's."""
    check_people(vault, family, present)
    if minutes is not None and not 0 < minutes <= 24 * 60:
        message = "a meeting lasts between one minute and a day"
        raise InvalidRecord(message, "give its length in minutes")
    session = Session(
        id=new_id(),
        family=family,
        number=next_session(values(vault, Session, domain=family)),
        on=on,
        kind=kind,
        minutes=minutes,
        place=plain(place, what="the place"),
        present=present,
    )
    with vault.transaction("session add", [family, session.id]) as writer:
        writer.add(session)
    return session


def begin_cycle(vault: Vault, *, family: Id, helping_question: str = "", planned: int = 3) -> Cycle:
    """Begin the next cycle of a family's work."""
    check_people(vault, family, ())
    cycle = Cycle(
        id=new_id(),
        family=family,
        number=next_cycle(values(vault, Cycle, domain=family)),
        helping_question=plain(helping_question, what="the helping question"),
        planned=planned,
    )
    with vault.transaction("cycle begin", [family, cycle.id]) as writer:
        writer.add(cycle)
    return cycle


def change_cycle(vault: Vault, before: Cycle, after: Cycle) -> None:
    """Change a cycle, for instance the wording of its helping question; every wording stays in its history."""
    after = replace(after, helping_question=plain(after.helping_question, what="the helping question"))
    with vault.transaction("cycle change", [before.family, before.id]) as writer:
        swap(vault, writer, before, after)


def family_named(vault: Vault, words: str) -> Family:
    """The family meant by a code, a whole id, or an unambiguous beginning of one.

    Raises:
        NoSuchRecord, AmbiguousId.
    """
    for family in values(vault, Family):
        if words.casefold() == family.code.casefold():
            return family
    if not words:
        message = "no family was named"
        raise NoSuchRecord(message, "name it by its code, such as F-0007")
    return value(vault, Family, vault.find_id(Family, words))


def person_named(vault: Vault, family: Id, words: str) -> Person:
    """The person of a family meant by their whole name, or by an id or its unambiguous beginning.

    Beginnings of less than four digits are not taken for ids: "Ed" and "Ada" are names.

    Raises:
        NoSuchRecord, AmbiguousId.
    """
    people = values(vault, Person, domain=family)
    found = [person for person in people if _same(person.name) == _same(words)]
    if not found and len(words.strip()) >= _ID_BEGINS:
        found = [person for person in people if person.id.startswith(words.strip().casefold())]
    if not found:
        message = "there is nobody of that name or id in this family"
        raise NoSuchRecord(message, f"write the whole name, or at least {_ID_BEGINS} digits of the id")
    if len(found) > 1:
        message = f"{len(found)} people of this family are named like that"
        raise AmbiguousId(message, "name the person by the beginning of their id")
    return found[0]


def _same(name: str) -> str:
    """A name as it is compared: keyboards write one accent in two ways."""
    return unicodedata.normalize("NFC", name.strip()).casefold()


def _person(family: Id, words: PersonWords) -> Person:
    return Person(
        id=new_id(),
        family=family,
        name=plain(words.name, what="the name", needed=True, longest=200),
        role=words.role,
        relation=plain(words.relation, what="the relation", longest=200),
        born=words.born,
    )


def _free_code(code: str, taken: list[str]) -> str:
    if not code:
        return next_code(taken)
    if code.casefold() in {other.casefold() for other in taken}:
        message = "another family has that code already"
        raise InvalidRecord(message, "leave the code out and the next free one is taken")
    return code
