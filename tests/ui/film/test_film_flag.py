"""The flag at the top of the Film room where somebody in the film has not agreed to being filmed."""

from __future__ import annotations

from film_house import House, film_of
from film_on_screen import PLAIN
from vigtool.ui.parts.chip import Chip, State


def test_a_film_that_nobody_agreed_to_carries_a_flag_until_somebody_does(house: House) -> None:
    house.desk.missing = ("nobody has answered for Mina yet about being filmed",)
    house.open(film_of(house, PLAIN))
    house.qtbot.waitUntil(lambda: bool(house.room.header_buttons()))
    (flag,) = house.room.header_buttons()
    (chip,) = flag.findChildren(Chip)
    assert chip.state is State.DUE
    assert "nobody has answered for Mina yet about being filmed" in chip.accessibleName()
    house.desk.missing = ()
    house.workspace.records_changed.emit()
    house.qtbot.waitUntil(lambda: not house.room.header_buttons())
    assert not house.room.flag.findChildren(Chip) or not flag.isVisible()


def test_without_a_film_there_is_no_flag(house: House) -> None:
    house.desk.missing = ("nobody was asked",)
    assert list(house.room.header_buttons()) == []
