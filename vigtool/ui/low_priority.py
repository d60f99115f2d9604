"""A thread that steps back for everybody else.

It steps back a little and no further: a thread that gets no turn for long, just while it holds Python's own lock or the
vault's, holds up the window with it.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

_NICER = 5
"""A third of what the others get, where all of them want the processor."""
_BELOW_NORMAL = -1
"""`THREAD_PRIORITY_BELOW_NORMAL` of Windows."""


def step_back() -> None:
    """Give this thread a lower priority, and with it the threads that it begins (those of the codecs among them).

    Linux counts niceness by thread, whatever POSIX says. Where the system has no such thing, nothing changes.
    """
    with suppress(OSError, AttributeError):
        if sys.platform == "linux":
            thread = threading.get_native_id()
            # A program that was itself started to step back is not to come forward by this.
            os.setpriority(os.PRIO_PROCESS, thread, max(_NICER, os.getpriority(os.PRIO_PROCESS, thread)))
        elif sys.platform == "win32":
            from ctypes import windll

            windll.kernel32.SetThreadPriority(windll.kernel32.GetCurrentThread(), _BELOW_NORMAL)
