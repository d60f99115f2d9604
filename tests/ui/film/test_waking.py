"""When a film that plays is looked at: how long until the next look is asked of the timer itself, not awaited."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from frames_in_memory import EVEN, UNEVEN, at, index_of
from vigtool.player.clock import FakeClock
from vigtool.player.frame_index import FrameIndex
from vigtool.player.transport import Transport
from vigtool.timebase import Span
from vigtool.ui.film.waking import Waking

FAST = index_of([1] * 100, base=Fraction(1, 240))
SLIDES = index_of([5, 5, 5], base=Fraction(1))


class Looked:
    """A film that plays by a clock of the test's own, and the timer it is looked at by."""

    def __init__(self, index: FrameIndex) -> None:
        self.transport: Transport
        self.clock: FakeClock
        self.transport, self.clock = at(index)
        self.looks = 0
        self._parent = QObject()
        self.waking = Waking(self.transport, index, self._look, self._parent)
        (self._timer,) = self._parent.findChildren(QTimer)

    @property
    def wait(self) -> int:
        """Milliseconds that it was set to; -1 where it stands still."""
        return self._timer.interval() if self._timer.isActive() else -1

    def shows(self, number: int | None = None) -> int:
        """Say that what is due is shown, or that `number` is; for how long it waits then."""
        due = self.transport.update()
        self.waking.again(due, due if number is None else number)
        return self.wait

    def _look(self) -> None:
        self.looks += 1


def playing(index: FrameIndex, rate: Fraction = Fraction(1)) -> Looked:
    film = Looked(index)
    film.transport.set_rate(rate)
    if rate < 0:
        film.transport.seek(index.frames - 1)
    film.transport.play()
    film.waking.begin()
    return film


@pytest.fixture(autouse=True)
def _application(qtbot: QtBot) -> None:
    """Timers need one."""


def test_a_frame_that_came_is_left_in_peace_until_the_next_is_due() -> None:
    film = playing(EVEN)
    assert film.wait == 8
    assert film.shows() == 34
    film.clock.advance(Fraction(1, 30))
    assert film.shows() == 34
    film.clock.advance(Fraction(1, 30) + Fraction(1, 100))
    assert film.shows() == 24


def test_what_is_late_is_looked_for_again_soon() -> None:
    film = playing(EVEN)
    film.shows()
    film.clock.advance(Fraction(1, 30))
    assert film.shows(0) == 8  # the picture is not there yet
    assert film.shows(0) == 8
    assert film.shows(1) == 34
    assert film.shows(-1) == 8  # nor is there any


def test_where_the_clock_stands_still_it_is_looked_again_soon() -> None:
    film = playing(EVEN)
    film.shows()
    assert film.shows() == 8
    film.clock.advance(Fraction(32, 1000))
    assert film.shows() == 2


def test_for_one_who_follows_it_is_looked_often() -> None:
    film = playing(EVEN)
    film.waking.is_often = True
    assert film.shows() == 8
    film.waking.is_often = False
    film.clock.advance(Fraction(1, 30))
    assert film.shows() == 34


def test_frames_that_follow_too_quickly_are_passed_over() -> None:
    assert playing(FAST).shows() == 8
    assert playing(EVEN, Fraction(8)).shows() == 8
    assert playing(EVEN, Fraction(4)).shows() == 9


def test_a_long_frame_is_looked_at_meanwhile() -> None:
    assert playing(SLIDES).shows() == 50


def test_the_end_of_a_loop_is_met_within_a_frame() -> None:
    film = Looked(SLIDES)
    film.transport.set_loop(Span(SLIDES.start, SLIDES.start + 1))
    film.transport.play()
    film.waking.begin()
    film.clock.advance(Fraction(98, 100))
    assert film.shows() == 20


def test_once_stopped_nothing_starts_it_but_playing() -> None:
    film = playing(EVEN)
    film.waking.stop()
    assert film.shows() == -1
    film.waking.begin()
    assert film.wait == 8


def test_it_looks_once_for_each_time(qtbot: QtBot) -> None:
    film = playing(EVEN)
    qtbot.waitUntil(lambda: film.looks == 1)
    assert film.wait == -1
    film.shows()
    qtbot.waitUntil(lambda: film.looks == 2)


@given(
    st.sampled_from([EVEN, UNEVEN]),
    st.sampled_from([Fraction(1), Fraction(1, 10), Fraction(2), Fraction(-1), Fraction(-3, 2)]),
    st.integers(0, 10**9),
)
def test_nothing_is_due_before_and_something_is_after(index: FrameIndex, rate: Fraction, nanoseconds: int) -> None:
    """Asked of the transport, at any time, at any speed, forwards and backwards."""
    transport, clock = at(index)
    transport.set_rate(rate)
    if rate < 0:
        transport.seek(index.frames - 1)
    transport.play()
    clock.advance(Fraction(nanoseconds, 10**9))
    number, left = transport.update(), transport.until_next()
    if not transport.playing:
        return
    tick = index.time_base / abs(rate)
    assert left >= 0
    if left > tick:
        clock.advance(left - tick)
        assert (transport.update(), transport.playing) == (number, True)
        clock.advance(tick)
    else:
        clock.advance(left)
    clock.advance(tick / 10**6)
    assert transport.update() != number or not transport.playing


def test_a_film_that_is_over_is_due_at_once() -> None:
    transport, clock = at(EVEN)
    transport.play()
    clock.advance(Fraction(100))
    assert transport.until_next() == 0
