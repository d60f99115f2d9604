"""Films that are cut, broken or hidden in part: what is found out of them."""

from __future__ import annotations

import io
from fractions import Fraction

import av
import numpy as np
import pytest
from av.stream import Disposition

import makers
from makers import Film
from vigtool.errors import (
    Cancelled,
    FilmError,
    FrameUnreadable,
)
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import Look, look_at
from vigtool.player.probe import facts_json, film_facts


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
    data = makers.truncated(makers.moov_first(makers.make(Film())), 0.8)
    found = look(data)
    assert numbers(data, found) == list(range(found.index.frames))
    assert any("missing at its end" in sentence for sentence in found.damage.sentences)


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_film_shows_what_comes_out_and_says_so(seed: int) -> None:
    data = makers.corrupted(makers.moov_first(makers.make(Film(container="mp4"))), seed, begin=0.4, end=0.9, hits=12)
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
    data = makers.corrupted(makers.moov_first(makers.make(Film(frames=200))), 3, hits=1, begin=0.8, end=0.85)
    clock = iter(range(0, 10_000, 30))
    monkeypatch.setattr("vigtool.player.showing.time.monotonic", lambda: next(clock))
    found = look_at(makers.opener(data), patience=100)
    assert found.damage.unseen
    assert found.index.frames >= 190


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
