"""A whole film for somebody else: every picture as it was, and nothing that was said beside it."""

from __future__ import annotations

import io
from fractions import Fraction

import av
import pytest

import makers
from makers import Film
from vigtool.errors import Cancelled, CannotWrite
from vigtool.export import film_copy
from vigtool.export.cleanse import check_clean
from vigtool.export.film_copy import FilmCopy, write_film_copy
from vigtool.export.hevc_words import filler
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at
from vigtool.player.probe import FilmFacts, film_facts

WORDS = (("title", "Canary kitchen"), ("comment", "Canary Nadia"), ("location", "+52.0000+001.0000/"))
CANARIES = ("Canary kitchen", "Canary Nadia", "+52.0000+001.0000/", "2019-05-06")


def seen(data: bytes) -> tuple[FilmFacts, FrameIndex]:
    found = look_at(makers.opener(data))
    return film_facts(found.index, found.audio, found.damage), found.index


def copied(data: bytes) -> tuple[FilmCopy, bytes]:
    facts, index = seen(data)
    out = io.BytesIO()
    return write_film_copy(makers.opener(data), index, facts, out), out.getvalue()


def numbers(data: bytes) -> list[int]:
    _, index = seen(data)
    with FrameReader(makers.opener(data), index) as reader:
        return [makers.read_number(reader.get(number).rgb()) for number in range(index.frames)]


@pytest.mark.parametrize(
    "film",
    [
        Film(metadata=WORDS),
        Film(rotation=90, metadata=WORDS),
        Film(rotation=270, mirrored=True),
        Film(codec="libx265", frames=24, metadata=WORDS, options=(("x265-params", "log-level=none"),)),
        Film(container="mov", metadata=(*WORDS, ("creation_time", "2019-05-06T07:08:09Z"))),
        Film(container="matroska", metadata=WORDS),
        Film(container="mpegts", metadata=WORDS, open_gop=True),
        Film(times=makers.vary(40, (3000, 3003, 4500)), time_base=Fraction(1, 90_000)),
    ],
    ids=["plain", "turned", "mirrored", "hevc", "mov", "matroska", "mpegts", "vfr"],
)
def test_pictures_and_times_stay_as_they_are_and_words_stay_behind(film: Film) -> None:
    data = makers.make(film)
    made, copy = copied(data)
    assert made.as_it_is
    assert check_clean(copy, [*CANARIES, "x264", "x265 (build", "Lavc"]) == []
    (facts, index), (before, was) = seen(copy), seen(data)
    assert numbers(copy) == numbers(data)
    assert (facts.rotation, facts.mirrored) == (before.rotation, before.mirrored)
    assert (facts.width, facts.height) == (before.width, before.height)
    steps = [(tick - int(index.shown[0])) * index.time_base for tick in index.shown.tolist()]
    assert steps == [(tick - int(was.shown[0])) * was.time_base for tick in was.shown.tolist()]
    assert (facts.audio is None) is (before.audio is None)


def test_packets_are_the_films_own_but_for_what_says_something() -> None:
    data = phone_film()
    made, copy = copied(data)
    assert made.as_it_is
    pictures, were = packets(copy, "video"), packets(data, "video")
    assert packets(copy, "audio") == packets(data, "audio") != []
    assert b"x264" in data
    assert b"x264" not in copy
    assert pictures[1:] == were[1:]  # the first had the encoder's words
    assert were[0].endswith(pictures[0][-40:])


def packets(data: bytes, kind: str) -> list[bytes]:
    with av.open(io.BytesIO(data), "r") as container:
        return [bytes(packet) for packet in container.demux() if packet.size and packet.stream.type == kind]


