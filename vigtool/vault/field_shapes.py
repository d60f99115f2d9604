"""How each type of field is written to CBOR and read from it; `payload` has the table."""

from __future__ import annotations

import types
import typing
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Protocol

from vigtool.ids import is_id
from vigtool.timebase import Span
from vigtool.vault.moments import utc_text, utc_time


class Misfit(Exception):
    """A value or its CBOR does not fit the field; the text names the field, never the value."""


class UnknownWord(Misfit):
    """A word of an enumeration that this version of the program does not know."""


class Shape(Protocol):
    """One type of field."""

    def write(self, value: Any) -> Any:
        """The value as CBOR has it, or Misfit."""

    def read(self, raw: Any) -> Any:
        """The value that CBOR says, or Misfit."""

    def carry(self, before: Any, after: Any) -> Any:
        """`after`, with the unknown keys of `before`."""


class _Leaf:
    """What holds no keys of its own."""

    def carry(self, before: Any, after: Any) -> Any:
        del before
        return after


class _Plain(_Leaf):
    """Text, whole numbers, truth and bytes: exactly that type, so that True is no number."""

    def __init__(self, of: type) -> None:
        self._of = of

    def write(self, value: Any) -> Any:
        if type(value) is not self._of:
            raise Misfit(f"not {self._of.__name__}")
        if isinstance(value, str):
            try:
                value.encode("utf-8")
            except UnicodeEncodeError:
                raise Misfit("text that is not Unicode") from None
        return value

    def read(self, raw: Any) -> Any:
        if type(raw) is not self._of:
            raise Misfit(f"not {self._of.__name__}")
        return raw


class _Identity(_Leaf):
    """An Id: 16 bytes."""

    def write(self, value: Any) -> bytes:
        if type(value) is not str or not is_id(value):
            raise Misfit("not an id")
        return bytes.fromhex(value)

    def read(self, raw: Any) -> str:
        if type(raw) is not bytes or len(raw) != 16:
            raise Misfit("not an id")
        return raw.hex()


class _Word(_Leaf):
    """A word of an enumeration."""

    def __init__(self, of: type[Enum]) -> None:
        self._of = of
        self._words = {member.value: member for member in of}

    def write(self, value: Any) -> Any:
        if not isinstance(value, self._of):
            raise Misfit(f"not {self._of.__name__}")
        return value.value

    def read(self, raw: Any) -> Enum:
        try:
            return self._words[raw]
        except (KeyError, TypeError):
            raise UnknownWord(f"an unknown {self._of.__name__}") from None


class _Day(_Leaf):
    """A date."""

    def write(self, value: Any) -> str:
        if type(value) is not date:
            raise Misfit("not a date")
        return value.isoformat()

    def read(self, raw: Any) -> date:
        try:
            return date.fromisoformat(raw)
        except (TypeError, ValueError):
            raise Misfit("not a date") from None


class _Moment(_Leaf):
    """A point in time, UTC."""

    def write(self, value: Any) -> str:
        try:
            if value.tzinfo is None:
                raise Misfit("a time without its zone")
            return utc_text(value)
        except (AttributeError, OverflowError):
            raise Misfit("not a time") from None

    def read(self, raw: Any) -> datetime:
        try:
            return utc_time(raw)
        except (TypeError, ValueError):
            raise Misfit("not a time") from None


class _Pair(_Leaf):
    """Two whole numbers that make one value: a Fraction or a Span."""

    def __init__(self, of: type, names: tuple[str, str]) -> None:
        self._of = of
        self._names = names

    def write(self, value: Any) -> list[int]:
        if type(value) is not self._of:
            raise Misfit(f"not a {self._of.__name__}")
        return [getattr(value, name) for name in self._names]

    def read(self, raw: Any) -> Any:
        if type(raw) is not list or [type(part) for part in raw] != [int, int]:
            raise Misfit(f"not a {self._of.__name__}")
        try:
            return self._of(*raw)
        except (ValueError, ZeroDivisionError):
            raise Misfit(f"not a {self._of.__name__}") from None


