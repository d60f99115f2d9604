"""Marking without a widget: which frames and ticks come of keys, live and at rest."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from PySide6.QtCore import QObject

from marking_desk import Desk
from vigtool.annotate.mark import Lane
from vigtool.annotate.mark_set import Marks
from vigtool.annotate.scheme_file import built_in
from vigtool.errors import StorageFailed, VigtoolError
from vigtool.timebase import Span
from vigtool.ui.film.code_keys import CodeKeys


def test_a_moment_is_the_frame_that_shows(desk: Desk) -> None:
    desk.head.still(3)
    desk.marking.mark()
    (mark,) = desk.marking.marks.values()
    assert (mark.span, mark.code, mark.lane, mark.star) == (Span(260, 260), None, Lane.NOTES, False)
    assert desk.marking.chosen == mark.id


def test_out_ends_after_the_frame_that_shows(desk: Desk) -> None:
    desk.head.still(2)
    desk.marking.set_in()
    desk.head.still(7)
    desk.marking.set_out()
    assert desk.marking.stretch.points.span == Span(180, 900)  # frame 7 lasts to 900
    desk.marking.put_code("b.voice")
    (mark,) = desk.marking.marks.values()
    assert (mark.span, mark.code, mark.lane) == (Span(180, 900), "b.voice", Lane.BABY)
    assert desk.marking.stretch.points.is_empty


def test_the_last_frame_can_be_the_end(desk: Desk) -> None:
    desk.head.still(10)
    desk.marking.set_in()
    desk.marking.set_out()
    desk.marking.mark()
    assert desk.spans == [(980, 1020)]


def test_an_open_in_point_marks_up_to_here(desk: Desk) -> None:
    desk.head.still(1)
    desk.marking.set_in()
    desk.head.still(3)
    desk.marking.mark()
    assert desk.spans == [(140, 300)]


def test_points_that_cross_let_go_of_the_other(desk: Desk) -> None:
    desk.head.still(5)
    desk.marking.set_in()
    desk.head.still(2)
    desk.marking.set_out()
    assert (desk.marking.stretch.points.start, desk.marking.stretch.points.end) == (None, 260)
    desk.head.still(8)
    desk.marking.set_in()
    assert (desk.marking.stretch.points.start, desk.marking.stretch.points.end) == (900, None)


def test_s_keeps_a_moment_and_then_takes_its_star(desk: Desk) -> None:
    desk.head.still(4)
    desk.marking.star()
    (mark,) = desk.marking.marks.values()
    assert (mark.star, mark.code, mark.span) == (True, None, Span(300, 300))
    desk.marking.star()
    assert [mark.star for mark in desk.marking.marks.values()] == [False]


@pytest.mark.parametrize(
    ("tick", "rate", "lead", "lands"),
    [
        (1000, Fraction(1), Fraction(2, 5), 420),  # 600 is in the long frame that begins at 420
        (1000, Fraction(1), Fraction(0), 980),
        (1000, Fraction(1, 4), Fraction(2, 5), 900),  # a reaction takes less of a slow film
        (120, Fraction(1), Fraction(2, 5), 100),  # never before the first frame
        (400, Fraction(-1), Fraction(1, 10), 420),  # backwards, back is later
    ],
)
def test_live_marks_land_back_by_the_lead(desk: Desk, tick: int, rate: Fraction, lead: Fraction, lands: int) -> None:
    desk.marking.landing.lead = lead
    desk.head.playing(tick, rate)
    desk.marking.star()
    assert desk.spans == [(lands, lands)]
    assert desk.marking.chosen is None  # so that the next key makes the next mark
    desk.marking.star()
    assert len(desk.spans) == 2


def test_a_key_held_while_playing_lasts_as_long_as_the_hold(desk: Desk) -> None:
    desk.marking.landing.lead = Fraction(1, 10)
    desk.head.playing(250)
    desk.marking.press_code("b.voice")
    assert desk.spans == [(140, 140)]
    assert not desk.vault.waiting
    desk.head.playing(450)
    desk.marking.moved_on()
    assert desk.spans == [(140, 140)]  # not yet held long enough to be more than a press
    desk.head.playing(510)
    desk.marking.moved_on()
    assert desk.spans == [(140, 420)]  # on the screen while it grows: up to the end of the frame of 410
    desk.head.playing(1010)
    desk.marking.release_code()
    assert desk.spans == [(140, 940)]
    assert len(desk.vault.waiting) == 1
    desk.marking.undo()
    assert desk.spans == []


def test_a_key_pressed_shortly_is_a_moment_also_in_slow_motion(desk: Desk) -> None:
    desk.marking.landing.lead = Fraction(0)
    desk.head.playing(300, Fraction(1, 4))
    desk.marking.press_code("b.voice")
    desk.head.playing(361, Fraction(1, 4))  # 61 ms of film are 244 ms of the person's time
    desk.marking.release_code()
    assert desk.spans == [(300, 300)]


def test_escape_takes_back_what_is_held(desk: Desk) -> None:
    desk.head.playing(300)
    desk.marking.press_code("b.voice")
    assert desk.marking.cancel()
    desk.marking.release_code()
    assert desk.spans == []
    assert not desk.vault.waiting


def test_a_code_goes_to_the_chosen_mark_and_takes_it_to_its_lane(desk: Desk) -> None:
    desk.head.still(3)
    desk.marking.mark()
    desk.marking.press_code("b.voice")
    desk.marking.release_code()
    (mark,) = desk.marking.marks.values()
    assert (mark.code, mark.lane, mark.span) == ("b.voice", Lane.BABY, Span(260, 260))


def test_playing_on_lets_go_of_the_chosen_mark(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigtool.ui.film.marking.LETS_GO", Fraction(1, 2))
    desk.head.still(1)
    desk.marking.mark()
    desk.head.playing(600)
    desk.marking.moved_on()
    assert desk.marking.chosen is not None
    desk.head.playing(641)
    desk.marking.moved_on()
    assert desk.marking.chosen is None


def test_looping_keeps_the_chosen_mark(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigtool.ui.film.marking.LETS_GO", Fraction(0))
    desk.head.still(1)
    desk.marking.set_in()
    desk.head.still(2)
    desk.marking.mark()
    desk.marking.toggle_loop()
    assert desk.marking.stretch.loop == Span(140, 260)
    desk.head.playing(1000)
    desk.marking.moved_on()
    assert desk.marking.chosen is not None


def test_a_loop_follows_its_points(desk: Desk) -> None:
    desk.marking.toggle_loop()
    assert [error.message for error in desk.refused] == ["there is nothing to loop"]
    desk.head.still(1)
    desk.marking.set_in()
    desk.head.still(3)
    desk.marking.set_out()
    desk.marking.toggle_loop()
    desk.head.still(4)
    desk.marking.set_out()
    assert desk.marking.stretch.loop == Span(140, 340)
    desk.marking.toggle_loop()
    assert desk.marking.stretch.loop is None


def test_undo_and_redo_walk_every_step(desk: Desk) -> None:
    states = [Marks()]
    desk.head.still(3)
    steps: list[Callable[[], None]] = [
        desk.marking.mark,
        lambda: desk.marking.put_code("b.voice"),
        desk.marking.star,
        lambda: desk.marking.write_note(desk.marking.chosen or "", "same tune, softer"),
        desk.marking.remove,
    ]
    for step in steps:
        step()
        desk.vault.write()
        states.append(desk.marking.marks)
    for state in reversed(states[:-1]):
        desk.marking.undo()
        assert desk.marking.marks == state
    desk.marking.undo()
    for state in states[1:]:
        desk.marking.redo()
        assert desk.marking.marks == state
    desk.vault.write()
    assert desk.vault.kept == dict(desk.marking.marks)
    assert not desk.refused


def test_walking_through_marks(desk: Desk) -> None:
    marks = []
    for frame in (1, 5, 8):
        desk.head.still(frame)
        desk.marking.choose(None)
        desk.marking.mark()
        marks.append(desk.marking.chosen)
    desk.marking.choose(None)
    desk.head.still(3)
    desk.shown.clear()
    desk.marking.choose_beside(1)
    assert desk.marking.chosen == marks[1]
    desk.marking.choose_beside(1)
    desk.marking.choose_beside(1)
    assert (desk.marking.chosen, desk.shown) == (marks[2], [5, 8])
    desk.marking.choose(None)
    desk.head.still(3)
    desk.marking.choose_beside(-1)
    assert desk.marking.chosen == marks[0]


def test_a_failed_write_takes_the_step_off_and_it_can_be_done_again(desk: Desk) -> None:
    said: list[tuple[BaseException, object]] = []
    desk.marking.saving.lost.connect(lambda error, entries: said.append((error, entries)))
    desk.head.still(3)
    desk.marking.mark()
    desk.marking.put_code("b.voice")
    saving = [desk.marking.saving.is_saving]
    desk.vault.fail()
    saving.append(desk.marking.saving.is_saving)
    assert desk.spans == []
    assert desk.marking.chosen is None
    assert saving == [True, False]
    assert len(said) == 1
    error, entries = said[0]
    assert isinstance(error, StorageFailed)
    assert isinstance(entries, tuple)
    assert len(entries) == 2
    assert desk.marking.saving.again(entries) == 0
    desk.vault.write()
    (mark,) = desk.marking.marks.values()
    assert mark.code == "b.voice"
    assert desk.vault.kept == {mark.id: mark}


def test_digit_then_letter(qapp: QObject) -> None:
    keys = CodeKeys(built_in())
    heard: list[str] = []
    refused: list[VigtoolError] = []
    keys.pressed.connect(heard.append)
    keys.released.connect(lambda: heard.append("up"))
    keys.refused.connect(refused.append)
    assert not keys.press("V")  # no digit came before it: it means something else
    assert keys.await_letter(0)
    assert keys.press("q")
    assert (heard, len(refused)) == ([], 1)
    assert keys.press("v")
    assert (heard, keys.group) == (["b.voice"], None)
    assert not keys.release("x")
    assert keys.release("V")
    assert heard == ["b.voice", "up"]
    assert not keys.await_letter(9)
    keys.await_letter(0)
    keys.press("l")
    keys.let_go()
    assert heard == ["b.voice", "up", "b.look", "up"]
