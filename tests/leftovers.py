"""What a test of the window left behind: windows, running timers, threads."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid


def flush() -> None:
    """Let everything that was deleted later be gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()


def left(app: QApplication, threads_before: set[threading.Thread]) -> list[str]:
    """One line for each thing that is still there."""
    flush()
    gc.collect()
    flush()
    things = [thing for thing in gc.get_objects() if isinstance(thing, QTimer | QThread) and isValid(thing)]
    timers = {thing for thing in things if isinstance(thing, QTimer) and thing.isActive()}
    roots: list[QObject] = [app, *app.topLevelWidgets()]
    timers |= {timer for root in roots for timer in root.findChildren(QTimer) if timer.isActive()}
    qt_threads = [thing for thing in things if isinstance(thing, QThread) and thing.isRunning()]
    return [
        *(f"window {window}" for window in app.topLevelWidgets() if window.isVisible()),
        *(f"timer {timer} of {timer.parent()}" for timer in timers),
        *(f"Qt thread {thread}" for thread in qt_threads if thread is not app.thread()),
        *(f"thread {thread}" for thread in set(threading.enumerate()) - threads_before if thread.name[:5] != "Dummy"),
    ]
