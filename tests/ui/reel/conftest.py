"""The Reel room on a desk in memory, open on the family of cycle 2."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from reel_desk import ReelDesk, reel_desk
from vigtool.ui import theme
from vigtool.ui.reel.room import ReelRoom
from vigtool.ui.room import Bench


@pytest.fixture
def desk() -> ReelDesk:
    return reel_desk()


@pytest.fixture
def bench(bench: Bench, desk: ReelDesk) -> Bench:
    """The same, open on the kitchen film of the family's last cycle."""
    family = desk.families()[0]
    bench.workspace.open_family(family)
    bench.workspace.open_cycle(desk.cycles(family.id)[-1])
    bench.workspace.open_film(next(film for film in desk.films() if film.title == "kitchen"))
    return bench


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
