"""Playing, standing and stepping: every frame is read back from the pixels of the picture widget."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from pytestqt.qtbot import QtBot

import makers
from film_on_screen import LARGE, PLAIN, UNEVEN, Breaking, Screen, index_of, processed, seen
from vigtool.errors import FilmMissing, SealBroken
from vigtool.player.clock import FakeClock
from vigtool.player.footage import Opener
from vigtool.timebase import Span
from vigtool.ui.film.playback import Playback

Open = Callable[..., Screen]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def screen(qtbot: QtBot, clock: FakeClock) -> Iterator[Open]:
    made: list[Playback] = []

    def open_(film: makers.Film = PLAIN, opener: Opener | None = None) -> Screen:
        playback = Playback(opener or makers.opener(makers.make(film)), index_of(film), has_sound=False, clock=clock)
        made.append(playback)
        return Screen(qtbot, playback)

    yield open_
    for playback in made:
        playback.close()


@pytest.mark.parametrize("film", [PLAIN, UNEVEN], ids=["plain", "uneven"])
def test_opens_on_the_first_frame_and_goes_where_it_is_told(screen: Open, film: makers.Film) -> None:
    shown = screen(film)
    shown.awaits(0)
    for number in (37, 12, 11, 36, 49, 0, 5):
        shown.playback.seek_frame(number)
        shown.awaits(number)
        assert shown.playback.frame == number
        assert shown.playback.tick == shown.playback.index.pts(number)


def test_steps_both_ways_across_the_border_of_a_group(screen: Open) -> None:
    shown = screen()
    shown.playback.seek_frame(26)
    shown.awaits(26)
    for number in range(25, 9, -1):
        shown.playback.step(-1)
        shown.awaits(number)
    for number in range(11, 27):
        shown.playback.step(1)
        shown.awaits(number)
    shown.playback.step(-1000)
    shown.awaits(0)
    shown.playback.step(1000)
    shown.awaits(59)


def test_a_second_is_a_second_also_where_frames_are_uneven(screen: Open) -> None:
    shown = screen(UNEVEN)
    index = shown.playback.index
    shown.playback.seek_frame(7)
    shown.playback.step_seconds(1)
    aim = index.pts(7) + 1 / index.time_base
    expected = max(number for number in range(index.frames) if index.pts(number) <= aim)
    shown.awaits(expected)
    shown.playback.step_seconds(-100)
    shown.awaits(0)


@pytest.mark.parametrize("film", [PLAIN, UNEVEN], ids=["plain", "uneven"])
def test_plays_exactly_the_frames_that_are_due(screen: Open, clock: FakeClock, film: makers.Film) -> None:
    shown = screen(film)
    shown.awaits(0)
    shown.playback.play()
    index = shown.playback.index
    for hundredths in range(2, 150, 7):
        clock.advance(Fraction(hundredths, 100) - (clock.now()))
        tick = int(clock.now() / index.time_base)
        due = max(number for number in range(index.frames) if index.pts(number) <= tick)
        shown.awaits(due)
        assert shown.playback.tick == tick
    assert shown.shown == sorted(shown.shown)


def test_stands_on_the_frame_that_shows(screen: Open, clock: FakeClock) -> None:
    shown = screen()
    shown.awaits(0)
    shown.playback.play()
    clock.advance(Fraction(41, 100))
    shown.awaits(10)
    shown.playback.pause()
    assert not shown.playback.is_playing
    clock.advance(Fraction(5))
    processed()
    shown.awaits(10)
    assert shown.playback.tick == shown.playback.index.pts(10)


def test_stops_at_the_end_and_begins_anew(screen: Open, clock: FakeClock) -> None:
    shown = screen()
    shown.playback.seek_frame(57)
    shown.awaits(57)
    shown.playback.play()
    clock.advance(Fraction(3))
    shown.awaits(59)
    assert not shown.playback.is_playing
    shown.playback.play()
    clock.advance(Fraction(1, 25))
    shown.awaits(1)


def test_slow_is_slow_and_changes_on_the_way(screen: Open, clock: FakeClock) -> None:
    shown = screen()
    shown.playback.set_speed(Fraction(1, 4))
    shown.playback.play()
    clock.advance(Fraction(1))
    shown.awaits(6)
    shown.playback.change_speed(1)
    assert shown.playback.rate == Fraction(1, 2)
    clock.advance(Fraction(2))
    shown.awaits(31)
    shown.playback.change_speed(-5)
    assert shown.playback.speed == Fraction(1, 10)
    shown.playback.change_speed(9)
    assert shown.playback.speed == 2


def test_goes_round_and_round(screen: Open, clock: FakeClock) -> None:
    shown = screen()
    index = shown.playback.index
    shown.playback.set_loop(index.span(20, 24))
    shown.playback.seek_frame(22)
    shown.playback.play()
    due = []
    for place in range(1, 23):
        clock.advance(Fraction(1, 25))
        due.append(20 + (2 + place) % 5)
        shown.awaits(due[-1])
    assert set(due) == {20, 21, 22, 23, 24}
    shown.playback.set_loop(None)
    clock.advance(Fraction(1))
    shown.awaits(due[-1] + 25)


def test_shuttle(screen: Open, clock: FakeClock) -> None:
    shown = screen()
    shown.playback.seek_frame(30)
    shown.playback.shuttle(1)
    clock.advance(Fraction(2, 25))
    shown.awaits(32)
    shown.playback.shuttle(1)
    assert shown.playback.rate == 2
    clock.advance(Fraction(2, 25))
    shown.awaits(36)
    shown.playback.shuttle(-1)
    assert shown.playback.rate == -1
    clock.advance(Fraction(14, 25))
    shown.awaits(22)
    shown.playback.shuttle(-1)
    clock.advance(Fraction(5, 25))
    shown.awaits(12)
    shown.playback.shuttle(0)
    assert not shown.playback.is_playing
    assert shown.playback.rate == 1
    shown.playback.shuttle(-1)
    clock.advance(Fraction(9))
    shown.awaits(0)
    assert not shown.playback.is_playing


def test_seeking_while_it_plays_plays_on_from_there(screen: Open, clock: FakeClock) -> None:
    shown = screen()
    shown.playback.play()
    clock.advance(Fraction(1, 25))
    shown.awaits(1)
    shown.playback.seek_tick(shown.playback.index.pts(40) + 1)
    assert shown.playback.is_playing
    clock.advance(Fraction(2, 25))
    shown.awaits(42)
    shown.playback.step_seconds(-1)
    shown.awaits(17)


def test_the_picture_follows_the_size_of_the_view(screen: Open) -> None:
    shown = screen()
    shown.awaits(0)
    assert shown.playback.picture is not None
    assert shown.playback.picture.pixels.shape == (256, 384, 4)
    shown.view.resize(192, 200)

    def smaller() -> None:
        assert shown.playback.picture is not None
        assert shown.playback.picture.pixels.shape == (128, 192, 4)
        assert seen(shown.view) == 0

    shown.qtbot.waitUntil(smaller)


def test_a_film_that_vanishes_is_said_and_can_come_back(screen: Open) -> None:
    film = Breaking(makers.make(LARGE))
    shown = screen(LARGE, film.opener)
    shown.awaits(0)
    film.error = SealBroken("the film is not what was sealed", "restore it from a backup")
    shown.playback.seek_frame(340)
    shown.qtbot.waitUntil(lambda: bool(shown.failed))
    assert type(shown.failed[0]) is SealBroken
    assert shown.playback.picture is None
    film.error = None
    shown.playback.try_again()
    shown.awaits(340)


def test_a_film_that_vanishes_while_it_plays_stops(screen: Open, clock: FakeClock) -> None:
    film = Breaking(makers.make(LARGE))
    shown = screen(LARGE, film.opener)
    shown.awaits(0)
    shown.playback.play()
    clock.advance(Fraction(1))
    shown.awaits(25)
    film.error = FilmMissing("the film cannot be read", "plug it in")
    clock.advance(Fraction(12))
    shown.qtbot.waitUntil(lambda: bool(shown.failed))
    assert not shown.playback.is_playing


def test_nothing_runs_and_nothing_is_told_after_closing(screen: Open, clock: FakeClock) -> None:
    before = threading.active_count()
    shown = screen()
    shown.playback.play()
    shown.playback.seek_frame(30)
    shown.playback.close()
    assert threading.active_count() == before
    told = len(shown.shown)
    clock.advance(Fraction(1))
    shown.qtbot.wait(50)
    assert len(shown.shown) == told
    shown.playback.close()


def test_a_loop_outside_the_film_is_none(screen: Open) -> None:
    shown = screen(UNEVEN)
    shown.playback.set_loop(Span(-5, -1))
    assert shown.playback.loop is None
