"""The Families room on a desk in memory, open on F-0007."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desk_in_memory import TODAY, MemoryDesk, MemoryPractice, full_desk
from families_on_screen import code, nadia_s
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.jobs import Jobs
from vigtool.ui.room import Bench
from vigtool.ui.workspace import Workspace


@pytest.fixture
def desk() -> MemoryDesk:
    return full_desk()


@pytest.fixture
def went_to() -> list[str]:
    return []


@pytest.fixture
def bench(qapp: object, desk: MemoryDesk, went_to: list[str]) -> Iterator[Bench]:
    jobs, workspace = Jobs(), Workspace()
    workspace.desk = desk
    made = Bench(jobs, workspace, MemoryPractice(desk), went_to.append)
    yield made
    jobs.close()
    assert not jobs.faults.reports, [report.text for report in jobs.faults.reports]


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
