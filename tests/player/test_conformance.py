"""Every film of the table, every question: the frame with that number is what comes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

import makers
from film_table import FILMS
from vigtool.errors import FrameUnreadable
from vigtool.player import seeking
from vigtool.player.footage import Footage
from vigtool.player.frame import Frame
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at
from vigtool.timebase import FrameNumber


@cache
def indexed(name: str) -> tuple[bytes, FrameIndex]:
    data = makers.make(FILMS[name])
    return data, look_at(makers.opener(data)).index


@pytest.fixture(params=FILMS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def questions(index: FrameIndex, seed: int) -> list[int]:
    """First, last, both neighbours of key frames all over the film, ten at random; in random order."""
    dice = np.random.default_rng(seed)
    keys = np.searchsorted(index.shown, index.keys.pts)
    asked = {0, index.frames - 1, *dice.integers(0, index.frames, 10).tolist()}
    asked |= {int(key) + step for key in keys[:: 1 + len(keys) // 8] for step in (-1, 0, 1)}
    inside = [number for number in asked if 0 <= number < index.frames]
    return [int(number) for number in dice.permutation(inside)]


def wrong(data: bytes, index: FrameIndex, numbers: list[int]) -> list[tuple[int, int | str]]:
    """What was asked and what the pixels say, where these differ."""
    found: list[tuple[int, int | str]] = []
    with FrameReader(makers.opener(data), index) as reader:
        for number in numbers:
            frame = reader.get(number)
            said: int | str
            try:
                said = makers.read_number(frame.rgb())
            except ValueError as problem:
                said = str(problem)
            if (frame.number, frame.pts, said) != (number, index.pts(number), number):
                found.append((number, said))
    return found


def test_every_frame_has_its_time(name: str) -> None:
    film = FILMS[name]
    _, index = indexed(name)
    seconds = film.seconds()
    assert index.frames == len(seconds)
    assert [index.seconds(number) for number in range(index.frames)] == [moment - seconds[0] for moment in seconds]


def test_any_frame_in_any_order(name: str) -> None:
    data, index = indexed(name)
    assert not wrong(data, index, questions(index, 1))


def test_frames_by_time(name: str) -> None:
    """The frame shown at a moment is the last that began by then."""
    _, index = indexed(name)
    for number in range(0, index.frames, 7):
        begin = index.seconds(number)
        last = (index.after(number) - 1 - index.start) * index.time_base
        assert index.frame_at(begin) == number
        assert index.frame_at(last) == number
        assert index.frame_at((begin + last) / 2) == number
        assert index.frame_at(FrameNumber(number)) == number


def test_running_on_over_key_frames(name: str) -> None:
    data, index = indexed(name)
    first = index.frames // 3
    with FrameReader(makers.opener(data), index) as reader:
        seen = [(frame.number, makers.read_number(frame.rgb())) for frame in reader.run(first)]
    assert seen == [(number, number) for number in range(first, index.frames)]


def test_steps_over_key_frames_both_ways(name: str) -> None:
    data, index = indexed(name)
    key = int(np.searchsorted(index.shown, index.keys.pts[len(index.keys.pts) // 2]))
    around = [number for number in range(key - 4, key + 4) if 0 <= number < index.frames]
    assert not wrong(data, index, [*around, *reversed(around)])


def test_the_film_ends_when_its_last_frame_does(name: str) -> None:
    """Where frames come evenly that is certain; where they do not, containers keep it no better than their gaps."""
    film = FILMS[name]
    _, index = indexed(name)
    gaps = [Fraction(int(gap)) * film.base for gap in np.diff(film.ticks())] or [film.base]
    length = (index.end - index.pts(index.frames - 1)) * index.time_base
    assert min(gaps) - index.time_base <= length <= max(gaps) + index.time_base


def test_what_is_passed_on_the_way_is_right_too(name: str) -> None:
    """It is kept for stepping back; leading pictures that lack their group are not among it."""
    data, index = indexed(name)
    with FrameReader(makers.opener(data), index) as reader:
        for number in questions(index, 5)[:8]:
            passed: list[Frame] = []
            reader.get(number, passed.append)
            assert [frame.number for frame in passed] == sorted(frame.number for frame in passed)
            assert all(frame.number < number for frame in passed)
            assert [makers.read_number(frame.rgb()) for frame in passed] == [frame.number for frame in passed]


# Where a container's own map of its key frames is coarse, or a key frame shows nothing sound for a whole group.
COARSE = {"windows media": 4, "program stream": 4, "intra refresh": 4}


def test_a_group_and_a_retreat_are_enough(name: str) -> None:
    """A frame costs at most its group, the group before it, and what decoders hold back."""
    data, index = indexed(name)
    most = 0
    with FrameReader(makers.opener(data), index, threads=2) as reader:
        for number in questions(index, 2):
            before = reader.packets_decoded
            reader.get(number)
            most = max(most, reader.packets_decoded - before)
    assert most <= min(index.frames, COARSE.get(name, 2) * FILMS[name].gop + 12)


def test_an_index_survives_being_kept(name: str) -> None:
    data, index = indexed(name)
    kept = FrameIndex.from_bytes(index.to_bytes())
    assert kept.fingerprint == index.fingerprint
    assert kept.to_bytes() == index.to_bytes()
    assert not wrong(data, kept, questions(kept, 3)[:6])


def landing(frames: int) -> Callable[[Footage, FrameIndex, int], bool]:
    """A container that lands so many frames from where it was sent, on whatever packet is there."""

    def seek(footage: Footage, index: FrameIndex, row: int) -> bool:
        stream = footage.container.streams[index.picture.stream]
        tick = max(0, int(index.keys.dts[row]) + frames * index.usual)
        footage.container.seek(tick, stream=stream, any_frame=True, backward=True)
        return True

    return seek


@pytest.mark.parametrize("frames", [-5, -1, 1, 4, 30])
@pytest.mark.parametrize("codec", ["mpeg4", "mpeg2video"])
def test_a_container_that_lands_wrong_is_found_out(frames: int, codec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """These decoders make pictures of anything, also without the key frame that they need."""
    data = makers.make(makers.Film(codec=codec, container="avi", bframes=0))
    index = look_at(makers.opener(data)).index
    monkeypatch.setattr("vigtool.player.frame_reader.seek_to_key", landing(frames))
    passed: list[Frame] = []
    with FrameReader(makers.opener(data), index) as reader:
        for number in questions(index, 6):
            assert makers.read_number(reader.get(number, passed.append).rgb()) == number
    assert [makers.read_number(frame.rgb()) for frame in passed] == [frame.number for frame in passed]


def one_off(index: FrameIndex) -> FrameIndex:
    """An index that is off by one frame."""
    return dataclasses.replace(index, shown=np.append(index.shown[1:], index.end), end=index.end + 512)


def evenly(index: FrameIndex) -> FrameIndex:
    """An index by number times frame rate instead of timestamps."""
    spread = np.linspace(index.start, int(index.shown[-1]), index.frames).astype(np.int64)
    return dataclasses.replace(index, shown=spread)


@pytest.mark.parametrize("spoil", [one_off, evenly])
def test_the_questions_find_a_planted_fault(spoil: Callable[[FrameIndex], FrameIndex]) -> None:
    data, index = indexed("variable")
    spoilt = spoil(index)
    found = []
    with FrameReader(makers.opener(data), spoilt) as reader:
        for number in range(0, spoilt.frames - 1, 9):
            try:
                found.append(makers.read_number(reader.get(number).rgb()) == number)
            except FrameUnreadable:
                found.append(False)
    assert not all(found)


def test_program_streams_need_more_than_timestamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Just after a seek their timestamps are on the wrong pictures: without the packets' sizes frames are wrong."""
    monkeypatch.setattr(seeking, "_SPARE", 0)  # land where the container does by itself
    film = makers.Film(
        codec="mpeg2video", container="mpeg", size=(384, 256), bframes=0, options=(("qmin", "1"), ("qmax", "1"))
    )
    data = makers.make(film)
    index = look_at(makers.opener(data)).index
    assert index.sizes is not None
    trusting = dataclasses.replace(index, sizes=None)
    assert not wrong(data, index, questions(index, 0))
    assert wrong(data, trusting, questions(index, 0))
