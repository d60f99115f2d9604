"""The Service room on a desk in memory: one full family, a month of log, somebody who works alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from desk_in_memory import TODAY, MemoryDesk
from families_in_memory import full_desk
from service_in_memory import month_of_log
from service_on_screen import Wait
from vigtool.ui.room import Bench
from vigtool.ui.service.room import ServiceRoom


@pytest.fixture
def desk() -> MemoryDesk:
    made = full_desk()
    month_of_log(made.audit, [one.id for one in made.families()], [one.id for one in made.films()])
    return made


@pytest.fixture
def room(qtbot: QtBot, bench: Bench) -> ServiceRoom:
    made = ServiceRoom(bench, today=lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(1196, 744)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.entered()
    return made


@pytest.fixture
def until(qtbot: QtBot) -> Wait:
    def wait(ready: Callable[[], bool]) -> None:
        qtbot.waitUntil(ready)

    return wait
