"""Two films beside each other: their numbers, read from the pixels, differ by what is known, at every step."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import makers
from film_house import KEY, House, panels_of
from film_on_screen import seen
from two_films import even, index_of, uneven
from vigtool.casework.film import Film
from vigtool.casework.film_pair import PairedBy
from vigtool.errors import StorageFailed
from vigtool.player.beside import frame_beside
from vigtool.ui.film.looking_view import LookingView

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
OFFSET = Fraction(37, 25)
"""Of the second clock before the first: 37 frames."""


def two(house: House, first: makers.Film, second: makers.Film) -> tuple[Film, Film]:
    return tuple(
        house.desk.add(makers.opener(makers.make(film)), title=title)
        for film, title in ((first, "kitchen"), (second, "from the door"))
    )  # type: ignore[return-value]  # two of them


def open_both(house: House, first: makers.Film, second: makers.Film) -> tuple[Film, Film]:
    films = two(house, first, second)
    house.open(films[0])
    house.qtbot.waitUntil(lambda: bool(house.work.looking._films))
    house.press(KEY.Key_D, modifier=CTRL)
    house.qtbot.waitUntil(lambda: house.work.looking.beside.view is not None)
    return films


def both_show(house: House, first: int, second: int) -> None:
    """Wait until these two numbers can be read from the two pictures on the screen."""

    def right() -> None:
        view = house.work.looking.beside.view
        assert view is not None
        assert (seen(house.page.picture), seen(view)) == (first, second)

    house.qtbot.waitUntil(right, timeout=10_000)


def test_before_its_first_picture_came_nothing_false_is_said(house: House) -> None:
    said: list[str] = []
    plain = LookingView.show_words
    films = two(house, even(Fraction(0), frames=120), even(OFFSET, frames=160))
    house.open(films[0])
    house.qtbot.waitUntil(lambda: bool(house.work.looking._films))

    def show_words(view: LookingView, words: str) -> None:
        said.append(words)
        plain(view, words)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(LookingView, "show_words", show_words)
        house.press(KEY.Key_D, modifier=CTRL)
        house.qtbot.waitUntil(lambda: house.work.looking.beside.view is not None)
        both_show(house, 0, 0)
    assert set(said) <= {""}


def test_side_by_side_as_large_as_each_other(house: House) -> None:
    open_both(house, even(Fraction(0), frames=120), even(OFFSET, frames=160))
    both_show(house, 0, 0)
    view, page = house.work.looking.beside.view, house.page
    assert view is not None
    assert abs(view.width() - page.picture.width()) <= 1
    assert view.height() == page.picture.height()
    assert page.beside_bar.isVisible()
    assert "from the door" in page.beside_bar.name.text()
    house.press(KEY.Key_D, modifier=CTRL)
    assert house.work.looking.beside.view is None
    assert not page.beside_bar.isVisible()


def test_laid_by_eye_they_keep_step(house: House) -> None:
    first, second = open_both(house, even(Fraction(0), frames=120), even(OFFSET, frames=160))
    both_show(house, 0, 0)
    house.press(*[KEY.Key_Right] * 3)
    both_show(house, 3, 3)
    for _ in range(37):
        house.press(KEY.Key_Right, modifier=ALT)
    both_show(house, 3, 40)
    assert house.page.beside_bar.laid.text().startswith("stepped alone")
    house.press(KEY.Key_M, modifier=CTRL)
    house.qtbot.waitUntil(lambda: bool(house.desk.pairs))
    (pair,) = house.desk.pairs
    assert (pair.first, pair.second, pair.offset, pair.how) == (first.id, second.id, OFFSET, PairedBy.EYE)
    for number in (4, 5, 6, 90, 89, 12):
        house.work.playback.seek_frame(number)
        both_show(house, number, number + 37)
    house.press(KEY.Key_Left)
    both_show(house, 11, 48)


def test_while_it_plays_they_keep_step_at_every_picture(house: House) -> None:
    first, second = even(Fraction(0), frames=120), even(OFFSET, frames=160)
    open_both(house, first, second)
    beside = house.work.looking.beside
    assert beside.film is not None
    beside.film.set_offset(OFFSET)
    both_show(house, 0, 37)
    house.press(KEY.Key_Space)
    for number in (1, 2, 3, 17, 18, 60):
        house.clock.advance(Fraction(number, 25) - Fraction(house.work.playback.tick, 12800) + Fraction(1, 500))
        both_show(house, number, number + 37)
    house.press(KEY.Key_Space)
    both_show(house, 60, 97)
    house.press(KEY.Key_J)
    house.clock.advance(Fraction(10, 25))
    house.qtbot.waitUntil(lambda: house.work.playback.frame < 55)
    house.press(KEY.Key_K)
    number = house.work.playback.frame
    both_show(house, number, number + 37)


def test_beside_a_film_of_uneven_frames_time_decides(house: House) -> None:
    first, second = even(Fraction(0), frames=120), uneven(Fraction(7, 1000), frames=90)
    films = two(house, first, second)
    offset = Fraction(1007, 1000)
    house.desk.lay_beside(films[0].id, films[1].id, offset, PairedBy.SOUND)
    house.open(films[0])
    house.qtbot.waitUntil(lambda: bool(house.work.looking._films))
    house.press(KEY.Key_D, modifier=CTRL)
    ours, theirs = index_of(first), index_of(second)
    number = 0
    for number in range(0, 60, 3):
        house.work.playback.seek_frame(number)
        expected = frame_beside(ours, ours.pts(number), theirs, offset)
        assert expected is not None
        both_show(house, number, expected)
    assert house.page.beside_bar.laid.text() == "laid by sound: +1.007 s"


def test_where_the_second_shows_nothing_it_says_so(house: House) -> None:
    open_both(house, even(Fraction(0), frames=120), even(OFFSET, frames=60))
    film, view = house.work.looking.beside.film, house.work.looking.beside.view
    assert film is not None
    assert view is not None
    film.set_offset(Fraction(-2))
    house.qtbot.waitUntil(lambda: "does not show this moment" in view.words)
    house.work.playback.seek_frame(50)
    assert view.words == "", "while its picture is on its way nothing false is said"
    both_show(house, 50, 0)
    house.work.playback.seek_frame(115)
    house.qtbot.waitUntil(lambda: "does not show this moment" in view.words)
    house.press(KEY.Key_M, modifier=CTRL)
    assert any("shows nothing" in name for name in panels_of(house))
    assert house.desk.pairs == []


def test_an_offset_is_kept_and_found_from_the_other_film_too(house: House) -> None:
    films = two(house, even(Fraction(0), frames=120), even(OFFSET, frames=160))
    house.desk.lay_beside(films[0].id, films[1].id, OFFSET, PairedBy.EYE)
    house.open(films[1])
    house.qtbot.waitUntil(lambda: bool(house.work.looking._films))
    house.press(KEY.Key_D, modifier=CTRL)
    house.work.playback.seek_frame(50)
    both_show(house, 50, 13)


def test_laid_by_sound(house: House) -> None:
    open_both(house, even(Fraction(0)), even(OFFSET))
    both_show(house, 0, 0)
    bar = house.page.beside_bar
    QTest.mouseClick(bar.listen, Qt.MouseButton.LeftButton)
    house.qtbot.waitUntil(lambda: bool(house.desk.pairs), timeout=20_000)
    (pair,) = house.desk.pairs
    assert pair.how is PairedBy.SOUND
    assert abs(pair.offset - OFFSET) < Fraction(1, 200)
    house.work.playback.seek_frame(100)
    view = house.work.looking.beside.view
    assert view is not None
    house.qtbot.waitUntil(lambda: seen(house.page.picture) == 100 and abs(seen(view) - 137) <= 1)
    assert bar.listen.text() == "By sound"


def test_where_the_sounds_tell_nothing_it_is_said_and_nothing_kept(house: House) -> None:
    beating = makers.Film(frames=300, gop=50, sound=True)
    open_both(house, beating, makers.Film(frames=310, gop=50, sound=True))
    QTest.mouseClick(house.page.beside_bar.listen, Qt.MouseButton.LeftButton)
    house.qtbot.waitUntil(lambda: any("do not tell" in name for name in panels_of(house)), timeout=20_000)
    assert house.desk.pairs == []


@pytest.mark.parametrize("sound", [False])
def test_a_silent_film_is_not_offered_to_be_heard(house: House, sound: bool) -> None:
    open_both(house, even(Fraction(0), frames=120), even(OFFSET, frames=160, sound=sound))
    assert not house.page.beside_bar.listen.isVisible()


def test_what_could_not_be_kept_is_said(house: House) -> None:
    open_both(house, even(Fraction(0), frames=120), even(OFFSET, frames=160))
    both_show(house, 0, 0)
    house.desk.trouble = StorageFailed("the disk is full")
    house.press(KEY.Key_M, modifier=CTRL)
    house.qtbot.waitUntil(lambda: any("disk is full" in name for name in panels_of(house)))


def test_closing_the_room_ends_the_second_film_too(house: House) -> None:
    open_both(house, even(Fraction(0), frames=120), even(OFFSET, frames=160))
    both_show(house, 0, 0)
    house.room.shut()
