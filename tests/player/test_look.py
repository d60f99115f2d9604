"""Films that are cut, broken, hidden in part or no films: what is found out, and by which name it is refused."""

from __future__ import annotations

import dataclasses
import io
import wave
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
import pytest
from av.stream import Disposition

import makers
from makers import Film
from vigtool.errors import (
    Cancelled,
    EmptyFilm,
    FilmChanged,
    FilmDamaged,
    FilmError,
    FilmMissing,
    FrameUnreadable,
    NoPicture,
    NotAFilm,
    SealBroken,
)
from vigtool.player import showing
from vigtool.player.footage import Footage, path_opener
from vigtool.player.frame_index import UNKNOWN
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import Look, look_at
from vigtool.player.ordering import as_decoded, counted_on, end_of
from vigtool.player.packets import Packets
from vigtool.player.probe import facts_json, film_facts
from vigtool.player.sound import SoundReader


def look(data: bytes) -> Look:
    return look_at(makers.opener(data))


def numbers(data: bytes, found: Look) -> list[int]:
    with FrameReader(makers.opener(data), found.index) as reader:
        return [makers.read_number(frame.rgb()) for frame in reader.run(0)]


def shown_plainly(data: bytes) -> list[int]:
    """What a plain decoding from the beginning shows."""
    with av.open(io.BytesIO(data), "r") as container:
        pictures = [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in container.decode(video=0)]
    return [makers.read_number(picture) for picture in pictures]


@pytest.mark.parametrize("hidden", [1, 5, 12, 17])
def test_what_an_edit_list_hides_has_no_number(hidden: int) -> None:
    data = makers.cut_by_edit_list(makers.make(Film()), hidden * 512)
    found = look(data)
    assert found.index.frames == 60 - hidden
    assert numbers(data, found) == list(range(hidden, 60)) == shown_plainly(data)
    assert not found.damage.sentences
    with FrameReader(makers.opener(data), found.index) as reader:
        for asked in (0, 30, 3, 59 - hidden, 1):
            assert makers.read_number(reader.get(asked).rgb()) == asked + hidden


def test_a_film_shortened_at_its_end_by_an_edit_list() -> None:
    data = makers.cut_by_edit_list(makers.make(Film()), 0, 1600)
    found = look(data)
    assert numbers(data, found) == list(range(found.index.frames)) == shown_plainly(data)
    assert found.index.frames == 40


@pytest.mark.parametrize("container", ["matroska", "mpegts", "mpeg", "avi"])
@pytest.mark.parametrize("part", [0.5, 0.7, 0.93])
def test_a_film_cut_short_has_the_frames_that_are_there(container: str, part: float) -> None:
    codec = "libx264" if container in ("matroska", "mpegts") else "mpeg2video" if container == "mpeg" else "mpeg4"
    data = makers.truncated(makers.make(Film(codec=codec, container=container)), part)
    found = look(data)
    said = numbers(data, found)
    assert said[:-1] == list(range(found.index.frames - 1))
    assert 5 < found.index.frames < 60


def test_a_cut_film_whose_table_is_at_the_front_says_how_much_is_missing() -> None:
    data = makers.truncated(_moov_first(makers.make(Film())), 0.8)
    found = look(data)
    assert numbers(data, found) == list(range(found.index.frames))
    assert any("missing at its end" in sentence for sentence in found.damage.sentences)


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_film_shows_what_comes_out_and_says_so(seed: int) -> None:
    data = makers.corrupted(_moov_first(makers.make(Film(container="mp4"))), seed, begin=0.4, end=0.9, hits=12)
    found = look(data)
    assert found.damage.sentences
    with FrameReader(makers.opener(data), found.index) as reader:
        came = [frame.number for frame in reader.run(0)]
    assert came == list(range(found.index.frames))


@pytest.mark.parametrize("container", ["matroska", "mpegts", "mpeg", "mp4", "avi", "flv"])
def test_no_damage_is_without_a_name(container: str) -> None:
    """Whatever is changed, there is a film or a named error, and frames come or are said to be unreadable."""
    codec = {"mpeg": "mpeg2video", "avi": "mpeg4"}.get(container, "libx264")
    whole = makers.make(Film(codec=codec, container=container, sound=container != "flv"))
    for seed in range(6):
        data = makers.corrupted(whole, seed, hits=30, begin=0.0 if seed % 2 else 0.3, end=1.0)
        try:
            found = look(data)
            with FrameReader(makers.opener(data), found.index) as reader:
                for number in range(0, found.index.frames, 13):
                    try:
                        assert reader.get(number).pts == found.index.pts(number)
                    except FrameUnreadable:
                        continue
        except FilmError:
            continue


