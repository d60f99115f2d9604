"""A sealed film of which a part was changed: what comes before and after it is shown and heard as it was."""

from __future__ import annotations

import io
import threading
from functools import partial
from typing import Any, BinaryIO

import numpy as np
import pytest

import makers
from makers import Film
from vigtool.errors import FilmDamaged, FilmError, FilmMissing, SealBroken, StorageFailed
from vigtool.player.decoding import FilmDecoder
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at
from vigtool.player.sound import SoundReader

CONTAINERS = ("mp4", "matroska", "mpegts")
FRAMES, GOP = 150, 24
BUSY = (("x264-params", "nal-hrd=cbr"), ("b", "4000000"), ("maxrate", "4000000"), ("bufsize", "1000000"))
"""Filled up to four million bits a second, as a camera's film is: a chunk of 64 KiB is some frames, not all."""


class Torn(io.BytesIO):
    """A film of which some bytes are never given out; where the disk is at fault, by another error."""

    def __init__(self, data: bytes, hole: range, error: type[Exception] = SealBroken) -> None:
        super().__init__(data)
        self.hole, self.error = hole, error

    def read(self, size: int | None = -1, /) -> bytes:
        start = self.tell()
        end = len(self.getbuffer()) if size is None or size < 0 else min(start + size, len(self.getbuffer()))
        if start < self.hole.stop and end > self.hole.start:
            raise self.error("these bytes are not what was written")
        return super().read(size)


@pytest.fixture(scope="module", params=CONTAINERS)
def film(request: pytest.FixtureRequest) -> tuple[bytes, FrameIndex]:
    data = makers.make(Film(container=request.param, frames=FRAMES, gop=GOP, bframes=2, sound=True, options=BUSY))
    return data, look_at(lambda: io.BytesIO(data)).index


def hole_in(data: bytes) -> range:
    """A chunk in the midst of the film, as a sealed file has them."""
    return range(len(data) // 2, len(data) // 2 + 65_536)


def pictures(data: bytes, index: FrameIndex) -> dict[int, bytes]:
    with FrameReader(lambda: io.BytesIO(data), index) as reader:
        return {frame.number: frame.rgb().tobytes() for frame in reader.run(0)}


@pytest.mark.parametrize("error", [SealBroken, StorageFailed])
def test_every_frame_outside_of_the_damage_is_the_right_one(
    film: tuple[bytes, FrameIndex], error: type[Exception]
) -> None:
    data, index = film
    hole, right = hole_in(data), pictures(data, index)
    with FrameReader(lambda: Torn(data, hole, error), index) as reader:
        seen = {frame.number: frame.rgb().tobytes() for frame in reader.run(0, around=True)}
    lost = set(range(FRAMES)) - set(seen)
    assert 0 < len(lost) <= GOP
    assert index.keyframe_before(min(lost)) == index.keyframe_before(max(lost))
    assert all(right[number] == pixels for number, pixels in seen.items())
    with FrameReader(lambda: Torn(data, hole, error), index) as reader:
        for number in (max(lost) + 1, min(lost), min(lost) - 1, max(lost), 0, FRAMES - 1, (min(lost) + max(lost)) // 2):
            if number in lost:
                with pytest.raises(FilmDamaged):
                    reader.get(number)
            else:
                assert reader.get(number).rgb().tobytes() == right[number]
        from_within = next(reader.run(max(lost) - 2, around=True))
        assert from_within.number == max(lost) + 1


def test_who_does_not_ask_to_go_around_is_told(film: tuple[bytes, FrameIndex]) -> None:
    data, index = film
    hole = hole_in(data)
    with FrameReader(lambda: Torn(data, hole), index) as reader, pytest.raises(FilmDamaged):
        list(reader.run(0))
    with SoundReader(lambda: Torn(data, hole), index) as sound, pytest.raises(FilmDamaged):
        list(sound.run(index.start))


def test_sound_is_silent_where_it_cannot_be_read(film: tuple[bytes, FrameIndex]) -> None:
    data, index = film
    with SoundReader(lambda: io.BytesIO(data), index) as sound:
        right = np.concatenate(list(sound.run(index.start)))
    with SoundReader(lambda: Torn(data, hole_in(data)), index, around=True) as sound:
        heard = np.concatenate(list(sound.run(index.start)))
    assert heard.shape == right.shape
    same = np.all(np.abs(heard.astype(int) - right.astype(int)) <= 2, axis=1)
    assert same.mean() > 0.5
    assert np.abs(heard[-24_000:]).max() >= np.abs(right[-24_000:]).max() // 2 > 0


def test_a_disk_that_is_gone_altogether_is_no_damage() -> None:
    data = makers.make(Film(frames=60, gop=10, options=BUSY))
    index = look_at(lambda: io.BytesIO(data)).index
    films: list[Torn] = []

    def opener() -> BinaryIO:
        films.append(Torn(data, range(0), StorageFailed))
        return films[-1]

    with FrameReader(opener, index) as reader:
        for each in films:
            each.hole = range(len(data))
        with pytest.raises(FilmMissing):
            reader.get(55)


class Screen:
    """Takes what a decoder gives."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.shown: list[int] = []
        self.failed: list[tuple[int, FilmError]] = []

    def deliver(self, picture: ViewPicture) -> None:
        with self.changed:
            self.shown.append(picture.number)
            self.changed.notify_all()

    def fail(self, number: int, problem: FilmError) -> None:
        with self.changed:
            self.failed.append((number, problem))
            self.changed.notify_all()

    def awaits(self, what: Any) -> None:
        with self.changed:
            assert self.changed.wait_for(what, 20)


def test_the_decoding_thread_lives_on_and_plays_on_behind_it(film: tuple[bytes, FrameIndex]) -> None:
    data, index = film
    hole, screen = hole_in(data), Screen()
    with FrameReader(lambda: Torn(data, hole), index) as reader:
        lost = set(range(FRAMES)) - {frame.number for frame in reader.run(0, around=True)}
    decoder = FilmDecoder(partial(Torn, data, hole), index, screen.deliver, screen.fail)
    try:
        decoder.show(max(lost), 96, 64)
        screen.awaits(lambda: screen.failed)
        assert isinstance(screen.failed[0][1], FilmDamaged)
        decoder.show(max(lost) + 2, 96, 64)
        screen.awaits(lambda: max(lost) + 2 in screen.shown)
        decoder.play(min(lost) - 3, 96, 64)
        at, picture = threading.Event(), None
        for number in range(min(lost) - 3, max(lost) + 20):
            for _ in range(50):
                picture = decoder.at(number)
                if picture is not None and (picture.number == number or number in lost):
                    break
                at.wait(0.02)
        assert picture is not None
        assert picture.number == max(lost) + 19
        assert len(screen.failed) == 1
    finally:
        decoder.close()
