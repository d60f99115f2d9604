"""Opening and closing a film, and a film that is broken, gone, or taken away."""

from __future__ import annotations

import threading

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

import makers
from film_house import KEY, House, film_of
from film_on_screen import LARGE, PLAIN, SOUNDING, Breaking
from vigtool.casework.cycle import Cycle
from vigtool.errors import FilmMissing, SealBroken
from vigtool.ids import new_id
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.empty import EmptyPanel
from vigtool.ui.parts.error_panel import ErrorPanel


def test_an_empty_room_says_how_to_begin(house: House) -> None:
    panel = house.room.findChild(EmptyPanel)
    assert panel is not None
    assert panel.isVisible()
    panel.button.click()
    assert house.went == ["families"]
    assert house.room.header_items() == []


def test_opens_a_film_and_says_what_it_is(house: House) -> None:
    house.workspace.open_cycle(Cycle(id=new_id(), family=house.desk.family.id, number=2, planned=3))
    house.open(film_of(house, PLAIN))
    assert list(house.room.header_items()) == ["Cycle 2 of 3", "Film of 12 Nov, kitchen"]
    assert house.page.transport.time.text() == "00:00:00.000"


def test_a_film_that_vanishes_leaves_the_program_going(house: House) -> None:
    breaking = Breaking(makers.make(LARGE))
    house.open(house.desk.add(breaking.opener))
    house.press(KEY.Key_S)
    house.all_kept()
    breaking.error = FilmMissing("the film cannot be read", "plug its disk in again")
    house.work.playback.seek_frame(300)
    house.qtbot.waitUntil(lambda: house.page.places.error is not None)
    panel = house.page.places.error
    assert panel is not None
    assert panel.isVisible()
    assert "Plug its disk in again" in panel.accessibleName()
    assert not house.page.picture.isVisible()
    house.page.timeline.setFocus()
    QTest.keyClick(house.page.timeline, KEY.Key_S)  # the marks are still there, and can be worked on
    assert [mark.star for mark in house.all_kept()] == [False]
    breaking.error = None
    panel.findChildren(Button)[0].click()
    house.shows(300)


def test_a_film_that_cannot_be_opened_is_said_and_tried_again(house: House) -> None:
    film = film_of(house, PLAIN)
    house.desk.broken = SealBroken("the film is not what was sealed", "restore it from a backup")
    house.workspace.open_film(film)
    house.qtbot.waitUntil(lambda: bool(house.room.findChildren(ErrorPanel)))
    (panel,) = house.room.findChildren(ErrorPanel)
    assert "Restore it from a backup" in panel.accessibleName()
    house.desk.broken = None
    panel.findChildren(Button)[0].click()
    house.qtbot.waitUntil(lambda: house.room.work is not None)
    house.shows(0)


def test_damage_is_said_plainly(house: House) -> None:
    film = house.desk.add(makers.opener(makers.make(PLAIN)), damage=("the last two seconds are missing",))
    house.open(film)
    words = [widget.accessibleName() for widget in house.page.findChildren(QWidget, "panel")]
    assert "the last two seconds are missing" in words


def test_another_film_takes_its_place_and_nothing_of_the_first_runs_on(house: House) -> None:
    before = threading.active_count()
    house.open(film_of(house, SOUNDING))
    house.press(KEY.Key_Space)
    first = house.work
    second = film_of(house, LARGE)
    house.workspace.open_film(second)
    house.qtbot.waitUntil(lambda: house.room.work not in (None, first))
    house.shows(0)
    house.press(KEY.Key_S)
    (mark,) = house.all_kept()
    assert mark.film == second.id
    house.workspace.open_film(None)
    assert house.room.work is None
    alive = [thread for thread in threading.enumerate() if not thread.name.startswith(("vault", "work", "background"))]
    assert len(alive) <= before


def test_closing_the_window_ends_every_thread(house: House) -> None:
    house.open(film_of(house, SOUNDING))
    house.press(KEY.Key_Space)
    house.window.close()
    names = [thread.name for thread in threading.enumerate()]
    assert "film decoder" not in names
    assert "sound" not in names
