"""Stills kept in the vault: exactly the frame that shows, found again, worded and let go."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

import makers
from film_house import KEY, House, film_of, panels_of
from film_on_screen import PLAIN, UNEVEN, index_of
from vigtool.casework.still import Still
from vigtool.errors import StorageFailed
from vigtool.ids import new_id
from vigtool.ui.film.stills_model import Role

CTRL = Qt.KeyboardModifier.ControlModifier


def stills_shown(house: House) -> list[Still]:
    model = house.page.side.stills.model
    return [model.index(line).data(Role.STILL) for line in range(model.rowCount())]


def keep(house: House) -> None:
    before = len(stills_shown(house))
    house.press(KEY.Key_K, modifier=CTRL)
    house.qtbot.waitUntil(lambda: len(stills_shown(house)) == before + 1)


@pytest.mark.parametrize("made", [PLAIN, UNEVEN])
def test_what_is_kept_is_exactly_the_frame_that_shows(house: House, made: makers.Film) -> None:
    house.open(film_of(house, made))
    index = index_of(made)
    for number in (33, 4):
        house.work.playback.seek_frame(number)
        house.shows(number)
        keep(house)
    assert [(still.number, still.tick) for still in stills_shown(house)] == [(n, index.pts(n)) for n in (4, 33)]
    assert house.page.side.stills.isVisible()
    assert house.page.picture.notes.note("kept") is not None

    def pictured() -> None:
        for line, number in enumerate((4, 33)):
            image = house.page.side.stills.model.index(line).data(Role.PICTURE)
            assert image is not None
            rows = np.asarray(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
            assert makers.read_number(np.ascontiguousarray(rows[..., 2::-1])) == number

    house.qtbot.waitUntil(pictured)


def test_while_it_plays_the_picture_on_the_screen_is_kept_and_it_plays_on(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_Space)
    house.clock.advance(Fraction(9, 25))
    house.qtbot.waitUntil(lambda: house.work.playback.frame == 9)
    house.press(KEY.Key_K, modifier=CTRL)
    house.clock.advance(Fraction(9, 25))
    house.qtbot.waitUntil(lambda: bool(stills_shown(house)))
    assert [still.number for still in stills_shown(house)] == [9]
    assert house.work.playback.is_playing


def test_neither_zoom_nor_brightness_is_kept(house: House) -> None:
    house.open(film_of(house, PLAIN))
    keep(house)
    plain = stills_shown(house)[0]
    house.press(KEY.Key_B, KEY.Key_B)
    house.press(KEY.Key_Plus, modifier=CTRL)
    house.press(KEY.Key_Right)
    keep(house)
    close = stills_shown(house)[1]
    assert {name for name in Still.__slots__ if getattr(plain, name) != getattr(close, name)} == {
        "id", "number", "tick", "kept",
    } | ({"by"} if plain.by != close.by else set())  # fmt: skip


def test_a_still_is_gone_back_to_worded_and_let_go(house: House) -> None:
    film = film_of(house, PLAIN)
    index = index_of(PLAIN)
    for number in (40, 7):
        house.desk.keep_still(film.id, index.pts(number))
    house.open(film)
    house.qtbot.waitUntil(lambda: len(stills_shown(house)) == 2)
    side = house.page.side
    assert side.to_stills.isVisible()
    assert not side.stills.isVisible()
    QTest.mouseClick(side.to_stills, Qt.MouseButton.LeftButton)
    view = side.stills.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    house.shows(7)
    QTest.keyClick(view, KEY.Key_Down)
    house.shows(40)
    QTest.keyClick(view, KEY.Key_Return)
    line = view.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "looks back")
    QTest.keyClick(line, KEY.Key_Return)
    house.qtbot.waitUntil(lambda: stills_shown(house)[1].words == "looks back")
    assert view.currentIndex().row() == 1
    QTest.keyClick(view, KEY.Key_Delete)
    house.qtbot.waitUntil(lambda: [still.number for still in stills_shown(house)] == [7])
    QTest.mouseClick(side.stills.to_marks, Qt.MouseButton.LeftButton)
    assert side.marks.isVisible()


def test_what_cannot_be_kept_is_said_and_does_not_show(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.desk.trouble = StorageFailed("the disk is full")
    house.press(KEY.Key_K, modifier=CTRL)
    house.qtbot.waitUntil(lambda: any("disk is full" in name for name in panels_of(house)))
    assert stills_shown(house) == []
    assert not house.workspace.is_saving


def test_a_still_of_another_film_is_not_shown(house: House) -> None:
    one, other = film_of(house, PLAIN), film_of(house, UNEVEN)
    house.desk.stills_there["x"] = Still(
        id=new_id(), film=other.id, number=3, tick=index_of(UNEVEN).pts(3), kept=datetime.now(UTC), by=new_id()
    )
    house.open(one)
    keep(house)
    assert [still.film for still in stills_shown(house)] == [one.id]