def phone_film() -> bytes:
    """A film with sound that says nothing of its encoder, as a phone's does not."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        picture = container.add_stream("libx264", rate=25, options={"bf": "0"})
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        sound = container.add_stream("aac", rate=48_000)
        sound.codec_context.flags |= av.codec.context.Flags.bitexact
        for number in range(12):
            frame = av.VideoFrame(64, 48, "yuv420p")
            frame.pts = number
            container.mux(picture.encode(frame))
        for block in range(20):
            heard = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
            heard.sample_rate, heard.pts = 48_000, 1024 * block
            for plane in heard.planes:
                plane.update(bytes(4 * 1024))
            container.mux(sound.encode(heard))
        container.mux(picture.encode(None))
        container.mux(sound.encode(None))
    return out.getvalue()


@pytest.mark.parametrize(
    "film",
    [
        Film(codec="mjpeg", container="mov", pixel_format="yuvj420p", frames=12),
        Film(codec="libvpx-vp9", container="webm", frames=12, sound=True),
        Film(container="mpegts", sound=True, frames=30),
    ],
    ids=["mjpeg", "vp9", "mp2 sound"],
)
def test_what_cannot_be_copied_as_it_is_is_encoded_anew(film: Film) -> None:
    data = makers.make(film)
    made, copy = copied(data)
    assert not made.as_it_is
    assert check_clean(copy) == []
    assert set(numbers(copy)) == set(numbers(data))


def test_what_an_edit_list_hides_is_not_given_out() -> None:
    data = makers.cut_by_edit_list(makers.make(Film(frames=60)), 17 * 512)
    made, copy = copied(data)
    assert not made.as_it_is
    assert numbers(copy)[0] == numbers(data)[0] > 0
    with av.open(io.BytesIO(copy), "r") as container:
        assert sum(1 for _ in container.decode(video=0)) == len(numbers(data))


def test_other_tracks_stay_behind() -> None:
    out = io.BytesIO()
    with (
        av.open(io.BytesIO(makers.make(Film(frames=12))), "r") as film,
        av.open(out, "w", format="matroska") as container,
    ):
        picture = container.add_stream_from_template(film.streams.video[0])
        words = container.add_attachment("Canary Nadia.txt", "text/plain", b"Canary kitchen")
        assert words is not None
        for packet in film.demux(video=0):
            if packet.size:
                packet.stream = picture
                container.mux(packet)
    data = out.getvalue()
    assert b"Canary Nadia" in data
    made, copy = copied(data)
    assert made.as_it_is
    assert check_clean(copy, CANARIES) == []


@pytest.mark.parametrize("length", [*range(12), 254, 255, 256, 257, 258, 259, 260, 511, 512, 513, 2327])
def test_filler_is_exactly_as_long_as_what_it_takes_the_place_of(length: int) -> None:
    message = filler(length)
    assert len(message) == length
    if length > 2:
        assert message[0] == 3
        assert message.rstrip(b"\0")[-1] == 0x80
        sizes = message[1:].split(b"\x80")[0]
        assert set(sizes.replace(b"\xff", b"")) <= {*range(255)}


class Full(io.BytesIO):
    """A disk with room for a little."""

    def write(self, data: bytes) -> int:  # type: ignore[override]  # bytes are all that comes
        if self.tell() + len(data) > 70_000:
            raise OSError(28, "No space left on device")
        return super().write(data)


def test_a_full_disk_and_a_stop_are_told_as_what_they_are() -> None:
    data = makers.make(Film(frames=200, size=(640, 480)))
    facts, index = seen(data)
    with pytest.raises(CannotWrite):
        write_film_copy(makers.opener(data), index, facts, Full())
    with pytest.raises(Cancelled):
        write_film_copy(makers.opener(data), index, facts, io.BytesIO(), cancelled=lambda: True)
    told: list[tuple[int, int]] = []
    write_film_copy(makers.opener(data), index, facts, io.BytesIO(), report=lambda *how_far: told.append(how_far))
    assert told[0] == (0, 200)


def test_a_copy_that_would_say_something_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film_copy, "_SILENCE", {"h264": "null"})
    data = makers.make(Film(frames=12))
    made, copy = copied(data)
    assert not made.as_it_is
    assert check_clean(copy) == []
