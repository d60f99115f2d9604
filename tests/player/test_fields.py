"""Second fields are told apart by what stands in their slices."""

from __future__ import annotations

import io
from dataclasses import dataclass

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

import makers
from makers import Film
from vigtool.player.fields import FieldReader
from vigtool.player.look import look_at


class Writer:
    """Bits of a unit."""

    def __init__(self) -> None:
        self.bits = ""

    def put(self, value: int, count: int) -> Writer:
        self.bits += format(value, f"0{count}b") if count else ""
        return self

    def number(self, value: int) -> Writer:
        code = format(value + 1, "b")
        self.bits += "0" * (len(code) - 1) + code
        return self

    def unit(self, head: int) -> bytes:
        whole = self.bits + "1"
        whole += "0" * (-len(whole) % 8)
        raw = bytes(int(whole[place : place + 8], 2) for place in range(0, len(whole), 8))
        kept = bytearray()
        for byte in raw:
            if byte <= 3 and kept[-2:] == b"\0\0":
                kept.append(3)
            kept.append(byte)
        return bytes([head]) + bytes(kept)


@dataclass(frozen=True)
class Stream:
    """How slices of a stream are written."""

    profile: int
    number_bits: int
    order: int
    frames_only: bool
    matrices: bool

    def sequence(self) -> bytes:
        out = Writer().put(self.profile, 8).put(0, 8).put(40, 8).number(0)
        if self.profile == 100:
            out.number(1).number(0).number(0).put(0, 1).put(int(self.matrices), 1)
            for place in range(8 if self.matrices else 0):
                out.put(int(place in (0, 7)), 1)
                if place in (0, 7):
                    for step in range(16 if place < 6 else 64):
                        out.number(1 if step % 2 else 2)  # the list goes up and down by one
        out.number(self.number_bits - 4).number(self.order)
        if self.order == 0:
            out.number(4)
        elif self.order == 1:
            out.put(1, 1).number(3).number(6).number(2).number(1).number(5)
        out.number(4).put(0, 1).number(119).number(33).put(int(self.frames_only), 1).put(1, 1)
        return out.unit(0x67)

    def picture(self) -> bytes:
        return Writer().number(0).number(0).put(1, 1).unit(0x68)

    def slice(self, frame: int, field: int | None, *, key: bool) -> bytes:
        """`field` is 0 for upper lines, 1 for lower ones, none for a whole frame."""
        out = Writer().number(0).number(7).number(0).put(frame % (1 << self.number_bits), self.number_bits)
        if not self.frames_only:
            out.put(int(field is not None), 1)
            if field is not None:
                out.put(field, 1)
        return out.put(0x2A5A5, 18).unit(0x65 if key else 0x41) + b"\xaa" * 40


# The packets of a frame: whole, or its upper (0) and lower (1) lines.
KINDS: dict[str, list[int | None]] = {"frame": [None], "pair": [0, 1], "lower first": [1, 0], "alone": [0]}
streams = st.builds(
    Stream,
    st.sampled_from([77, 100]),
    st.integers(4, 16),
    st.sampled_from([0, 1, 2]),
    st.just(value=False),
    st.booleans(),
)


@given(streams, st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=30))
def test_any_mixture_of_frames_and_fields(stream: Stream, kinds: list[str]) -> None:
    reader = FieldReader(b"")
    told, expected = [], []
    for frame, kind in enumerate(kinds):
        for place, field in enumerate(KINDS[kind]):
            units = [stream.slice(frame, field, key=frame == 0 and not place)]
            if frame % 7 == 0 and not place:
                units = [b"\x09\xf0", stream.sequence(), stream.picture(), b"\x06\x05\x03abc\x80", *units]
            told.append(reader.is_second(b"".join(b"\0\0\0\1" + unit for unit in units)))
            expected.append(place == 1)
    assert told == expected


def test_parameter_sets_in_the_header_of_an_mp4() -> None:
    stream = Stream(100, 7, 0, frames_only=False, matrices=True)
    sequence, picture = stream.sequence(), stream.picture()
    header = b"\1\x64\0\x28\xff\xe1" + len(sequence).to_bytes(2, "big") + sequence
    header += b"\1" + len(picture).to_bytes(2, "big") + picture
    reader = FieldReader(header)
    told = []
    for frame in range(4):
        for field in (0, 1):
            unit = stream.slice(frame, field, key=False)
            told.append(reader.is_second(len(unit).to_bytes(4, "big") + unit))
    assert told == [False, True] * 4


@given(st.binary(max_size=200), st.lists(st.binary(max_size=120), max_size=6))
def test_nonsense_is_no_field_and_no_fault(header: bytes, packets: list[bytes]) -> None:
    reader = FieldReader(header)
    for packet in packets:
        reader.is_second(packet)
        reader.is_second(b"\0\0\1\x67" + packet)
        reader.is_second(b"\0\0\1\x41" + packet)


@pytest.mark.parametrize("container", ["mpegts", "mp4"])
def test_frames_of_interlaced_films_are_frames(container: str) -> None:
    data = makers.make(Film(container=container, options=(("x264-params", "tff=1"),)))
    with av.open(io.BytesIO(data), "r") as film:
        assert next(film.decode(video=0)).interlaced_frame
    assert look_at(makers.opener(data)).index.frames == 60
