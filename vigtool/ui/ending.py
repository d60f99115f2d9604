"""Being asked by the system to end: the window closes as by its own button, so that nothing is torn.

Qt waits in its own code, where Python hears no signal. The interpreter writes each signal's number into a socket, and
Qt wakes up for what comes out of it.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from PySide6.QtCore import QSocketNotifier

_NAMES: Final = ("SIGTERM", "SIGINT", "SIGHUP")  # Windows has no SIGHUP


@contextmanager
def ended_by_signals(end: Callable[[], None]) -> Iterator[None]:
    """While it lasts, `end` is called on the thread that draws when the system asks the program to end.

    What is ignored (`nohup`) stays so. To be entered on the main thread, with an application there.
    """
    here, there = socket.socketpair()
    for side in (here, there):
        side.setblocking(False)
    notifier = QSocketNotifier(here.fileno(), QSocketNotifier.Type.Read)

    def heard() -> None:
        here.recv(64)
        end()

    notifier.activated.connect(heard)
    before: dict[int, Any] = {}
    woken = signal.set_wakeup_fd(there.fileno(), warn_on_full_buffer=False)
    try:
        for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
            if signal.getsignal(number) not in (signal.SIG_IGN, None):
                before[number] = signal.signal(number, lambda _number, _frame: None)
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)
        signal.set_wakeup_fd(woken)
        notifier.setEnabled(False)
        here.close()
        there.close()
