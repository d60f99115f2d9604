"""The watch over what tests leave behind sees each kind of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from leftovers import left


def window() -> Iterator[str]:
    widget = QWidget()
    widget.show()
    yield "window"
    widget.close()


def timer() -> Iterator[str]:
    made = QTimer()
    made.start(10_000)
    yield "timer"
    made.stop()


def timer_of_a_window() -> Iterator[str]:
    widget = QWidget()
    widget.startTimer(10_000)
    made = QTimer(widget)
    made.start(10_000)
    yield "timer"
    widget.deleteLater()


def qt_thread() -> Iterator[str]:
    made = QThread()
    made.start()
    yield "Qt thread"
    made.quit()
    made.wait()


def thread() -> Iterator[str]:
    go = threading.Event()
    made = threading.Thread(target=go.wait)
    made.start()
    yield "thread"
    go.set()
    made.join()


@pytest.mark.parametrize("plant", [window, timer, timer_of_a_window, qt_thread, thread])
def test_a_planted_leftover_is_seen(qapp: QApplication, plant: Callable[[], Iterator[str]]) -> None:
    before = set(threading.enumerate())
    planted = plant()
    kind = next(planted)
    assert [line for line in left(qapp, before) if line.startswith(kind)]
    assert next(planted, None) is None
    assert left(qapp, before) == []
