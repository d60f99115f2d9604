"""What the operating system may keep of this process's memory when it crashes: nothing.

A limit on the size of core files is not enough where the system hands them to another program: Linux heeds it there
only if that program does. A process that is not "dumpable" (prctl(2)) writes none at all, and no other program of the
same user may look into it.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Final

_PR_SET_DUMPABLE: Final = 4
_PR_GET_DUMPABLE: Final = 3
_SEM_FAILCRITICALERRORS, _SEM_NOGPFAULTERRORBOX = 0x0001, 0x0002


def write_no_dumps() -> None:
    """Have no picture of this process's memory written to the disk; to be called again in each new process."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    with suppress(OSError, AttributeError):
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        elif sys.platform == "win32":  # Windows Error Reporting takes no dump where it may show no box
            ctypes.windll.kernel32.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)


def is_dumpable() -> bool:
    """Whether the system may write this process's memory down, as far as it can be asked (Linux)."""
    return sys.platform != "linux" or bool(ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0))
