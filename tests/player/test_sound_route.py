"""Sound along a route, sample by sample: nothing is missing, nothing twice, whatever the grid of the ticks."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import makers
from frames_in_memory import EVEN, index_of
from vigtool.player.frame_index import FrameIndex
from vigtool.player.look import look_at
from vigtool.player.route import Route, loop_of, only, whole
from vigtool.player.sound import RATE, SoundReader
from vigtool.player.sound_route import sound_along
from vigtool.player.stretch import Samples
from vigtool.timebase import Span


class Counting:
    """Sound whose samples say which they are, counted from the film's first tick: the lower and the upper 15 bits."""

    def __init__(self, index: FrameIndex) -> None:
        self._index = index
        self.runs: list[int] = []

    def run(self, tick: int) -> list[Samples]:
        self.runs.append(tick)
        count = round((self._index.end - tick) * self._index.time_base * RATE)
        numbers = np.arange(count) + round((tick - self._index.start) * self._index.time_base * RATE)
        both = np.stack([numbers & 0x7FFF, numbers >> 15], axis=1).astype(np.int16)
        return [both[place : place + 1024] for place in range(0, count, 1024)]


def heard(index: FrameIndex, route: Route, tick: int, count: int) -> tuple[np.ndarray, Counting]:
    reader = Counting(index)
    blocks, size, taken = sound_along(cast("SoundReader", reader), index, route, tick, Fraction(1)), 0, []
    while size < count:
        taken.append(next(blocks))
        size += len(taken[-1])
    both = np.concatenate(taken)[:count].astype(int)
    return both[:, 0] + (both[:, 1] << 15), reader


ODD = index_of([1001] * 90, start=77, base=Fraction(1, 30_000))
"""Frames that begin between two samples."""


@pytest.mark.parametrize("index", [EVEN, ODD], ids=["even", "odd"])
@given(first=st.integers(0, 80), frames=st.integers(1, 9), within=st.integers(0, 10**6))
def test_a_loop_has_no_sample_missing_and_none_twice(index: FrameIndex, first: int, frames: int, within: int) -> None:
    span = index.span(first, first + frames - 1)
    begin = span.start + within % span.length
    samples, reader = heard(index, Route((span,), endless=True), begin, 60_000)
    jumps = np.flatnonzero(np.diff(samples) != 1)
    laps = np.diff(jumps)
    length = span.length * index.time_base * RATE
    assert abs(laps - float(length)).max(initial=0) < 1  # whole laps, to the sample
    lead = (span.end - begin) * index.time_base * RATE
    exact = [float(lead + number * length) for number in range(len(jumps))]
    assert abs(jumps + 1 - exact).max(initial=0) <= 0.5  # the hundredth lap is where it should be
    low = (span.start - index.start) * index.time_base * RATE
    high = (span.end - index.start) * index.time_base * RATE
    assert abs(samples[jumps + 1] - float(low)).max(initial=0) <= 0.5
    assert abs(samples[jumps] + 1 - float(high)).max(initial=0) <= 1.5
    assert len(reader.runs) <= 2  # a short loop is read once


def test_marked_stretches_follow_each_other_and_then_it_is_silent() -> None:
    route = only(EVEN, [EVEN.span(40, 44), EVEN.span(0, 2), EVEN.span(80, 89)])
    assert route is not None
    samples, _ = heard(EVEN, route, EVEN.pts(1), 40_000)
    frame = RATE // 30
    expected = [*range(frame, 3 * frame), *range(40 * frame, 45 * frame), *range(80 * frame, 90 * frame)]
    assert samples[: len(expected)].tolist() == expected
    assert not samples[len(expected) :].any()


def test_the_whole_film_is_read_as_it_is() -> None:
    samples, reader = heard(EVEN, whole(EVEN), EVEN.pts(30), 3 * RATE)
    assert samples[: 2 * RATE].tolist() == list(range(RATE, 3 * RATE))
    assert reader.runs == [EVEN.pts(30)]


def test_a_long_loop_is_not_kept_in_memory() -> None:
    long = index_of([600] * 70)
    samples, reader = heard(long, Route((Span(0, 600 * 61),), endless=True), 600 * 60 + 300, RATE)
    assert samples[: RATE // 2 + 2].tolist() == [*range(60 * RATE + RATE // 2, 61 * RATE), 0, 1]
    assert reader.runs == [600 * 60 + 300, 0]


@pytest.mark.parametrize("rate", [Fraction(1, 10), Fraction(1, 2), Fraction(2)])
def test_a_loop_goes_round_in_its_time_at_every_speed(rate: Fraction) -> None:
    film = makers.Film(sound=True, frames=60)
    index = look_at(makers.opener(makers.make(film))).index
    route = loop_of(index, index.span(20, 39))  # 0.8 s to 1.6 s; the burst after 0.2 s
    assert route is not None
    with SoundReader(makers.opener(makers.make(film)), index) as reader:
        blocks = sound_along(reader, index, route, index.pts(20), rate)
        taken = np.concatenate(list(islice(blocks, int(26 / rate) + 20)))
    found = np.array(makers.bursts(taken)) * float(rate)
    assert len(found) > 2
    assert abs(found - 0.2 - 0.8 * np.arange(len(found))).max() < 0.02
