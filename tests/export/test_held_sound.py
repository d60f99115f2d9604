"""Sound is handed on in order and in blocks, and what is kept back is bounded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vigtool.export.held_sound import HeldSound, Sound
from whole_sound import noise

Laid = tuple[int, Sound]


def in_blocks(lays: Sequence[Laid], samples: int, block: int, most: int) -> list[Sound]:
    """What comes out, block by block."""
    held = HeldSound(samples, block=block, most=most)
    given: list[Sound] = []
    for place, sound in lays:
        held.lay(place, sound)
        given += held.beyond()
    return [*given, *held.rest()]


def as_a_whole(lays: Sequence[Laid], samples: int) -> Sound:
    track = np.zeros((2, samples), np.float32)
    for place, sound in lays:
        first, last = max(0, place), min(samples, place + sound.shape[1])
        if first < last:
            track[:, first:last] = sound[:, first - place : last - place]
    return track


def lays_of(draws: Sequence[tuple[int, int]]) -> list[Laid]:
    return [(place, noise(length, seed)) for seed, (place, length) in enumerate(draws)]


anywhere = st.lists(st.tuples(st.integers(-50, 250), st.integers(0, 60)), max_size=12)
onwards = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 60)), max_size=12)


@given(anywhere, st.integers(0, 200), st.integers(1, 40))
def test_as_long_as_all_is_kept_any_order_gives_the_same(
    draws: list[tuple[int, int]], samples: int, block: int
) -> None:
    lays = lays_of(draws)
    out = in_blocks(lays, samples, block, most=samples)
    assert sum(piece.shape[1] for piece in out) == samples
    assert all(piece.shape[1] <= block for piece in out)
    assert np.array_equal(np.concatenate([np.zeros((2, 0)), *out], axis=1), as_a_whole(lays, samples))


@given(onwards, st.integers(0, 600), st.integers(1, 40), st.integers(1, 3))
def test_sound_that_goes_onwards_is_the_same_however_little_is_kept(
    draws: list[tuple[int, int]], samples: int, block: int, most: int
) -> None:
    place, onward = -20, []
    for gap, length in draws:
        place += gap
        onward.append((place, length))
        place += length
    lays = lays_of(onward)
    out = in_blocks(lays, samples, block, most)
    assert np.array_equal(np.concatenate([np.zeros((2, 0)), *out], axis=1), as_a_whole(lays, samples))


def test_a_clock_set_back_and_one_stray_timestamp_are_put_right_and_what_comes_too_late_is_left_out() -> None:
    sound = noise(1000)
    steps = [(n, sound[:, n : n + 10]) for n in range(0, 1000, 10)]
    stray = [*steps[:20], (900, sound[:, :10]), *steps[20:]]
    assert np.array_equal(np.concatenate(in_blocks(stray, 1000, 50, most=3), axis=1), sound)
    again = [*steps[:60], (480, -sound[:, 480:490]), *steps[60:]]
    assert np.array_equal(np.concatenate(in_blocks(again, 1000, 50, most=3), axis=1), as_a_whole(again, 1000))
    late = [*steps[:60], (100, -sound[:, 100:110]), *steps[60:]]
    assert np.array_equal(np.concatenate(in_blocks(late, 1000, 50, most=3), axis=1), sound)
