"""Films spoilt in every way that chance, a bad card or an enemy may spoil them; each is a pure function of its seed.

Some blows fall anywhere. Others know how a film is built and keep it together, so that they are not refused at the
door but reach the decoders: boxes of MP4 and elements of Matroska get other sizes, packets are changed inside while
their lengths stay, the streams' headers (sizes of pictures, tables of codes) are changed bit by bit.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final

import av
import numpy as np

import makers
from makers import Film

Dice = np.random.Generator

os.environ.setdefault("SVT_LOG", "0")  # the encoder of AV1 is talkative

_SIZE: Final = (128, 96)

SOURCES: Final[dict[str, Film]] = {
    "H.264 in MP4": Film(size=_SIZE, frames=48, sound=True, bframes=3),
    "H.265 in MP4": Film(codec="libx265", size=_SIZE, frames=36, open_gop=True),
    "H.265 10 bit in MOV": Film(codec="libx265", container="mov", pixel_format="yuv420p10le", size=_SIZE, frames=30),
    "MPEG-4 in MP4": Film(codec="mpeg4", size=_SIZE, frames=48, sound=True),
    "VP9 in WebM": Film(codec="libvpx-vp9", container="webm", size=_SIZE, frames=30, sound=True),
    "AV1 in Matroska": Film(codec="libsvtav1", container="matroska", size=_SIZE, frames=24, bframes=0),
    "MPEG-2 in TS": Film(codec="mpeg2video", container="mpegts", size=_SIZE, frames=48, sound=True),
    "H.264 in TS": Film(container="mpegts", size=_SIZE, frames=48, sound=True, open_gop=True),
    "Motion JPEG in AVI": Film(
        codec="mjpeg", container="avi", pixel_format="yuvj420p", size=_SIZE, frames=36, sound=True
    ),
    "ProRes in MOV": Film(codec="prores_ks", container="mov", pixel_format="yuv422p10le", size=_SIZE, frames=12),
    "H.264 with cuts": Film(size=_SIZE, frames=48, rate=Fraction(30), gop=24),
}

_EXTREMES: Final = (0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF)
_BOXES: Final = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"udta", b"dinf", b"moof", b"traf"))


@dataclass(frozen=True, slots=True)
class Source:
    """A whole film and what is known of its inside.

    Attributes:
        data: its bytes.
        packets: where each packet of pictures lies, (begin, end); none where packets lie in pieces.
        headers: where the streams' own headers lie, (begin, end).
    """

    data: bytes
    packets: tuple[tuple[int, int], ...]
    headers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A film that was spoilt.

    Attributes:
        name: of the source.
        blows: what was done to it.
        data: what came of it.
    """

    name: str
    blows: tuple[str, ...]
    data: bytes


@cache
def source(name: str) -> Source:
    """The whole film of that name."""
    data = makers.make(SOURCES[name])
    if name == "H.264 with cuts":
        data = makers.cut_by_edit_list(data, 10)
    packets, headers = [], []
    with av.open(io.BytesIO(data), "r") as container:
        for stream in container.streams:
            header = stream.codec_context.extradata or b""
            found = data.find(header)
            if header and found >= 0:
                headers.append((found, found + len(header)))
        for packet in container.demux():
            raw = bytes(packet)
            place = data.find(raw, max(0, packet.pos or 0)) if raw else -1
            if place >= 0 and container.format.name != "mpegts":
                packets.append((place, place + len(raw)))
    return Source(data, tuple(packets), tuple(headers))


def spoilt(seed: int) -> Spoilt:
    """Film number `seed`: one of the sources, with one to three blows."""
    dice = np.random.default_rng([2026, seed])
    name = list(SOURCES)[seed % len(SOURCES)]
    whole = source(name)
    count = int(dice.choice([1, 1, 1, 2, 3]))
    data, done = whole.data, []
    for _ in range(count):
        blow = list(BLOWS)[int(dice.integers(len(BLOWS)))]
        data = BLOWS[blow](data, whole, dice)
        done.append(blow)
    return Spoilt(name, tuple(done), data)


def _flip(data: bytes, _whole: Source, dice: Dice) -> bytes:
    """Single bits anywhere."""
    return _flipped(data, 0, len(data), int(dice.integers(1, 200)), dice)


