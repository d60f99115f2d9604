"""Lags of sounds that are known: with other loudness, echoes and noise, and where nothing can be told."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from vigtool.player.correlation import PER_SECOND, best_lag, fine_lag, loudness

Floats = NDArray[np.float64]
RATE = 8000


def room(seed: int, seconds: int, *, times: Floats | None = None) -> Floats:
    """Sounds of many kinds at times that do not repeat, as samples at 8 kHz."""
    dice = np.random.default_rng(seed)
    samples = dice.normal(0, 20, seconds * RATE)
    starts = dice.uniform(0.5, seconds - 1.5, seconds * 2 // 3) if times is None else times
    for start in starts:
        length, pitch = int(dice.uniform(0.05, 0.6) * RATE), dice.uniform(200, 900)
        when = np.arange(length) / RATE
        fading = np.exp(-4 * when) * dice.uniform(500, 4000)
        at = int(start * RATE)
        voiced = np.sin(2 * np.pi * pitch * when + 3 * np.sin(2 * np.pi * 5 * when)) + dice.normal(0, 0.4, length)
        samples[at : at + length] += fading * voiced
    return samples


def elsewhere(heard: Floats, seed: int) -> Floats:
    """The same room from its other end: softer, with echoes, and another noise."""
    dice = np.random.default_rng(seed)
    echo = np.zeros(2400)
    echo[0] = 0.3
    places = dice.integers(40, 2400, 60)
    echo[places] += dice.normal(0, 0.1, 60) * np.exp(-places / 900)
    return np.convolve(heard, echo)[: len(heard)] + dice.normal(0, 60, len(heard))


def steps(samples: Floats) -> Floats:
    whole = len(samples) // 80 * 80
    return loudness((np.diff(samples[:whole], prepend=0) ** 2).reshape(-1, 80).mean(axis=1))


@pytest.mark.parametrize("seconds", [-37, -3, 0, 4, 55])
def test_the_same_room_heard_from_two_ends(seconds: int) -> None:
    heard = room(3, 150)
    far = elsewhere(heard, 4)
    first, second = heard[60 * RATE : 130 * RATE], far[(60 - seconds) * RATE : (130 - seconds) * RATE]
    lag = best_lag(steps(first), steps(second))
    assert lag is not None
    assert lag.steps == pytest.approx(seconds * PER_SECOND, abs=2)
    assert lag.confidence > 0.3


def test_a_short_film_within_a_long_one() -> None:
    heard = room(8, 400)
    lag = best_lag(steps(elsewhere(heard, 9)), steps(heard[251 * RATE : 281 * RATE]))
    assert lag is not None
    assert lag.steps == pytest.approx(-251 * PER_SECOND, abs=2)


@pytest.mark.parametrize("seed", range(6))
def test_of_two_rooms_nothing_can_be_told(seed: int) -> None:
    assert best_lag(steps(room(seed, 120)), steps(room(seed + 50, 90))) is None


def test_of_an_even_beat_nothing_can_be_told() -> None:
    beat = np.arange(1.0, 118.0, 1.0)
    first, second = room(1, 120, times=beat), room(1, 120, times=beat)
    assert best_lag(steps(first[: 90 * RATE]), steps(second[7 * RATE : 97 * RATE])) is None


@pytest.mark.parametrize("samples", [np.zeros(0), np.zeros(400), np.zeros(9000), np.full(9000, 7.0)])
def test_of_silence_nothing_can_be_told(samples: Floats) -> None:
    assert best_lag(loudness(samples), loudness(np.ones(9000))) is None


@pytest.mark.parametrize("samples", [-900, -1, 0, 1, 37, 1999])
def test_waves_are_laid_to_the_sample(samples: int) -> None:
    heard = room(5, 20)
    far = elsewhere(heard, 6)
    begin = 6 * RATE
    found = fine_lag(heard[begin : begin + 8 * RATE], far[begin - samples : begin - samples + 8 * RATE], RATE, 0.25)
    assert found is not None
    assert round(found * RATE) == samples


def test_waves_of_two_rooms_are_not_laid_at_all() -> None:
    assert fine_lag(room(1, 8), room(2, 8), RATE, 0.25) is None
    assert fine_lag(np.zeros(8000), np.zeros(8000), RATE, 0.25) is None
