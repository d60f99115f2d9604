"""What was heard of what a device was handed: reckoned from what it counts and from the time that passes."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ear import Ear
from vigtool.ui.film.sound_device import DeviceClock


class Server:
    """A device whose system holds some sound in a buffer: it counts what it took, and plays it a moment later.

    Attributes:
        wall: seconds that passed.
        heard: seconds that were really heard.
    """

    def __init__(self, buffer: float, step: float = 0.0053, speed: float = 1.0) -> None:
        self.wall = self.heard = 0.0
        self._taken, self._buffer, self._step, self._speed = 0.0, buffer, step, speed
        self.ear = Ear()
        self.clock = DeviceClock(self.ear, lambda: self.wall)
        self.starves = False

    def go_on(self, seconds: float) -> None:
        """Let time pass: what was taken is heard, and the buffer is filled up in steps, if anybody feeds it."""
        self.wall += seconds
        self.heard = min(self._taken, self.heard + seconds * self._speed)
        while not self.starves and self._taken - self.heard <= self._buffer - self._step:
            self._taken += self._step
        self.ear.seconds = Fraction(self._taken)

    @property
    def apart(self) -> float:
        """Seconds by which the clock says more than was heard."""
        return float(self.clock.now()) - self.heard


def test_nothing_is_heard_before_the_device_counts() -> None:
    passed = [0.0]
    ear = Ear()
    clock = DeviceClock(ear, lambda: passed[0])
    passed[0] = 5.0
    assert clock.now() == 0
    assert clock.behind == 4
    ear.seconds = Fraction(1, 2)  # it took half a second at once, none of which can have been heard
    assert clock.now() == 0
    passed[0] = 5.25
    assert clock.now() == Fraction(1, 4)
    assert clock.behind < 4
    clock.forgive()
    passed[0] = 9.0
    assert clock.now() == Fraction(1, 2)  # no more than it took
    clock.let_go()
    ear.seconds = Fraction(100)
    passed[0] = 10.0
    assert clock.now() == Fraction(1, 2)


@pytest.mark.parametrize("buffer", [0.011, 0.06, 0.2, 0.9])
@pytest.mark.parametrize("step", [0.0053, 0.021, 0.05])
def test_what_waits_in_buffers_is_not_taken_for_heard(buffer: float, step: float) -> None:
    server = Server(buffer + step, step)
    far = []
    for _ in range(4000):
        server.go_on(0.008)
        far.append(server.apart)
    assert max(np.abs(far)) < 0.009


def test_after_running_dry_it_is_right_again_however_much_is_taken_then() -> None:
    server = Server(0.011)
    for _ in range(200):
        server.go_on(0.008)
        assert abs(server.apart) < 0.009
    server.starves = True
    for _ in range(60):
        server.go_on(0.008)
        assert abs(server.apart) < 0.009
    assert server.clock.behind > 0.3
    server.starves, server._buffer = False, 0.3  # the system takes more now, not to run dry again
    for _ in range(2000):
        server.go_on(0.008)
        assert abs(server.apart) < 0.009


@pytest.mark.parametrize("speed", [0.9998, 1.0005])
def test_a_device_that_is_a_little_fast_or_slow_is_followed(speed: float) -> None:
    server = Server(0.05, speed=speed)
    far = []
    for _ in range(40 * 20 * 60):
        server.go_on(0.025)
        far.append(server.apart)
    assert max(np.abs(far)) < 0.026
    assert abs(np.mean(far[-10_000:])) < 0.012


@pytest.mark.parametrize(("fed", "left"), [(0.0, True), (0.5, True), (0.9, False), (1.0, False)])
def test_what_stands_still_little_by_little_is_behind_in_the_end(fed: float, left: bool) -> None:
    server = Server(0.02)
    for place in range(1000):
        server.starves = place % 20 >= fed * 20
        server.go_on(0.01)
        server.clock.now()
    assert (server.clock.behind > 1) == left


@given(st.lists(st.tuples(st.floats(0, 0.4), st.booleans()), max_size=80))
def test_it_never_goes_back_and_never_beyond_what_was_taken(passing: list[tuple[float, bool]]) -> None:
    server = Server(0.05)
    told = []
    for seconds, starves in passing:
        server.starves = starves
        server.go_on(seconds)
        told.append(server.clock.now())
        assert told[-1] <= server.ear.seconds + Fraction(1, 1_000_000)
    assert all(before <= after for before, after in pairwise(told))
