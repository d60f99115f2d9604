"""An MP4 of one stream of H.264 pictures, written straight through: it never goes back, and holds only its tables.

The boxes are those of ISO/IEC 14496-12 and, for what describes the pictures, 14496-15: `ftyp`, one `mdat` for each
group of pictures, and `moov` at the end. Pictures are shown in the order in which they are decoded, so that a picture's
time is the sum of the lengths before it and where the film begins. A film that begins late has an empty edit before
it; one that begins before zero has all of its pictures composed that much earlier. Dates are zero, and no name, place
or program is written.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import BinaryIO, Final

MOST_TIMESCALE: Final = 2**31 - 1
MOST_LENGTH: Final = 2**31 - 1
"""What a reader may take for the ticks of a second, and of one picture, without seeing a negative number."""

_MATRIX: Final = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_BT709: Final = struct.pack(">4sHHHB", b"nclx", 1, 1, 1, 0)


def can_hold(time_base: Fraction, ticks: Sequence[int], end: int) -> bool:
    """Whether every one of these times can be written exactly.

    Args:
        time_base: seconds of a tick.
        ticks: when each picture begins, rising.
        end: when the last one ends.
    """
    lengths = [after - before for before, after in zip(ticks, [*ticks[1:], end], strict=True)]
    first = ticks[0] * time_base.numerator
    return (
        time_base.denominator <= MOST_TIMESCALE
        and max(lengths) * time_base.numerator <= MOST_LENGTH
        and first >= -MOST_LENGTH
    )


class PictureFile:
    """Writes one film. Pictures come in order; nothing is held of them but their sizes, and one group."""

    def __init__(self, out: BinaryIO, width: int, height: int, time_base: Fraction) -> None:
        """Write what stands in front.

        Args:
            out: where to; it is only ever written to, on and on.
            width: of the pictures, in pixels that are square.
            height: as well.
            time_base: seconds of a tick; the film's ticks are of its denominator.
        """
        self._out, self._width, self._height = out, width, height
        self._timescale, self._step = time_base.denominator, time_base.numerator
        self._at = 0
        self._group: list[bytes] = []
        self._sizes = array("L")
        self._ticks = array("q")
        self._groups: list[tuple[int, int]] = []  # byte at which one begins, pictures in it
        self._write(_box(b"ftyp", b"isom", struct.pack(">I", 0x200), b"isomiso2avc1mp41"))

    def add(self, tick: int, data: bytes, *, key: bool) -> None:
        """One picture, shown from `tick` on; its units are each preceded by their length.

        Raises:
            ValueError: where the film does not begin with a picture from which decoding can begin.
        """
        if not key and not self._group:
            message = "a film begins with a key picture"
            raise ValueError(message)
        if key:
            self._end_group()
        self._group.append(data)
        self._sizes.append(len(data))
        self._ticks.append(tick * self._step)

    def finish(self, end: int, description: bytes) -> None:
        """Write the tables.

        Args:
            end: the tick at which the last picture ends.
            description: the decoder's configuration (`avcC`).
        """
        self._end_group()
        length = end * self._step - self._ticks[0]
        times = self._times(end * self._step)
        edits = _edits(self._ticks[0], length) if self._ticks[0] > 0 else b""
        track = _box(
            b"trak",
            _full(b"tkhd", 1, 3, struct.pack(">QQIIQ", 0, 0, 1, 0, length), bytes(16), _MATRIX, self._sides()),
            edits,
            _box(
                b"mdia",
                _full(b"mdhd", 1, 0, struct.pack(">QQIQHH", 0, 0, self._timescale, length, 0x55C4, 0)),
                _full(b"hdlr", 0, 0, bytes(4), b"vide", bytes(13)),
                _box(
                    b"minf",
                    _full(b"vmhd", 0, 1, bytes(8)),
                    _box(b"dinf", _full(b"dref", 0, 0, struct.pack(">I", 1), _full(b"url ", 0, 1))),
                    _box(b"stbl", self._description(description), times, *self._places()),
                ),
            ),
        )
        head = struct.pack(">QQIQIH10x", 0, 0, self._timescale, max(0, self._ticks[0]) + length, 0x10000, 0x100)
        self._write(_box(b"moov", _full(b"mvhd", 1, 0, head, _MATRIX, bytes(24), struct.pack(">I", 2)), track))

    def _end_group(self) -> None:
        if self._group:
            self._groups.append((self._at + 8, len(self._group)))
            self._write(_box(b"mdat", *self._group))
            self._group = []

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._at += len(data)

    def _sides(self) -> bytes:
        return struct.pack(">II", self._width << 16, self._height << 16)

    def _description(self, configuration: bytes) -> bytes:
        """`stsd`: what the pictures are."""
        entry = _box(
            b"avc1",
            struct.pack(">6xH16xHHIIIH32xHh", 1, self._width, self._height, 72 << 16, 72 << 16, 0, 1, 24, -1),
            _box(b"avcC", configuration),
            _box(b"colr", _BT709),
        )
        return _full(b"stsd", 0, 0, struct.pack(">I", 1), entry)

    def _times(self, end: int) -> bytes:
        """`stts`, how long each picture is shown, and where the film begins before zero `ctts`."""
        ticks = self._ticks.tolist()
        lengths = (after - before for before, after in zip(ticks, [*ticks[1:], end], strict=True))
        table = _full(b"stts", 0, 0, _rows(">II", _runs(lengths)))
        if ticks[0] < 0:
            table += _full(b"ctts", 1, 0, _rows(">Ii", [(len(ticks), ticks[0])]))
        return table

    def _places(self) -> Iterable[bytes]:
        """Which pictures are keys, how large each is, and where each group lies: `stss`, `stsz`, `stsc`, `co64`."""
        counts = [count for _, count in self._groups]
        firsts = [1 + sum_ for sum_ in _sums_before(counts)]
        yield _full(b"stss", 0, 0, _rows(">I", [(first,) for first in firsts]))
        yield _full(b"stsz", 0, 0, struct.pack(">I", 0), _rows(">I", [(size,) for size in self._sizes]))
        chunk, chunks = 1, []
        for run, count in _runs(counts):
            chunks.append((chunk, count, 1))
            chunk += run
        yield _full(b"stsc", 0, 0, _rows(">III", chunks))
        yield _full(b"co64", 0, 0, _rows(">Q", [(at,) for at, _ in self._groups]))


def _edits(start: int, length: int) -> bytes:
    """An empty stretch before the film, then all of it, both in ticks."""
    rows = [(start, -1, 1, 0), (length, 0, 1, 0)]
    return _box(b"edts", _full(b"elst", 1, 0, _rows(">Qqhh", rows)))


def _runs(values: Iterable[int]) -> list[tuple[int, int]]:
    """How often each value stands one after the other, and the value."""
    return [(sum(1 for _ in same), value) for value, same in groupby(values)]


def _sums_before(values: Iterable[int]) -> list[int]:
    sums, total = [], 0
    for value in values:
        sums.append(total)
        total += value
    return sums


def _rows(shape: str, rows: Sequence[tuple[int, ...]]) -> bytes:
    """A table: how many rows, and the rows."""
    return struct.pack(">I", len(rows)) + b"".join(struct.pack(shape, *row) for row in rows)


def _box(kind: bytes, *parts: bytes) -> bytes:
    return struct.pack(">I4s", 8 + sum(len(part) for part in parts), kind) + b"".join(parts)


def _full(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *parts)
