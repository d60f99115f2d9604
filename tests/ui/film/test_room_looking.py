"""Looking closely in the Film room: kept while stepping, playing and seeking; and never in what is marked or shown."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor

import makers
from film_house import KEY, House, film_of
from film_on_screen import PLAIN, grabbed
from vigtool.player.frame import fitted
from vigtool.ui.actions import ACTIONS, key_words, keys_of

CTRL = Qt.KeyboardModifier.ControlModifier
LARGE = makers.Film(size=(1536, 1024), frames=30, gop=6, options=(("preset", "ultrafast"),))


def part_read(house: House, number: int) -> None:
    """Wait until the picture is the frame's own, as large as it is shown, and its number can be read in the whole."""

    def right() -> None:
        view, picture = house.page.picture, house.work.playback.picture
        assert picture is not None
        assert picture.number == number
        place = view.look.place((1536, 1024), view.box)
        assert picture.pixels.shape[1::-1] == min((place.width, place.height), (1536, 1024))
        assert makers.read_number(np.ascontiguousarray(picture.pixels[..., 2::-1])) == number

    house.qtbot.waitUntil(right, timeout=10_000)


def test_a_closer_look_stays_while_stepping_seeking_and_playing(house: House) -> None:
    house.open(film_of(house, LARGE))
    house.press(KEY.Key_Plus, KEY.Key_Equal, modifier=CTRL)
    view = house.page.picture
    look = view.look
    assert look.zoom == pytest.approx(1.25**4)
    part_read(house, 0)
    house.press(KEY.Key_Right, KEY.Key_Right)
    part_read(house, 2)
    house.work.playback.seek_frame(25)
    part_read(house, 25)
    house.press(KEY.Key_Space)
    house.clock.advance(Fraction(2, 25))
    house.qtbot.waitUntil(lambda: house.work.playback.frame == 27)
    house.press(KEY.Key_Space)
    part_read(house, 27)
    assert view.look == look
    house.press(KEY.Key_Left, modifier=CTRL)
    house.press(KEY.Key_Up, modifier=CTRL)
    assert view.look.x < look.x
    assert view.look.y < look.y
    assert house.work.playback.frame == 27, "the arrows with Ctrl push the picture and step no frame"
    house.press(KEY.Key_0, modifier=CTRL)
    house.shows(27)


def test_what_is_seen_close_up_is_sharper_than_the_fitted_picture_enlarged(house: House) -> None:
    house.open(film_of(house, LARGE))
    for _ in range(6):
        house.press(KEY.Key_Plus, modifier=CTRL)
    view = house.page.picture
    for _ in range(20):
        house.press(KEY.Key_Up, KEY.Key_Right, modifier=CTRL)
    house.work.playback.seek_frame(21)

    def right() -> None:
        picture = house.work.playback.picture
        assert picture is not None
        assert picture.number == 21
        assert picture.pixels.shape[1::-1] == (1536, 1024)

    house.qtbot.waitUntil(right)
    pixels = grabbed(view)[view.height() // 8, 20:-20].astype(int).mean(axis=1)
    edge = int(np.abs(np.diff(pixels)).max())
    fit = fitted(1536, 1024, *view.box)[0]
    assert view.look.zoom * fit / 1536 > 1
    assert edge > 40, "a border of a block is as sharp as the film's own pixels allow"


def test_z_is_about_what_is_under_the_pointer(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.open(film_of(house, PLAIN))
    page = house.page
    at = page.picture.mapToGlobal(QPoint(60, 60))
    monkeypatch.setattr(QCursor, "pos", staticmethod(lambda: at))
    scale = page.timeline.scale
    house.press(KEY.Key_Z)
    assert page.picture.look.zoom == pytest.approx(2.5)
    assert page.timeline.scale == scale
    house.press(KEY.Key_Z)
    at = page.timeline.mapToGlobal(QPoint(400, 40))
    house.press(KEY.Key_Z)
    assert page.picture.look.is_whole
    assert page.timeline.scale != scale


def test_brighter_stays_with_the_film_while_it_is_open_and_goes_with_it(house: House) -> None:
    first, second = film_of(house, PLAIN), film_of(house, PLAIN)
    house.open(first)
    house.press(KEY.Key_B, KEY.Key_B, KEY.Key_B)
    house.press(KEY.Key_B, modifier=Qt.KeyboardModifier.ShiftModifier)
    house.press(KEY.Key_Right)
    house.room.left()
    house.room.entered()
    assert house.page.picture.level == 2
    house.press(KEY.Key_B, modifier=CTRL)
    assert house.page.picture.level == 0
    house.press(KEY.Key_B)
    house.workspace.open_film(second)
    house.qtbot.waitUntil(lambda: house.room.work is not None and house.room.page is not None)
    assert house.page.picture.level == 0


def test_no_key_does_two_things() -> None:
    taken = [(key.toString(), action.where) for action in ACTIONS for key in keys_of(action.id)]
    here = [key for key, where in taken if where.value not in ("reel", "lists")]
    assert len(here) == len(set(here))
    assert key_words("picture-closer") == "Ctrl +"
