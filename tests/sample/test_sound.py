"""The sound: in step with the frames, calm, and the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from vigtool.sample.sound import CUES, sound_track
from vigtool.sample.story import EVENTS
from vigtool.sample.timestamps import TIME_BASE, end_tick, shown_ticks

RATE = 48_000


@pytest.fixture(scope="module")
def track() -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return sound_track(30)


def loudness(piece: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> float:
    """Root mean square in decibels of full scale."""
    return float(20 * np.log10(np.sqrt(np.mean(piece.astype(float) ** 2))))


def between(first: int, last: int) -> slice:
    ticks = shown_ticks()
    return slice(int(ticks[first] * TIME_BASE * RATE), int(ticks[last + 1] * TIME_BASE * RATE))


def test_it_is_as_long_as_the_picture(track: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> None:
    assert track.shape == (2, int(end_tick(30) * TIME_BASE * RATE))
    assert track.dtype == np.float32
    assert np.abs(track).max() < 0.9


@pytest.mark.parametrize("code", ["b.voice", "rec.echo"])
def test_every_voice_that_is_marked_is_heard_and_calm(
    track: np.ndarray[tuple[int, ...], np.dtype[np.float32]], code: str
) -> None:
    heard = [event for event in EVENTS if event.code == code]
    assert heard
    for event in heard:
        assert -30 < loudness(track[:, between(event.first, event.last)]) < -20


def test_a_copy_is_softer_than_what_it_copies(track: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> None:
    by_key = {event.key: event for event in EVENTS}
    for said, copied in (("coos", "copies"), ("answers", "copies again")):
        first, second = (between(by_key[key].first, by_key[key].last) for key in (said, copied))
        assert loudness(track[:, second]) < loudness(track[:, first]) - 1


def test_a_voice_begins_with_its_frame(track: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> None:
    start = between(300, 334).start
    assert loudness(track[:, start - 4800 : start]) < -50
    assert loudness(track[:, start + 4800 : start + 9600]) > -30


def test_the_pause_is_quiet(track: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> None:
    assert loudness(track[:, between(690, 800)]) < -50


def test_the_same_every_time_and_for_every_length(track: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> None:
    assert (sound_track(30) == track).all()
    voice = between(300, 334)
    assert np.abs(sound_track(14)[:, voice] - track[:, voice]).max() < 0.02  # the room's own murmur differs


def test_cues_lie_in_the_film() -> None:
    assert all(0 <= cue.first < cue.last < len(shown_ticks()) - 1 for cue in CUES)
