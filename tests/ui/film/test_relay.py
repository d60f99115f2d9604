"""Where playing jumps, the picture is there in the same moment: at the turn of a loop, and from mark to mark."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from fractions import Fraction
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

import makers
from film_on_screen import LARGE, PLAIN, Screen, index_of
from vigtool.player.clock import FakeClock
from vigtool.timebase import Span
from vigtool.ui.film.playback import Playback
from vigtool.ui.film.relay import Relay

SMALL = 6 << 20
"""Bytes: fifteen pictures of this size."""
FRAME = Fraction(1, 25)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def screen(qtbot: QtBot, clock: FakeClock) -> Iterator[Screen]:
    playback = Playback(
        makers.opener(makers.make(LARGE)), index_of(LARGE), has_sound=False, clock=clock, cache_bytes=SMALL
    )
    yield Screen(qtbot, playback)
    playback.close()


def is_prepared(screen: Screen, number: int) -> bool:
    """Whether the second thread has that frame."""
    relay = screen.playback._screening.pictures
    picture = None if relay._spare is None or relay._ready != number else relay._spare.due(number)
    return picture is not None and picture.number == number


def at_once(screen: Screen) -> int:
    """What shows in the moment that is now, with nothing waited for."""
    screen.playback._refresh()
    assert screen.playback.picture is not None
    return screen.playback.picture.number


def test_the_turn_of_a_long_loop_is_not_waited_for(screen: Screen, clock: FakeClock) -> None:
    index = screen.playback.index
    screen.playback.set_loop(index.span(100, 160))
    screen.playback.seek_frame(158)
    screen.awaits(158)
    screen.playback.play()
    for turn in range(3):
        screen.qtbot.waitUntil(partial(is_prepared, screen, 100))
        clock.advance(2 * FRAME)
        screen.awaits(160)
        clock.advance(FRAME)
        assert at_once(screen) == 100, turn
        for number in (101, 102):
            clock.advance(FRAME)
            screen.awaits(number)
        clock.advance(56 * FRAME)
        screen.awaits(158)


def test_from_mark_to_mark_is_not_waited_for_and_after_the_last_it_stands(screen: Screen, clock: FakeClock) -> None:
    index = screen.playback.index
    screen.playback.set_only([index.span(10, 12), index.span(200, 201), index.span(390, 391)])
    screen.playback.play()
    screen.awaits(10)
    seen = [10]
    for following in (200, 390):
        last = {200: 12, 390: 201}[following]
        while seen[-1] != last:
            clock.advance(FRAME)
            screen.awaits(seen[-1] + 1)
            seen.append(screen.shown[-1])
        screen.qtbot.waitUntil(partial(is_prepared, screen, following))
        clock.advance(FRAME)
        assert at_once(screen) == following
        seen.append(following)
    clock.advance(FRAME)
    screen.awaits(391)
    clock.advance(FRAME)
    screen.qtbot.waitUntil(lambda: not screen.playback.is_playing)
    screen.awaits(391)
    assert seen == [10, 11, 12, 200, 201, 390]


def test_without_going_ahead_it_would_have_to_be_waited_for(
    screen: Screen, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Relay, "prepare", lambda _self, _number: None)
    screen.playback.set_loop(screen.playback.index.span(100, 160))
    screen.playback.seek_frame(160)
    screen.awaits(160)
    screen.playback.play()
    screen.awaits(160)
    clock.advance(FRAME)
    assert at_once(screen) == 160


def test_a_short_loop_needs_no_second_thread(qtbot: QtBot, clock: FakeClock) -> None:
    playback = Playback(makers.opener(makers.make(PLAIN)), index_of(PLAIN), has_sound=False, clock=clock)
    screen = Screen(qtbot, playback)
    playback.set_loop(playback.index.span(20, 24))
    playback.play()
    for place in range(1, 12):
        clock.advance(FRAME)
        screen.awaits(20 + place % 5)
    clock.advance(FRAME)
    assert at_once(screen) == 20 + 12 % 5
    assert playback._screening.pictures._spare is None
    playback.close()


def test_when_nothing_is_jumped_any_more_one_thread_is_enough(screen: Screen) -> None:
    relay = screen.playback._screening.pictures
    screen.playback.set_loop(screen.playback.index.span(100, 160))
    screen.playback.seek_frame(150)
    screen.playback.play()
    screen.qtbot.waitUntil(partial(is_prepared, screen, 100))
    before = threading.active_count()
    screen.playback.set_loop(None)
    assert relay._spare is None
    assert threading.active_count() < before
    screen.awaits(150)


def test_only_and_loop_exclude_each_other_and_none_is_the_whole_film(screen: Screen, clock: FakeClock) -> None:
    playback, index = screen.playback, screen.playback.index
    told: list[tuple[Span | None, int]] = []
    playback.state_changed.connect(lambda: told.append((playback.loop, len(playback.only))))
    playback.set_only([index.span(10, 12), index.span(20, 22)])
    playback.set_only([index.span(20, 22), index.span(10, 12)])
    playback.set_loop(index.span(5, 6))
    playback.set_only([])
    assert told == [(None, 2), (index.span(5, 6), 0)]
    playback.set_loop(None)
    playback.set_only([Span(40, 40)])
    assert (playback.loop, playback.only) == (None, ())
    playback.play()
    clock.advance(Fraction(1))
    screen.awaits(25)


def test_a_held_step_is_shown_as_it_goes_and_is_exact_when_let_go(screen: Screen) -> None:
    screen.awaits(0)
    for _ in range(30):
        screen.playback.step(1, held=True)
    assert screen.playback.frame == 30
    screen.playback.step_end()
    screen.awaits(30)
    for _ in range(25):
        screen.playback.step(-1, held=True)
    screen.playback.step_end()
    screen.awaits(5)


def test_a_held_step_while_it_plays_stands_first(screen: Screen, clock: FakeClock) -> None:
    screen.playback.play()
    clock.advance(10 * FRAME)
    screen.awaits(10)
    screen.playback.step(1, held=True)
    screen.awaits(11)
    assert not screen.playback.is_playing


def test_the_shuttle_goes_faster_each_time_and_begins_anew_the_other_way(screen: Screen) -> None:
    rates = []
    for direction in (1, 1, 1, 1, 1, -1, -1, -1, -1, -1, 1, 0, 1):
        screen.playback.seek_frame(200)
        screen.playback.shuttle(direction)
        rates.append(int(screen.playback.rate))
    assert rates == [1, 2, 4, 8, 8, -1, -2, -4, -8, -8, 1, 1, 1]
