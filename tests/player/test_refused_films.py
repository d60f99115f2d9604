"""No films, and films that are taken away: by which name each is refused."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
import pytest

import makers
from makers import Film
from vigtool.errors import (
    EmptyFilm,
    FilmChanged,
    FilmDamaged,
    FilmError,
    FilmMissing,
    NoPicture,
    NotAFilm,
    SealBroken,
)
from vigtool.player.footage import Footage, path_opener
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import Look, look_at
from vigtool.player.sound import SoundReader


def look(data: bytes) -> Look:
    return look_at(makers.opener(data))


def test_another_film_in_its_place_is_noticed() -> None:
    index = look(makers.make(Film())).index
    with pytest.raises(FilmChanged):
        FrameReader(makers.opener(makers.make(Film(frames=50))), index)


def _sound_alone() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(8000))
    return out.getvalue()


def _sound_in_mp4() -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=48_000)
        stream.codec_context.layout = "stereo"
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp", layout="stereo")
        frame.sample_rate = 48_000
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return out.getvalue()


def _playlist() -> bytes:
    return b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n"


REFUSED: dict[str, tuple[Callable[[], bytes], type[FilmError]]] = {
    "nothing": (lambda: b"", NotAFilm),
    "thirteen bytes": (lambda: b"FLV\x01\x05\0\0\0\x09\0\0\0\0", FilmError),
    "text": (lambda: b"Dear diary, today we filmed.\n" * 40, NotAFilm),
    "a list of other films": (_playlist, NotAFilm),
    "noise": (lambda: np.random.default_rng(1).bytes(50_000), NotAFilm),
    "sound alone": (_sound_alone, NoPicture),
    "sound in a film's coat": (_sound_in_mp4, NoPicture),
    "never finished": (lambda: makers.truncated(makers.make(Film()), 0.5), EmptyFilm),
    "a header and no picture": (lambda: makers.truncated(makers.moov_first(makers.make(Film())), 0.25), EmptyFilm),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_film_is_refused_by_name(kind: str) -> None:
    made, error = REFUSED[kind]
    with pytest.raises(error) as caught:
        look(made())
    assert caught.value.message
    assert caught.value.hint


def test_a_film_that_is_gone_or_taken_away(tmp_path: Path) -> None:
    with pytest.raises(FilmMissing):
        look_at(path_opener(tmp_path / "gone.mp4"))
    with pytest.raises(FilmMissing):
        look_at(path_opener(tmp_path))


class _Unplugged(io.BytesIO):
    """A disk that is pulled out after so many reads of it."""

    def __init__(self, data: bytes, left: list[int]) -> None:
        super().__init__(data)
        self.left = left

    def read(self, size: int | None = -1, /) -> bytes:
        self.left[0] -= 1
        if self.left[0] < 0:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_disk_that_is_pulled_out() -> None:
    data = makers.make(Film(container="mpegts"))
    reads = [1_000]
    look_at(lambda: _Unplugged(data, reads))
    needed = 1_000 - reads[0]
    assert needed > 10
    for after in range(needed):
        with pytest.raises(FilmMissing):
            look_at(partial(_Unplugged, data, [after]))


class _Tampered(io.BytesIO):
    """A sealed film of which something was changed: noticed when that part is read."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > len(self.getbuffer()) // 3:
            message = "changed"
            raise SealBroken(message)
        return super().read(size)


@pytest.mark.parametrize("container", ["mpegts", "matroska", "mp4"])
def test_what_the_source_of_the_bytes_says_is_heard(container: str) -> None:
    """Whoever reads, by decoding, seeking or listening, and did not ask to go on around what cannot be read."""
    data = makers.make(Film(container=container, sound=True, frames=300, size=(384, 256), bframes=0, gop=6))
    index = look(data).index
    with pytest.raises(FilmDamaged):
        look_at(lambda: _Tampered(data))
    for number in (299, 200, 280):
        with pytest.raises(FilmDamaged), FrameReader(lambda: _Tampered(data), index) as reader:
            reader.get(number)
    with pytest.raises(FilmDamaged), SoundReader(lambda: _Tampered(data), index) as sound:
        list(sound.run(index.pts(200)))


def test_a_disk_that_is_pulled_out_while_a_frame_is_sought() -> None:
    data = makers.make(Film(container="mpegts"))
    index = look(data).index
    for after in range(0, 40, 3):
        left = [1000]
        with FrameReader(partial(_Unplugged, data, left), index) as reader:
            reader.get(3)
            left[0] = after
            try:
                for number in (50, 10, 40, 20):
                    assert reader.get(number).number == number
            except FilmMissing:
                continue


def test_looking_opens_a_film_for_reading_and_closes_it_again() -> None:
    data = makers.make(Film())
    opened: list[BinaryIO] = []

    def opener() -> BinaryIO:
        opened.append(io.BytesIO(data))
        return opened[-1]

    look_at(opener)
    assert opened
    assert all(source.closed for source in opened)
    opened.clear()
    data = b"x" * 99
    with pytest.raises(NotAFilm):
        Footage(opener)
    assert opened[-1].closed
