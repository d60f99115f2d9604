"""What the tries of the Film room stand on: the room in a window, and marking without any widget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from benches import bench_of
from film_house import House
from film_room_desk import FilmRoomDesk
from marking_desk import Desk as MarkingDesk
from marking_desk import make_desk
from vigtool.player.clock import FakeClock
from vigtool.ui import theme
from vigtool.ui.desk import Desk, Practice
from vigtool.ui.film.room import FilmRoom
from vigtool.ui.jobs import Jobs


@pytest.fixture
def house(qtbot: QtBot, jobs: Jobs, went_to: list[str]) -> Iterator[House]:
    desk, clock = FilmRoomDesk(), FakeClock()
    bench = bench_of(jobs, cast("Practice", None), None, went_to)
    window = QWidget()
    qtbot.addWidget(window)
    theme.dress(window, theme.DARK)
    room = FilmRoom(bench, clock=clock, make_device=lambda _parent: None)
    QVBoxLayout(window).addWidget(room)
    window.resize(1300, 900)
    bench.workspace.open_desk(cast("Desk", desk))
    bench.workspace.open_family(desk.family)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    room.entered()
    yield House(qtbot, window, room, desk, clock, bench.workspace, went_to)
    room.shut()


@pytest.fixture
def desk(qapp: object) -> MarkingDesk:
    return make_desk()
