"""What is heard: the right samples from the right tick, the device's time as the film's, and going on without it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

import makers
from ear import Ear
from film_on_screen import LARGE, SOUNDING, Breaking, Screen, index_of
from vigtool.errors import FilmMissing
from vigtool.player.clock import FakeClock
from vigtool.player.route import whole
from vigtool.player.sound import RATE, SoundReader
from vigtool.player.transport import Transport
from vigtool.timebase import Span
from vigtool.ui.film.playback import Playback
from vigtool.ui.film.sound_feed import SAMPLE, Buffer, SoundFeed
from vigtool.ui.film.speaker import Speaker


def film_at(number: int, rate: Fraction = Fraction(1), loop: Span | None = None) -> Transport:
    """One who plays the sounding film from a frame on."""
    film = Transport(index_of(SOUNDING), FakeClock())
    film.seek(number)
    film.set_rate(rate)
    film.set_loop(loop)
    film.play()
    return film


def heard_in(reader: SoundReader, tick: int) -> NDArray[np.int16]:
    return np.concatenate(list(reader.run(tick)))


@pytest.fixture
def speaker(qapp: QObject) -> Iterator[tuple[Speaker, list[Ear]]]:
    ears: list[Ear] = []

    def device(_parent: QObject) -> Ear:
        ears.append(Ear(hurries=True))
        return ears[-1]

    made = Speaker(makers.opener(makers.make(SOUNDING)), index_of(SOUNDING), device)
    yield made, ears
    made.close()


def test_what_is_heard_is_what_is_in_the_film(qtbot: QtBot, speaker: tuple[Speaker, list[Ear]]) -> None:
    index = index_of(SOUNDING)
    made, ears = speaker
    assert made.start(film_at(20)) is not None
    with SoundReader(makers.opener(makers.make(SOUNDING)), index) as reader:
        expected = heard_in(reader, index.pts(20))
    qtbot.waitUntil(lambda: len(ears[0].samples) >= len(expected) + RATE)
    assert np.array_equal(ears[0].samples[: len(expected)], expected)
    assert not ears[0].samples[len(expected) :].any()  # then silence, so that the clock goes on


def test_a_loop_is_heard_round_and_round_without_drift(qtbot: QtBot, speaker: tuple[Speaker, list[Ear]]) -> None:
    made, ears = speaker
    loop = index_of(SOUNDING).span(10, 39)  # 0.4 s to 1.6 s: with the burst of the first second
    made.start(film_at(25, loop=loop))
    qtbot.waitUntil(lambda: len(ears[0].samples) > 10 * RATE, timeout=20_000)
    found = makers.bursts(ears[0].samples)
    assert len(found) > 6
    for place, at in enumerate(found):
        assert at == pytest.approx(place * 1.2, abs=0.003)


def test_slow_sound_takes_longer_and_keeps_its_place(qtbot: QtBot, speaker: tuple[Speaker, list[Ear]]) -> None:
    index = index_of(SOUNDING)
    made, ears = speaker
    made.start(film_at(0, Fraction(1, 2), Span(index.pts(0), index.pts(50))))
    qtbot.waitUntil(lambda: len(ears[0].samples) > 9 * RATE, timeout=20_000)
    found = makers.bursts(ears[0].samples)
    assert [round(at) for at in found[:4]] == [0, 2, 4, 6]


def test_nothing_is_heard_backwards_or_too_fast(speaker: tuple[Speaker, list[Ear]]) -> None:
    made, ears = speaker
    assert made.start(film_at(9, Fraction(-1))) is None
    assert made.start(film_at(0, Fraction(8))) is None
    assert ears == []


def test_muted_is_told_to_the_device_now_and_later(speaker: tuple[Speaker, list[Ear]]) -> None:
    made, ears = speaker
    made.start(film_at(0))
    made.set_muted(muted=True)
    made.start(film_at(0))
    assert [ear.muted for ear in ears] == [True, True]
    assert ears[0].stopped


def test_a_device_that_cannot_be_opened_is_none(qapp: QObject) -> None:
    ear = Ear(opens=False)
    made = Speaker(makers.opener(makers.make(SOUNDING)), index_of(SOUNDING), lambda _parent: ear)
    assert made.start(film_at(0)) is None
    assert ear.stopped
    made.close()


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def own() -> FakeClock:
    return FakeClock()


@pytest.fixture
def playback(qapp: QObject, ear: Ear, own: FakeClock) -> Iterator[Playback]:
    made = Playback(
        makers.opener(makers.make(SOUNDING)), index_of(SOUNDING), has_sound=True, clock=own, make_device=lambda _: ear
    )
    yield made
    made.close()


def test_the_picture_follows_the_device_and_goes_on_without_it(
    qtbot: QtBot, ear: Ear, own: FakeClock, playback: Playback
) -> None:
    screen = Screen(qtbot, playback)
    screen.awaits(0)
    playback.play()
    own.advance(Fraction(1, 2))  # the wall clock means nothing before the device counts
    qtbot.wait(30)
    assert screen.shown[-1] == 0
    ear.seconds = Fraction(1, 100)
    playback.tick  # noqa: B018  # the device is asked
    for hundredths in range(2, 82):
        own.advance(Fraction(1, 100))
        ear.seconds = Fraction(hundredths, 100)
        assert playback.tick >= 0
    own.advance(Fraction(1, 10))
    # In frame 20, and nothing more is heard.
    screen.awaits(20)
    ear.lost = True
    qtbot.waitUntil(lambda: ear.stopped)
    at = playback.tick
    assert playback.is_playing
    own.advance(Fraction(1))
    assert playback.tick == pytest.approx(at + 1 / playback.index.time_base, abs=1)
    screen.awaits(playback.index.number_at(playback.tick))


def test_a_device_that_stands_still_is_left(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigtool.ui.film.speaker._PATIENCE", 0.1)
    made = Speaker(makers.opener(makers.make(SOUNDING)), index_of(SOUNDING), lambda _parent: Ear())
    with qtbot.waitSignal(made.lost):
        made.start(film_at(0))
    made.close()


def test_a_film_that_cannot_be_read_is_silent(qtbot: QtBot) -> None:
    film = Breaking(makers.make(SOUNDING))
    made = Speaker(film.opener, index_of(SOUNDING), lambda _parent: Ear())
    film.error = FilmMissing("gone")
    with qtbot.waitSignal(made.lost):
        made.start(film_at(0))
    made.close()


def test_the_newest_wish_wins_and_the_thread_ends() -> None:
    before = threading.active_count()
    feed = SoundFeed(makers.opener(makers.make(SOUNDING)), index_of(SOUNDING))
    buffers: list[Buffer] = [feed.begin(tick, Fraction(1), whole(index_of(SOUNDING))) for tick in range(30)]
    assert threading.active_count() == before + 1
    taken = b""
    while len(taken) < RATE * SAMPLE:
        taken += buffers[-1].take(10_000)
    assert all(buffer.take(10_000) == b"" for buffer in buffers[:-1])
    feed.stop()
    assert buffers[-1].take(100) == b""
    feed.close()
    assert threading.active_count() == before


def test_a_film_without_sound_opens_no_device(qtbot: QtBot) -> None:
    ears: list[Ear] = []

    def device(_parent: QObject) -> Ear:
        ears.append(Ear())
        return ears[-1]

    playback = Playback(
        makers.opener(makers.make(LARGE)), index_of(LARGE), has_sound=False, clock=FakeClock(), make_device=device
    )
    playback.play()
    playback.close()
    assert ears == []
