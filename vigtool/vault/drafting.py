"""What the next revision of a record is, or why there can be none. Nothing is written here.

Whoever writes one record and whoever writes a thousand come through the same rules; they differ in how they look up
what stands there now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from vigtool.errors import InvalidRecord, RecordChanged
from vigtool.ids import Id, is_id
from vigtool.vault import payload
from vigtool.vault.core import Core
from vigtool.vault.kinds import Kind, kind_of
from vigtool.vault.sealing import Opened
from vigtool.vault.shapes import NOTHING_BEFORE, Stored

T = TypeVar("T")

Heads = Callable[[Id], list[Opened]]
"""The newest revisions of a record, removed ones too; none where there is no such record."""

Home = Callable[[Id], tuple[Id, Id]]
"""Key domain and owner of a record that is there; NoSuchRecord for any other."""


@dataclass(frozen=True, slots=True)
class Draft(Generic[T]):
    """A revision that may be written.

    Attributes:
        new: all of it but its digest. Where its `previous` names a revision, it takes the place of that one.
        fields: its payload map.
    """

    new: Stored[T]
    fields: dict[str, Any]


class Drafts:
    """Drafts revisions in one user's name, by what stands there now."""

    def __init__(self, core: Core, heads: Heads, home: Home) -> None:
        """Nothing is looked up yet."""
        self._core, self._heads, self._home = core, heads, home

    def added(self, value: T) -> Draft[T]:
        """Of a record that is not there, or was removed; see `Writer.add`.

        Raises:
            RecordChanged, InvalidRecord, NoSuchRecord, NoKey.
        """
        kind = kind_of(type(value))
        fields = payload.to_map(value, kind.schema)
        new = self._first(kind, value)
        before = self._heads(new.id)
        if not before:
            return Draft(new, fields)
        last = before[-1]
        if not all(opened.stored.removed for opened in before) or last.kind is not kind:
            message = "a record with this id is there already"
            raise RecordChanged(message, "look at it again and change that one")
        return self._following(last, new.value, removed=False)

    def changed(self, stored: Stored[Any], value: T, *, anybodys: bool = False) -> Draft[T]:
        """Of a record that stands; see `Writer.change`, and where it may be another's `Writer.take_out`.

        Raises:
            RecordChanged, InvalidRecord, NoKey.
        """
        return self._following(self._standing(stored, anybodys=anybodys), value, removed=False)

    def removed(self, stored: Stored[T]) -> Draft[T]:
        """Of a record that stands and goes; see `Writer.remove`.

        Raises:
            RecordChanged, InvalidRecord, NoKey.
        """
        return self._following(self._standing(stored, anybodys=False), stored.value, removed=True)

    def _first(self, kind: Kind, value: T) -> Stored[T]:
        """The first revision of a record, placed where it belongs."""
        user, now = self._core.user, self._core.clock()
        place = kind.place(value, self._core.vault)
        domain, owner = place.domain, user
        if domain is None:
            domain, parents_owner = self._home(place.parent)
            owner = parents_owner if kind.own else user
        new = Stored(
            value=value,
            id=_id_of(value),
            kind=kind.number,
            revision=1,
            device=self._core.device,
            previous=NOTHING_BEFORE,
            domain=domain,
            parent=place.parent,
            owner=kind.owner(value) if kind.owner else owner,
            digest=NOTHING_BEFORE,
            writer=user,
            created=now,
            edited=now,
        )
        self._check_mine(kind, new)
        return new

    def _standing(self, stored: Stored[Any], *, anybodys: bool) -> Opened:
        """The head that `stored` still is."""
        for opened in self._heads(stored.id):
            if opened.stored.digest == stored.digest:
                if opened.kind.appended:
                    message = "this is written down once and never changed"
                    raise InvalidRecord(message, "enter what is true now as a new record")
                if not anybodys:
                    self._check_mine(opened.kind, opened.stored)
                if opened.stored.removed:
                    break
                return opened
        message = "somebody else wrote it in the meantime"
        raise RecordChanged(message, "look at what stands there now, then decide again")

    def _check_mine(self, kind: Kind, stored: Stored[Any]) -> None:
        if kind.own and stored.owner != self._core.user:
            message = "only its author writes in it"
            raise InvalidRecord(message, "begin one of your own, or write a comment")

    def _following(self, last: Opened, value: T, *, removed: bool) -> Draft[T]:
        """A revision that takes the place of `last`."""
        old, kind = last.stored, last.kind
        self._check_same_place(old, kind, value)
        written = payload.to_map(value, kind.schema)
        new = replace(
            old,
            value=value,
            revision=old.revision + 1,
            device=self._core.device,
            previous=old.digest,
            writer=self._core.user,
            edited=self._core.clock(),
            removed=removed,
            others=(),
        )
        return Draft(new, payload.carried(kind.cls, last.record, written))

    def _check_same_place(self, old: Stored[Any], kind: Kind, value: Any) -> None:
        if type(value) is not kind.cls:
            message = "a record stays of its kind"
            raise InvalidRecord(message)
        place = kind.place(value, self._core.vault)
        owner = kind.owner(value) if kind.owner else old.owner
        if (_id_of(value), place.parent, place.domain or old.domain, owner) != (
            old.id,
            old.parent,
            old.domain,
            old.owner,
        ):
            message = "a record stays where it belongs"
            raise InvalidRecord(message, "remove it here and add another there")


def _id_of(value: Any) -> Id:
    identity: Id = value.id
    if not is_id(identity):
        message = "a record needs an id of its own"
        raise InvalidRecord(message)
    return identity
