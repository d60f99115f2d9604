"""Playing only what is marked, by key and button, as the list shows it; and a quiet word where nothing can be heard."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from film_house import KEY, House, film_of, panels_of
from film_on_screen import PLAIN, SOUNDING

FRAME = Fraction(1, 25)


def mark(house: House, first: int, last: int, *, star: bool = False) -> None:
    """Mark a span by keys, as a person does."""
    house.work.playback.seek_frame(first)
    house.press(KEY.Key_I)
    house.work.playback.seek_frame(last)
    house.press(KEY.Key_O, KEY.Key_Return)
    if star:
        house.press(KEY.Key_S)
    house.work.marking.choose(None)


def played(house: House) -> list[int]:
    """The frames that show from now until it stands, frame by frame."""
    seen = []
    playback = house.work.playback
    while playback.is_playing:
        number = playback.index.number_at(playback.tick)
        house.shows(number)
        seen.append(number)
        house.clock.advance(FRAME)
        playback._refresh()
    return seen


def test_plays_the_marks_of_the_list_and_stands_after_the_last(house: House) -> None:
    house.open(film_of(house, PLAIN))
    mark(house, 30, 32, star=True)
    mark(house, 10, 13)
    mark(house, 12, 15)
    house.work.playback.seek_frame(0)
    house.press(KEY.Key_M)
    assert house.page.transport.only.isChecked()
    house.press(KEY.Key_Space)
    assert played(house) == [*range(10, 16), 30, 31, 32]
    house.page.side.marks.starred.setChecked(True)  # the list shows fewer: so fewer are played
    house.press(KEY.Key_Space)
    assert played(house) == [30, 31, 32]
    house.press(KEY.Key_M)
    assert not house.page.transport.only.isChecked()
    house.work.playback.seek_frame(56)
    house.press(KEY.Key_Space)
    assert played(house) == [56, 57, 58, 59]


def test_the_button_does_the_same_and_a_mark_that_is_made_is_played_too(house: House) -> None:
    house.open(film_of(house, PLAIN))
    mark(house, 5, 6)
    QTest.mouseClick(house.page.transport.only, Qt.MouseButton.LeftButton)
    assert house.work.only_marked.is_on
    mark(house, 20, 21)
    house.work.playback.seek_frame(0)
    house.press(KEY.Key_Space)
    assert played(house) == [5, 6, 20, 21]
    house.press(KEY.Key_Up, KEY.Key_Delete, KEY.Key_Up, KEY.Key_Delete)
    assert not house.work.marking.saving.marks.ordered
    assert not house.page.transport.only.isChecked()  # nothing is left to play


def test_where_nothing_is_marked_it_says_so(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_S)  # a moment has no length
    QTest.mouseClick(house.page.transport.only, Qt.MouseButton.LeftButton)
    assert not house.page.transport.only.isChecked()
    assert any("no marked span" in words.lower() for words in panels_of(house))


def test_a_loop_takes_its_place_and_the_other_way_round(house: House) -> None:
    house.open(film_of(house, PLAIN))
    mark(house, 5, 9)
    mark(house, 20, 24)
    house.press(KEY.Key_M, KEY.Key_R)
    playback, bar = house.work.playback, house.page.transport
    if playback.loop is None:  # nothing chosen and no points: a loop needs a stretch
        house.work.marking.choose(house.work.marking.marks.ordered[0].id)
        house.press(KEY.Key_R)
    assert (bar.loop.isChecked(), bar.only.isChecked()) == (True, False)
    assert (playback.loop, playback.only) == (playback.index.span(5, 9), ())
    house.press(KEY.Key_M)
    assert (bar.loop.isChecked(), bar.only.isChecked()) == (False, True)
    assert (playback.loop, len(playback.only)) == (None, 2)


def test_that_there_is_no_device_is_said_on_the_picture_while_it_matters(house: House) -> None:
    house.open(film_of(house, SOUNDING))
    notes = house.page.picture.notes
    assert notes.note("device") is None
    house.press(KEY.Key_Space)
    said = notes.note("device")
    assert said is not None
    assert said.accessibleName() == "No sound device"
    house.page.transport.sound.click()
    assert notes.note("device") is None  # who does not want to hear it misses nothing


def test_a_film_without_sound_misses_no_device(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_Space)
    assert house.page.picture.notes.note("device") is None
