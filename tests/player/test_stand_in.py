"""A stand-in has the very same frames at the very same ticks, upright, and nothing else of its film."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any, BinaryIO, cast

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makers
from makers import Film, vary
from vigtool.errors import Cancelled, FilmChanged, FrameUnreadable
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at
from vigtool.player.picture import Picture
from vigtool.player.picture_file import PictureFile, can_hold
from vigtool.player.stand_in import GROUP, longest_group, make_stand_in, small_size, stand_in, wants_stand_in

_90K = Fraction(1, 90_000)
FILMS = {
    "long group": Film(frames=80, gop=80, bframes=3),
    "uneven, with holes of seconds": Film(times=vary(60, (3000, 3003, 180_000, 1500)), time_base=_90K),
    "milliseconds": Film(container="matroska", times=vary(60, (33, 34, 66, 20)), time_base=Fraction(1, 1000)),
    "begins late": Film(first=250),
    "begins before zero": Film(first=-25, container="mpegts", muxer=(("avoid_negative_ts", "disabled"),)),
    "cut by an edit list": Film(frames=60, gop=30),
    "turned and mirrored": Film(rotation=270, mirrored=True, container="mov"),
    "odd size": Film(size=(193, 129), pixel_format="yuv444p"),
    "ten bits": Film(codec="libx265", pixel_format="yuv420p10le", open_gop=True),
    "a tick that is no whole part of a second": Film(
        codec="mpeg4", container="avi", rate=Fraction(30_000, 1001), time_base=Fraction(1001, 30_000)
    ),
    "one frame": Film(frames=1),
}


@cache
def filmed(name: str) -> tuple[bytes, FrameIndex]:
    data = makers.make(FILMS[name])
    if name == "cut by an edit list":
        data = makers.cut_by_edit_list(data, 512 * 17)
    return data, look_at(makers.opener(data)).index


@cache
def stood_in(name: str) -> bytes:
    data, index = filmed(name)
    out = io.BytesIO()
    make_stand_in(makers.opener(data), index, out)
    return out.getvalue()


@pytest.mark.parametrize("name", FILMS)
def test_every_frame_begins_when_the_films_does_and_shows_the_same(name: str) -> None:
    data, film = filmed(name)
    opener = makers.opener(stood_in(name))
    own = look_at(opener)
    assert own.audio is None
    assert not own.damage.sentences
    made = stand_in(opener, film, own.index)
    assert (made.opener, made.index) == (opener, own.index)
    assert [number * own.index.time_base for number in own.index.shown.tolist()] == [
        number * film.time_base for number in film.shown.tolist()
    ]
    assert longest_group(own.index) <= GROUP
    assert own.index.reorder == 0
    with FrameReader(opener, own.index) as reader, FrameReader(makers.opener(data), film) as exact:
        for number in {film.frames - 1, 0, film.frames // 2, film.frames // 3}:
            expected = makers.read_number(exact.get(number).rgb())
            assert makers.read_number(reader.get(number).rgb()) == expected


def test_ticks_are_the_films_own_wherever_a_second_has_a_whole_number_of_them() -> None:
    for name in FILMS:
        _, film = filmed(name)
        own = look_at(makers.opener(stood_in(name))).index
        if film.time_base.numerator == 1:
            assert own.time_base == film.time_base
            assert np.array_equal(own.shown, film.shown)
            assert own.end == film.end


def test_a_stand_in_of_another_film_is_refused() -> None:
    _, film = filmed("long group")
    opener = makers.opener(stood_in("long group"))
    own = look_at(opener).index
    for other in (
        replace(own, shown=own.shown + 1, end=own.end + 1),
        replace(own, shown=own.shown[:-1]),
        replace(own, end=own.end + 1),
        replace(own, shown=np.concatenate([own.shown[:40], own.shown[40:41] + 1, own.shown[41:]])),
        replace(own, time_base=own.time_base * 2),
        replace(own, fragile=True),
    ):
        with pytest.raises(FilmChanged):
            stand_in(opener, film, other)
    assert stand_in(opener, film, own).index is own


def test_nothing_else_of_the_film_is_in_it() -> None:
    data = makers.make(Film(frames=30, sound=True, metadata=(("title", "Nadia"), ("location", "+51.5-000.1/"))))
    index, out = look_at(makers.opener(data)).index, io.BytesIO()
    make_stand_in(makers.opener(data), index, out)
    made = out.getvalue()
    assert b"Nadia" not in made
    assert b"51.5" not in made
    with av.open(io.BytesIO(made)) as container:
        assert len(container.streams) == 1
        known = {"major_brand", "minor_version", "compatible_brands", "creation_time", "language", "vendor_id"}
        assert set(container.metadata) | set(container.streams.video[0].metadata) <= known
        context = container.streams.video[0].codec_context
        assert (context.color_range, context.colorspace, context.pix_fmt) == (1, 1, "yuv420p")


class OnAndOn(io.RawIOBase):
    """Takes bytes, and neither seeks nor tells where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = bytearray()
        self.most = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.taken += data
        self.most = max(self.most, len(data))
        return len(data)


def test_it_is_written_straight_through() -> None:
    data, index = filmed("long group")
    out = OnAndOn()
    make_stand_in(makers.opener(data), index, cast("BinaryIO", out))
    assert bytes(out.taken) == stood_in("long group")
    assert out.most < len(out.taken) / 2, "a group at a time"


