"""The small pictures of a film as they are kept: JPEGs, each with the number of its frame.

The bytes of a strip, version 1: the 8 bytes `vigstrip`; u16 version; u16 width and u16 height of the pictures; u32 how
many there are; for each, in rising order, u32 number of its frame and u32 length of its picture; then the pictures.
Integers are big-endian.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, cast

import cv2
import numpy as np

from vigtool.errors import FilmChanged
from vigtool.player.conversion import Pixels

_MAGIC: Final = b"vigstrip"
_VERSION: Final = 1
_HEAD: Final = struct.Struct(">8sHHHI")
_ROW: Final = struct.Struct(">II")
_QUALITY: Final = 80
MOST_PICTURES: Final = 100_000


@dataclass(frozen=True, slots=True)
class Strip:
    """Small pictures of a film.

    Attributes:
        width: of each picture, in pixels.
        height: as well.
        pictures: JPEG files by the number of the frame that each shows, in rising order.
    """

    width: int
    height: int
    pictures: dict[int, bytes] = field(repr=False)

    @property
    def numbers(self) -> list[int]:
        """The frames of which there is a picture."""
        return list(self.pictures)

    def nearest(self, number: int) -> int | None:
        """The frame nearest to `number` of which there is a picture, if there is any; the earlier of two."""
        numbers = self.numbers
        at = bisect_left(numbers, number)
        return min(numbers[max(0, at - 1) : at + 1], key=lambda found: abs(found - number), default=None)

    def pixels(self, number: int) -> Pixels | None:
        """(height, width, 4) bytes, blue first, alpha 255, of the frame; none where its picture is not there."""
        found = self.pictures.get(number)
        picture = cv2.imdecode(np.frombuffer(found, np.uint8), cv2.IMREAD_COLOR) if found else None
        return None if picture is None else cast("Pixels", cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA))

    def to_bytes(self) -> bytes:
        """The strip as it is kept."""
        rows = b"".join(_ROW.pack(number, len(picture)) for number, picture in self.pictures.items())
        head = _HEAD.pack(_MAGIC, _VERSION, self.width, self.height, len(self.pictures))
        return head + rows + b"".join(self.pictures.values())

    @classmethod
    def from_bytes(cls, data: bytes) -> Strip:
        """The strip that `to_bytes` wrote.

        Raises:
            FilmChanged: where the bytes are no strip of a known version.
        """
        try:
            return _parse(data)
        except (struct.error, ValueError) as problem:
            message = "the kept small pictures of this film cannot be read"
            raise FilmChanged(message, "they are made anew while the film is open") from problem


def jpeg(bgra: Pixels) -> bytes:
    """A small picture, packed."""
    _, packed = cv2.imencode(".jpg", bgra[..., :3], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return packed.tobytes()


def _parse(data: bytes) -> Strip:
    """Read strictly."""
    magic, version, width, height, count = _HEAD.unpack_from(data)
    if (magic, version) != (_MAGIC, _VERSION) or count > MOST_PICTURES or not width or not height:
        raise ValueError
    rows = [_ROW.unpack_from(data, _HEAD.size + place * _ROW.size) for place in range(count)]
    if any(before >= after for (before, _), (after, _) in pairwise(rows)):
        raise ValueError
    at, pictures = _HEAD.size + count * _ROW.size, {}
    for number, length in rows:
        pictures[number] = data[at : at + length]
        at += length
    if at != len(data):
        raise ValueError
    return Strip(width, height, pictures)
