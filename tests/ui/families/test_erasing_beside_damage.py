"""Erasing a film while nothing can be read of another: it is told, and done when it is asked for once more."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryDesk
from families_on_screen import the, words_in
from vigtool.casework.film import Film
from vigtool.ids import new_id
from vigtool.ui.families.erase_sheet import EraseSheet
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.tabs import Tab


def test_it_is_told_once_and_then_done(qtbot: QtBot, room: FamiliesRoom, desk: MemoryDesk) -> None:
    lost = new_id()
    desk.unreadable = frozenset({lost})
    room.tabs.open_tab(Tab.KEEPING)
    film = next(iter(desk.records[Film].values()))
    room.keeping_acts.erase(film)
    sheet = the(room, EraseSheet)
    sheet.code.input.setText("F-0007")
    sheet.reason.input.setText("asked for")
    sheet.go.click()
    qtbot.waitUntil(lambda: "Nothing can be read of" in words_in(sheet))
    assert film.id in desk.records[Film], "nothing was erased"
    qtbot.waitUntil(sheet.go.isEnabled)
    sheet.go.click()
    qtbot.waitUntil(lambda: "Certificate" in words_in(sheet))
    assert film.id not in desk.records[Film]
