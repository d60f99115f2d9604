"""Marking by keys and drags: exact ticks come out."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from film_house import KEY, House, film_of
from film_on_screen import PLAIN, UNEVEN
from vigtool.annotate.mark import Lane
from vigtool.timebase import Span
from vigtool.ui.timeline.board import LABELS


def test_a_span_is_marked_with_exact_ticks(house: House) -> None:
    house.open(film_of(house, UNEVEN))
    index = house.page.index
    house.work.playback.seek_frame(10)
    house.press(KEY.Key_I)
    house.work.playback.seek_frame(14)
    house.press(KEY.Key_O, KEY.Key_Return)
    (mark,) = house.all_kept()
    assert mark.span == Span(index.pts(10), index.after(14))
    assert mark.span.end == index.pts(15)
    assert (mark.code, mark.lane) == (None, Lane.NOTES)
    house.press(KEY.Key_0, KEY.Key_V)
    (mark,) = house.all_kept()
    assert (mark.code, mark.lane) == ("b.voice", Lane.BABY)
    assert house.page.side.note.isVisible()


def test_s_alone_keeps_moments_while_it_plays(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_Space)
    for seconds in (1, 2):
        house.clock.advance(Fraction(seconds) - house.clock.now() + Fraction(1, 50))
        house.shows(seconds * 25)
        house.press(KEY.Key_S)
    assert house.work.playback.is_playing
    marks = house.all_kept()
    # 0.4 s before 1.02 s and 2.02 s
    assert [(mark.span.start, mark.span.end) for mark in marks] == [
        (house.page.index.pts(15), house.page.index.pts(15)),
        (house.page.index.pts(40), house.page.index.pts(40)),
    ]
    assert all(mark.star and mark.code is None for mark in marks)


def test_a_held_key_lasts_as_long_as_the_hold(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.page.side.leads[0].chosen.emit(0)
    house.press(KEY.Key_Space)
    house.clock.advance(Fraction(11, 25))
    house.shows(11)
    house.press(KEY.Key_0)
    QTest.keyPress(house.page.picture, KEY.Key_V)
    house.clock.advance(Fraction(20, 25))
    house.shows(31)
    assert house.desk.kept == {}
    growing = next(iter(house.page.timeline.model.marks.values()))
    assert growing.span.start == house.page.index.pts(11)
    QTest.keyRelease(house.page.picture, KEY.Key_V)
    (mark,) = house.all_kept()
    assert mark.span == house.page.index.span(11, 31)
    assert mark.code == "b.voice"


def test_an_edge_is_drawn_as_one_step_and_its_frame_shows(house: House) -> None:
    house.open(film_of(house, UNEVEN))
    index, timeline = house.page.index, house.page.timeline
    house.work.playback.seek_frame(10)
    house.press(KEY.Key_I)
    house.work.playback.seek_frame(20)
    house.press(KEY.Key_O, KEY.Key_0, KEY.Key_V)
    (mark,) = house.all_kept()
    placed = timeline.board.placed(mark.id)
    assert placed is not None
    y = round(placed.box.center().y())
    grip = QPoint(LABELS + round(placed.box.right()) - 1, y)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=grip)
    for number in (25, 30, 35):
        QTest.mouseMove(timeline, QPoint(LABELS + round(timeline.scale.x(index.after(number))) - 1, y))
    house.shows(35)
    assert len(house.desk.writes) == 1
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=grip)
    (mark,) = house.all_kept()
    assert mark.span == Span(index.pts(10), index.after(35))
    assert len(house.desk.writes) == 2
    house.press(KEY.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    (mark,) = house.all_kept()
    assert mark.span == Span(index.pts(10), index.after(20))


def test_edges_move_by_key(house: House) -> None:
    house.open(film_of(house, UNEVEN))
    index = house.page.index
    house.press(KEY.Key_S)
    house.work.playback.seek_frame(12)
    house.press(KEY.Key_O, modifier=Qt.KeyboardModifier.AltModifier)
    house.work.playback.seek_frame(4)
    house.press(KEY.Key_I, modifier=Qt.KeyboardModifier.AltModifier)
    (mark,) = house.all_kept()
    assert mark.span == index.span(4, 12)
