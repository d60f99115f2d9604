"""The Film room in a window over a desk in memory, worked by keys, seen by its pixels."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import makers
from film_on_screen import seen
from film_room_desk import FilmRoomDesk
from vigtool.annotate.mark import Mark
from vigtool.casework.film import Film
from vigtool.player.clock import FakeClock
from vigtool.ui.film.page import FilmPage
from vigtool.ui.film.room import FilmRoom
from vigtool.ui.film.wiring import FilmAtWork
from vigtool.ui.workspace import Workspace

KEY = Qt.Key


@dataclass
class House:
    """A room in a window, over a desk in memory."""

    qtbot: QtBot
    window: QWidget
    room: FilmRoom
    desk: FilmRoomDesk
    clock: FakeClock
    workspace: Workspace
    went: list[str]

    @property
    def work(self) -> FilmAtWork:
        assert self.room.work is not None
        return self.room.work

    @property
    def page(self) -> FilmPage:
        assert self.room.page is not None
        return self.room.page

    def open(self, film: Film) -> None:
        self.workspace.open_film(film)
        self.qtbot.waitUntil(lambda: self.room.work is not None)
        self.shows(0)
        self.page.picture.setFocus()

    def shows(self, number: int) -> None:
        """Wait until that frame can be read from the picture on the screen, and everything else agrees."""

        def right() -> None:
            assert seen(self.page.picture) == number
            said = self.page.picture.accessibleName().startswith(f"Picture, frame {number}, ")
            assert said or self.work.playback.is_playing
            assert self.page.transport.frame.text().startswith(f"frame {number}")

        self.qtbot.waitUntil(right, timeout=10_000)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.page.picture, key, modifier)

    def all_kept(self) -> list[Mark]:
        """Wait until everything is durable; the marks of the desk in order of time."""
        self.qtbot.waitUntil(lambda: not self.workspace.is_saving)
        assert dict(self.work.marking.marks) == self.desk.kept
        return sorted(self.desk.kept.values(), key=lambda mark: (mark.span.start, mark.span.end))


def film_of(house: House, film: makers.Film) -> Film:
    return house.desk.add(makers.opener(makers.make(film)), title="kitchen")


def panels_of(house: House) -> list[str]:
    QApplication.processEvents()
    return [panel.accessibleName() for panel in house.page.side.findChildren(QWidget, "panel") if panel.isVisible()]
