"""The Reel room on a desk in memory, open on the family of cycle 2."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryPractice
from reel_desk import ReelDesk, reel_desk
from vigtool.ui import theme
from vigtool.ui.jobs import Jobs
from vigtool.ui.reel.room import ReelRoom
from vigtool.ui.room import Bench
from vigtool.ui.workspace import Workspace


@pytest.fixture
def desk() -> ReelDesk:
    return reel_desk()


@pytest.fixture
def went_to() -> list[str]:
    return []


@pytest.fixture
def bench(desk: ReelDesk, went_to: list[str]) -> Iterator[Bench]:
    jobs, workspace = Jobs(), Workspace()
    workspace.open_desk(desk)
    family = desk.families()[0]
    workspace.open_family(family)
    workspace.open_cycle(desk.cycles(family.id)[-1])
    workspace.open_film(next(film for film in desk.films() if film.title == "kitchen"))
    yield Bench(jobs, workspace, MemoryPractice(desk), went_to.append)
    jobs.close()
    assert not jobs.faults.reports, [report.text for report in jobs.faults.reports]


@pytest.fixture
def room(qtbot: QtBot, bench: Bench) -> Iterator[ReelRoom]:
    made = ReelRoom(bench)
    qtbot.addWidget(made)
    theme.dress(made, theme.DARK)
    made.resize(1196, 744)
    made.show()
    made.entered()
    qtbot.waitUntil(lambda: made.work.records.family is not None)
    yield made
    made.left()
