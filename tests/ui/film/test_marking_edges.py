"""Edges by whole frames, chains, and what a drag leaves behind."""

from __future__ import annotations

import pytest

from marking_desk import Desk, span_of_frames
from vigtool.ui.timeline.model import Which


@pytest.mark.parametrize(
    ("edge", "tick", "span", "shown"),
    [
        (Which.START, 140, (140, 340), 1),
        (Which.START, 180, (180, 340), 2),
        (Which.START, 5000, (300, 340), 4),  # one frame at least is left
        (Which.START, -5, (100, 340), 0),
        (Which.END, 380, (180, 380), 5),  # the frame that shows is the last one of the mark
        (Which.END, 5000, (180, 1020), 10),
        (Which.END, 260, (180, 260), 2),
        (Which.END, 140, (180, 180), 2),  # before its first frame: a moment
    ],
)
def test_edges_are_drawn_by_whole_frames(desk: Desk, edge: Which, tick: int, span: tuple[int, int], shown: int) -> None:
    mark = span_of_frames(desk, 2, 4)
    handed_over = len(desk.vault.waiting)
    desk.marking.drag(mark, edge, 300)
    desk.marking.drag(mark, edge, tick)
    assert desk.spans == [span]
    assert desk.shown[-1] == shown
    assert len(desk.vault.waiting) == handed_over
    desk.marking.drop()
    assert len(desk.vault.waiting) == handed_over + (span != (180, 340))
    desk.marking.undo()
    assert desk.spans == ([(180, 340)] if span != (180, 340) else [])


@pytest.mark.parametrize(
    ("edge", "tick", "span"),
    [
        (Which.START, 140, (140, 300)),
        (Which.END, 380, (260, 380)),
        (Which.START, 260, (260, 260)),
        (Which.START, 900, (260, 260)),
    ],
)
def test_a_moment_drawn_longer_holds_its_own_frame(desk: Desk, edge: Which, tick: int, span: tuple[int, int]) -> None:
    desk.head.still(3)
    desk.marking.mark()
    assert desk.marking.chosen is not None
    desk.marking.drag(desk.marking.chosen, edge, tick)
    desk.marking.drop()
    assert desk.spans == [span]


def test_a_drag_that_is_left_changes_nothing(desk: Desk) -> None:
    mark = span_of_frames(desk, 2, 4)
    desk.marking.drag(mark, Which.END, 900)
    assert desk.marking.cancel()
    desk.marking.drop()
    assert desk.spans == [(180, 340)]


def test_edges_by_key_take_the_frame_that_shows(desk: Desk) -> None:
    span_of_frames(desk, 2, 4)
    desk.head.still(1)
    desk.marking.set_edge(Which.START)
    desk.head.still(7)
    desk.marking.set_edge(Which.END)
    assert desk.spans == [(140, 900)]
    desk.marking.choose(None)
    desk.marking.set_edge(Which.END)
    assert desk.refused[-1].message == "no mark is chosen"


def test_link_and_free_again(desk: Desk) -> None:
    span_of_frames(desk, 0, 1)
    desk.marking.link()
    assert desk.refused[-1].message == "no mark of baby or parent comes before this one"
    second = span_of_frames(desk, 3, 4)
    desk.marking.link()
    chains = {mark.chain for mark in desk.marking.marks.values()}
    assert len(chains) == 1
    assert chains != {None}
    desk.marking.choose(second)
    desk.marking.link()
    assert {mark.chain for mark in desk.marking.marks.values()} == {None}
