"""A sound device that was not there, or went, and comes: it joins in to the sample, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

import makers
from ear import Ear
from film_on_screen import SOUNDING, Screen, index_of
from vigtool.player.clock import FakeClock
from vigtool.ui.film.playback import Playback

HOLDS = Fraction(3, 10)
STEP = Fraction(1, 50)
Room = tuple[Screen, list[Ear | None], FakeClock]
AHEAD = 0.012
"""Seconds: of the steps in which time passes here."""
HEARD = 0.006
"""Seconds by which a burst may be heard too late, since it swells."""


@pytest.fixture
def room(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A film that sounds, the devices that will be there in their order (none where there is none), the wall clock."""
    monkeypatch.setattr("vigtool.ui.film.speaker._AGAIN_MS", 15)
    monkeypatch.setattr("vigtool.ui.film.speaker._LONG_PATIENCE", 60.0)
    monkeypatch.setattr("vigtool.ui.film.speaker._PATIENCE", 60.0)
    monkeypatch.setattr("vigtool.ui.film.speaker._SHORT_PATIENCE", 60.0)
    devices: list[Ear | None] = []
    own = FakeClock()

    def device(_parent: QObject) -> Ear | None:
        return devices.pop(0) if devices else None

    playback = Playback(
        makers.opener(makers.make(SOUNDING)), index_of(SOUNDING), has_sound=True, clock=own, make_device=device
    )
    yield Screen(qtbot, playback), devices, own
    playback.close()


def run(room: Room, ear: Ear, until: Callable[[], object], counts: Fraction = Fraction(1)) -> list[tuple[float, float]]:
    """Let time pass, `counts` times as fast by the device: what was heard of it, and where the film is."""
    screen, _, own = room
    places, speaker = [], screen.playback._hearing._speaker
    for _ in range(3000):
        own.advance(STEP)
        ear.seconds += STEP * counts
        line = None if speaker is None else speaker._line
        counted = ear.seconds if line is None else line.clock.now()
        screen.qtbot.wait(2)
        places.append((float(counted), seconds_of(screen)))
        if until():
            return places
    raise AssertionError


def heard(room: Room, ear: Ear, seconds: Fraction) -> list[tuple[float, float]]:
    """The same until the film was heard for so long."""
    places = run(room, ear, lambda: len(ear.heard) and ear.samples.any())
    until = ear.seconds + seconds
    return places + run(room, ear, lambda: ear.seconds > until)


def seconds_of(screen: Screen) -> float:
    """Where the film is."""
    return float(screen.playback.tick * screen.playback.index.time_base)


def test_without_a_device_it_is_said_and_the_film_goes_on(room: Room) -> None:
    screen, _, own = room
    said: list[bool] = []
    screen.playback.state_changed.connect(lambda: said.append(screen.playback.lacks_device))
    screen.awaits(0)
    assert not screen.playback.lacks_device  # nobody looked for one yet
    screen.playback.play()
    assert said[-1]
    own.advance(Fraction(1))
    screen.awaits(25)


def test_a_device_that_comes_is_heard_at_the_place_where_the_film_is(room: Room) -> None:
    screen, devices, own = room
    screen.playback.set_loop(screen.playback.index.span(0, 74))
    screen.playback.play()
    own.advance(Fraction(3, 10))
    ear = Ear(holds=HOLDS)
    devices.append(ear)
    screen.qtbot.waitUntil(lambda: len(ear.heard) > 0)
    assert not screen.playback.lacks_device
    assert seconds_of(screen) == pytest.approx(0.3, abs=0.04)  # nobody waits for it
    assert not ear.samples.any()
    places = heard(room, ear, Fraction(33, 10))
    film = [second for _, second in places]
    assert max(after - before for before, after in pairwise(film)) < 0.12  # it never jumps on
    found = makers.bursts(ear.samples)[1:]  # into the first one it may have come late
    for burst in found:
        counted, second = next((place for place in places if place[0] >= burst), (burst, 0.0))
        at = second - (counted - burst)
        assert -2 * HEARD <= at - round(at) < AHEAD
    assert np.diff(found) == pytest.approx(1, abs=0.012)  # as the codec has it
    assert len(found) > 1


