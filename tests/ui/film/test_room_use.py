"""What counts as use while nobody touches anything, and the way back to the same frame after a lock."""

from __future__ import annotations

from fractions import Fraction

from film_house import KEY, House, film_of
from film_on_screen import PLAIN
from vigtool.timebase import Span
from vigtool.ui.film.room import FilmRoom
from vigtool.ui.room import Spot
from vigtool.ui.workspace import Use


def test_a_playing_film_counts_as_use_until_it_stands(house: House) -> None:
    house.open(film_of(house, PLAIN))
    assert house.workspace.uses == frozenset()
    house.press(KEY.Key_Space)
    assert house.workspace.uses == {Use.PLAYING}
    house.press(KEY.Key_Space)
    assert house.workspace.uses == frozenset()


def test_a_loop_counts_as_what_may_go_on_for_ever(house: House) -> None:
    house.open(film_of(house, PLAIN))
    index = house.page.index
    house.work.playback.set_loop(Span(index.pts(2), index.pts(9)))
    house.work.playback.play()
    assert house.workspace.uses == {Use.LOOPING}
    house.work.playback.set_loop(None)
    assert house.workspace.uses == {Use.PLAYING}


def test_a_film_that_is_let_go_counts_no_longer(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.work.playback.set_speed(Fraction(1, 10))
    house.press(KEY.Key_Space)
    house.room.shut()
    assert house.workspace.uses == frozenset()


def test_the_frame_that_shows_is_where_one_comes_back_to(house: House) -> None:
    film = film_of(house, PLAIN)
    house.open(film)
    house.work.playback.seek_frame(17)
    house.shows(17)
    spot = house.room.spot()
    assert spot == Spot(tick=house.page.index.pts(17))
    house.room.shut()
    house.workspace.open_film(None)
    assert house.room.spot() == Spot()
    house.room.go_back(spot)
    house.workspace.open_film(film)
    house.qtbot.waitUntil(lambda: house.room.work is not None)
    house.shows(17)
    house.work.playback.seek_frame(3)
    house.workspace.open_film(None)
    house.workspace.open_film(film)
    house.qtbot.waitUntil(lambda: house.room.work is not None)
    house.shows(0)
    assert isinstance(house.room, FilmRoom)
