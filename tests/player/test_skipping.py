"""Leaving out what nothing depends on: the frame that comes is the same, bit for bit, and fewer were decoded."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import makers
from makers import Film
from vigtool.player.frame import Frame
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at

FRAMES = 120
PLAIN = Film(frames=FRAMES, gop=60, bframes=2)
FILMS = {
    "plain": PLAIN,
    "pyramid": Film(frames=FRAMES, gop=60, bframes=5, options=(("x264-params", "b-pyramid=normal:ref=4:b-adapt=0"),)),
    "open groups": Film(frames=FRAMES, gop=40, bframes=3, open_gop=True, options=(("x264-params", "weightp=2"),)),
    "no B-frames": Film(frames=FRAMES, gop=60, bframes=0),
    "interlaced": Film(frames=FRAMES, gop=60, bframes=2, options=(("x264-params", "interlaced=1"),)),
    "Matroska": Film(frames=FRAMES, gop=60, bframes=3, container="matroska"),
    "stream": Film(frames=FRAMES, gop=60, bframes=2, container="mpegts"),
    "stream of open groups": Film(frames=FRAMES, gop=40, bframes=3, open_gop=True, container="mpegts", sound=True),
    "interlaced stream": Film(
        frames=FRAMES, gop=60, bframes=2, container="mpegts", options=(("x264-params", "interlaced=1"),)
    ),
    "H.265": Film(codec="libx265", frames=60, gop=30),
}


@cache
def film(name: str) -> tuple[bytes, FrameIndex, list[NDArray[Any] | None]]:
    """A film, its index, and its frames by a plain decoding from the beginning."""
    data = makers.make(FILMS[name])
    index = look_at(makers.opener(data)).index
    plain: list[NDArray[Any] | None] = [None] * index.frames
    with FrameReader(makers.opener(data), index, threads=1) as reader:
        for frame in reader.run(0):
            plain[frame.number] = frame.picture.to_ndarray()
    return data, index, plain


def same(frame: Frame, plain: list[NDArray[Any] | None]) -> bool:
    """Whether a frame is what the plain decoding gave."""
    truth = plain[frame.number]
    return truth is not None and np.array_equal(frame.picture.to_ndarray(), truth)


@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("name", FILMS)
def test_the_same_picture_comes_whatever_is_left_out(name: str, threads: int) -> None:
    data, index, plain = film(name)
    dice = np.random.default_rng(5)
    with FrameReader(makers.opener(data), index, threads=threads) as reader:
        for number in dice.permutation(index.frames)[:14].tolist():
            for wanted in (number, min(number + 1, index.frames - 1), max(number - 1, 0)):
                if plain[wanted] is not None:
                    came = reader.get(wanted, near=int(dice.integers(0, 20)))
                    assert came.number == wanted
                    assert same(came, plain)


@pytest.mark.parametrize("name", FILMS)
def test_what_is_near_is_decoded_wholly_and_in_order(name: str) -> None:
    data, index, plain = film(name)
    passed: list[Frame] = []
    with FrameReader(makers.opener(data), index) as reader:
        last = index.frames - 3
        reader.get(last, passed.append, 15)
        after = next(iter(reader.run(last + 1)))
    near = [frame for frame in passed if frame.number >= last - 15]
    assert [frame.number for frame in near] == list(range(last - 15, last))
    assert all(same(frame, plain) for frame in [*near, after])


@pytest.mark.parametrize(
    ("name", "fewer"),
    [("plain", True), ("Matroska", True), ("stream", True), ("interlaced stream", False), ("H.265", False)],
)
def test_less_is_decoded_only_where_it_is_safe(name: str, *, fewer: bool) -> None:
    data, index, _ = film(name)
    passed: list[int] = []
    with FrameReader(makers.opener(data), index) as reader:
        reader.get(index.frames - 1, lambda frame: passed.append(frame.number))
    group = index.frames - 1 - index.keyframe_before(index.frames - 1)
    assert (len(passed) < 0.8 * group) == fewer
    assert len(passed) >= group or fewer


def test_a_run_begins_with_its_first_frame_and_leaves_nothing_out() -> None:
    data, index, plain = film("pyramid")
    with FrameReader(makers.opener(data), index) as reader:
        came = list(reader.run(50))
    assert [frame.number for frame in came] == list(range(50, index.frames))
    assert all(same(frame, plain) for frame in came)
