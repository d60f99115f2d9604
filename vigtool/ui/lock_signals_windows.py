"""What Windows says: the session was locked (WTS), or the computer is suspended (power broadcasts).

Both come as messages to the window: `WM_WTSSESSION_CHANGE` once `WTSRegisterSessionNotification` was called for it,
`WM_POWERBROADCAST` to every window. A native event filter of Qt reads them. The numbers are those of winuser.h and
wtsapi32.h; nothing here needs Windows to be imported, only to be asked for.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

WM_POWERBROADCAST: Final = 0x0218
PBT_APMSUSPEND: Final = 0x0004
WM_WTSSESSION_CHANGE: Final = 0x02B1
WTS_SESSION_LOCK: Final = 0x7
WTS_CONSOLE_DISCONNECT: Final = 0x2
WTS_REMOTE_DISCONNECT: Final = 0x4
_THIS_SESSION: Final = 0
_LEAVING: Final = frozenset({WTS_SESSION_LOCK, WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT})


class Message(ctypes.Structure):
    """The beginning of MSG: what Windows hands to a window."""

    _fields_ = (
        ("hwnd", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wparam", ctypes.c_size_t),
        ("lparam", ctypes.c_ssize_t),
    )


def says_lock(message: int, wparam: int) -> bool:
    """Whether a message says that the person leaves: the session is locked or taken away, or the computer sleeps."""
    if message == WM_WTSSESSION_CHANGE:
        return wparam in _LEAVING
    return message == WM_POWERBROADCAST and wparam == PBT_APMSUSPEND


class MessageFilter(QAbstractNativeEventFilter):
    """Reads every message of the program's windows, and stops none."""

    def __init__(self, lock: Callable[[], None]) -> None:
        super().__init__()
        self._lock = lock

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        """Look at one message."""
        name = kind.data() if isinstance(kind, QByteArray) else bytes(kind)
        if name in (b"windows_generic_MSG", b"windows_dispatcher_MSG"):
            found = Message.from_address(int(message))
            if says_lock(found.message, found.wparam):
                self._lock()
        return False, 0


class WindowsSignals(QObject):
    """Keeps the filter for as long as the window is there."""

    def __init__(self, window: QWidget, lock: Callable[[], None], wts: Any) -> None:
        """Begin to listen.

        Args:
            window: whose messages are read.
            lock: called when the person leaves.
            wts: the library wtsapi32, or None where it cannot be had: then power broadcasts alone are heard.
        """
        super().__init__(window)
        self._filter = MessageFilter(lock)
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)
        if wts is not None:
            wts.WTSRegisterSessionNotification(ctypes.c_void_p(int(window.winId())), _THIS_SESSION)

    def stop(self) -> None:
        """Listen no longer."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._filter)


def listen_on_windows(window: QWidget, lock: Callable[[], None]) -> WindowsSignals:
    """Call `lock` when the session is locked or the computer sleeps."""
    wts: Any = None
    if sys.platform == "win32":
        with suppress(OSError):
            wts = ctypes.WinDLL("wtsapi32")
    return WindowsSignals(window, lock, wts)
