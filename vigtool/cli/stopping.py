"""Being asked to stop: Ctrl-C, the system's wish that the program ends, a terminal that is closed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

_NAMES: Final = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


@contextmanager
def interrupted() -> Iterator[None]:
    """While it lasts, whatever asks the program to stop raises `KeyboardInterrupt`: everything is cleaned up then."""
    with _handled(signal.default_int_handler):
        yield


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """While it lasts, nothing is torn up in the middle of a step: gives a function that says whether to stop.

    For long work that asks between its steps. An exception that a signal raises anywhere could fall into a call back
    from a library, and be lost there.
    """
    asked = threading.Event()
    with _handled(lambda _number, _frame: asked.set()):
        yield asked.is_set


@contextmanager
def _handled(handler: Callable[[int, Any], Any]) -> Iterator[None]:
    """Set the handlers and put the former ones back; what is ignored (`nohup`) stays so, and so do other threads."""
    before: dict[int, Any] = {}
    try:
        if threading.current_thread() is threading.main_thread():
            for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
                if signal.getsignal(number) not in (signal.SIG_IGN, None):
                    before[number] = signal.signal(number, handler)
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)
