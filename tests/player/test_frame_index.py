"""An index by itself: numbers, ticks, spans, and the bytes it is kept as."""

from __future__ import annotations

import dataclasses
import json
import struct
import zlib
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.errors import FilmChanged, NoSuchFrame
from vigtool.player.frame_index import UNKNOWN, FrameIndex, KeyTable
from vigtool.player.picture import Picture
from vigtool.timebase import FrameNumber, Span

PICTURE = Picture(stream=1, codec="h264", stored_width=64, stored_height=48, rotation=90, mirrored=True)


def an_index(gaps: list[int], start: int = 0, *, keys: int = 1, named: bool = False, sized: bool = False) -> FrameIndex:
    shown = np.cumsum([start, *gaps[:-1]]).astype(np.int64)
    rows = np.unique(np.linspace(0, len(shown) - 1, keys).astype(np.int64))
    return FrameIndex(
        picture=PICTURE,
        format="mov",
        size=1234,
        time_base=Fraction(1, 600),
        shown=shown,
        end=int(shown[-1]) + gaps[-1],
        keys=KeyTable(pts=shown[rows], dts=np.full(len(rows), UNKNOWN), pos=rows * 100),
        reorder=40,
        fragile=sized,
        names=shown - 7 if named else None,
        sizes=np.arange(len(shown)).astype(np.uint16) if sized else None,
    )


indexes = st.builds(
    an_index,
    st.lists(st.integers(1, 10**7), min_size=1, max_size=60),
    st.integers(-(10**12), 10**12),
    keys=st.integers(1, 6),
    named=st.booleans(),
    sized=st.booleans(),
)


@given(indexes, st.data())
def test_the_frame_shown_at_a_tick_is_the_last_that_began(index: FrameIndex, data: st.DataObject) -> None:
    tick = data.draw(st.integers(index.start - 10, index.end + 10))
    began = [number for number in range(index.frames) if index.pts(number) <= tick]
    assert index.number_at(tick) == (began[-1] if began else 0)


@given(indexes)
def test_spans_of_frames_cover_the_film_without_gap_or_overlap(index: FrameIndex) -> None:
    spans = [index.span(number, number) for number in range(index.frames)]
    assert spans[0].start == index.start
    assert spans[-1].end == index.end
    assert all(before.end == after.start for before, after in pairwise(spans))
    assert index.span(0, index.frames - 1) == Span(index.start, index.end)


@given(indexes)
def test_it_comes_back_as_it_was_kept(index: FrameIndex) -> None:
    kept = FrameIndex.from_bytes(index.to_bytes())
    assert kept.fingerprint == index.fingerprint
    assert kept.picture == index.picture
    assert kept.fragile == index.fragile
    for name in ("shown", "names", "sizes"):
        assert np.array_equal(getattr(kept, name), getattr(index, name))
    for name in ("pts", "dts", "pos"):
        assert np.array_equal(getattr(kept.keys, name), getattr(index.keys, name))
    assert (kept.end, kept.reorder, kept.size, kept.format) == (index.end, index.reorder, index.size, index.format)


@given(indexes, st.data())
def test_spoilt_bytes_are_refused_or_mean_a_sound_index(index: FrameIndex, data: st.DataObject) -> None:
    kept = bytearray(index.to_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        kept[data.draw(st.integers(0, len(kept) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        found = FrameIndex.from_bytes(bytes(kept)[: data.draw(st.integers(0, len(kept)))])
    except FilmChanged:
        return
    assert found.frames > 0
    assert np.all(np.diff(found.shown) > 0)


def test_a_bomb_is_not_unpacked() -> None:
    index = an_index([10] * 5)
    kept = index.to_bytes()
    (length,) = struct.unpack_from(">I", kept, 10)
    bomb = kept[: 14 + length] + zlib.compress(bytes(200_000_000), 9)
    with pytest.raises(FilmChanged):
        FrameIndex.from_bytes(bomb)


def test_numbers_that_no_film_has_are_refused() -> None:
    kept = an_index([10] * 5).to_bytes()
    (length,) = struct.unpack_from(">I", kept, 10)
    head = json.loads(kept[14 : 14 + length])
    head["frames"] = 5_000_000_000
    said = json.dumps(head).encode()
    with pytest.raises(FilmChanged):
        FrameIndex.from_bytes(kept[:10] + struct.pack(">I", len(said)) + said + kept[14 + length :])


@pytest.mark.parametrize("point", [FrameNumber(5), FrameNumber(-1), Fraction(50, 600), Fraction(-1, 600)])
def test_a_place_outside_the_film_is_said_to_be(point: FrameNumber | Fraction) -> None:
    with pytest.raises(NoSuchFrame) as caught:
        an_index([10] * 5, start=6000).frame_at(point)
    assert "f0 to f4" in caught.value.hint


def test_seconds_count_from_the_first_frame() -> None:
    index = an_index([600, 300, 300], start=6000)
    assert [index.seconds(number) for number in range(3)] == [0, 1, Fraction(3, 2)]
    assert index.frame_at(Fraction(149, 100)) == 1
    assert index.duration == 2


def test_frames_out_of_order_make_no_index() -> None:
    sound = an_index([10, 10, 10])
    with pytest.raises(ValueError, match="order"):
        dataclasses.replace(sound, shown=np.array([0, 20, 10]))
    with pytest.raises(ValueError, match="order"):
        dataclasses.replace(sound, end=20)
    with pytest.raises(ValueError, match="has frames"):
        dataclasses.replace(sound, shown=np.array([], np.int64))


def test_two_indexes_are_one_exactly_if_marks_mean_the_same() -> None:
    index = an_index([10] * 5)
    assert index.fingerprint == dataclasses.replace(index, reorder=3).fingerprint
    assert index.fingerprint != dataclasses.replace(index, end=index.end + 1).fingerprint
    assert index.fingerprint != an_index([10, 10, 11, 9, 10]).fingerprint


def test_rounding_is_no_variation() -> None:
    milliseconds = an_index([33, 34, 33, 33, 34])
    assert not dataclasses.replace(milliseconds, time_base=Fraction(1, 1000)).vfr
    assert dataclasses.replace(an_index([33, 66, 33]), time_base=Fraction(1, 1000)).vfr
    assert not dataclasses.replace(an_index([3003, 3012, 3021]), time_base=Fraction(1, 90_000)).vfr
    assert not an_index([5]).vfr
