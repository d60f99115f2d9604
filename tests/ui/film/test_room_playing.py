"""Playing, stepping and looping in the room: the number of the frame is read from the screen."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from film_house import KEY, House, film_of
from film_on_screen import PLAIN, SOUNDING, UNEVEN
from vigtool.ui.timeline.board import LABELS


def test_steps_and_jumps_by_key(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    house.shows(3)
    house.press(KEY.Key_Right, modifier=Qt.KeyboardModifier.ShiftModifier)
    house.shows(28)
    for number in range(27, 21, -1):  # across the border of a group at 24
        house.press(KEY.Key_Left)
        house.shows(number)
    house.press(KEY.Key_Left, modifier=Qt.KeyboardModifier.ShiftModifier)
    house.shows(0)


def test_a_click_in_the_timeline_shows_that_frame(house: House) -> None:
    house.open(film_of(house, UNEVEN))
    timeline = house.page.timeline
    for number in (33, 9, 41):
        index = house.page.index
        middle = (index.pts(number) + index.after(number)) // 2
        x = LABELS + round(timeline.scale.x(middle))
        QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
        house.shows(number)
        assert timeline.tick == index.pts(number)


def test_plays_and_pauses_by_key(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_Space)
    assert house.page.transport.play.accessibleName() == "Pause"
    house.clock.advance(Fraction(13, 25))
    house.shows(13)
    house.press(KEY.Key_Space)
    house.clock.advance(Fraction(1))
    house.shows(13)
    assert house.page.transport.play.accessibleName() == "Play"
    house.press(KEY.Key_Comma)
    assert house.work.playback.speed == Fraction(1, 2)
    assert house.page.transport.speed.value == Fraction(1, 2)


def test_loops_the_span(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.work.playback.seek_frame(20)
    house.press(KEY.Key_I)
    house.work.playback.seek_frame(24)
    house.press(KEY.Key_O, KEY.Key_R, KEY.Key_Space)
    assert house.page.transport.loop.isChecked()
    for place in range(1, 8):
        house.clock.advance(Fraction(1, 25))
        house.shows(20 + (4 + place) % 5)
    house.press(KEY.Key_R)
    assert not house.page.transport.loop.isChecked()


def test_strip_and_sound_fill_in(house: House) -> None:
    house.open(film_of(house, SOUNDING))
    timeline = house.page.timeline
    house.qtbot.waitUntil(lambda: len(timeline._pictures._kept) > 3)

    def whole() -> None:
        assert timeline._loudness is not None
        assert len(timeline._loudness.peaks) == 300
        assert timeline._loudness.peaks.max() == 1

    house.qtbot.waitUntil(whole)
