"""A window of two rooms over a desk in memory: what locks, and what it comes back to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryDesk, MemoryPractice
from families_in_memory import full_desk
from vigtool.ui import theme
from vigtool.ui.desk_returning import Back
from vigtool.ui.main_window import MainWindow
from vigtool.ui.room import Room, RoomKind, Spot


class Film(Room):
    """A room that stands somewhere."""

    here = Spot(tick=-40, clip="c" * 32)
    gone_back: Spot | None = None
    came = ""

    def spot(self) -> Spot:
        return self.here

    def go_back(self, spot: Spot) -> None:
        self.gone_back = spot

    def entered(self) -> None:
        self.came = "back" if self.gone_back else "anew"


KINDS = (
    RoomKind("families", "Families", "families", theme.LIGHT, Film),
    RoomKind("film", "Film", "film", theme.DARK, Film),
)


@contextmanager
def shown_window(qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on the screen, closed at the end."""
    made = MainWindow(MemoryPractice(full_desk()), KINDS, start=lambda _bench: QLabel("start"))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.close()


def desk_of(window: MainWindow) -> MemoryDesk:
    practice = window.bench.practice
    assert isinstance(practice, MemoryPractice)
    return practice.desk


def open_vault(window: MainWindow, back: Back | None = None) -> MemoryDesk:
    desk = desk_of(window)
    window.workspace.open_desk(desk, back)
    return desk
