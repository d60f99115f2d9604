"""Sound lands on its sample, and is made calm without being spoilt."""

from __future__ import annotations

import io
from collections.abc import Iterable
from fractions import Fraction
from functools import partial

import av
import numpy as np
import pytest
from av.audio.stream import AudioStream

from vigtool.errors import Cancelled, FilmMissing
from vigtool.export import film_sound as film_sound_module
from vigtool.export.film_sound import film_sound
from vigtool.export.held_sound import MOST, RATE, HeldSound, Sound
from vigtool.export.soundtrack import gain_for, measure

BEEP = RATE // 20


def beeps(seconds: int, rate: int, channels: int) -> np.ndarray:
    """A 50 ms tone at each whole second: float32 of shape (channels, n)."""
    time = np.arange(seconds * rate) / rate
    return np.tile(
        np.where(time % 1 < 0.05, 0.5 * np.sin(2 * np.pi * 1000 * time), 0).astype(np.float32), (channels, 1)
    )


def film(
    form: str, codec: str, *, rate: int = 48000, channels: int = 2, seconds: int = 6, delay: Fraction = Fraction(0)
) -> bytes:
    """A film of sound alone that begins `delay` seconds late; with sound only, since nothing else is looked at here."""
    out = io.BytesIO()
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[channels]
    samples = beeps(seconds, rate, channels)
    with av.open(out, "w", format=form) as container:
        stream = container.add_stream(codec, rate=rate)
        assert isinstance(stream, AudioStream)
        stream.codec_context.layout = layout
        form_of = "s16" if codec == "pcm_s16le" else "fltp"
        size = 1024
        for first in range(0, samples.shape[1], size):
            block = np.ascontiguousarray(samples[:, first : first + size])
            if form_of == "s16":
                block = (block.T.reshape(1, -1) * 32767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(block, format=form_of, layout=layout)
            frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
            frame.pts = first + int(delay * rate)
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return out.getvalue()


def onsets(sound: Sound) -> list[int]:
    """Where each beep begins, by its first loud sample."""
    loud = np.flatnonzero(np.abs(sound[0]) > 0.05)
    return [int(loud[n]) for n in range(len(loud)) if n == 0 or loud[n] - loud[n - 1] > RATE // 4]


def whole(pieces: Iterable[Sound]) -> Sound:
    return np.concatenate(list(pieces), axis=1)


CASES = {
    "mp4": lambda: film("mp4", "aac"),
    "mono 44100": lambda: film("mp4", "aac", rate=44100, channels=1),
    "5.1": lambda: film("mp4", "aac", channels=6),
    "mkv": lambda: film("matroska", "aac"),
    "mts": lambda: film("mpegts", "aac", delay=Fraction(3, 4)),
    "avi": lambda: film("avi", "pcm_s16le", rate=32000),
    "late": lambda: film("matroska", "aac", delay=Fraction(3, 4)),
}
DELAYS = {"mts": Fraction(3, 4), "late": Fraction(3, 4)}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("start", [Fraction(0), Fraction(9, 10), Fraction(31, 10), Fraction(5)])
def test_each_beep_on_its_sample(name: str, start: Fraction) -> None:
    data = CASES[name]()
    with av.open(io.BytesIO(data)) as container:
        stream = container.streams.audio[0]
        begin = (stream.start_time or 0) * (stream.time_base or Fraction(1))
    # a transport stream begins at 1.4 s, with the 1024 samples by which AAC warms up, which it cannot mark as such
    offset = begin + Fraction(1024, RATE) - DELAYS[name] if name == "mts" else Fraction(0)
    sound = whole(film_sound(lambda: io.BytesIO(data), 0, start + offset, 2 * RATE))
    wanted = [
        (second + DELAYS.get(name, 0) - start) * RATE
        for second in range(6)
        if 0 <= second + DELAYS.get(name, 0) - start < 2
    ]
    found = onsets(sound)
    assert len(found) == len(wanted)
    # the tone needs a few samples to grow loud, and a millisecond is what Matroska rounds its first timestamp to
    assert all(abs(place - want) < RATE * 0.001 for place, want in zip(found, wanted, strict=True))


def test_before_and_behind_the_sound_is_silence() -> None:
    data = film("mp4", "aac", seconds=2)
    early = whole(film_sound(lambda: io.BytesIO(data), 0, Fraction(-1), 2 * RATE))
    assert not early[:, : RATE - 3000].any()
    assert abs(onsets(early)[0] - RATE) < 200
    assert not whole(film_sound(lambda: io.BytesIO(data), 0, Fraction(3), RATE)).any()


def test_a_film_that_goes_away_and_a_person_who_stops() -> None:
    data = film("mp4", "aac", seconds=2)

    def gone() -> io.BytesIO:
        raise FilmMissing("gone")

    with pytest.raises(FilmMissing):
        next(film_sound(gone, 0, Fraction(0), RATE))
    with pytest.raises(Cancelled):
        next(film_sound(lambda: io.BytesIO(data), 0, Fraction(0), RATE, cancelled=lambda: True))


@pytest.mark.parametrize("name", CASES)
def test_the_same_sound_however_little_of_it_is_kept(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = CASES[name]()

    def heard() -> Sound:
        return whole(film_sound(lambda: io.BytesIO(data), 0, Fraction(9, 10), 4 * RATE))

    at_once = heard()
    monkeypatch.setattr(film_sound_module, "HeldSound", partial(HeldSound, block=999, most=1))
    assert at_once.any()
    assert np.array_equal(heard(), at_once)


class Counted(io.BytesIO):
    """A file that counts the bytes read from it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


@pytest.mark.parametrize(("most", "holds"), [(MOST, True), (1000, False)])
def test_a_long_film_is_not_read_before_its_first_second_is_handed_on_and_is_closed_when_nobody_listens(
    most: int, holds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(film_sound_module, "HeldSound", partial(HeldSound, most=most))
    data = film("avi", "pcm_s16le", rate=8000, channels=1, seconds=80)
    files: list[Counted] = []

    def opener() -> Counted:
        files.append(Counted(data))
        return files[-1]

    sound = film_sound(opener, 0, Fraction(0), 80 * RATE)
    assert next(sound).shape == (2, RATE)
    # half a minute is kept; the demuxer looks at the beginning and the end, too
    assert (0 < files[-1].taken < len(data) * 0.6) is holds
    sound.close()
    assert all(file.closed for file in files)


def tone(amplitude: float, seconds: int = 3) -> Sound:
    wave = amplitude * np.sin(2 * np.pi * 1000 * np.arange(seconds * RATE) / RATE)
    return np.tile(wave.astype(np.float32), (2, 1))


def test_one_loudness_for_loud_and_soft() -> None:
    for amplitude in (0.9, 0.1, 0.03):
        track = tone(amplitude)
        assert measure([track * np.float32(gain_for([track]))])[0] == pytest.approx(-16, abs=0.1)


def test_a_bang_is_not_cut_off_and_a_quiet_room_does_not_roar() -> None:
    track = tone(0.02, 10)
    track[:, 5000:5040] = 0.8
    assert measure([track * np.float32(gain_for([track]))])[1] <= 0.9
    assert gain_for([tone(0.0005)]) == 8.0
    assert gain_for([np.zeros((2, 3 * RATE), np.float32)]) == 1.0
