"""The film as a file: what a phone would have written, and the truth that is told of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from io import BytesIO

import av
import numpy as np
import pytest

from vigtool.errors import Cancelled
from vigtool.sample import frame_code
from vigtool.sample.film import SampleFilm, draw_sample_film, film_truth
from vigtool.sample.phone import PHONE_MAKE, PHONE_MODEL, PLACE, SOUND_LATE
from vigtool.sample.sound import sound_track
from vigtool.sample.timestamps import TIME_BASE, shown_ticks


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn film: its bytes, what is said to be true of it, and what was reported meanwhile."""

    data: bytes = field(repr=False)
    truth: SampleFilm
    reports: list[tuple[int, int]] = field(repr=False)


@pytest.fixture(scope="session")
def short_film() -> Drawn:
    """Eight seconds at 640 by 360."""
    out, reports = BytesIO(), list[tuple[int, int]]()
    truth = draw_sample_film(
        out,
        seconds=8,
        size=(640, 360),
        report=lambda done, total: reports.append((done, total)),
        cancelled=lambda: False,
    )
    return Drawn(out.getvalue(), truth, reports)


def test_every_frame_is_there_at_its_tick_with_its_number_upright(short_film: Drawn) -> None:
    ticks, numbers, kinds = [], [], Counter[str]()
    with av.open(BytesIO(short_film.data), "r") as container:
        for frame in container.decode(video=0):
            assert (frame.width, frame.height, frame.rotation) == (360, 640, 90)
            ticks.append(frame.pts)
            kinds[av.video.frame.PictureType(frame.pict_type).name] += 1
            upright = np.rot90(frame.to_ndarray(format="rgb24"), frame.rotation // 90)
            numbers.append(frame_code.read(upright.astype(np.uint8)))
    assert tuple(ticks) == short_film.truth.ticks == shown_ticks(8)
    assert numbers == list(range(short_film.truth.frames))
    assert kinds["B"] > 40, kinds
    assert 4 <= kinds["I"] <= 10, kinds


def test_the_streams_are_what_a_phone_writes(short_film: Drawn) -> None:
    with av.open(BytesIO(short_film.data), "r") as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        assert container.format.name.startswith("mov")
        assert (picture.codec_context.name, picture.profile, picture.pix_fmt) == ("h264", "High", "yuv420p")
        assert picture.time_base == TIME_BASE
        assert picture.start_time == 0
        assert picture.duration == short_film.truth.end
        assert picture.codec_context.has_b_frames
        assert (sound.codec_context.name, sound.rate, sound.channels) == ("aac", 48_000, 2)
        assert sound.start_time is not None
        assert sound.time_base is not None
        assert 0 < sound.start_time * sound.time_base < Fraction(1, 20)


def test_it_says_too_much_as_phones_do(short_film: Drawn) -> None:
    with av.open(BytesIO(short_film.data), "r") as container:
        tags = container.metadata
    assert tags["location"] == PLACE
    assert (tags["make"], tags["model"]) == (PHONE_MAKE, PHONE_MODEL)
    assert tags["creation_time"].startswith("2026-11-12")
    assert short_film.data.count(PLACE.encode()) >= 2
    assert b"loci" in short_film.data, "a place in another box as well"


def test_sound_and_picture_are_in_step(short_film: Drawn) -> None:
    heard = np.zeros(9 * 48_000)
    first = None
    with av.open(BytesIO(short_film.data), "r") as container:
        for frame in container.decode(audio=0):
            assert frame.pts is not None
            assert frame.time_base is not None
            at = round(frame.pts * frame.time_base * 48_000)
            first = at if first is None else first
            row = frame.to_ndarray()[0]
            heard[at : at + len(row)] = row
    drawn = sound_track(8)[0]
    assert first is not None
    assert 0 < first <= SOUND_LATE
    voice = slice(250_000, 320_000)  # a coo and its answer
    lags = range(-240, 241)
    likeness = [float(np.dot(drawn[voice], heard[voice.start + lag : voice.stop + lag])) for lag in lags]
    assert abs(lags[int(np.argmax(likeness))]) <= 2


def test_it_is_told_how_far_it_is(short_film: Drawn) -> None:
    frames = short_film.truth.frames
    assert short_film.reports == [(done, frames) for done in range(1, frames + 1)]


def test_truth_needs_no_drawing(short_film: Drawn) -> None:
    assert film_truth(8, (640, 360)) == short_film.truth


def test_stopping_leaves_nothing() -> None:
    out = BytesIO()
    done: list[int] = []
    with pytest.raises(Cancelled):
        draw_sample_film(
            out, seconds=8, size=(320, 180), report=lambda n, _: done.append(n), cancelled=lambda: len(done) >= 5
        )
    assert out.getvalue() == b""
    assert len(done) == 5


def test_an_error_on_the_way_leaves_nothing_and_is_told() -> None:
    class Unplugged(Exception):
        pass

    def unplug(done: int, total: int) -> None:
        raise Unplugged

    out = BytesIO()
    with pytest.raises(Unplugged):
        draw_sample_film(out, seconds=1, size=(320, 180), report=unplug, cancelled=lambda: False)
    assert out.getvalue() == b""


@pytest.mark.parametrize("size", [(640, 480), (641, 361), (16, 9)])
def test_only_sixteen_to_nine_with_even_sides_is_drawn(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="16 to 9"):
        draw_sample_film(BytesIO(), seconds=1, size=size, report=lambda _a, _b: None, cancelled=lambda: False)
