"""Fixed-width fields, for everything that is signed or bound to a seal.

What is bound must be read back in one way only. Every field here has a width that does not depend on its value, so two
different sets of fields can never give the same bytes, and nothing has to be escaped or counted. Each text begins with
a label of its own that ends in a zero byte: what was signed or sealed for one purpose is worth nothing for another.
"""

from __future__ import annotations

from functools import lru_cache

from vigtool.errors import SealBroken
from vigtool.ids import Id, is_id


@lru_cache(maxsize=1024)  # of the five ids of a row, four are those of the row before
def id_field(value: Id) -> bytes:
    """The 16 bytes of an identity.

    Raises:
        SealBroken: it has not the shape of an identity, which only damage to the clear columns can bring about.
    """
    if not is_id(value):
        raise SealBroken("a record names something that cannot be a name", "Run `vigtool vault verify`.")
    return bytes.fromhex(value)


def number_field(value: int, width: int) -> bytes:
    """A whole number in `width` bytes, the highest first.

    Raises:
        SealBroken: it is negative or does not fit; the columns that hold such numbers are wider than the fields.
    """
    if not 0 <= value < 1 << (8 * width):
        raise SealBroken("a record holds a number that it cannot have", "Run `vigtool vault verify`.")
    return value.to_bytes(width, "big")


def bytes_field(value: bytes, width: int) -> bytes:
    """Bytes that must be exactly `width` long.

    Raises:
        SealBroken: they are not.
    """
    if len(value) != width:
        raise SealBroken("a record holds a field of the wrong length", "Run `vigtool vault verify`.")
    return value
