"""Sound on the film's own clock: bursts are heard in the whole seconds in which they were made."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
import pytest
from numpy.typing import NDArray

import makers
from makers import Film
from vigtool.errors import Cancelled
from vigtool.player.frame_index import FrameIndex
from vigtool.player.look import look_at
from vigtool.player.sound import RATE, SoundReader
from vigtool.player.stretch import stretched
from vigtool.player.waveform import PER_SECOND, at_seconds, peaks

# Seconds by which each container's own clock begins later than the film that is put into it.
FILMS = {
    "mp4": (Film(sound=True, frames=100), 0),
    "mov": (Film(sound=True, frames=100, container="mov", sound_channels=1), 0),
    "late": (Film(sound=True, frames=100, sound_start=Fraction(3, 4)), 0),
    "matroska": (Film(sound=True, frames=100, container="matroska"), 0),
    "webm": (Film(sound=True, frames=100, container="webm", codec="libvpx"), 0),
    "avi": (Film(sound=True, frames=100, container="avi", codec="mpeg4", bframes=0), 0),
    "transport stream": (Film(sound=True, frames=100, container="mpegts"), None),
    "program stream": (Film(sound=True, frames=100, container="mpeg", codec="mpeg2video"), None),
    "ten seconds in": (Film(sound=True, frames=100, first=250, sound_start=Fraction(10)), 0),
}


def heard(data: bytes, index: FrameIndex, tick: int, rate: Fraction = Fraction(1)) -> NDArray[np.int16]:
    with SoundReader(makers.opener(data), index, rate) as reader:
        return np.concatenate(list(reader.run(tick)))


@pytest.mark.parametrize("name", FILMS)
@pytest.mark.parametrize("number", [0, 13, 30, 51, 76, 99])
def test_bursts_are_heard_when_they_were_made(name: str, number: int) -> None:
    film, shift = FILMS[name]
    data = makers.make(film)
    index = look_at(makers.opener(data)).index
    later = index.start * index.time_base - film.seconds()[0] if shift is None else Fraction(shift)
    tick = index.pts(number)
    samples = heard(data, index, tick)
    assert len(samples) == round((index.end - tick) * index.time_base * RATE)
    begin = float(tick * index.time_base - later)
    times = [moment + begin for moment in makers.bursts(samples)] if samples.any() else []
    end = float(index.end * index.time_base - later)
    whole = [moment for moment in times if begin + 0.11 < moment < end - 0.03]
    assert all(abs(moment - round(moment)) < 0.012 for moment in whole), times
    assert [round(moment) for moment in whole] == [
        second for second in range(200) if max(begin + 0.11, float(film.sound_start)) < second < end - 0.03
    ]


def test_two_beginnings_give_the_same_samples() -> None:
    data = makers.make(Film(sound=True, frames=100))
    index = look_at(makers.opener(data)).index
    whole = heard(data, index, index.start).astype(int)
    part = heard(data, index, index.pts(40)).astype(int)
    place = round(index.seconds(40) * RATE)
    assert np.abs(whole[place + 2000 :] - part[2000:]).max() < 400


def test_a_film_without_sound_is_silent() -> None:
    data = makers.make(Film())
    index = look_at(makers.opener(data)).index
    with SoundReader(makers.opener(data), index) as reader:
        assert reader.silent
    samples = heard(data, index, index.pts(50))
    assert len(samples) == 10 * RATE // 25
    assert not samples.any()


def _with_gap(jump: float) -> bytes:
    """Sound whose timestamps jump by so many seconds after the first, with one burst every half second."""
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as container:
        picture = container.add_stream("mpeg4", rate=25)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        sound = container.add_stream("pcm_s16le", rate=RATE)
        sound.codec_context.layout = "mono"
        for number in range(100):
            frame = av.VideoFrame(64, 48, "yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        samples = makers.sound_of(3, Fraction(0), 1)
        for place in range(0, samples.shape[1], 960):
            block = av.AudioFrame.from_ndarray(samples[:, place : place + 960], format="s16", layout="mono")
            block.sample_rate, block.time_base = RATE, Fraction(1, RATE)
            block.pts = place + (round(jump * RATE) if place >= RATE + 9600 else 0)
            container.mux(sound.encode(block))
        container.mux(sound.encode(None))
    return out.getvalue()


@pytest.mark.parametrize(("jump", "second"), [(0.5, 2.5), (0.015, 2.0)])
def test_a_gap_is_silence_and_rounding_is_none(jump: float, second: float) -> None:
    data = _with_gap(jump)
    index = look_at(makers.opener(data)).index
    assert np.allclose(makers.bursts(heard(data, index, 0))[:3], [0, 1, second], atol=0.004)


def test_blocks_that_overlap_are_cut_and_drift_is_set_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of 20 ms: twenty, then a jump back by 100 ms, then each a hundredth of a millisecond late."""
    data = makers.make(Film(sound=True))
    index = look_at(makers.opener(data)).index
    places = [960 * step for step in range(20)] + [960 * step - 4800 for step in range(20, 100)]
    stamps = [place + (step - 20) * 48 // 10 * (step >= 20) for step, place in enumerate(places)]

    def decoded(_reader: SoundReader, _start: Fraction) -> Iterator[av.AudioFrame]:
        for stamp in stamps:
            block = av.AudioFrame.from_ndarray(np.full((1, 960), stamp // 48, np.int16), format="s16", layout="mono")
            block.sample_rate, block.time_base, block.pts = RATE, Fraction(1, RATE), stamp
            yield block

    monkeypatch.setattr(SoundReader, "_decoded", decoded)
    samples = heard(data, index, 0)[:, 0]
    for stamp in (0, stamps[10], stamps[19], stamps[30], stamps[60], stamps[-2]):
        assert abs(int(samples[stamp + 480]) - stamp // 48) <= 20
    assert len(samples) == round(index.duration * RATE)


@pytest.mark.parametrize("rate", [Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(3, 2), Fraction(2)])
def test_slow_and_fast_sound_keep_pitch_and_place(rate: Fraction) -> None:
    data = makers.make(Film(sound=True, frames=100))
    index = look_at(makers.opener(data)).index
    samples = heard(data, index, index.start, rate)
    assert abs(len(samples) / RATE * rate - 4) < 0.06
    assert np.allclose([moment * float(rate) for moment in makers.bursts(samples)], [0, 1, 2, 3], atol=0.05)
    middle = samples[round(2.02 / float(rate) * RATE) :][:2400, 0]
    wave = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert abs(int(wave.argmax()) * RATE / len(middle) - 1000) < 45


def test_no_sound_at_impossible_speeds() -> None:
    with pytest.raises(ValueError, match="speed"):
        next(stretched(iter([]), RATE, Fraction(8)))


def test_damaged_sound_is_heard_where_it_is_whole() -> None:
    data = makers.corrupted(makers.make(Film(sound=True, frames=100, container="matroska")), 5, hits=60)
    index = look_at(makers.opener(data)).index
    samples = heard(data, index, index.start)
    assert len(samples) == round(index.duration * RATE)


def test_the_waveform_shows_the_bursts() -> None:
    data = makers.make(Film(sound=True, frames=100))
    index = look_at(makers.opener(data)).index
    seen: list[tuple[int, int]] = []
    found = peaks(makers.opener(data), index, lambda done, total: seen.append((done, total)))
    assert found.shape == (4 * PER_SECOND, 2)
    assert seen[-1] == (400, 400)
    loud = found[:, 1] > 30
    expected = np.arange(400) % 100 < 10
    assert np.mean(loud != expected) < 0.03
    assert np.all(found[:, 0] <= found[:, 1])


def test_the_waveform_is_drawn_at_any_width() -> None:
    found = np.zeros((400, 2), np.int8)
    found[200] = (-100, 90)
    for columns in (1, 7, 100, 399, 400, 1500):
        drawn = at_seconds(found, Fraction(0), Fraction(4), columns)
        assert drawn.shape == (columns, 2)
        assert drawn[:, 1].max() == 90
        assert int(np.flatnonzero(drawn[:, 1])[0]) - columns // 2 in (0, 1)
    assert not at_seconds(found, Fraction(3), Fraction(9), 50).any()
    assert at_seconds(found[:0], Fraction(0), Fraction(1), 5).tolist() == [[0, 0]] * 5


def test_a_silent_film_has_no_waveform_and_work_can_be_stopped() -> None:
    data = makers.make(Film())
    assert not len(peaks(makers.opener(data), look_at(makers.opener(data)).index))
    loud = makers.make(Film(sound=True))
    with pytest.raises(Cancelled):
        peaks(makers.opener(loud), look_at(makers.opener(loud)).index, cancelled=lambda: True)
