"""Where things lie on a timeline: what is hit is what is painted, and edges stand on frames."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marks_in_memory import TICKS, mark, model_of, some_marks
from timeline_on_screen import FIRST, SECOND
from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.mark_set import Marks
from vigtool.ui.timeline.board import LABELS as LEFT
from vigtool.ui.timeline.board import LANE, Board, Part
from vigtool.ui.timeline.model import Which
from vigtool.ui.timeline.scale import Scale
from vigtool.ui.timeline.stacking import height, stacked
from vigtool.ui.timeline.timeline import Timeline


@st.composite
def lanes_of_marks(draw: st.DrawFn) -> list[Mark]:
    spans = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(-1, 12)), max_size=25))
    marks = [mark(n, first, None if more < 0 else first + more) for n, (first, more) in enumerate(spans)]
    return list(Marks(marks).ordered)


@given(lanes_of_marks())
def test_no_mark_hides_another_in_its_row(marks: list[Mark]) -> None:
    rows = stacked(marks)
    for one in marks:
        for other in marks:
            if one.id < other.id and rows[one.id] == rows[other.id]:
                first, second = sorted((one, other), key=lambda m: (m.span.start, m.span.end))
                assert second.span.start >= max(first.span.end, first.span.start + 1)
    assert set(rows.values()) == set(range(len(set(rows.values()))))


def test_a_lane_grows_with_its_rows_up_to_three() -> None:
    assert [height(rows) for rows in (0, 1, 2, 3, 9)] == [36, 36, 64, 92, 92]
    crowded = Marks([mark(n, 10, 40) for n in range(5)])
    board = Board(model_of(crowded), Scale.whole(0, 250 * TICKS, Fraction(1, 90000), 1000))
    boxes = {placed.box.top() for placed in board.in_view()}
    assert len(boxes) == 5, "each of five can still be told apart"
    assert all(board.lanes[Lane.BABY].top <= top for top in boxes)
    assert max(placed.box.bottom() for placed in board.in_view()) <= board.lanes[Lane.BABY].bottom


@given(st.floats(0, 999), st.integers(0, 3))
def test_a_hit_in_a_lane_is_always_about_that_lane(x: float, row: int) -> None:
    board = Board(model_of(some_marks()), Scale.whole(0, 250 * TICKS, Fraction(1, 90000), 1000))
    lane = list(Lane)[row]
    band = board.lanes[lane]
    hit = board.hit(LEFT + x, band.top + LANE / 2)
    assert hit.lane is lane
    if hit.part is Part.MARK:
        assert hit.mark is not None
        placed = board.placed(hit.mark)
        assert placed is not None
        assert placed.box.left() <= x <= placed.box.right()
    if hit.part is Part.EDGE:
        assert hit.mark is not None
        span = board.model.marks[hit.mark].span
        edge = span.start if hit.which is Which.START else span.end
        assert abs(board.scale.x(edge) - x) <= 8.001


def test_an_edge_takes_eight_pixels_on_either_side(timeline: Timeline) -> None:
    box = timeline.board.placed(FIRST).box  # type: ignore[union-attr]  # it is there
    y = box.center().y()

    def hit(x: float) -> tuple[Part, Which | None]:
        found = timeline.board.hit(LEFT + x, y)
        return found.part, found.which

    assert hit(box.left() - 8) == (Part.EDGE, Which.START)
    assert hit(box.left() - 8.5) == (Part.LANE, None)
    assert hit(box.left() + 8) == (Part.EDGE, Which.START)
    assert hit(box.left() + 8.5) == (Part.MARK, None)
    assert hit(box.right() + 8) == (Part.EDGE, Which.END)
    assert timeline.board.hit(4, y).part is Part.LABEL


def test_a_short_bar_keeps_a_middle_that_can_be_chosen() -> None:
    board = Board(model_of(Marks([mark(1, 100, 100)])), Scale.whole(0, 250 * TICKS, Fraction(1, 90000), 3000))
    box = board.placed(FIRST).box  # type: ignore[union-attr]  # it is there
    assert box.width() == pytest.approx(12)
    assert board.hit(LEFT + box.center().x(), box.center().y()).part is Part.MARK


def test_the_chosen_mark_s_edge_wins_where_two_meet() -> None:
    marks = Marks([mark(1, 10, 19), mark(2, 20, 29)])
    scale = Scale.whole(0, 250 * TICKS, Fraction(1, 90000), 1000)
    for chosen, which in ((FIRST, Which.END), (SECOND, Which.START)):
        board = Board(model_of(marks, chosen=chosen), scale)
        hit = board.hit(LEFT + scale.x(20 * TICKS), board.lanes[Lane.BABY].top + 18)
        assert (hit.mark, hit.which) == (chosen, which)


def test_the_nearest_boundary_is_a_frame_s_or_the_end() -> None:
    model = model_of(Marks(), frames=10)
    assert [model.boundary_near(tick) for tick in (-50, 0, 1799, 1801, 10**9)] == [0, 0, 0, TICKS, 10 * TICKS]
    assert model.boundary_near(9 * TICKS + 3000) == 10 * TICKS
