"""What holds for every test of the window: our style, nothing left behind, a way to show a part in all its lights."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vigtool.ui import style, theme


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> style.FocusRing:
    """The program's own style, font and palette, as at its start."""
    return style.install(qapp)


def _flush() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """After each test no window, running timer, Qt thread or thread of a pool is left; a leak names itself.

    pytest-qt closes the widgets it was given before fixtures are torn down.
    """
    before = set(threading.enumerate())
    yield
    _flush()
    gc.collect()
    _flush()
    windows = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert not windows, f"windows left: {windows}"
    running = [timer for timer in _children(qapp, QTimer) if timer.isActive()]
    assert not running, f"timers left: {running}"
    threads = [thread for thread in gc.get_objects() if type(thread) is QThread and thread.isRunning()]
    assert not [thread for thread in threads if thread is not qapp.thread()], f"Qt threads left: {threads}"
    late = [t for t in set(threading.enumerate()) - before if not t.name.startswith("Dummy")]
    assert not late, f"threads left: {late}"


def _children(app: QApplication, kind: type[QTimer]) -> list[QTimer]:
    found: list[QTimer] = []
    roots: list[QObject] = [app, *app.topLevelWidgets()]
    for root in roots:
        found += root.findChildren(kind)
    return found


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
    """Qt's offscreen platform warns of every window of a fixed size; nobody can do anything about it."""
    for item in items:
        if "tests/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True))
