"""Reading and changing records by value: what the acts have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from vigtool.casework.family import Family, Person
from vigtool.errors import InvalidRecord, NoSuchRecord, RecordChanged
from vigtool.ids import Id
from vigtool.vault.shapes import Stored
from vigtool.vault.vault import Vault
from vigtool.vault.writing import Writer

R = TypeVar("R")


def values(vault: Vault, kind: type[R], *, domain: Id | None = None, parent: Id | None = None) -> list[R]:
    """The records of one kind as they stand now, of one key domain or under one parent."""
    return [stored.value for stored in vault.all(kind, domain=domain, parent=parent)]


def value(vault: Vault, kind: type[R], record: Id) -> R:
    """One record as it stands now.

    Raises:
        NoSuchRecord: where there is none, or it was removed.
    """
    return vault.get(kind, record).value


def swap(vault: Vault, writer: Writer, before: Any, after: Any) -> None:
    """Write one change: None before is a new record, None after removes it.

    Raises:
        RecordChanged: where the record is no longer as `before` says.
    """
    if before is None:
        writer.add(after)
        return
    stored = vault.get(type(before), before.id)
    _require_same(stored, before)
    if after is None:
        writer.remove(stored)
    elif after != before:
        writer.change(stored, after)


def swap_all(writer: Writer, changes: Sequence[tuple[R | None, R | None]]) -> None:
    """`swap`, of many records of one kind and no record twice: all that are new, then all that change, then the rest.

    Raises:
        NoSuchRecord, RecordChanged: one of them is no longer as its `before` says.
    """
    known = [before for before, _ in changes if before is not None]
    found = writer.standing(type(known[0]), [_id_of(before) for before in known]) if known else []
    for stored, before in zip(found, known, strict=True):
        _require_same(stored, before)
    afters = [after for before, after in changes if before is not None]
    pairs = list(zip(found, afters, strict=True))
    writer.add_all(after for before, after in changes if before is None and after is not None)
    writer.change_all((stored, after) for stored, after in pairs if after is not None and after != stored.value)
    writer.remove_all(stored for stored, after in pairs if after is None)


def _id_of(record: Any) -> Id:
    identity: Id = record.id
    return identity


def _require_same(stored: Stored[Any], before: Any) -> None:
    if stored.value != before:
        message = "somebody else changed this first"
        raise RecordChanged(message, "look at how it stands now, then make the change again")


def people_of(vault: Vault, family: Id) -> dict[Id, Person]:
    """Everybody written down for a family, by id."""
    return {person.id: person for person in values(vault, Person, domain=family)}


def check_people(vault: Vault, family: Id, persons: Iterable[Id]) -> None:
    """Refuse ids that name nobody of this family.

    Raises:
        NoSuchRecord: the family or one of the persons is not there.
    """
    value(vault, Family, family)
    missing = set(persons) - set(people_of(vault, family))
    if missing:
        message = "somebody named here is not written down for this family"
        raise NoSuchRecord(message, "add the person to the family first")


def plain(text: str, *, what: str, needed: bool = False, longest: int = 2000) -> str:
    """Typed text without white space at its ends; any script, any sign and line breaks inside are kept.

    Raises:
        InvalidRecord: where it is empty but needed, too long, or holds half of a surrogate pair.
    """
    text = text.strip()
    if needed and not text:
        message = f"{what} is still empty"
        raise InvalidRecord(message, "write something there")
    if len(text) > longest:
        message = f"{what} is longer than {longest} signs"
        raise InvalidRecord(message, "write it shorter; the rest can stand in a note")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as broken:
        message = f"{what} holds a sign that cannot be written"
        raise InvalidRecord(message, "type it again") from broken
    return text
