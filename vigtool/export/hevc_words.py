"""What an H.265 film says in its decoder's configuration: units of kind SEI, turned into filler of the same length.

The box `hvcC` (ISO/IEC 14496-15, 8.3.3.1) holds, behind 22 bytes, the number of its arrays; of each one byte whose
lowest six bits are the kind of its units, how many there are (u16), and each unit behind its length (u16). A unit
begins with two bytes of its own. Filler is a message of type 3: its length, that many FF, and the closing 80 (ITU-T
H.265, 7.3.5 and D.2.4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_KINDS = (39, 40)
_HEAD, _UNIT_HEAD = 22, 2
_FILLER, _END = 3, 0x80


def words_in(configuration: bytes) -> Iterator[tuple[int, int]]:
    """Where in the box's content something is said: the place and the length of each message, without its unit's head.

    Raises:
        struct.error, IndexError: its lengths do not fit into each other.
    """
    place = _HEAD + 1
    for _ in range(configuration[_HEAD]):
        kind, count = struct.unpack_from(">BH", configuration, place)
        place += 3
        for _ in range(count):
            (length,) = struct.unpack_from(">H", configuration, place)
            place += 2
            if kind & 0x3F in _KINDS:
                yield place + _UNIT_HEAD, length - _UNIT_HEAD
            place += length


def filler(length: int) -> bytes:
    """A message of exactly so many bytes that says nothing; zeros fill what no filler can be that long for."""
    for size in range(max(length - 3, 0), -1, -1):
        message = bytes([_FILLER, *[0xFF] * (size // 255), size % 255]) + b"\xff" * size + bytes([_END])
        if len(message) <= length:
            return message.ljust(length, b"\0")
    return bytes([_END]).ljust(length, b"\0")[:length]


def says_something(configuration: bytes) -> bool:
    """Whether any of its messages is more than filler."""
    return any(configuration[place : place + length] != filler(length) for place, length in words_in(configuration))
