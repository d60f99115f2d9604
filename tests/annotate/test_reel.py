"""Edits of a reel, the soft advice about it, and the rows of a table of marks."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.annotate import reel_edits
from vigtool.annotate.bounds import Bounds
from vigtool.annotate.history import History
from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.reel import Caption, Clip, Reel
from vigtool.annotate.reel_advice import Advice, AdviceKind, advice
from vigtool.annotate.reel_edits import ReelStep
from vigtool.annotate.rows import MarkRow, rows
from vigtool.annotate.scheme_file import built_in
from vigtool.errors import InvalidRecord, NoSuchRecord, RecordChanged, SchemeError
from vigtool.timebase import Span

SCHEME = built_in()
FILM = Bounds(film="film", start=100, end=10_000, time_base=Fraction(1, 100))
COO = Mark(id="coo", layer="layer", film="film", span=Span(300, 1040), lane=Lane.BABY, code="b.voice")
EMPTY = Reel(id="reel", family="family", author="hanna")


def clip(name: str, start: int = 300, end: int = 1300, *, answers: bool = True) -> Clip:
    return Clip(id=name, mark=None, film="film", span=Span(start, end), answers_question=answers)


THREE = replace(EMPTY, clips=(clip("a"), clip("b"), clip("c")))


def order(step: ReelStep) -> str:
    return "".join(one.id for one in step.after.clips)


def shown(moment: int, film: Bounds = FILM, snap: Callable[[int], int] | None = None) -> Span:
    kept = replace(COO, span=Span(moment, moment), code=None)
    return reel_edits.add_mark(EMPTY, kept, film, SCHEME, "new", snap=snap).after.clips[0].span


def test_clip_takes_the_span_of_its_mark() -> None:
    step = reel_edits.add_mark(EMPTY, COO, FILM, SCHEME, "new")
    assert step.after.clips == (Clip(id="new", mark="coo", film="film", span=COO.span),)
    assert step.apply(EMPTY) == step.after
    assert step.inverse().apply(step.after) == EMPTY


def test_clip_is_put_where_it_is_wanted() -> None:
    assert [order(reel_edits.add_mark(THREE, COO, FILM, SCHEME, "new", at=at)) for at in (None, 0, 2, 3)] == [
        "abcnew", "newabc", "abnewc", "abcnew",
    ]  # fmt: skip
    for at in (-1, 4):
        with pytest.raises(InvalidRecord):
            reel_edits.add_mark(THREE, COO, FILM, SCHEME, "new", at=at)


def test_moment_becomes_five_seconds_around_it_within_the_film() -> None:
    assert shown(500) == Span(400, 900)
    assert shown(150) == Span(100, 550)
    assert shown(9_999) == Span(9_899, 10_000)
    assert shown(100, replace(FILM, end=101)) == Span(100, 101)


def test_made_edges_are_put_between_frames() -> None:
    def snap(tick: int) -> int:
        return tick // 7 * 7

    assert shown(497, snap=snap) == Span(396 // 7 * 7, 897 // 7 * 7)
    assert shown(9_996, snap=snap) == Span(9_896 // 7 * 7, 10_000)


@given(moment=st.integers(0, 399), length=st.integers(1, 400), rate=st.integers(1, 120), grid=st.integers(1, 500))
def test_clip_of_a_moment_always_shows_the_moment(moment: int, length: int, rate: int, grid: int) -> None:
    film = Bounds(film="film", start=0, end=length, time_base=Fraction(1, rate))
    tick = moment % length
    for snap in (None, lambda at: at // grid * grid):
        span = shown(tick, film, snap)
        film.check(span)
        assert not span.is_moment
        assert span.holds(tick)


@pytest.mark.parametrize(
    ("mark", "film"),
    [
        (COO, replace(FILM, for_parents=False)),
        (replace(COO, film="other"), FILM),
        (replace(COO, span=Span(50, 300)), FILM),
        (COO, replace(FILM, film="other")),
    ],
)
def test_mark_that_cannot_be_shown_is_refused(mark: Mark, film: Bounds) -> None:
    with pytest.raises(InvalidRecord):
        reel_edits.add_mark(EMPTY, mark, film, SCHEME, "new")


def test_moment_for_the_practitioner_alone_cannot_reach_a_reel() -> None:
    group = SCHEME.groups[0]
    hidden = replace(group, codes=tuple(replace(code, parent_safe=code.id != "b.voice") for code in group.codes))
    scheme = replace(SCHEME, groups=(hidden, *SCHEME.groups[1:]))
    with pytest.raises(InvalidRecord):
        reel_edits.add_mark(EMPTY, COO, FILM, scheme, "new")
    assert reel_edits.add_mark(EMPTY, replace(COO, code="b.look"), FILM, scheme, "new").after.clips
    with pytest.raises(SchemeError):
        reel_edits.add_mark(EMPTY, replace(COO, code="b.nod"), FILM, SCHEME, "new")


def test_clip_is_in_the_reel_once() -> None:
    with pytest.raises(InvalidRecord):
        reel_edits.add_mark(THREE, COO, FILM, SCHEME, "b")


def test_clips_change_places() -> None:
    assert order(reel_edits.move(THREE, "a", 2)) == "bca"
    assert order(reel_edits.move(THREE, "c", 0)) == "cab"
    assert order(reel_edits.move(THREE, "b", 2)) == "acb"
    assert reel_edits.move(THREE, "b", 1).is_empty
    assert order(reel_edits.remove(THREE, "b")) == "ac"
    for to in (-1, 3):
        with pytest.raises(InvalidRecord):
            reel_edits.move(THREE, "a", to)


def test_edges_of_a_clip_are_its_own() -> None:
    step = reel_edits.trim(THREE, "b", Span(100, 10_000), FILM)
    assert [one.span.start for one in step.after.clips] == [300, 100, 300]
    for span in (Span(99, 200), Span(100, 10_001), Span(200, 200)):
        with pytest.raises(InvalidRecord):
            reel_edits.trim(THREE, "b", span, FILM)
    with pytest.raises(InvalidRecord):
        reel_edits.trim(THREE, "b", Span(100, 200), replace(FILM, film="other"))


def test_captions_are_one_a_language_in_their_order() -> None:
    reel = THREE
    for language, text in (("en", "You waited."), ("ar", " انتظرتِ. "), ("en", "You waited for her.")):
        reel = reel_edits.set_caption(reel, "b", language, text).apply(reel)
    assert reel.clips[1].captions == (Caption("en", "You waited for her."), Caption("ar", "انتظرتِ."))
    gone = reel_edits.set_caption(reel, "b", "en", " \n ")
    assert gone.after.clips[1].captions == (Caption("ar", "انتظرتِ."),)
    assert gone.words == "take a caption away"
    assert reel_edits.set_caption(THREE, "b", "pl", "").is_empty
    for language in ("", "e", "en us", "en_US", "english-"):
        with pytest.raises(InvalidRecord):
            reel_edits.set_caption(reel, "b", language, "x")


def test_title_and_question() -> None:
    assert reel_edits.set_title(EMPTY, "  For Nadia ").after.title == "For Nadia"
    reel = replace(EMPTY, clips=(clip("a", answers=False), clip("b", answers=False)))
    said = reel_edits.set_answers_question(reel, "b", yes=True)
    assert [one.answers_question for one in said.after.clips] == [False, True]
    back = reel_edits.set_answers_question(said.after, "b", yes=False)
    assert back.after == reel
    assert back.words != said.words


@pytest.mark.parametrize(
    "edit",
    [
        lambda: reel_edits.remove(THREE, "x"),
        lambda: reel_edits.move(THREE, "x", 0),
        lambda: reel_edits.trim(THREE, "x", Span(100, 200), FILM),
        lambda: reel_edits.set_caption(THREE, "x", "en", ""),
        lambda: reel_edits.set_answers_question(THREE, "x", yes=True),
        lambda: reel_edits.clip_of(EMPTY, "a"),
    ],
)
def test_clip_that_is_gone_is_named_as_that(edit: Callable[[], object]) -> None:
    with pytest.raises(NoSuchRecord):
        edit()


def test_step_belongs_to_the_reel_it_was_made_for() -> None:
    step = reel_edits.move(THREE, "a", 2)
    with pytest.raises(RecordChanged):
        step.apply(step.after)
    with pytest.raises(RecordChanged):
        step.then(step)


moves = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "move", "trim", "caption", "title", "answers"]), st.integers(0, 7)),
    max_size=30,
)


def carried_out(reel: Reel, what: str, number: int) -> ReelStep:
    name = f"c{number}"
    known: dict[str, Callable[[], ReelStep]] = {
        "add": lambda: reel_edits.add_mark(reel, COO, FILM, SCHEME, name, at=number),
        "remove": lambda: reel_edits.remove(reel, name),
        "move": lambda: reel_edits.move(reel, name, number),
        "trim": lambda: reel_edits.trim(reel, name, Span(200, 200 + number), FILM),
        "caption": lambda: reel_edits.set_caption(reel, name, "en", "x" * (number % 3)),
        "title": lambda: reel_edits.set_title(reel, str(number)),
        "answers": lambda: reel_edits.set_answers_question(reel, name, yes=number % 2 == 0),
    }
    return known[what]()


@given(walk=moves, joined=st.booleans())
def test_any_walk_over_a_reel_is_undone(walk: list[tuple[str, int]], *, joined: bool) -> None:
    reel, history = EMPTY, History[ReelStep]()
    for what, number in walk:
        try:
            step = carried_out(reel, what, number)
        except (InvalidRecord, NoSuchRecord):
            continue
        reel, history = step.apply(reel), history.after(step, joined=joined)
        assert len({one.id for one in reel.clips}) == len(reel.clips)
    end = reel
    while history.done:
        step, history = history.undo()
        reel = step.apply(reel)
    assert reel == EMPTY
    while history.undone:
        step, history = history.redo()
        reel = step.apply(reel)
    assert reel == end


BASES = {"film": Fraction(1, 100), "other": Fraction(1, 90_000)}


def test_length_adds_films_of_different_clocks_exactly() -> None:
    other = Clip(id="o", mark=None, film="other", span=Span(0, 30_000))
    assert reel_edits.length(replace(THREE, clips=(*THREE.clips, other)), BASES) == 30 + Fraction(1, 3)
    assert reel_edits.length(EMPTY, BASES) == 0


@pytest.mark.parametrize(
    ("clips", "expected"),
    [
        ((), []),
        ((clip("a"), clip("b")), [Advice(AdviceKind.CLIP_COUNT)]),
        ((clip("a"), clip("b"), clip("c")), []),
        (tuple(clip(name) for name in "abcd"), []),
        (tuple(clip(name) for name in "abcde"), [Advice(AdviceKind.CLIP_COUNT)]),
        ((clip("a", 0, 500), clip("b", 0, 499), clip("c")), [Advice(AdviceKind.TOO_SHORT, "b")]),
        ((clip("a", 0, 4000), clip("b", 0, 4001), clip("c")), [Advice(AdviceKind.TOO_LONG, "b")]),
        ((clip("a"), clip("b"), clip("c", answers=False)), [Advice(AdviceKind.NO_GOAL, "c")]),
        (
            (clip("a", 0, 1, answers=False),),
            [Advice(AdviceKind.CLIP_COUNT), Advice(AdviceKind.TOO_SHORT, "a"), Advice(AdviceKind.NO_GOAL, "a")],
        ),
    ],
)
def test_advice_is_soft_and_exact(clips: tuple[Clip, ...], expected: list[Advice]) -> None:
    found = advice(replace(EMPTY, clips=clips), BASES)
    assert list(found) == expected
    assert all(one.words for one in found)


# Frames of uneven length, as a phone films them: first ticks 100, 103, 110, 111; the film ends at 120.
FRAMES = [100, 103, 110, 111]


def frame_at(tick: int) -> int:
    return max(number for number, first in enumerate(FRAMES) if first <= tick)


@pytest.mark.parametrize(
    ("span", "frames"),
    [
        (Span(100, 103), (0, 1)),
        (Span(103, 111), (1, 3)),
        (Span(111, 120), (3, 4)),
        (Span(100, 120), (0, 4)),
        (Span(104, 110), (1, 2)),
        (Span(103, 112), (1, 4)),
        (Span(110, 110), (2, 2)),
        (Span(105, 105), (1, 1)),
    ],
)
def test_rows_name_every_frame_shown_and_no_other(span: Span, frames: tuple[int, int]) -> None:
    (row,) = rows([replace(COO, span=span)], {"layer": "hanna"}, frame_at)
    assert (row.start, row.end) == (span.start, span.end)
    assert (row.start_frame, row.end_frame) == frames


def test_rows_are_flat_and_in_order_of_time() -> None:
    later = replace(COO, id="b", layer="two", span=Span(111, 120), note="x", star=True, chain="c")
    first = replace(COO, id="a", span=Span(103, 103), code=None, lane=Lane.NOTES)
    made = rows([later, first], {"layer": "hanna", "two": "ruth"}, frame_at)
    assert made == [
        MarkRow("a", "film", "notes", None, 103, 103, 1, 1, "", star=False, chain=None, author="hanna"),
        MarkRow("b", "film", "baby", "b.voice", 111, 120, 3, 4, "x", star=True, chain="c", author="ruth"),
    ]
    assert " ".join(field.name for field in fields(MarkRow)) == (
        "mark film lane code start end start_frame end_frame note star chain author"
    )
    assert json.loads(json.dumps(asdict(made[0])))["code"] is None
    assert rows([], {}, frame_at) == []
