"""Where the keys act, what stands beside the film, and how the room fits its window."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from film_house import KEY, House, film_of, panels_of
from film_on_screen import PLAIN


def test_letters_act_in_picture_and_timeline_alone(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_S)
    QTest.keyClick(house.page.timeline, KEY.Key_Right)
    house.shows(1)
    house.work.marking.choose(None)
    QTest.keyClick(house.page.timeline, KEY.Key_S)
    assert len(house.all_kept()) == 2
    for widget in (house.page.side.marks.view, house.page.side.marks.search, house.page.transport.play):
        widget.setFocus()
        for key in (KEY.Key_S, KEY.Key_I, KEY.Key_0, KEY.Key_V):
            QTest.keyClick(widget, key)
    assert len(house.all_kept()) == 2
    assert house.work.marking.stretch.points.is_empty


def test_the_list_chooses_and_the_star_is_about_the_star(house: House) -> None:
    house.open(film_of(house, PLAIN))
    for number in (5, 30):
        house.work.playback.seek_frame(number)
        house.work.marking.choose(None)
        house.press(KEY.Key_S)
    first, second = house.all_kept()
    view = house.page.side.marks.view
    view.setFocus()
    QTest.keyClick(view, KEY.Key_Up)
    house.shows(5)
    assert house.work.marking.chosen == first.id
    view.star_wanted.emit(second.id)
    assert [mark.star for mark in house.all_kept()] == [True, False]
    assert house.work.marking.chosen == first.id
    QTest.keyClick(view, KEY.Key_Delete)
    assert [mark.id for mark in house.all_kept()] == [second.id]
    house.press(KEY.Key_Down)
    assert house.work.marking.chosen == second.id
    house.shows(30)


def test_the_codes_follow_the_chosen_mark(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_0, KEY.Key_V)
    first = house.work.marking.chosen
    house.press(KEY.Key_Right, KEY.Key_Right)
    house.work.marking.choose(None)
    house.press(KEY.Key_4, KEY.Key_F)
    panel = house.page.side.codes
    shown = [panel._groups.checkedId()]
    house.work.marking.choose(first)
    shown.append(panel._groups.checkedId())
    assert shown == [4, 0]
    assert [button.code.id for button in panel._codes if button.is_active] == ["b.voice"]


def test_find_goes_to_the_marks(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_S)
    house.press(KEY.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    assert house.page.side.marks.search.hasFocus()
    QTest.keyClick(house.page.side.marks.search, KEY.Key_Escape)
    assert house.page.picture.hasFocus()


def test_escape_leaves_one_thing_at_a_time(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_S, KEY.Key_I, KEY.Key_0)
    marking = house.work.marking
    states = []
    for _ in range(4):
        states.append((house.work.codes.group is None, marking.chosen is None, marking.stretch.points.is_empty))
        house.press(KEY.Key_Escape)
    assert states == [
        (False, False, False),
        (True, False, False),
        (True, True, False),
        (True, True, True),
    ]


def test_a_refusal_is_said_and_goes_away(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_C)
    said = panels_of(house)
    assert any("No mark is chosen" in name for name in said)
    house.press(KEY.Key_S)
    said = panels_of(house)
    assert not any("No mark is chosen" in name for name in said)


def test_codes_and_marks_become_tabs_where_there_is_no_room(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.window.resize(1400, 1000)
    QApplication.processEvents()
    side = house.page.side
    both = [side.codes.isVisible(), side.marks.isVisible(), side.tabs.isVisible()]
    house.window.resize(960, 760)
    QApplication.processEvents()
    one = [side.codes.isVisible(), side.marks.isVisible(), side.tabs.isVisible()]
    house.press(KEY.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    other = [side.codes.isVisible(), side.marks.isVisible()]
    QTest.keyClick(side.marks.search, KEY.Key_Escape)
    house.press(KEY.Key_0)
    assert both == [True, True, False]
    assert one == [True, False, True]
    assert other == [False, True]
    assert side.codes.isVisible()


def test_every_size_comes_to_rest(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_S, KEY.Key_N)
    page = house.page
    for width in range(1000, 1500, 49):
        for height in (560, 700, 780, 840, 1000):
            house.window.resize(width, height)
            QApplication.processEvents()
            assert page.side.geometry().right() <= page.width()
            assert page.transport.geometry().right() < page.side.geometry().left()


def test_right_to_left_mirrors_all_but_time(house: House) -> None:
    house.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    house.open(film_of(house, PLAIN))
    QApplication.processEvents()
    page = house.page
    assert page.side.mapTo(page, QPoint(0, 0)).x() < page.picture.mapTo(page, QPoint(0, 0)).x()
    for part in (page.transport, page.timeline, page.head):
        assert part.layoutDirection() == Qt.LayoutDirection.LeftToRight
    bar = page.transport
    assert bar.play.x() < bar.speed.x() < bar.loop.x()