def test_it_stops_when_told_and_says_how_far_it_is() -> None:
    data, index = filmed("long group")
    said: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        make_stand_in(makers.opener(data), index, io.BytesIO(), lambda *far: said.append(far), lambda: len(said) == 20)
    assert said == [(number, 80) for number in range(1, 21)]


def test_a_frame_that_does_not_come_out_is_no_reason_to_leave_one_out() -> None:
    data, index = filmed("long group")
    more = replace(index, shown=np.sort(np.append(index.shown, index.shown[40] + 1)))
    with pytest.raises(FrameUnreadable):
        make_stand_in(makers.opener(data), more, io.BytesIO())


def test_films_that_are_heavy_want_one() -> None:
    def index(frames: int, keys: int, **changes: Any) -> FrameIndex:
        plain = filmed("long group")[1]
        shown = np.arange(frames, dtype=np.int64) * 512
        table = replace(plain.keys, **dict.fromkeys(("pts", "dts", "pos"), shown[::keys]))
        picture = replace(plain.picture, **{key: value for key, value in changes.items() if key != "fragile"})
        fragile = bool(changes.get("fragile", False))
        return replace(plain, shown=shown, end=frames * 512, keys=table, picture=picture, fragile=fragile)

    assert not wants_stand_in(index(300, 60))
    assert wants_stand_in(index(300, 61))
    assert not wants_stand_in(index(300, 30, stored_width=1920, stored_height=1088))
    assert wants_stand_in(index(300, 30, stored_width=1936, stored_height=1088))
    assert wants_stand_in(index(300, 30, stored_width=1920, stored_height=1080, codec="hevc"))
    assert not wants_stand_in(index(300, 30, stored_width=640, stored_height=480, codec="hevc"))
    assert wants_stand_in(index(300, 30, hdr=True))
    assert not wants_stand_in(index(300, 300, fragile=True))


@pytest.mark.parametrize(
    ("size", "rotation", "small"),
    [
        ((3840, 2160), 0, (1280, 720)),
        ((3840, 2160), 90, (720, 1280)),
        ((1920, 1080), 0, (1280, 720)),
        ((1440, 1080), 0, (960, 720)),
        ((640, 480), 0, (640, 480)),
        ((193, 129), 0, (192, 128)),
        ((4000, 100), 0, (1280, 32)),
        ((1, 1), 0, (2, 2)),
    ],
)
def test_its_pictures_are_small_even_and_of_the_films_shape(
    size: tuple[int, int], rotation: int, small: tuple[int, int]
) -> None:
    picture = Picture(stream=0, codec="h264", stored_width=size[0], stored_height=size[1], rotation=rotation)
    assert small_size(picture) == small


@cache
def _pictures() -> tuple[bytes, bytes, bytes]:
    """A key picture of 16 by 16, one that follows it, and the decoder's configuration."""
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width = encoder.height = 16
    encoder.pix_fmt, encoder.time_base, encoder.framerate = "yuv420p", Fraction(1, 25), Fraction(25)
    encoder.options = {"preset": "ultrafast", "tune": "zerolatency", "x264-params": "annexb=0"}
    encoder.flags |= av.codec.context.Flags.global_header
    encoder.open()
    frame = av.VideoFrame(16, 16, "yuv420p")
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    packets = []
    for frame.pts in (0, 1):
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    return bytes(packets[0]), bytes(packets[1]), encoder.extradata or b""


times = st.builds(
    lambda start, steps: [start + sum(steps[:place]) for place in range(len(steps) + 1)],
    st.integers(-(2**31) + 1, 2**40),
    st.lists(st.integers(1, 2**28), min_size=1, max_size=40),
)


@settings(max_examples=40, deadline=None)
@given(ticks=times, base=st.sampled_from([(1, 25), (1, 90_000), (1, 12_800), (1001, 30_000), (1, 2**31 - 1)]))
def test_any_times_come_back_as_they_were_written(ticks: list[int], base: tuple[int, int]) -> None:
    time_base = Fraction(*base)
    shown, end = ticks[:-1], ticks[-1]
    if not can_hold(time_base, shown, end):
        return
    key, other, configuration = _pictures()
    out = io.BytesIO()
    film = PictureFile(out, 16, 16, time_base)
    for place, tick in enumerate(shown):
        film.add(tick, other if place % 3 else key, key=place % 3 == 0)
    film.finish(end, configuration)
    out.seek(0)
    with av.open(out, "r") as container:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.size]
        assert stream.time_base == Fraction(1, time_base.denominator)
        assert [packet.pts for packet in packets] == [tick * time_base.numerator for tick in shown]
        assert [packet.is_keyframe for packet in packets] == [place % 3 == 0 for place in range(len(shown))]
        assert {bytes(packet) for packet in packets} <= {key, other}
        assert not any(packet.is_discard for packet in packets)
        assert packets[-1].duration == (end - shown[-1]) * time_base.numerator


def test_what_no_such_file_can_hold_is_known_before() -> None:
    assert can_hold(_90K, [0, 3000], 6000)
    assert not can_hold(Fraction(1, 10**10), [0, 3000], 6000)
    assert not can_hold(Fraction(1, 10**9), [0, 3 * 10**9], 4 * 10**9)
    assert not can_hold(_90K, [-(2**31), 0], 3000)


def test_a_film_begins_with_a_key_picture() -> None:
    with pytest.raises(ValueError, match="key picture"):
        PictureFile(io.BytesIO(), 16, 16, _90K).add(0, b"", key=False)
