"""Frames kept in few bytes: of the size of the view, the same to the eye."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

import makers
from makers import Film
from vigtool.player.frame import Frame
from vigtool.player.frame_cache import FrameCache
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at
from vigtool.player.small_frame import packed, small_bytes, smaller


def frame_of(film: Film, number: int = 7) -> Frame:
    data = makers.make(film)
    with FrameReader(makers.opener(data), look_at(makers.opener(data)).index) as reader:
        return reader.get(number)


@pytest.mark.parametrize("size", [(96, 64), (95, 64), (96, 63), (95, 63), (1, 1)])
@pytest.mark.parametrize("film", [Film(), Film(rotation=90), Film(rotation=270, mirrored=True)])
def test_it_is_what_the_frame_is_in_that_size(film: Film, size: tuple[int, int]) -> None:
    frame = frame_of(film)
    small = smaller(frame, size)
    assert small is not None
    assert (small.number, small.pts) == (frame.number, frame.pts)
    assert small.bytes == small_bytes(size, frame.bytes) <= (size[0] + 1) * (size[1] + 1) * 1.5
    mine, its = small.bgra(*size), frame.bgra(*size)
    assert mine.shape == its.shape
    assert mine.flags.c_contiguous
    assert (mine[..., 3] == 255).all()
    grey = [cv2.cvtColor(pixels, cv2.COLOR_BGRA2GRAY).astype(int) for pixels in (mine, its)]
    assert np.abs(grey[0] - grey[1]).mean() < 2


def test_even_fields_of_colour_come_back_within_1() -> None:
    dice = np.random.default_rng(1)
    fields = np.kron(dice.integers(0, 256, (16, 16, 4), np.uint8), np.ones((8, 8, 1), np.uint8))
    back = packed(fields, 0, 0, (128, 128)).bgra(128, 128)
    inside = np.kron(np.ones((16, 16), bool), np.pad(np.ones((4, 4), bool), 2))  # colours run over at an edge
    assert np.abs(back[..., :3].astype(int) - fields[..., :3])[inside].max() <= 1


def test_nothing_is_made_where_nothing_is_saved() -> None:
    frame = frame_of(Film())
    assert smaller(frame, (384, 256)) is None
    assert small_bytes((384, 256), frame.bytes) == frame.bytes


def test_one_that_was_made_for_another_size_is_not_kept_nor_drawn() -> None:
    frame = frame_of(Film())
    small = smaller(frame, (96, 64))
    assert small is not None
    cache = FrameCache(1 << 20)
    cache.resize(90, 60)
    cache.keep(small)
    assert not cache.holds(7)
    with pytest.raises(ValueError, match="smaller view"):
        small.bgra(100, 64)


def test_another_size_keeps_what_was_decoded_and_lets_go_what_was_made_small() -> None:
    frame, other = frame_of(Film()), frame_of(Film(), 8)
    cache = FrameCache(1 << 20)
    cache.resize(96, 64)
    cache.keep(frame)
    small = smaller(other, (96, 64))
    assert small is not None
    cache.keep(small)
    assert cache.whole(0, 10) is frame
    cache.resize(48, 32)
    assert cache.holds(7)
    assert not cache.holds(8)
    assert cache.bytes == frame.bytes
