"""What the tries of the Film room stand on: the room in a window, and marking without any widget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from film_house import House
from film_room_desk import FilmRoomDesk
from marking_desk import Desk as MarkingDesk
from marking_desk import make_desk
from vigtool.player.clock import FakeClock
from vigtool.ui import theme
from vigtool.ui.desk import Desk, Practice
from vigtool.ui.film.room import FilmRoom
from vigtool.ui.jobs import Jobs
from vigtool.ui.room import Bench
from vigtool.ui.workspace import Workspace


@pytest.fixture
def house(qtbot: QtBot) -> Iterator[House]:
    desk, clock = FilmRoomDesk(), FakeClock()
    jobs, workspace, went = Jobs(), Workspace(), list[str]()
    bench = Bench(jobs, workspace, cast("Practice", None), went.append)
    window = QWidget()
    qtbot.addWidget(window)
    theme.dress(window, theme.DARK)
    room = FilmRoom(bench, clock=clock, make_device=lambda _parent: None)
    QVBoxLayout(window).addWidget(room)
    window.resize(1300, 900)
    workspace.open_desk(cast("Desk", desk))
    workspace.open_family(desk.family)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    room.entered()
    yield House(qtbot, window, room, desk, clock, workspace, went)
    room.shut()
    jobs.close()


@pytest.fixture
def desk(qapp: object) -> MarkingDesk:
    return make_desk()