def test_a_device_that_vanishes_and_another_that_comes(room: Room) -> None:
    screen, devices, own = room
    screen.playback.set_loop(screen.playback.index.span(0, 74))
    before, after = Ear(), Ear(holds=HOLDS)
    devices.append(before)
    screen.playback.play()
    run(room, before, lambda: before.seconds >= Fraction(1, 2))
    before.lost = True
    screen.qtbot.waitUntil(lambda: before.stopped)
    at = seconds_of(screen)
    assert at == pytest.approx(0.5, abs=0.05)
    assert screen.playback.lacks_device
    own.advance(Fraction(1, 5))
    assert seconds_of(screen) == pytest.approx(at + 0.2, abs=0.04)
    devices.append(after)
    places = heard(room, after, Fraction(11, 5))
    burst = makers.bursts(after.samples)[1]
    counted, second = next(place for place in places if place[0] >= burst)
    at = second - (counted - burst)
    assert -2 * HEARD <= at - round(at) < AHEAD
    assert screen.playback.is_playing


def test_a_device_that_counts_too_slowly_does_not_make_the_film_jump(room: Room) -> None:
    screen, devices, own = room
    screen.playback.set_loop(screen.playback.index.span(0, 74))
    ear = Ear(holds=HOLDS)
    screen.playback.play()
    devices.append(ear)
    screen.qtbot.waitUntil(lambda: len(ear.heard) > 0)
    ended = ear.seconds + Fraction(3, 2)
    places = run(room, ear, lambda: ear.seconds >= ended, counts=Fraction(1, 3))
    assert not ear.samples.any()  # the film would have had to go back to where the sound is
    assert places[-1][1] == pytest.approx(float(own.now()) % 3, abs=0.05)
    places = run(room, ear, lambda: bool(ear.samples.any()))  # steady now, it is heard after all
    ways = [(after - before) % 3 for (_, before), (_, after) in pairwise(places)]
    assert max(min(way, 3 - way) for way in ways) < 0.2


def test_a_device_that_never_counts_holds_nothing_up(qtbot: QtBot, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigtool.ui.film.speaker._LONG_PATIENCE", 0.3)
    screen, devices, own = room
    dead, alive = Ear(), Ear()
    screen.playback.play()
    devices.append(dead)
    qtbot.waitUntil(lambda: len(dead.heard) > 0)
    own.advance(Fraction(1))
    screen.awaits(25)
    devices.append(alive)
    qtbot.waitUntil(lambda: dead.stopped)
    qtbot.waitUntil(lambda: len(alive.heard) > 0)
    assert seconds_of(screen) == 1
    assert not dead.samples.any()


def test_standing_still_looks_for_no_device(qtbot: QtBot, room: Room) -> None:
    screen, devices, _ = room
    screen.playback.play()
    screen.playback.pause()
    devices.append(Ear())
    qtbot.wait(60)
    assert len(devices) == 1
    screen.playback.shuttle(-1)  # nor playing backwards
    qtbot.wait(60)
    assert len(devices) == 1


def test_slow_is_silent_until_it_is_asked_for(qtbot: QtBot, room: Room) -> None:
    screen, devices, _ = room
    playback = screen.playback
    ears = [Ear() for _ in range(5)]
    devices.extend(ears)
    told = [playback.is_muted]
    playback.set_speed(Fraction(1, 4))
    told.append(playback.is_muted)
    playback.play()
    told.append(ears[0].muted)
    playback.set_muted(muted=False)
    told.append(ears[0].muted)
    playback.set_speed(Fraction(1))
    told.append(ears[1].muted)
    assert told == [False, True, True, False, False]
    playback.set_muted(muted=True)
    playback.set_speed(Fraction(1, 10))
    told.append(ears[2].muted)
    playback.set_muted(muted=False)  # asked for here, it is heard everywhere
    told.append(ears[2].muted)
    playback.set_muted(muted=True)  # and this is about slow speeds alone
    playback.set_speed(Fraction(1, 2))
    told.append(ears[3].muted)
    assert told[5:] == [True, False, False]
