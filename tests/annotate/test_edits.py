"""Edits of marks: what each does, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from marks_to_edit import COO, FILM, LAYER, MARKS, SCHEME, mark
from vigtool.annotate import chain as chains
from vigtool.annotate import edits
from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.mark_set import Marks, Step
from vigtool.errors import InvalidRecord, NoSuchRecord, RecordChanged, SchemeError
from vigtool.timebase import Span


def linked(*pairs: tuple[str, str]) -> Marks:
    marks = MARKS
    for number, (first, second) in enumerate(pairs):
        marks = edits.link(marks, second, first, f"chain{number}").apply(marks)
    return marks


def chain_ids(marks: Marks) -> dict[str, str | None]:
    return {one.id: one.chain for one in marks.ordered if one.chain is not None}


def test_marks_are_kept_in_order_of_time() -> None:
    assert [one.id for one in MARKS.ordered] == ["kettle", "coo", "wait", "fun", "echo"]
    assert [one.id for one in Marks([mark("b", 5, 9), mark("a", 5, 9), mark("c", 5, 6)]).ordered] == ["c", "a", "b"]
    assert [one.id for one in MARKS.at(260)] == ["wait", "fun"]
    assert [one.id for one in MARKS.at(200)] == []
    assert [one.id for one in MARKS.within(Span(200, 261))] == ["wait", "fun"]
    assert Marks(reversed(MARKS.ordered)) == MARKS != Marks([COO])
    assert len(MARKS) == 5
    assert list(Marks([COO])) == ["coo"]


def test_notes_are_not_in_a_log() -> None:
    assert "secret" not in repr(Marks([replace(COO, note="secret")]))


def test_new_mark_stands_in_the_lane_of_its_code() -> None:
    kept = edits.new_mark(id="m", layer=LAYER, span=Span(1, 1), scheme=SCHEME, star=True, note="look")
    assert (kept.layer, kept.film, kept.lane, kept.code, kept.star, kept.note) == (
        "layer", "film", Lane.NOTES, None, True, "look",
    )  # fmt: skip
    coded = edits.new_mark(id="m", layer=LAYER, span=Span(1, 2), scheme=SCHEME, code="rec.eye", lane=Lane.BABY)
    assert coded.lane is Lane.PARENT
    with pytest.raises(SchemeError):
        edits.new_mark(id="m", layer=LAYER, span=Span(1, 2), scheme=SCHEME, code="rec.nothing")


def test_add_and_take_back() -> None:
    step = edits.add(MARKS, mark("new", 500), FILM, SCHEME)
    after = step.apply(MARKS)
    assert after["new"].span.is_moment
    assert step.changes == ((None, after["new"]),)
    assert step.inverse().apply(after) == MARKS
    assert edits.add(Marks(), COO, FILM, SCHEME).apply(Marks()) == Marks([COO])


@pytest.mark.parametrize(
    "wrong",
    [
        COO,
        replace(mark("new", 50, 60), film="other"),
        replace(mark("new", 50, 60), layer="other"),
        replace(mark("new", 50, 60), lane=Lane.PARENT),
        mark("new", 50, 60, chain="chain"),
        mark("new", 9, 60),
        mark("new", 50, 1001),
        mark("new", 1000),
        mark("new", 9),
    ],
)
def test_mark_that_cannot_be_is_refused(wrong: Mark) -> None:
    with pytest.raises(InvalidRecord):
        edits.add(MARKS, wrong, FILM, SCHEME)


def test_mark_of_an_unknown_code_is_refused() -> None:
    with pytest.raises(SchemeError):
        edits.add(MARKS, replace(mark("new", 50), code="b.nod"), FILM, SCHEME)


@pytest.mark.parametrize(("start", "end"), [(10, 10), (999, 999), (10, 1000), (999, 1000)])
def test_edges_of_the_film_belong_to_it(start: int, end: int) -> None:
    assert edits.set_span(MARKS, "coo", Span(start, end), FILM).apply(MARKS)["coo"].span == Span(start, end)


def test_edges_move_by_ticks_between_moment_and_span() -> None:
    def span(step: Step) -> Span:
        return step.apply(MARKS)["coo"].span

    assert span(edits.move_start(MARKS, "coo", 101, FILM)) == Span(101, 200)
    assert span(edits.move_end(MARKS, "coo", 201, FILM)) == Span(100, 201)
    assert span(edits.move_start(MARKS, "coo", 200, FILM)).is_moment
    assert span(edits.move_end(MARKS, "coo", 100, FILM)).is_moment
    assert span(edits.shift(MARKS, "coo", -90, FILM)) == Span(10, 110)
    assert span(edits.shift(MARKS, "coo", 800, FILM)) == Span(900, 1000)
    moment = Marks([mark("m", 500)])
    assert edits.move_end(moment, "m", 510, FILM).apply(moment)["m"].span == Span(500, 510)


def test_edges_cross_neither_each_other_nor_the_film() -> None:
    attempts: list[Callable[[], Step]] = [
        lambda: edits.move_start(MARKS, "coo", 201, FILM),
        lambda: edits.move_end(MARKS, "coo", 99, FILM),
        lambda: edits.move_start(MARKS, "coo", 9, FILM),
        lambda: edits.move_end(MARKS, "coo", 1001, FILM),
        lambda: edits.shift(MARKS, "coo", -91, FILM),
        lambda: edits.shift(MARKS, "coo", 801, FILM),
        lambda: edits.set_span(MARKS, "coo", Span(1000, 1000), FILM),
    ]
    for refused in attempts:
        with pytest.raises(InvalidRecord):
            refused()


def test_lane_follows_the_code_and_stays_without_one() -> None:
    coded = edits.set_code(MARKS, "kettle", "rec.echo", SCHEME).apply(MARKS)
    assert (coded["kettle"].code, coded["kettle"].lane) == ("rec.echo", Lane.PARENT)
    freed = edits.set_code(coded, "kettle", None, SCHEME).apply(coded)
    assert (freed["kettle"].code, freed["kettle"].lane) == (None, Lane.PARENT)
    with pytest.raises(SchemeError):
        edits.set_code(MARKS, "coo", "x.y", SCHEME)


def test_note_and_star() -> None:
    noted = edits.set_note(MARKS, "coo", "  softer\nand longer ").apply(MARKS)
    assert noted["coo"].note == "softer\nand longer"
    star = edits.toggle_star(noted, "coo")
    starred = star.apply(noted)
    assert starred["coo"].star
    assert edits.toggle_star(starred, "coo").words != star.words
    assert not edits.toggle_star(starred, "coo").apply(starred)["coo"].star
    assert edits.set_note(noted, "coo", "softer\nand longer").is_empty


@pytest.mark.parametrize(
    "edit",
    [
        lambda: edits.remove(MARKS, ["coo", "gone"]),
        lambda: edits.set_span(MARKS, "gone", Span(20, 30), FILM),
        lambda: edits.move_start(MARKS, "gone", 20, FILM),
        lambda: edits.move_end(MARKS, "gone", 20, FILM),
        lambda: edits.shift(MARKS, "gone", 1, FILM),
        lambda: edits.set_code(MARKS, "gone", None, SCHEME),
        lambda: edits.set_note(MARKS, "gone", ""),
        lambda: edits.toggle_star(MARKS, "gone"),
        lambda: edits.link(MARKS, "gone", "coo", "c"),
        lambda: edits.link(MARKS, "coo", "gone", "c"),
        lambda: edits.link_to_previous(MARKS, "gone", "c"),
        lambda: edits.unlink(MARKS, "gone"),
        lambda: chains.place(MARKS, "gone"),
    ],
)
def test_mark_that_is_gone_is_named_as_that(edit: Callable[[], object]) -> None:
    with pytest.raises(NoSuchRecord):
        edit()


def test_link_goes_to_the_turn_before_in_time() -> None:
    assert (found := chains.previous_turn(MARKS, "echo")) is not None
    assert found.id == "wait"  # "shared fun" is no turn
    marks = edits.link_to_previous(MARKS, "echo", "c").apply(MARKS)
    assert chain_ids(marks) == {"wait": "c", "echo": "c"}
    marks = edits.link_to_previous(marks, "wait", "d").apply(marks)
    assert chain_ids(marks) == {"coo": "c", "wait": "c", "echo": "c"}
    assert edits.link_to_previous(marks, "wait", "e").is_empty


def test_link_is_refused_where_there_is_no_turn() -> None:
    assert chains.previous_turn(MARKS, "coo") is None
    attempts: list[Callable[[], Step]] = [
        lambda: edits.link_to_previous(MARKS, "coo", "c"),
        lambda: edits.link(MARKS, "coo", "coo", "c"),
        lambda: edits.link(MARKS, "coo", "kettle", "c"),
        lambda: edits.link(MARKS, "kettle", "coo", "c"),
    ]
    for refused in attempts:
        with pytest.raises(InvalidRecord):
            refused()


def test_two_chains_become_one() -> None:
    marks = linked(("coo", "wait"), ("fun", "echo"))
    joined = edits.link(marks, "echo", "coo", "unused").apply(marks)
    assert set(chain_ids(joined).values()) == {"chain0"}
    assert len(chain_ids(joined)) == 4


def test_unlink_frees_the_one_left_alone() -> None:
    marks = linked(("coo", "wait"), ("wait", "echo"))
    fewer = edits.unlink(marks, "echo").apply(marks)
    assert sorted(chain_ids(fewer)) == ["coo", "wait"]
    assert chain_ids(edits.unlink(fewer, "coo").apply(fewer)) == {}
    assert edits.unlink(MARKS, "coo").is_empty


def test_removing_frees_the_one_left_alone() -> None:
    marks = linked(("coo", "wait"), ("fun", "echo"))
    step = edits.remove(marks, ["coo", "kettle", "coo"])
    assert step.words == "remove 2 marks"
    after = step.apply(marks)
    assert set(after) == {"wait", "fun", "echo"}
    assert sorted(chain_ids(after)) == ["echo", "fun"]
    assert step.inverse().apply(after) == marks
    assert edits.remove(marks, ["coo"]).words == "remove a mark"
    assert set(edits.remove(marks, ["coo", "wait"]).apply(marks)) == {"kettle", "fun", "echo"}
    assert edits.remove(marks, []).is_empty


def test_place_in_a_chain_is_said_in_words() -> None:
    marks = linked(("coo", "wait"), ("wait", "echo"))
    assert [chains.place(marks, one) for one in ("coo", "wait", "echo", "fun")] == [
        chains.Place(1, 3), chains.Place(2, 3), chains.Place(3, 3), None,
    ]  # fmt: skip
    assert chains.place_words(chains.Place(3, 6)) == "third in a chain of 6"
    assert chains.place_words(chains.Place(12, 14)) == "twelfth in a chain of 14"
    assert chains.place_words(chains.Place(13, 14)) == "number 13 in a chain of 14"


def test_links_follow_time_and_know_their_latency() -> None:
    marks = linked(("coo", "echo"), ("wait", "fun"))
    found = [(link.first.id, link.second.id, link.latency) for link in chains.links(marks)]
    assert found == [("coo", "echo", 250), ("wait", "fun", 10)]
    assert chains.links(MARKS) == ()


def test_step_is_not_applied_to_other_marks() -> None:
    step = edits.toggle_star(MARKS, "coo")
    starred = step.apply(MARKS)
    for marks in (starred, Marks()):
        with pytest.raises(RecordChanged):
            step.apply(marks)
    with pytest.raises(RecordChanged):
        edits.add(MARKS, mark("new", 50), FILM, SCHEME).inverse().apply(MARKS)


def test_drag_becomes_one_step() -> None:
    marks, drag = MARKS, edits.shift(MARKS, "coo", 0, FILM)
    assert drag.is_empty
    for _ in range(5):
        step = edits.shift(marks, "coo", 3, FILM)
        marks, drag = step.apply(marks), drag.then(step)
    assert (len(drag.changes), drag.words) == (1, "move a mark")
    assert drag.apply(MARKS) == marks
    assert drag.then(drag.inverse()).is_empty
    both = drag.then(edits.toggle_star(marks, "wait"))
    assert len(both.changes) == 2
    with pytest.raises(RecordChanged):
        drag.then(drag)


def test_mark_added_and_removed_is_no_step_at_all() -> None:
    added = edits.add(MARKS, mark("new", 50), FILM, SCHEME)
    after = added.apply(MARKS)
    assert added.then(edits.remove(after, ["new"])).is_empty
    moved = edits.shift(after, "new", 5, FILM)
    assert added.then(moved).apply(MARKS)["new"].span.start == 55
