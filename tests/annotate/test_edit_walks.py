"""Any walk of edits can be walked back, joined, undone and done again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marks_to_edit import FILM, LAYER, MARKS, SCHEME
from vigtool.annotate import chain as chains
from vigtool.annotate import edits
from vigtool.annotate.history import LONGEST, History
from vigtool.annotate.mark import Lane
from vigtool.annotate.mark_set import Marks, Step
from vigtool.errors import InvalidRecord, NoSuchRecord, SchemeError
from vigtool.timebase import Span

# A random walk: every edit with random arguments, refused or not, over marks that come and go.

ids = st.sampled_from([f"m{number}" for number in range(6)])
ticks = st.integers(5, 1005)
codes = st.sampled_from(["b.voice", "rec.echo", "tog.fun", "b.nod"]) | st.none()
Edit = tuple[str, str, str, int, int, str | None]
walks = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "remove", "span", "start", "end", "shift", "code", "note", "star", "link", "previous", "unlink"]
        ),
        ids,
        ids,
        ticks,
        ticks,
        codes,
    ),
    max_size=40,
)


def carried_out(marks: Marks, edit: Edit) -> Step:
    what, one, other, first, second, code = edit
    span = Span(min(first, second), max(first, second))
    known: dict[str, Callable[[], Step]] = {
        "add": lambda: edits.add(
            marks, edits.new_mark(id=one, layer=LAYER, span=span, scheme=SCHEME, code=code), FILM, SCHEME
        ),
        "remove": lambda: edits.remove(marks, [one, other]),
        "span": lambda: edits.set_span(marks, one, span, FILM),
        "start": lambda: edits.move_start(marks, one, first, FILM),
        "end": lambda: edits.move_end(marks, one, first, FILM),
        "shift": lambda: edits.shift(marks, one, first - second, FILM),
        "code": lambda: edits.set_code(marks, one, code, SCHEME),
        "note": lambda: edits.set_note(marks, one, str(first % 3)),
        "star": lambda: edits.toggle_star(marks, one),
        "link": lambda: edits.link(marks, one, other, f"chain{first}"),
        "previous": lambda: edits.link_to_previous(marks, one, f"chain{first}"),
        "unlink": lambda: edits.unlink(marks, one),
    }
    return known[what]()


def check_invariants(marks: Marks) -> None:
    for one in marks.values():
        FILM.check(one.span)
        assert one.code is None or SCHEME.code(one.code).lane is one.lane
        if one.chain is not None:
            assert one.lane is not Lane.NOTES
            assert len(chains.members(marks, one.chain)) >= 2


def walked(walk: list[Edit]) -> list[tuple[Marks, Step]]:
    """Each state before its step; edits that are refused leave no trace."""
    marks, way = Marks(), []
    for edit in walk:
        try:
            step = carried_out(marks, edit)
        except (InvalidRecord, NoSuchRecord, SchemeError):
            continue
        way.append((marks, step))
        marks = step.apply(marks)
        check_invariants(marks)
    return way


@given(walk=walks)
def test_any_walk_is_walked_back_step_by_step(walk: list[Edit]) -> None:
    way = walked(walk)
    if not way:
        return
    marks = way[-1][1].apply(way[-1][0])
    for before, step in reversed(way):
        assert step.is_empty is (before == marks)
        marks = step.inverse().apply(marks)
        assert marks == before
    assert marks == Marks()


@given(walk=walks)
def test_any_walk_is_one_step_when_joined(walk: list[Edit]) -> None:
    way = walked(walk)
    if not way:
        return
    whole, last = way[0][1], way[-1][1].apply(way[-1][0])
    for _, step in way[1:]:
        whole = whole.then(step)
    assert whole.apply(Marks()) == last
    assert whole.inverse().apply(last) == Marks()
    assert len(whole.changes) == len(last)


@given(walk=walks, back=st.integers(0, 50), joins=st.lists(st.booleans(), min_size=40, max_size=40))
def test_undo_and_redo_end_where_they_began(walk: list[Edit], back: int, joins: list[bool]) -> None:
    history: History[Step] = History()
    end = Marks()
    for (before, step), joined in zip(walked(walk), joins, strict=False):
        history = history.after(step, joined=joined)
        end = step.apply(before)
    marks, taken = end, min(back, len(history.done))
    for _ in range(taken):
        assert history.undo_words
        step, history = history.undo()
        marks = step.apply(marks)
    if not history.done:
        assert marks == Marks()
    for _ in range(taken):
        assert history.redo_words
        step, history = history.redo()
        marks = step.apply(marks)
    assert marks == end


def star_steps(count: int) -> tuple[Marks, History[Step]]:
    marks, history = MARKS, History[Step]()
    for _ in range(count):
        step = edits.toggle_star(marks, "coo")
        marks, history = step.apply(marks), history.after(step)
    return marks, history


def test_history_keeps_the_newest_steps_only() -> None:
    _, history = star_steps(LONGEST + 5)
    assert len(history.done) == LONGEST == 200
    assert history.done == star_steps(LONGEST + 7)[1].done  # the same two stars over and over
    assert history.undo_words in {"give a star", "take the star away"}


def test_new_step_leaves_nothing_to_redo() -> None:
    marks, history = star_steps(3)
    step, history = history.undo()
    marks = step.apply(marks)
    assert history.redo_words == "give a star"
    assert history.after(edits.shift(marks, "coo", 0, FILM)).undone  # an empty step is nothing new
    history = history.after(edits.shift(marks, "coo", 1, FILM))
    assert (history.undone, history.redo_words) == ((), "")
    with pytest.raises(InvalidRecord):
        history.redo()


def test_joined_steps_that_cancel_out_are_not_kept() -> None:
    marks, history = star_steps(1)
    step = edits.shift(marks, "coo", 1, FILM)
    moved = step.apply(marks)
    history = history.after(step)
    back = history.after(edits.shift(moved, "coo", -1, FILM), joined=True)
    assert len(back.done) == 1
    assert History[Step]().after(step, joined=True).done == (step,)


def test_empty_history_has_nothing_to_undo() -> None:
    history = History[Step]()
    assert (history.undo_words, history.redo_words) == ("", "")
    with pytest.raises(InvalidRecord):
        history.undo()
