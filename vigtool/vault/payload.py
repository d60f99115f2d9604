"""Records as CBOR maps and back.

A payload is one canonical CBOR map (RFC 8949, 4.2.3: shorter keys first) with the key "schema" and one key for each
field of the record. How the fields are written is a matter of their declared type alone:

    str int bool bytes None    as CBOR has them (whole numbers beyond 64 bits as bignums)
    Id                         16 bytes
    Enum                       its value
    date                       text, 2026-11-22
    datetime                   text, UTC, 2026-11-22T09:30:00.000000Z
    Fraction                   [numerator, denominator]
    Span                       [start, end]
    tuple                      array
    a dataclass                map of its fields

Keys that this version of the program does not know are kept when a record is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

import cbor2

from vigtool.errors import InvalidRecord, VaultDamaged, VaultNewer
from vigtool.vault.field_shapes import Misfit, UnknownWord, shape_of

T = TypeVar("T")

SCHEMA_KEY = "schema"


def to_map(value: object, schema: int) -> dict[str, Any]:
    """The payload map of one record.

    Raises:
        InvalidRecord: where a field holds what its type does not allow, or text that is no Unicode (a lone surrogate).
    """
    try:
        fields = shape_of(type(value)).write(value)
    except Misfit as error:
        message = f"a record cannot hold this value ({error})"
        raise InvalidRecord(message, "write it differently") from None
    return {SCHEMA_KEY: schema, **fields}


def from_map(cls: type[T], payload: Mapping[str, Any]) -> T:
    """The record of one payload map, which has the newest schema already.

    Raises:
        VaultNewer: for a word in it that only a newer version of the program knows.
        VaultDamaged: where the map is no such record.
    """
    try:
        return cast("T", shape_of(cls).read(payload))
    except UnknownWord:
        message = "a record was written by a newer version of the program"
        raise VaultNewer(message, "update the program and open the vault again") from None
    except Misfit as error:
        message = f"a record does not have the shape it should have ({error})"
        raise VaultDamaged(message, "check the vault, or fetch it from a backup") from None


def carried(cls: type, before: Mapping[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The map `after`, with what stood in `before` under keys that this version of the program does not know."""
    kept = cast("dict[str, Any]", shape_of(cls).carry(before, after))
    kept[SCHEMA_KEY] = after[SCHEMA_KEY]
    return kept


def pack(content: object) -> bytes:
    """Canonical CBOR: the same content always gives the same bytes."""
    return cbor2.dumps(content, canonical=True)


def unpack(data: bytes) -> Any:
    """What one CBOR item says.

    Raises:
        VaultDamaged: where the bytes are no single CBOR item.
    """
    try:
        return cbor2.loads(data)
    except Exception:  # noqa: BLE001 - CBOR's tags reach into dates and patterns, each with errors of its own
        message = "a record cannot be read: its bytes are no CBOR"
        raise VaultDamaged(message, "check the vault, or fetch it from a backup") from None
