"""In which order the pictures of a film are shown, where its times do not say."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from vigtool.player import showing
from vigtool.player.frame_index import UNKNOWN
from vigtool.player.ordering import as_decoded, counted_on, end_of
from vigtool.player.packets import Packets


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
