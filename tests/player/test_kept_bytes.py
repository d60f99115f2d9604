"""Peaks and strips come back from their bytes as they were; whatever else the bytes may be is refused."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import makers
from makers import Film
from vigtool.errors import Cancelled, FilmChanged
from vigtool.player import waveform
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.look import look_at
from vigtool.player.strip import Strip
from vigtool.player.thumbnails import make_strip
from vigtool.player.waveform import peaks

rows = st.integers(0, 50).flatmap(lambda count: arrays(np.int8, (count, 2)))
strips = st.builds(
    Strip,
    st.integers(1, 65_535),
    st.integers(1, 65_535),
    st.dictionaries(st.integers(0, 2**32 - 1), st.binary(max_size=30), max_size=8).map(
        lambda found: dict(sorted(found.items()))
    ),
)


@given(rows)
def test_peaks_come_back(found: waveform.Peaks) -> None:
    back = waveform.from_bytes(waveform.to_bytes(found))
    assert back.dtype == np.int8
    assert np.array_equal(back, found)


@given(strips)
def test_strips_come_back(strip: Strip) -> None:
    assert Strip.from_bytes(strip.to_bytes()) == strip


@settings(max_examples=60)
@given(rows, strips, st.data())
def test_bytes_that_were_changed_are_refused_or_mean_something(
    found: waveform.Peaks, strip: Strip, data: st.DataObject
) -> None:
    for whole, read in ((waveform.to_bytes(found), waveform.from_bytes), (strip.to_bytes(), Strip.from_bytes)):
        at = data.draw(st.integers(0, len(whole) - 1))
        changed = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
        for other in (changed, whole[:at], whole + b"\0"):
            try:
                read(other)
            except FilmChanged:
                continue
            assert other is changed, "shorter and longer ones are always refused"
        with pytest.raises(FilmChanged):
            read(whole[:8] + b"\x00\x02" + whole[10:])


def test_no_more_is_unpacked_than_was_said() -> None:
    bomb = b"vigpeaks\x00\x01\x00\x00\x00\x02" + zlib.compress(bytes(50_000_000), 9)
    with pytest.raises(FilmChanged):
        waveform.from_bytes(bomb)


def test_the_nearest_picture_is_found() -> None:
    strip = Strip(16, 9, {0: b"", 10: b"no picture", 30: b""})
    assert [strip.nearest(number) for number in (0, 4, 5, 6, 20, 21, 99)] == [0, 0, 0, 10, 10, 30, 30]
    assert Strip(16, 9, {}).nearest(3) is None
    assert strip.pixels(0) is strip.pixels(10) is None, "no picture lies in these bytes"
    assert strip.pixels(11) is None


def test_a_strip_shows_the_frames_that_it_names() -> None:
    opener = makers.opener(makers.make(Film(frames=240, gop=30)))
    index = look_at(opener).index
    given: list[ViewPicture] = []
    said: list[tuple[int, int]] = []
    strip = make_strip(opener, index, given.append, lambda *far: said.append(far))
    assert (strip.width, strip.height) == (160, 106)
    assert len(strip.numbers) == 4
    assert sorted(picture.number for picture in given) == strip.numbers
    assert said[-1] == (4, 4)
    kept = Strip.from_bytes(strip.to_bytes())
    for number in kept.numbers:
        pixels = kept.pixels(number)
        assert pixels is not None
        assert pixels.shape == (106, 160, 4)
        assert makers.read_number(np.ascontiguousarray(pixels[..., 2::-1])) == number
    with pytest.raises(Cancelled):
        make_strip(opener, index, cancelled=lambda: True)


def test_peaks_are_shown_while_they_are_made() -> None:
    opener = makers.opener(makers.make(Film(frames=100, sound=True)))
    index = look_at(opener).index
    parts: list[waveform.Peaks] = []
    whole = peaks(opener, index, show=parts.append)
    assert 3 <= len(parts) <= 25
    assert [len(part) for part in parts] == sorted(len(part) for part in parts)
    for part in parts:
        assert np.array_equal(part, whole[: len(part)])