def _flip_ends(data: bytes, _whole: Source, dice: Dice) -> bytes:
    """Single bits where containers have their tables: at the beginning or at the end."""
    part = max(16, len(data) // 12)
    begin = 0 if dice.integers(2) else max(0, len(data) - part)
    return _flipped(data, begin, min(len(data), begin + part), int(dice.integers(1, 20)), dice)


def _flip_headers(data: bytes, whole: Source, dice: Dice) -> bytes:
    """Bits of a stream's own header: the size of its pictures, its tables of codes."""
    if not whole.headers:
        return _flip_ends(data, whole, dice)
    begin, end = whole.headers[int(dice.integers(len(whole.headers)))]
    return _flipped(data, begin, min(end, len(data)), int(dice.integers(1, 6)), dice)


def _flip_payload(data: bytes, whole: Source, dice: Dice) -> bytes:
    """Bits inside packets, behind their inner lengths: what a decoder sees of a film that looks whole."""
    for _ in range(int(dice.integers(1, 8))):
        begin, end = _packet(data, whole, dice)
        most = end if dice.integers(2) else min(end, begin + 48)
        data = _flipped(data, min(begin + 5, end), most, int(dice.integers(1, 24)), dice)
    return data


def _noise(data: bytes, whole: Source, dice: Dice) -> bytes:
    """A packet's inside replaced by noise."""
    begin, end = _packet(data, whole, dice)
    begin = min(begin + int(dice.integers(5, 16)), end)
    return data[:begin] + dice.bytes(end - begin) + data[end:]


def _splice(data: bytes, whole: Source, dice: Dice) -> bytes:
    """The end of one packet in the place of another's."""
    first, second = _packet(data, whole, dice), _packet(data, whole, dice)
    length = min(first[1] - first[0], second[1] - second[0]) // 2
    return data[: first[1] - length] + data[second[1] - length : second[1]] + data[first[1] :]


def _swap(data: bytes, _whole: Source, dice: Dice) -> bytes:
    """Two stretches change places."""
    length = int(dice.integers(1, max(2, len(data) // 8)))
    first, second = sorted(int(place) for place in dice.integers(0, max(1, len(data) - 2 * length), 2))
    second += length
    ends = first + length, second + length
    return data[:first] + data[second : ends[1]] + data[ends[0] : second] + data[first : ends[0]] + data[ends[1] :]


def _cut_end(data: bytes, _whole: Source, dice: Dice) -> bytes:
    """The film is cut short."""
    return data[: int(dice.integers(1, len(data) + 1))]


def _cut_out(data: bytes, _whole: Source, dice: Dice) -> bytes:
    """A piece is missing."""
    begin = int(dice.integers(len(data)))
    return data[:begin] + data[begin + int(dice.integers(1, max(2, len(data) // 4))) :]


def _zero(data: bytes, _whole: Source, dice: Dice) -> bytes:
    """A stretch of zeros: what a bad card gives for a sector."""
    begin = int(dice.integers(len(data)))
    length = min(int(dice.choice([1, 16, 512, 4096, 32_768])), len(data) - begin)
    return data[:begin] + bytes(length) + data[begin + length :]


def _repeat(data: bytes, _whole: Source, dice: Dice) -> bytes:
    """A stretch stands there twice."""
    begin = int(dice.integers(len(data)))
    end = begin + int(dice.integers(1, max(2, len(data) // 6)))
    return data[:end] + data[begin:]


def _extreme(data: bytes, whole: Source, dice: Dice) -> bytes:
    """Numbers of the tables become the largest, the smallest, or none."""
    changed = bytearray(data)
    places = _table_places(data, whole)
    for _ in range(int(dice.integers(1, 5))):
        place = places[int(dice.integers(len(places)))]
        width = int(dice.choice([1, 2, 4, 4, 4, 8]))
        value = int(_EXTREMES[int(dice.integers(len(_EXTREMES)))]) & ((1 << 8 * width) - 1)
        order: str = "<" if data[:4] == b"RIFF" else ">"
        raw = struct.pack(order + {1: "B", 2: "H", 4: "I", 8: "Q"}[width], value)
        changed[place : place + width] = raw
    return bytes(changed[: len(data)])


def _resize(data: bytes, whole: Source, dice: Dice) -> bytes:
    """A box, an element or a chunk says that it is larger or smaller than it is."""
    places = _sizes(data)
    if not places:
        return _extreme(data, whole, dice)
    place, width = places[int(dice.integers(len(places)))]
    little = data[:4] == b"RIFF"
    old = int.from_bytes(data[place : place + width], "little" if little else "big")
    near = (0, 1, 7, 8, 9, old - 1, old + 1, old // 2, 2 * old, old + 4096, (1 << 31) - 1, 1 << 31, (1 << 32) - 1)
    new = max(0, int(near[int(dice.integers(len(near)))])) & ((1 << 8 * width) - 1)
    return data[:place] + new.to_bytes(width, "little" if little else "big") + data[place + width :]


def _retype(data: bytes, whole: Source, dice: Dice) -> bytes:
    """Two boxes exchange their names, or one of them stands there twice."""
    places = [place for place, width in _sizes(data) if width == 4]
    if len(places) < 2 or data[:4] == b"RIFF":
        return _swap(data, whole, dice)
    first, second = (places[int(place)] for place in dice.integers(0, len(places), 2))
    if dice.integers(2):
        length = min(int.from_bytes(data[first : first + 4], "big"), len(data) - first)
        return data[:second] + data[first : first + length] + data[second:]
    changed = bytearray(data)
    changed[first + 4 : first + 8], changed[second + 4 : second + 8] = (
        data[second + 4 : second + 8],
        data[first + 4 : first + 8],
    )
    return bytes(changed)


BLOWS: Final[dict[str, Callable[[bytes, Source, Dice], bytes]]] = {
    "bits flipped": _flip,
    "bits of the tables flipped": _flip_ends,
    "bits of a stream's header flipped": _flip_headers,
    "bits inside packets flipped": _flip_payload,
    "noise in a packet": _noise,
    "packets spliced": _splice,
    "stretches swapped": _swap,
    "cut short": _cut_end,
    "a piece missing": _cut_out,
    "a stretch of zeros": _zero,
    "a stretch twice": _repeat,
    "extreme numbers": _extreme,
    "a box resized": _resize,
    "boxes exchanged": _retype,
}


def _flipped(data: bytes, begin: int, end: int, count: int, dice: Dice) -> bytes:
    """So many single bits between two places."""
    if begin >= min(end, len(data)):
        return data
    changed = bytearray(data)
    for place in dice.integers(begin, min(end, len(data)), count):
        changed[place] ^= 1 << int(dice.integers(8))
    return bytes(changed)


def _packet(data: bytes, whole: Source, dice: Dice) -> tuple[int, int]:
    """Where a packet lies, the first ones more often; of a transport stream the inside of one of its small packets."""
    if whole.packets:
        place = int(dice.integers(len(whole.packets))) if dice.integers(3) else 0
        begin, end = whole.packets[place]
        return min(begin, len(data)), min(end, len(data))
    begin = 188 * int(dice.integers(max(1, len(data) // 188))) + 12
    return min(begin, len(data)), min(begin + 176, len(data))


def _table_places(data: bytes, whole: Source) -> range:
    """Where the tables of a container are: before the first packet or after the last one."""
    begin = min((packet[0] for packet in whole.packets), default=len(data) // 10)
    end = max((packet[1] for packet in whole.packets), default=0)
    return range(end, max(end + 1, len(data) - 8)) if len(data) - end > begin else range(max(1, begin - 8))


def _sizes(data: bytes) -> list[tuple[int, int]]:
    """Where the sizes of boxes (MP4), elements (Matroska, the low bytes) or chunks (AVI) stand, and their widths."""
    if data[:4] == b"\x1aE\xdf\xa3":
        return _element_sizes(data)
    if data[:4] == b"RIFF":
        names = (b"LIST", b"hdrl", b"avih", b"strh", b"strf", b"movi", b"idx1", b"00dc", b"01wb")
        found = ((data.find(name), 4) for name in names)
        return [(place + 4, width) for place, width in found if place >= 0]
    return _box_sizes(data, 0, len(data)) if data[4:8] == b"ftyp" else []


def _box_sizes(data: bytes, begin: int, end: int) -> list[tuple[int, int]]:
    """Of ISO/IEC 14496-12: each box is u32 size, four letters, and perhaps boxes."""
    found = []
    while begin + 8 <= end:
        size = int.from_bytes(data[begin : begin + 4], "big")
        found.append((begin, 4))
        if size < 8:
            break
        if data[begin + 4 : begin + 8] in _BOXES:
            found += _box_sizes(data, begin + 8, min(end, begin + size))
        begin += size
    return found


def _element_sizes(data: bytes) -> list[tuple[int, int]]:
    """Of RFC 8794: after an element's name comes its size, whose first byte tells by its zeros how long it is."""
    names = ("18538067", "1549A966", "1654AE6B", "AE", "1F43B675", "A3", "1C53BB6B", "E0", "63A2", "E7")
    found = []
    for name in map(bytes.fromhex, names):
        place = data.find(name)
        if 0 <= place < len(data) - len(name) - 1:
            first = data[place + len(name)]
            length = 9 - first.bit_length() if first else 8
            found.append((place + len(name), length))
    return found
