"""What holds for every test of the window: our style, nothing left behind, a bench, every light."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from benches import bench_of
from desk_in_memory import MemoryDesk, MemoryPractice
from leftovers import left
from vigtool.ui import style, theme
from vigtool.ui.desk import Desk, Practice
from vigtool.ui.jobs import Jobs
from vigtool.ui.room import Bench


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> style.FocusRing:
    """The program's own style, font and palette, as at its start."""
    # Everything that is imported by now stays for good: the search after each test need not walk it.
    gc.collect()
    gc.freeze()
    return style.install(qapp)


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """After each test no window, running timer, Qt thread or thread of a pool is left; a leak names itself.

    pytest-qt closes the widgets it was given before fixtures are torn down.
    """
    before = set(threading.enumerate())
    yield
    assert left(qapp, before) == []


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    """Jobs that end with the test; a fault that nobody was told of fails it."""
    made = Jobs()
    yield made
    made.close()
    assert not made.faults.reports, [report.text for report in made.faults.reports]


@pytest.fixture
def practice(desk: MemoryDesk) -> MemoryPractice:
    """What can be done without a vault, beside the desk of the folder or module."""
    return MemoryPractice(desk)


@pytest.fixture
def went_to() -> list[str]:
    """The rooms that somebody asked to go to."""
    return []


@pytest.fixture
def bench(desk: Desk, practice: Practice, jobs: Jobs, went_to: list[str]) -> Bench:
    """A bench at which the desk of the folder or module is open; its jobs end before the desk is closed."""
    return bench_of(jobs, practice, desk, went_to)


Show = Callable[[Callable[[], QWidget]], list[QWidget]]


@pytest.fixture
def show_everywhere(qtbot: QtBot) -> Show:
    """Show a fresh widget light and dark, left to right and right to left; a Qt warning meanwhile fails the test."""

    def show(make: Callable[[], QWidget]) -> list[QWidget]:
        shown = []
        for colours in (theme.LIGHT, theme.DARK):
            for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
                widget = make()
                qtbot.addWidget(widget)
                theme.dress(widget, colours)
                widget.setLayoutDirection(direction)
                widget.show()
                QCoreApplication.processEvents()
                assert not widget.grab().isNull()
                shown.append(widget)
        return shown

    return show


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's offscreen platform warns of every window of a fixed size or over another; nothing can be done about it."""
    for item in items:
        if "tests/ui/" in item.path.as_posix():
            item.add_marker(
                pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)", extend=True)
            )
