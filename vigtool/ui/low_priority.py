"""A thread that leaves the processor to everybody else."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

_NICEST = 19
_LOWEST = -2
"""`THREAD_PRIORITY_LOWEST` of Windows."""


def step_back() -> None:
    """Give this thread the lowest priority, and with it the threads that it begins (those of the codecs among them).

    Linux counts niceness by thread, whatever POSIX says. Where the system has no such thing, nothing changes.
    """
    with suppress(OSError, AttributeError):
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICEST)
        elif sys.platform == "win32":
            from ctypes import windll

            windll.kernel32.SetThreadPriority(windll.kernel32.GetCurrentThread(), _LOWEST)
