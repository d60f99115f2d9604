"""The film strip and the sound of the timeline: the right pictures, soon spread over the whole view."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QImage

import makers
from film_on_screen import PLAIN, index_of
from vigtool.errors import Cancelled
from vigtool.ui.film.strip_jobs import coarse_first, loudness, near_keys, read_pictures


def number_in(image: QImage) -> int:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.asarray(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return makers.read_number(rows[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3))


def test_key_frames_stand_in_only_where_nobody_can_see_it() -> None:
    index = index_of(PLAIN)  # key frames at 0, 12, 24, 36, 48
    apart = index.pts(14) - index.pts(0)
    assert near_keys(index, [0, 14, 28, 42, 56], apart) == {0: 0, 14: 12, 28: 28, 42: 42, 56: 56}
    assert near_keys(index, [14, 56], apart) == {14: 12, 56: 56}, "what is missing may lie far apart"
    assert near_keys(index, [20, 21, 22], index.pts(1) - index.pts(0)) == {20: 20, 21: 21, 22: 22}
    assert near_keys(index, [33], 0) == {33: 33}
    assert near_keys(index, [], apart) == {}


def test_coarse_comes_first_and_all_come_once() -> None:
    order = coarse_first(list(range(100, 164)))
    assert sorted(order) == list(range(100, 164))
    first = sorted(order[:8])
    assert max(after - before for before, after in pairwise(first)) <= 9
    assert coarse_first([5, 5, 7]) == [5, 7]


def test_pictures_show_their_own_frames() -> None:
    given: dict[int, QImage] = {}
    read_pictures(
        makers.opener(makers.make(PLAIN)), index_of(PLAIN), [30, 5, 59], (96, 64), given.__setitem__, lambda: False
    )
    assert {number: number_in(image) for number, image in given.items()} == {30: 30, 5: 5, 59: 59}
    assert all((image.width(), image.height()) == (96, 64) for image in given.values())


def test_it_stops_when_told() -> None:
    given: list[int] = []
    with pytest.raises(Cancelled):
        read_pictures(
            makers.opener(makers.make(PLAIN)),
            index_of(PLAIN),
            [1, 2, 3, 4],
            (96, 64),
            lambda number, _image: given.append(number),
            lambda: len(given) == 2,
        )
    assert given == [1, 2]


def test_loudness_fills_the_lane_but_does_not_blow_up_silence() -> None:
    loud = loudness(np.array([[-64, 10], [-3, 5], [0, 0]], np.int8))
    assert loud.tolist() == pytest.approx([1, 5 / 64, 0])
    quiet = loudness(np.array([[-1, 2], [0, 0]], np.int8))
    assert quiet.max() < 0.2
