"""Interlaced frames: one picture a frame, of the frame's own time, whichever way one came to it."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import av
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import interlaced_films
import makers
from interlaced_films import FILMS, LATER, InterlacedFilm
from vigtool.player import deinterlace
from vigtool.player.frame import Frame
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at
from vigtool.player.still import png

Opener = Callable[[], io.BytesIO]


@cache
def opened(data: bytes) -> tuple[Opener, FrameIndex]:
    return lambda: io.BytesIO(data), look_at(lambda: io.BytesIO(data)).index


def film(name: str) -> tuple[Opener, FrameIndex]:
    return opened(interlaced_films.make(FILMS[name]))


def frames(opener: Opener, index: FrameIndex) -> list[Frame]:
    with FrameReader(opener, index) as reader:
        return list(reader.run(0))


def luma(picture: av.VideoFrame) -> NDArray[np.int16]:
    plane = picture.planes[0]
    kind = np.uint8 if picture.format.components[0].bits == 8 else np.uint16
    rows = np.frombuffer(memoryview(plane), kind).reshape(plane.height, -1)[:, : plane.width]
    return rows.astype(np.int16)


def comb(picture: av.VideoFrame) -> float:
    """How much lines differ from both their neighbours."""
    rows = luma(picture)
    return float(np.abs(2 * rows[1:-1] - rows[:-2] - rows[2:]).mean())


@pytest.mark.parametrize("name", FILMS)
def test_the_number_of_the_frames_own_time_is_shown(name: str) -> None:
    opener, index = film(name)
    shown = frames(opener, index)
    assert len(shown) == FILMS[name].frames
    assert all(frame.picture.interlaced_frame for frame in shown)
    assert [makers.read_number(frame.rgb()) for frame in shown] == list(range(len(shown)))


@pytest.mark.parametrize("name", FILMS)
def test_at_random_as_in_straight_play(name: str) -> None:
    opener, index = film(name)
    straight = frames(opener, index)
    with FrameReader(opener, index) as reader:
        for number in np.random.default_rng(3).permutation(len(straight))[:10].tolist():
            frame = reader.get(number)
            assert np.array_equal(frame.rgb(), straight[number].rgb())
            assert np.array_equal(frame.bgra(100, 60), straight[number].bgra(100, 60))
            assert np.array_equal(
                frame.upright_yuv(128, 96).to_ndarray(), straight[number].upright_yuv(128, 96).to_ndarray()
            )


def test_still_view_and_copy_show_the_same() -> None:
    opener, index = film("h264, upper first")
    with FrameReader(opener, index) as reader:
        frame = reader.get(17)
    still = cv2.imdecode(np.frombuffer(png(frame), np.uint8), cv2.IMREAD_COLOR)
    assert still is not None
    copy = np.asarray(frame.upright_yuv(frame.width, frame.height).to_ndarray(format="rgb24"), np.uint8)
    assert [makers.read_number(np.asarray(part, np.uint8)) for part in (still[..., ::-1], frame.rgb(), copy)] == [
        17
    ] * 3


@pytest.mark.parametrize("name", FILMS)
def test_combs_are_gone(name: str) -> None:
    opener, index = film(name)
    for frame in frames(opener, index)[3:6]:
        before, after = comb(frame.picture), comb(deinterlace.progressive(frame.picture))
        assert after < before / 4


def test_without_it_the_numbers_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deinterlace, "progressive", lambda picture: picture)
    with pytest.raises(ValueError, match="no number here"):
        makers.read_number(frames(*film("mpeg-2, upper first"))[7].rgb())


def test_the_wrong_half_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    right = deinterlace._bottom_first
    monkeypatch.setattr(deinterlace, "_bottom_first", lambda picture: not right(picture))
    for name in ("mpeg-2, upper first", "h264, lower first"):
        assert makers.read_number(frames(*film(name))[7].rgb()) == 7 + LATER


def test_what_stands_still_stays_as_it_is() -> None:
    made = InterlacedFilm(codec="libx264", container="mp4", options=(("x264-params", "tff=1:qp=0"),), still=True)
    for frame in frames(*opened(interlaced_films.make(made))):
        assert frame.picture.interlaced_frame
        assert deinterlace.progressive(frame.picture) is frame.picture


def test_frames_that_are_not_interlaced_are_not_touched() -> None:
    data = makers.make(makers.Film(frames=9))
    for frame in frames(*opened(data)):
        assert deinterlace.progressive(frame.picture) is frame.picture


def test_each_frame_of_a_mixed_film_is_taken_as_it_is_flagged() -> None:
    kinds = (False, True, False, True, True)
    opener, index = opened(interlaced_films.mixed(kinds))
    shown = frames(opener, index)
    assert [frame.picture.interlaced_frame for frame in shown] == [kind for kind in kinds for _ in range(6)]
    assert [makers.read_number(frame.rgb()) for frame in shown] == list(range(30))
    for frame in shown:
        assert (deinterlace.progressive(frame.picture) is frame.picture) is not frame.picture.interlaced_frame


def test_time_and_colours_go_with_it() -> None:
    opener, index = film("prores, ten bits")
    picture = frames(opener, index)[4].picture
    picture.colorspace, picture.color_range, picture.color_trc, picture.color_primaries = 1, 1, 1, 1
    made = deinterlace.progressive(picture)
    assert made is not picture
    assert (made.pts, made.time_base, made.format.name) == (picture.pts, picture.time_base, "yuv422p10le")
    assert (made.colorspace, made.color_range, made.color_trc, made.color_primaries) == (1, 1, 1, 1)


def test_the_decoded_picture_itself_stays_as_it_was() -> None:
    opener, index = film("mpeg-2, lower first")
    frame = frames(opener, index)[4]
    before = luma(frame.picture).copy()
    frame.rgb()
    assert np.array_equal(before, luma(frame.picture))


def test_a_thin_line_stays_and_a_slanting_edge_has_no_steps() -> None:
    quiet = np.full((40, 64), 80, np.uint8)
    quiet[21] = 200
    assert deinterlace._drawn(quiet, 0, 6) is None
    down, right = np.mgrid[:40, :64]
    slanting = np.clip(128 + 60 * (right - 20 - down), 40, 210).astype(np.uint8)
    moved = np.roll(slanting, 12, axis=1)
    woven = slanting.copy()
    woven[1::2] = moved[1::2]
    drawn = deinterlace._drawn(woven, 0, 6)
    assert drawn is not None
    doubled = slanting[0::2]
    inside = slice(2, -2), slice(3, -16)
    wrong = np.abs(drawn[inside].astype(int) - slanting[1::2][inside]).mean()
    assert wrong < np.abs(doubled[inside].astype(int) - slanting[1::2][inside]).mean() / 4


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 9), st.integers(1, 70), st.sampled_from([np.uint8, np.uint16]), st.booleans())
def test_any_size_and_content(data: st.DataObject, height: int, width: int, kind: type, lower: bool) -> None:
    dice = np.random.default_rng(data.draw(st.integers(0, 2**20)))
    rows: NDArray[np.unsignedinteger[Any]] = dice.integers(0, 1 << 10, (height, width)).astype(kind)
    before = rows.copy()
    drawn = deinterlace._drawn(rows, int(lower), 6)
    assert np.array_equal(rows, before)
    if drawn is not None:
        assert drawn.shape == rows[1 - lower :: 2].shape
        assert drawn.dtype == kind
        kept = rows[int(lower) :: 2]
        changed = drawn != rows[1 - lower :: 2]
        assert (
            not len(kept)
            or not changed.any()
            or (drawn[changed].min() >= kept.min() and drawn[changed].max() <= kept.max())
        )
