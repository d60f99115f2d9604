"""The timeline in its room: zoom by key from the picture, the closest look, and pointing at a film that plays."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from film_house import KEY, House, film_of
from film_on_screen import PLAIN, SOUNDING
from vigtool.ui.timeline.board import LABELS
from vigtool.ui.timeline.strip import frames_in_view

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def test_the_zoom_has_keys_in_the_picture_too(house: House) -> None:
    house.open(film_of(house, PLAIN))
    timeline, index = house.page.timeline, house.page.index
    whole = timeline.scale.length
    house.press(KEY.Key_Plus)
    house.press(KEY.Key_Plus, modifier=SHIFT)  # where the plus stands on a shifted key
    assert timeline.scale.length < whole * Fraction(2, 3)
    house.press(KEY.Key_Minus)
    house.press(KEY.Key_Z, modifier=SHIFT)
    assert timeline.scale.length == whole
    house.press(KEY.Key_Z, modifier=ALT)
    assert timeline.scale.length == whole, "no mark is chosen"
    house.work.playback.seek_frame(10)
    house.press(KEY.Key_I)
    house.work.playback.seek_frame(30)
    house.press(KEY.Key_O, KEY.Key_Return)
    (mark,) = house.all_kept()
    house.press(KEY.Key_Z, modifier=ALT)
    assert timeline.scale.first <= mark.span.start
    assert mark.span.end <= timeline.scale.last
    assert timeline.scale.length < whole / 2
    assert index.pts(10) == mark.span.start


def test_from_near_every_frame_gets_its_picture_and_the_sound_its_wave(house: House) -> None:
    house.open(film_of(house, SOUNDING))
    timeline, index = house.page.timeline, house.page.index
    timeline.set_scale(timeline.scale.zoomed(Fraction(1, 1000), 400))
    seen = frames_in_view(timeline.scale, index)

    def there() -> None:
        assert all(timeline._pictures.of(number) is not None for number in seen)
        assert timeline._fine.in_view(timeline.scale)

    house.qtbot.waitUntil(there, timeout=10_000)


def test_pointing_stands_while_it_is_drawn_and_plays_on_when_it_is_let_go(house: House) -> None:
    house.open(film_of(house, PLAIN))
    timeline, index = house.page.timeline, house.page.index

    def place(number: int) -> QPoint:
        return QPoint(LABELS + round(timeline.scale.x(index.pts(number))) + 2, timeline.board.strip.top + 9)

    house.press(KEY.Key_Space)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=place(12))
    for number in (18, 33, 47):
        QTest.mouseMove(timeline, place(number))
    house.shows(47)
    assert house.page.picture.notes.note("about") is None
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=place(47))
    assert house.work.playback.is_playing
    house.press(KEY.Key_Space)
    house.shows(47)
