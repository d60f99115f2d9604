"""The Families room on a desk in memory, open on F-0007."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desk_in_memory import TODAY, MemoryDesk
from families_in_memory import full_desk
from families_on_screen import code, nadia_s
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.room import Bench


@pytest.fixture
def desk() -> MemoryDesk:
    return full_desk()


@pytest.fixture
def room(qtbot: QtBot, bench: Bench) -> FamiliesRoom:
    made = FamiliesRoom(bench, today=lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.entered()
    qtbot.waitUntil(lambda: bench.workspace.family is not None)
    made.list.opened.emit(nadia_s(bench))
    qtbot.waitUntil(lambda: code(bench) == "F-0007")
    return made
