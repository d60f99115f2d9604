"""Slower and faster sound: as long as it should be, in its place for ever, with its pitch, and whole at every cut."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makers
from vigtool.player.stretch import FASTEST, SLOWEST, Samples, stretched

RATE = 48_000
SPEEDS = [Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(9, 10), Fraction(3, 2), Fraction(2), Fraction(4)]


def in_blocks(samples: Samples, size: int) -> Iterator[Samples]:
    yield from (samples[place : place + size] for place in range(0, len(samples), size))


def at_speed(samples: Samples, speed: Fraction, size: int = 1024) -> Samples:
    return np.concatenate([*stretched(in_blocks(samples, size), RATE, speed), np.zeros((0, 2), np.int16)])


def tone(seconds: float, pitch: float) -> Samples:
    wave = (np.sin(2 * np.pi * pitch * np.arange(int(seconds * RATE)) / RATE) * 12_000).astype(np.int16)
    return np.stack([wave, wave // 2], axis=1)


@given(st.integers(0, 30_000), st.sampled_from(SPEEDS), st.integers(100, 5000))
@settings(max_examples=15, deadline=None)
def test_it_is_as_long_as_it_should_be_however_it_comes(count: int, speed: Fraction, size: int) -> None:
    samples = tone(1, 300)[:count]
    made = at_speed(samples, speed, size)
    assert len(made) == round(count / speed)
    assert np.array_equal(made, at_speed(samples, speed, 4800))


@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("pitch", [110, 300, 1000, 2500])
def test_pitch_and_loudness_stay(speed: Fraction, pitch: int) -> None:
    made = at_speed(tone(1.5 * float(max(speed, Fraction(1, 3))), pitch), speed)
    for channel, loud in ((0, 12_000), (1, 6_000)):
        middle = made[RATE // 4 : RATE // 4 + 24_000, channel].astype(float)
        wave = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
        assert abs(int(wave.argmax()) * RATE / len(middle) - pitch) < pitch * 0.02 + 3
        assert abs(middle).max() == pytest.approx(loud, rel=0.12)


@pytest.mark.parametrize("speed", [Fraction(1, 2), Fraction(2)])
def test_nothing_drifts(speed: Fraction) -> None:
    samples = np.tile(makers.sound_of(1, Fraction(0), 2).T, (24, 1))
    found = np.array(makers.bursts(at_speed(samples, speed))) * float(speed)
    assert len(found) == 24
    assert abs(found - np.arange(24)).max() < 0.016
    assert abs((found - np.arange(24))[14:].mean() - (found - np.arange(24))[1:11].mean()) < 0.004


@pytest.mark.parametrize("speed", [speed for speed in SPEEDS if speed < 1])
def test_what_is_slowed_has_no_jumps(speed: Fraction) -> None:
    made = at_speed(tone(0.5, 200), speed)[:, 0].astype(int)
    steepest = 12_000 * 2 * np.pi * 200 / RATE
    assert max(abs(after - before) for before, after in pairwise(made[: 2 * RATE].tolist())) < 1.6 * steepest


def test_silence_is_silence_and_its_own_speed_touches_nothing() -> None:
    assert not at_speed(np.zeros((5000, 2), np.int16), Fraction(1, 3)).any()
    samples = tone(0.2, 440)
    assert np.array_equal(at_speed(samples, Fraction(1)), samples)


@pytest.mark.parametrize("speed", [SLOWEST / 2, FASTEST * 2, Fraction(-1)])
def test_other_speeds_are_refused(speed: Fraction) -> None:
    with pytest.raises(ValueError, match="speed"):
        next(stretched(iter([]), RATE, speed))
