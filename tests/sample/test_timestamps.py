"""The uneven clock of the sample film."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.sample.film import film_truth
from vigtool.sample.timestamps import FULL_SECONDS, TIME_BASE, end_tick, shown_ticks


def gaps(seconds: int) -> list[int]:
    ticks = shown_ticks(seconds)
    return [b - a for a, b in zip(ticks, (*ticks[1:], end_tick(seconds)), strict=True)]


def test_the_pace_is_uneven_in_every_way_a_phone_is() -> None:
    for seconds in (8, FULL_SECONDS):
        found = gaps(seconds)
        assert len({gap for gap in found if 2_800 < gap < 3_200}) > 20, "jitter"
        assert any(5_700 < gap < 6_300 for gap in found), "a picture that never came"
        assert sum(3_550 < gap < 3_950 for gap in found) > 20, "a stretch at 24 a second"


def test_it_begins_at_zero_and_lasts_what_it_says() -> None:
    assert shown_ticks(8)[0] == 0
    assert abs(end_tick(8) * TIME_BASE - 8) < Fraction(1, 10)
    assert shown_ticks()[-1] < end_tick()


@given(st.integers(1, FULL_SECONDS), st.integers(1, FULL_SECONDS))
def test_a_shorter_film_is_the_beginning_of_a_longer_one(first: int, second: int) -> None:
    short, long = sorted((first, second))
    assert shown_ticks(long)[: len(shown_ticks(short))] == shown_ticks(short)
    assert all(gap > 2_000 for gap in gaps(long))


@given(st.integers(0, end_tick() - 1))
def test_the_frame_on_the_screen_is_the_last_that_began(tick: int) -> None:
    film = film_truth()
    number = film.frame_at(tick)
    assert film.ticks[number] <= tick
    assert number + 1 == film.frames or tick < film.ticks[number + 1]
    assert film.frame_at_seconds(tick * TIME_BASE) == number


def test_there_is_no_film_without_length_and_no_frame_outside_it() -> None:
    with pytest.raises(ValueError, match="one second"):
        shown_ticks(0)
    with pytest.raises(ValueError, match="story lasts"):
        film_truth(FULL_SECONDS + 1)
    film = film_truth(8)
    for tick in (-1, film.end):
        with pytest.raises(ValueError, match="outside"):
            film.frame_at(tick)