class _Maybe:
    """A value or none."""

    def __init__(self, of: Shape) -> None:
        self._of = of

    def write(self, value: Any) -> Any:
        return None if value is None else self._of.write(value)

    def read(self, raw: Any) -> Any:
        return None if raw is None else self._of.read(raw)

    def carry(self, before: Any, after: Any) -> Any:
        return after if before is None or after is None else self._of.carry(before, after)


class _Row:
    """A tuple of any length. Its members are matched by their id when unknown keys are carried over."""

    def __init__(self, of: Shape) -> None:
        self._of = of

    def write(self, value: Any) -> list[Any]:
        if type(value) is not tuple:
            raise Misfit("not a tuple")
        return [self._of.write(member) for member in value]

    def read(self, raw: Any) -> tuple[Any, ...]:
        if type(raw) is not list:
            raise Misfit("not an array")
        return tuple(self._of.read(member) for member in raw)

    def carry(self, before: Any, after: Any) -> Any:
        if not isinstance(self._of, _Record) or type(before) is not list:
            return after
        known = {self._of.name_of(member): member for member in before}
        return [self._of.carry(known.get(self._of.name_of(member), {}), member) for member in after]


class _Record:
    """A dataclass: one key a field. A field that is missing takes its default."""

    def __init__(self, of: type) -> None:
        if not is_dataclass(of):
            message = f"{of!r} cannot be written to a vault"
            raise TypeError(message)
        self._of = of
        kinds = typing.get_type_hints(of, localns={"Id": _Identity})
        self._fields = {field.name: _shape(kinds[field.name]) for field in fields(of)}
        self._needed = frozenset(field.name for field in fields(of) if _has_no_default(field))

    def write(self, value: Any) -> dict[str, Any]:
        if type(value) is not self._of:
            raise Misfit(f"not a {self._of.__name__}")
        raw = {}
        for name, shape in self._fields.items():
            try:
                raw[name] = shape.write(getattr(value, name))
            except Misfit as error:
                raise type(error)(f"{name}: {error}") from None
        return raw

    def read(self, raw: Any) -> Any:
        if type(raw) is not dict:
            raise Misfit("not a map")
        if missing := self._needed - raw.keys():
            raise Misfit(f"{min(missing)} is missing")
        found = {}
        for name, shape in self._fields.items():
            if name not in raw:
                continue
            try:
                found[name] = shape.read(raw[name])
            except Misfit as error:
                raise type(error)(f"{name}: {error}") from None
        try:
            return self._of(**found)
        except ValueError:
            raise Misfit(f"no {self._of.__name__} has these values") from None

    def carry(self, before: Any, after: Any) -> Any:
        if not isinstance(before, Mapping):
            return after
        kept = {name: value for name, value in before.items() if name not in self._fields}
        for name, value in after.items():
            shape = self._fields.get(name)
            kept[name] = shape.carry(before[name], value) if shape and name in before else value
        return kept

    def name_of(self, raw: Any) -> object:
        """By what a member of an array is known again: its id, or else all that is known of it."""
        if "id" in self._fields:
            return raw.get("id")
        return tuple((name, repr(raw.get(name))) for name in self._fields)


def _has_no_default(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _shape(kind: Any) -> Shape:
    """The shape of one annotation."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _Maybe(_shape(_one_besides_none(arguments)))
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _Row(_shape(arguments[0]))
    if kind in _LEAVES:
        return _LEAVES[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Word(kind)
    return _Record(kind)


_LEAVES: dict[type, Shape] = {
    **{kind: _Plain(kind) for kind in (str, int, bool, bytes)},
    _Identity: _Identity(),
    date: _Day(),
    datetime: _Moment(),
    Fraction: _Pair(Fraction, ("numerator", "denominator")),
    Span: _Pair(Span, ("start", "end")),
}


def _one_besides_none(arguments: Sequence[Any]) -> Any:
    kinds = [kind for kind in arguments if kind is not type(None)]
    if len(kinds) != 1 or len(arguments) != 2:
        message = "a field is of one type, or of one type or None"
        raise TypeError(message)
    return kinds[0]


@cache
def _record(cls: Hashable) -> _Record:
    return _Record(typing.cast("type", cls))


def shape_of(cls: type) -> Shape:
    """The shape of one record; worked out once."""
    return _record(cls)