def test_a_frame_that_never_comes_is_unreadable_and_its_neighbours_are_not() -> None:
    data = makers.make(Film())
    index = look(data).index
    lacking = bytearray(data)
    with av.open(io.BytesIO(data), "r") as container:
        victim = next(packet for packet in container.demux(video=0) if packet.pts == index.pts(30))
        assert victim.pos is not None
        place = victim.pos
        size = victim.size
    lacking[place : place + size] = bytes(size)
    with FrameReader(makers.opener(bytes(lacking)), index) as reader:
        assert makers.read_number(reader.get(20).rgb()) == 20
        with pytest.raises(FrameUnreadable):
            reader.get(30)
        with pytest.raises(FrameUnreadable):
            reader.get(30)
        assert reader.get(48).number == 48


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
    "a header and no picture": (lambda: makers.truncated(_moov_first(makers.make(Film())), 0.25), EmptyFilm),
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


def test_it_can_be_stopped_and_tells_how_far_it_is() -> None:
    data = makers.make(Film(frames=200))
    seen: list[tuple[int, int]] = []
    look_at(makers.opener(data), lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1]
    assert all(0 <= done <= total for done, total in seen)
    with pytest.raises(Cancelled):
        look_at(makers.opener(data), cancelled=lambda: True)


def test_nothing_is_decoded_of_a_large_sound_film_but_its_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    from vigtool.player import look as module

    monkeypatch.setattr(module, "_QUICK_PIXELS", 0)
    monkeypatch.setattr(module, "decode_whole", lambda *_: pytest.fail("decoded it all"))
    for film in (Film(frames=300), Film(frames=300, container="mpegts", open_gop=True), Film(rotation=90)):
        found = look(makers.make(film))
        assert found.index.frames == len(film.ticks())
    hidden = makers.cut_by_edit_list(makers.make(Film(frames=300)), 17 * 512)
    assert look(hidden).index.frames == 283


@pytest.mark.parametrize("spoil", ["order", "head", "tail"])
def test_a_large_film_that_is_not_as_it_says_is_decoded_wholly(spoil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from vigtool.player import look as module

    monkeypatch.setattr(module, "_QUICK_PIXELS", 0)
    if spoil == "order":
        data = makers.make(Film(container="avi", frames=120))
        assert look(data).index.names is not None
        return
    head = spoil == "head"
    film = Film(frames=160, container="mpegts") if head else Film(frames=160, container="avi", codec="mpeg4", bframes=0)
    data = makers.make(film)
    with av.open(io.BytesIO(data), "r") as container:
        places = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.pos]
    if head:
        data = data[: 3 * 188] + data[places[5][0] :]  # begins amid a group: the first pictures never come
    else:
        data = data[: places[-2][0]] + bytes(places[-2][1]) + data[sum(places[-2]) :]  # the last but one never comes
    found = look(data)
    with FrameReader(makers.opener(data), found.index) as reader:
        came = len(list(reader.run(0)))
    assert came == found.index.frames == (len(shown_plainly(data)) if head else 159)


def test_a_film_too_long_to_be_decoded_is_taken_at_its_word(monkeypatch: pytest.MonkeyPatch) -> None:
    data = makers.corrupted(_moov_first(makers.make(Film(frames=200))), 3, hits=1, begin=0.8, end=0.85)
    clock = iter(range(0, 10_000, 30))
    monkeypatch.setattr("vigtool.player.showing.time.monotonic", lambda: next(clock))
    found = look_at(makers.opener(data), patience=100)
    assert found.damage.unseen
    assert found.index.frames >= 190


def test_second_fields_have_no_number() -> None:
    """Cameras store two fields of a frame as two packets, of which the first alone gives a picture."""
    packets = _packets(pts=[0, 1800, 7200, 9000, 3600, 5400], dts=[0, 1, 2, 3, 4, 5], duration=1800)
    shown = showing.Showing(origins=[0, 4, 2], pts=[0, 3600, 7200], durations=[1800] * 3)
    order = as_decoded(packets, shown)
    assert order.shown.tolist() == [0, 3600, 7200]
    assert not order.named
    assert end_of(packets, order, 1) == 10_800


def test_pictures_without_times_are_put_in_order() -> None:
    packets = _packets(pts=[UNKNOWN] * 4, dts=[10, 11, 12, 13], duration=1)
    shown = showing.Showing(origins=[0, 2, 1, 3], pts=[None] * 4, durations=[1] * 4)
    order = as_decoded(packets, shown)
    assert order.named
    assert order.shown.tolist() == [10, 11, 12, 13]
    assert packets.dts[order.rows].tolist() == [10, 12, 11, 13]


