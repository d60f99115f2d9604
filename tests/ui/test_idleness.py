"""How long until the vault locks, by a clock of the test's own."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.settings import Settings
from vigtool.ui.idleness import Idleness, Limits, seconds
from vigtool.ui.workspace import Use


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def idle(clock: Clock) -> Idleness:
    return Idleness(clock, Limits(idle=300, review=2700, covered=120))


def test_it_counts_from_the_last_touch(idle: Idleness, clock: Clock) -> None:
    clock.now += 299
    assert idle.left() == 1
    idle.touch()
    assert idle.left() == 300
    clock.now += 300
    assert idle.left() == 0


def test_a_playing_film_holds_it_off_and_its_end_begins_the_count(idle: Idleness, clock: Clock) -> None:
    idle.set_uses(frozenset({Use.PLAYING}))
    clock.now += 10_000
    assert idle.left() == math.inf
    idle.set_uses(frozenset())
    assert idle.left() == 300


@pytest.mark.parametrize("use", [Use.REVIEW, Use.LOOPING])
def test_what_may_go_on_for_ever_has_a_limit_of_its_own(idle: Idleness, clock: Clock, use: Use) -> None:
    idle.set_uses(frozenset({use}))
    clock.now += 2699
    assert idle.left() == 1
    idle.set_uses(frozenset())
    assert idle.left() == 300, "the person was there until it was closed"


def test_the_review_s_limit_is_never_shorter_than_the_other(clock: Clock) -> None:
    idle = Idleness(clock, Limits(idle=3600, review=900))
    idle.set_uses(frozenset({Use.REVIEW}))
    assert idle.left() == 3600


def test_covered_it_is_shorter_whatever_plays(idle: Idleness, clock: Clock) -> None:
    idle.set_uses(frozenset({Use.PLAYING, Use.REVIEW}))
    clock.now += 250
    idle.set_covered(covered=True)
    assert idle.left() == 120
    clock.now += 100
    idle.set_covered(covered=False)
    assert idle.left() == math.inf


def test_the_limits_are_the_person_s() -> None:
    limits = Limits.of(Settings(idle_minutes=2, review_minutes=15))
    assert (limits.idle, limits.review) == (120, 900)


@given(st.lists(st.tuples(st.sampled_from(["touch", "wait", "cover", "uncover", "play", "rest"]), st.integers(1, 500))))
def test_nothing_ever_gives_more_time_than_its_limit(acts: list[tuple[str, int]]) -> None:
    clock = Clock()
    idle = Idleness(clock, Limits(idle=300, review=2700, covered=120))
    playing = False
    for act, wait in acts:
        clock.now += wait
        if act == "touch":
            idle.touch()
        elif act in ("cover", "uncover"):
            idle.set_covered(covered=act == "cover")
        elif act in ("play", "rest"):
            playing = act == "play"
            idle.set_uses(frozenset({Use.PLAYING}) if playing else frozenset())
        assert idle.left() <= 300 or idle.left() == math.inf
        assert not playing or idle.left() in (math.inf, *range(-100_000, 121))


def test_the_clock_goes_on() -> None:
    assert seconds() <= seconds()
