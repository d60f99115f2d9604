"""Whether a film was cut short: told by the lengths that its container states of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from vigtool.player.footage import Opener, film_size
from vigtool.player.problems import Problem

_MOST_BOXES: Final = 1_000_000
_BOXES: Final = (b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"mfra", b"free", b"skip", b"wide", b"uuid")
_SYNC: Final = 0x47
_SEGMENT: Final = b"\x18\x53\x80\x67"
_UNKNOWN_SIZES: Final = (0, 0xFFFFFFFF)


def is_cut(opener: Opener, kind: str) -> bool:
    """Whether a film is shorter than it says itself. Where a container says nothing of it, it counts as whole.

    Args:
        opener: of the film.
        kind: short name of its container.

    Raises:
        FilmMissing: where its bytes cannot be read.
    """
    with opener() as source:
        try:
            return _is_cut(source, kind)
        except (OSError, ValueError) as problem:
            raise Problem.MISSING.error() from problem


def _is_cut(source: BinaryIO, kind: str) -> bool:
    size = film_size(source)
    if kind == "mov":
        return any(place + length > size for place, length in _boxes(source, size))
    if kind == "mpegts":
        return _packets_cut(source, size)
    ends = {"matroska": _segment_end, "avi": _riff_end}
    return kind in ends and ends[kind](source) > size


def _boxes(source: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Place and length of each box of the outermost level (ISO/IEC 14496-12, 4.2)."""
    place = 0
    for _ in range(_MOST_BOXES):
        source.seek(place)
        head = source.read(16)
        if len(head) < 8 or head[4:8] not in _BOXES:
            return
        length = int.from_bytes(head[:4], "big")
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        if length == 0:  # to the end, whatever that is
            return
        if length < 8:
            return
        yield place, length
        place += length
        if place >= size:
            return


def _segment_end(source: BinaryIO) -> int:
    """Where the segment of a Matroska film ends (RFC 9559; lengths: RFC 8794, 4); 0 where that is unknown."""
    source.seek(4)
    length, width = _length(source.read(8))
    place = 4 + width + (length or 0)
    source.seek(place)
    head = source.read(12)
    if head[:4] != _SEGMENT:
        return 0
    length, width = _length(head[4:])
    return 0 if length is None else place + 4 + width + length


def _length(data: bytes) -> tuple[int | None, int]:
    """A length of EBML and how many bytes it takes; none where it is left open."""
    if not data or not data[0]:
        return None, 8
    width = 9 - data[0].bit_length()
    value = int.from_bytes(data[:width], "big") & ((1 << 7 * width) - 1)
    return None if value == (1 << 7 * width) - 1 else value, width


def _riff_end(source: BinaryIO) -> int:
    """Where the first part of an AVI ends; 0 where that was never written."""
    source.seek(0)
    head = source.read(8)
    length = int.from_bytes(head[4:], "little")
    return 0 if head[:4] != b"RIFF" or length in _UNKNOWN_SIZES else length + 8


def _packets_cut(source: BinaryIO, size: int) -> bool:
    """Whether a transport stream ends within a packet: they are 188 bytes long, with a camera's clock before it 192."""
    source.seek(0)
    head = source.read(4 + 192 + 1)
    for length, first in ((188, 0), (192, 4)):
        if len(head) > first + length and head[first] == head[first + length] == _SYNC:
            return size % length != 0
    return False