def test_a_clock_that_starts_anew_is_counted_on() -> None:
    packets = _packets(pts=[0, 1, 2, 0, 1], dts=[0, 1, 2, 0, 1], duration=1)
    shown = showing.Showing(origins=[0, 1, 2, 3, 4], pts=[0, 1, 2, 0, 1], durations=[1] * 5)
    order = as_decoded(packets, shown, anew=True)
    assert order.shown.tolist() == [0, 1, 2, 3, 4]
    assert (order.naming, order.restarts) == ("pos", (3,))


def test_where_nothing_tells_pictures_apart_what_came_before_is_kept() -> None:
    packets = dataclasses.replace(
        _packets(pts=[0, 1, 2, 0, 1], dts=[0, 1, 2, 0, 1], duration=1), pos=np.full(5, UNKNOWN)
    )
    shown = showing.Showing(origins=[0, 1, 2, 3, 4], pts=[0, 1, 2, 0, 1], durations=[1] * 5)
    order = as_decoded(packets, shown, anew=True)
    assert (order.shown.tolist(), order.untimed) == ([0, 1, 2], 2)


@pytest.mark.parametrize(
    ("came", "shown", "restarts"),
    [
        ([UNKNOWN] * 3, [0, 5, 10], ()),
        ([UNKNOWN, UNKNOWN, 20, 25], [10, 15, 20, 25], ()),
        ([0, 5, UNKNOWN, 15], [0, 5, 10, 15], ()),
        ([0, 5, 9000, 15, 20], [0, 5, 10, 15, 20], ()),
        ([100, 105, 0, 5, 10], [100, 105, 110, 115, 120], (2,)),
        ([10, 15, 0, 5, 0, 5], [10, 15, 20, 25, 30, 35], (2, 4)),
        ([0, 5, 300, 305], [0, 5, 300, 305], ()),
    ],
)
def test_times_are_counted_on(came: list[int], shown: list[int], restarts: tuple[int, ...]) -> None:
    ticks, anew = counted_on(np.array(came), 5)
    assert (ticks.tolist(), anew) == (shown, restarts)


@pytest.mark.parametrize("kind", ["cover", "stills"])
def test_the_best_of_several_streams_is_the_film(kind: str) -> None:
    """A cover and a few large stills beside the film are not the film."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        beside = container.add_stream("mjpeg", rate=25)
        film = container.add_stream("libx264", rate=25)
        beside.width, beside.height, beside.pix_fmt = 320, 240, "yuvj420p"
        film.width, film.height, film.pix_fmt = 192, 128, "yuv420p"
        if kind == "cover":
            beside.disposition = Disposition.attached_pic
        for stream, count in ((beside, 1 if kind == "cover" else 2), (film, 40)):
            for number in range(count):
                rgb = makers.upright_picture(number, stream.width, stream.height)
                frame = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format=stream.pix_fmt)
                frame.pts, frame.time_base = number, Fraction(1, 25)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    found = look(out.getvalue())
    assert (found.index.frames, found.index.picture.width, found.index.picture.codec) == (40, 192, "h264")


def test_the_document_of_facts() -> None:
    found = look(makers.make(Film(sound=True, rotation=90)))
    said = facts_json(film_facts(found.index, found.audio, found.damage))
    assert said == {
        "frames": 60,
        "duration": 2.4,
        "time_base": "1/12800",
        "start": 0,
        "end": 30720,
        "vfr": False,
        "rotation": 90,
        "mirrored": False,
        "width": 128,
        "height": 192,
        "codec": "h264",
        "container": "mov",
        "audio": {"codec": "aac", "rate": 48000, "channels": 2, "start": 0.0},
        "damage": [],
    }


def test_names_in_a_film_that_are_no_utf8_are_let_be() -> None:
    data = makers.make(Film(metadata=(("title", "QQQQQQQQ"),)))
    assert look(data.replace(b"QQQQQQQQ", b"\xff\xfe\x80QQQQQ")).index.frames == 60


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


def _packets(pts: list[int], dts: list[int], duration: int) -> Packets:
    count = len(pts)
    return Packets(
        pts=np.array(pts),
        dts=np.array(dts),
        pos=np.arange(count),
        duration=np.full(count, duration),
        size=np.full(count, 10),
        key=np.array([True] + [False] * (count - 1)),
        hidden=np.zeros(count, bool),
        torn=np.zeros(count, bool),
        gradual=np.zeros(count, bool),
        broken_off=False,
    )


def _moov_first(data: bytes) -> bytes:
    """The same MP4 with its table in front, as cameras and editors write it."""
    out = io.BytesIO()
    with (
        av.open(io.BytesIO(data), "r") as source,
        av.open(out, "w", format="mp4", options={"moov_size": "6000"}) as copy,
    ):
        stream = copy.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = stream
                copy.mux(packet)
    return out.getvalue()
