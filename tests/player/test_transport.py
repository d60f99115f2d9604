"""Where one is in a film, at any moment."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frames_in_memory import EVEN, UNEVEN, at, index_of
from vigtool.player.clock import FakeClock, WallClock
from vigtool.timebase import Span


def test_it_begins_standing_on_the_first_frame() -> None:
    transport, clock = at(EVEN)
    clock.advance(Fraction(5))
    assert (transport.number, transport.tick, transport.playing) == (0, -40, False)


@given(st.integers(0, 10**9))
def test_while_playing_the_frame_is_that_of_the_time(nanoseconds: int) -> None:
    for index in (EVEN, UNEVEN):
        transport, clock = at(index)
        transport.play()
        clock.advance(Fraction(nanoseconds, 10**9))
        expected = index.number_at(index.start + int(Fraction(nanoseconds, 10**9) / index.time_base))
        assert transport.update() == expected


def test_many_looks_add_up_to_no_drift() -> None:
    transport, clock = at(index_of([1001] * 3000, base=Fraction(1, 30_000)))
    transport.play()
    for _ in range(59_999):
        clock.advance(Fraction(1, 997))
    transport.update()
    assert transport.tick == int(Fraction(59_999, 997) * 30_000)


def test_it_stops_on_the_last_frame_after_its_whole_duration() -> None:
    transport, clock = at(UNEVEN)
    transport.seek(5)
    transport.play()
    clock.advance(Fraction(24, 600))
    assert (transport.update(), transport.playing) == (6, True)
    clock.advance(Fraction(1, 600))
    assert (transport.update(), transport.playing) == (6, False)
    assert transport.tick == UNEVEN.pts(6)


def test_playing_from_the_end_begins_anew() -> None:
    transport, clock = at(EVEN)
    transport.seek(89)
    transport.play()
    clock.advance(Fraction(1, 15))
    assert transport.update() == 2


def test_pausing_stands_on_the_frame_that_shows() -> None:
    transport, clock = at(UNEVEN)
    transport.play()
    clock.advance(Fraction(1))
    transport.update()
    transport.pause()
    assert (transport.number, transport.tick) == (4, UNEVEN.pts(4))
    transport.toggle()
    clock.advance(Fraction(1199, 600))
    assert transport.number == 4
    clock.advance(Fraction(1, 600))
    assert transport.number == 5


def test_steps_are_frames_whatever_their_length() -> None:
    transport, _ = at(UNEVEN)
    seen = []
    for _ in range(9):
        seen.append(transport.number)
        transport.step(1)
    assert seen == [0, 1, 2, 3, 4, 5, 6, 6, 6]
    transport.step(-3)
    assert transport.number == 3
    transport.step(-10)
    assert transport.number == 0


def test_a_step_of_a_second_lands_on_the_frame_shown_then() -> None:
    transport, clock = at(EVEN)
    transport.step_seconds(Fraction(1))
    assert transport.number == 30
    transport.step_seconds(Fraction(-1, 2))
    assert transport.number == 15
    transport.step_seconds(Fraction(-9))
    assert transport.number == 0
    transport.step_seconds(Fraction(99))
    assert (transport.number, transport.playing) == (89, False)
    transport.seek(0)
    transport.play()
    clock.advance(Fraction(1, 2))
    transport.step_seconds(Fraction(1))
    assert (transport.number, transport.playing) == (45, True)
    clock.advance(Fraction(1, 30))
    assert transport.update() == 46


@pytest.mark.parametrize("rate", [Fraction(1, 2), Fraction(2), Fraction(-1), Fraction(-1, 4), Fraction(7, 3)])
def test_speed(rate: Fraction) -> None:
    transport, clock = at(EVEN)
    transport.seek(45)
    transport.set_rate(rate)
    transport.play()
    clock.advance(Fraction(1, 3))
    assert transport.update() == EVEN.number_at(EVEN.pts(45) + int(rate * 200 // 1))


def test_a_change_of_speed_does_not_move() -> None:
    transport, clock = at(EVEN)
    transport.play()
    for rate in (Fraction(1, 3), Fraction(3, 2), Fraction(-2), Fraction(1)) * 5:
        clock.advance(Fraction(1, 70))
        before = transport.tick
        transport.set_rate(rate)
        assert abs(transport.tick - before) <= 1
    with pytest.raises(ValueError, match="speed"):
        transport.set_rate(Fraction(0))
    with pytest.raises(ValueError, match="speed"):
        transport.set_rate(Fraction(40))


def test_going_back_stops_at_the_beginning_and_begins_at_the_end() -> None:
    transport, clock = at(EVEN)
    transport.set_rate(Fraction(-1))
    transport.play()
    clock.advance(Fraction(1, 100))
    assert transport.update() == 89
    clock.advance(Fraction(10))
    assert (transport.update(), transport.playing) == (0, False)


def test_a_loop_goes_round_on_its_own_frames() -> None:
    transport, clock = at(EVEN)
    transport.set_loop(EVEN.span(30, 44))
    transport.play()
    seen = set()
    for _ in range(300):
        seen.add(transport.update())
        clock.advance(Fraction(1, 89))
    assert seen == set(range(30, 45))
    assert transport.playing
    transport.set_loop(None)
    clock.advance(Fraction(9))
    assert (transport.update(), transport.playing) == (89, False)


def test_a_loop_backwards_and_a_loop_set_while_playing() -> None:
    transport, clock = at(EVEN)
    transport.play()
    clock.advance(Fraction(1, 2))
    transport.set_loop(Span(EVEN.pts(10), EVEN.pts(20)))
    assert 10 <= transport.update() < 20
    transport.set_rate(Fraction(-1))
    seen = set()
    for _ in range(200):
        clock.advance(Fraction(1, 97))
        seen.add(transport.update())
    assert seen == set(range(10, 20))


def test_a_loop_of_nothing_is_none() -> None:
    transport, _ = at(EVEN)
    for loop in (Span(0, 0), Span(5000, 6000), None):
        transport.set_loop(loop)
        assert transport.loop is None
    transport.set_loop(Span(-10_000, 10_000))
    assert transport.loop == Span(EVEN.start, EVEN.end)


def test_a_film_of_one_frame() -> None:
    transport, clock = at(index_of([20]))
    transport.play()
    assert (transport.update(), transport.playing) == (0, True)
    clock.advance(Fraction(1))
    assert (transport.update(), transport.playing) == (0, False)
    transport.step(1)
    assert transport.number == 0


def test_another_clock_takes_over_without_a_jump() -> None:
    transport, clock = at(EVEN)
    transport.play()
    clock.advance(Fraction(1))
    device = FakeClock()
    transport.use(device)
    clock.advance(Fraction(1))
    assert transport.update() == 30
    device.advance(Fraction(1, 2))
    assert transport.update() == 45


def test_a_jump_plays_on_or_stands() -> None:
    transport, clock = at(EVEN)
    transport.jump(10)
    assert (transport.number, transport.playing) == (10, False)
    transport.play()
    transport.jump(40)
    clock.advance(Fraction(1, 30))
    assert (transport.number, transport.playing) == (41, True)


def test_clocks_go_forward() -> None:
    wall = WallClock()
    first = wall.now()
    assert wall.now() >= first
    with pytest.raises(ValueError, match="backwards"):
        FakeClock().advance(Fraction(-1))
