"""That a film is played is entered once for each opening."""

from __future__ import annotations

from film_house import KEY, House, film_of
from film_on_screen import PLAIN, UNEVEN


def test_the_first_play_of_each_opening_is_entered(house: House) -> None:
    first, other = film_of(house, PLAIN), film_of(house, UNEVEN)
    house.open(first)
    house.press(KEY.Key_Right)
    assert house.desk.played == []
    house.press(KEY.Key_Space, KEY.Key_Space, KEY.Key_Space, KEY.Key_Space)
    house.qtbot.waitUntil(lambda: house.desk.played == [first.id])
    house.open(other)
    house.open(first)
    house.press(KEY.Key_Space, KEY.Key_Space)
    house.qtbot.waitUntil(lambda: house.desk.played == [first.id, first.id])
