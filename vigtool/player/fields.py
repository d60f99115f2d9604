"""Telling second fields and gradual key pictures apart in H.264, without decoding.

Cameras that film interlaced store a frame as one packet or, where that is smaller, as two, one for each field. Only
the first of such two gives a picture. Which is which stands at the beginning of each slice (ITU-T H.264, 7.3.3); how
to read that, in the parameter sets (7.3.2.1, 7.3.2.2).

Some cameras never store a whole picture: a stripe of each picture is stored anew, and after a round of them all is.
Such a round begins where a message says in how many pictures it will be complete (recovery point, D.1.8).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_SLICE, _SLICE_IDR, _PARTITION, _SEI, _SPS, _PPS = 1, 5, 2, 6, 7, 8
_RECOVERY_POINT: Final = 6
_PICTURES: Final = (_SLICE, _PARTITION, _SLICE_IDR)
_HIGH: Final = (100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135)
_START: Final = b"\0\0\1"
_ENOUGH: Final = 24  # bytes of a slice in which what is read here stands


@dataclass(frozen=True, slots=True)
class _Sequence:
    """What a sequence parameter set says of how to read a slice."""

    frame_number_bits: int
    frames_only: bool
    planes_apart: bool


@dataclass(frozen=True, slots=True)
class _Field:
    """One field: of which frame, and whether the lower lines."""

    frame_number: int
    bottom: bool


class FieldReader:
    """Looks at the packets of one stream in the order in which they are decoded.

    Attributes:
        gradual: whether with the packet that was looked at last a round of stripes begins.
    """

    def __init__(self, header: bytes) -> None:
        """Begin.

        Args:
            header: the stream's own header: parameter sets, as MP4 (avcC) or as the packets have them.
        """
        self._sequences: dict[int, _Sequence] = {}
        self._used: dict[int, int] = {}  # picture parameter set: its sequence
        self._width = 0  # of the lengths before units; 0 where there are start codes instead
        self._open: _Field | None = None  # a first field that waits for its second
        self.gradual = False
        if header[:1] == b"\1" and len(header) > 6:
            self._width = (header[4] & 3) + 1
            self._read_avcc(header)
        else:
            for unit in _by_start_codes(header):
                self._learn(unit)

    def is_second(self, packet: bytes) -> bool:
        """Whether a packet is the second field of the frame that the packet before it began."""
        self.gradual = False
        for unit in _by_lengths(packet, self._width) if self._width else _by_start_codes(packet):
            if unit and unit[0] & 31 in _PICTURES:
                return self._pair(self._field(unit))
            self._learn(unit)
        return False

    def _pair(self, field: _Field | None) -> bool:
        """Whether a picture is the second field of the one that is open; whatever it is, it is looked at now."""
        before, self._open = self._open, field
        if before is None or field is None:
            return False
        if before.frame_number != field.frame_number or before.bottom == field.bottom:
            return False
        self._open = None
        return True

    def _field(self, unit: bytes) -> _Field | None:
        """The field a slice belongs to; none if it is of a whole frame, or cannot be told."""
        try:
            bits = _Bits(unit[1:_ENOUGH])
            bits.number()  # first_mb_in_slice
            bits.number()  # slice_type
            sequence = self._sequences.get(self._used.get(bits.number(), 0))
            if sequence is None or sequence.frames_only:
                return None
            bits.take(2 if sequence.planes_apart else 0)
            frame_number = bits.take(sequence.frame_number_bits)
            return _Field(frame_number, bool(bits.take(1))) if bits.take(1) else None
        except IndexError:
            return None

    def _learn(self, unit: bytes) -> None:
        """Keep what a parameter set says."""
        try:
            if unit and unit[0] & 31 == _SPS:
                number, sequence = _sequence(unit)
                self._sequences[number] = sequence
            elif unit and unit[0] & 31 == _PPS:
                bits = _Bits(unit[1:_ENOUGH])
                number = bits.number()
                self._used[number] = bits.number()
            elif unit and unit[0] & 31 == _SEI:
                self.gradual |= _recovers_later(unit)
        except IndexError:
            return

    def _read_avcc(self, header: bytes) -> None:
        """The parameter sets of an `avcC` box (ISO/IEC 14496-15, 5.3.3.1)."""
        place, left = 6, header[5] & 31
        for _ in range(2):
            while left and place + 2 <= len(header):
                length = int.from_bytes(header[place : place + 2], "big")
                self._learn(header[place + 2 : place + 2 + length])
                place, left = place + 2 + length, left - 1
            left = header[place] if place < len(header) else 0
            place += 1


class _Bits:
    """Bits of a unit, first bit first, without the bytes that keep start codes out of it."""

    def __init__(self, data: bytes) -> None:
        clean = data.replace(b"\0\0\3", b"\0\0")
        self._value = int.from_bytes(clean, "big")
        self._left = 8 * len(clean)

    def take(self, count: int) -> int:
        """So many bits as a number.

        Raises:
            IndexError: where there are not so many.
        """
        self._left -= count
        if self._left < 0:
            raise IndexError
        return self._value >> self._left & ((1 << count) - 1)

    def number(self) -> int:
        """An Exp-Golomb number (9.1).

        Raises:
            IndexError: where it is not whole.
        """
        zeros = 0
        while not self.take(1):
            zeros += 1
            if zeros > 32:
                raise IndexError
        return (1 << zeros) - 1 + self.take(zeros)


def _recovers_later(unit: bytes) -> bool:
    """Whether a unit of messages says that pictures are whole only some pictures later (7.3.2.3, D.1.8)."""
    place = 1
    while place + 2 < len(unit):
        kind, place = _summed(unit, place)
        length, place = _summed(unit, place)
        if kind == _RECOVERY_POINT:
            return _Bits(unit[place : place + _ENOUGH]).number() > 0
        place += length
    return False


def _summed(unit: bytes, place: int) -> tuple[int, int]:
    """A number written as a row of bytes that are added up, and the place after it."""
    value = 0
    while unit[place] == 255:
        value += 255
        place += 1
    return value + unit[place], place + 1


def _sequence(unit: bytes) -> tuple[int, _Sequence]:
    """Number and content of a sequence parameter set (7.3.2.1.1)."""
    bits = _Bits(unit[1:])
    profile = bits.take(8)
    bits.take(16)
    number = bits.number()
    planes_apart = _skip_high(bits) if profile in _HIGH else False
    frame_number_bits = bits.number() + 4
    kind = bits.number()  # pic_order_cnt_type
    if kind == 0:
        bits.number()
    elif kind == 1:
        bits.take(1)
        bits.number()
        bits.number()
        for _ in range(min(bits.number(), 255)):
            bits.number()
    bits.number()  # max_num_ref_frames
    bits.take(1)
    bits.number()  # width
    bits.number()  # height
    return number, _Sequence(frame_number_bits, bool(bits.take(1)), planes_apart)


def _skip_high(bits: _Bits) -> bool:
    """Pass what only the high profiles have; whether colour planes are stored apart."""
    chroma = bits.number()
    apart = bool(bits.take(1)) if chroma == 3 else False
    bits.number()
    bits.number()
    bits.take(1)
    if bits.take(1):  # seq_scaling_matrix_present_flag
        for place in range(12 if chroma == 3 else 8):
            if bits.take(1):
                _skip_scaling(bits, 16 if place < 6 else 64)
    return apart


def _skip_scaling(bits: _Bits, size: int) -> None:
    """Pass a scaling list (7.3.2.1.1.1)."""
    last = following = 8
    for _ in range(size):
        if following:
            code = bits.number()
            delta = (code + 1) // 2 if code % 2 else -(code // 2)
            following = (last + delta + 256) % 256
        last = following or last


def _by_start_codes(data: bytes) -> Iterator[bytes]:
    """Units that stand between start codes (Annex B)."""
    place = data.find(_START)
    while place >= 0:
        after = data.find(_START, place + 3)
        yield data[place + 3 : after if after >= 0 else len(data)]
        place = after


def _by_lengths(data: bytes, width: int) -> Iterator[bytes]:
    """Units that stand after their lengths."""
    place = 0
    while place + width < len(data):
        length = int.from_bytes(data[place : place + width], "big")
        yield data[place + width : place + width + length]
        place += width + length
