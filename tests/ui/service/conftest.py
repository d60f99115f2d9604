"""The Service room on a desk in memory: one full family, a month of log, somebody who works alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desk_in_memory import TODAY, MemoryDesk, MemoryPractice, full_desk
from service_in_memory import month_of_log
from vigtool.ui.jobs import Jobs
from vigtool.ui.room import Bench
from vigtool.ui.service.room import ServiceRoom
from vigtool.ui.workspace import Workspace


@pytest.fixture
def desk() -> MemoryDesk:
    made = full_desk()
    month_of_log(made.audit, [one.id for one in made.families()], [one.id for one in made.films()])
    return made


@pytest.fixture
def bench(qapp: object, desk: MemoryDesk) -> Iterator[Bench]:
    jobs, workspace = Jobs(), Workspace()
    workspace.desk = desk
    went: list[str] = []
    yield Bench(jobs, workspace, MemoryPractice(desk), went.append)
    jobs.close()
    assert not jobs.faults.reports, [report.text for report in jobs.faults.reports]


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
