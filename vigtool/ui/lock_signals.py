"""What the system says: the computer goes to sleep, or its screen is locked. Then the vault locks too.

On Linux this is heard on D-Bus: logind's `PrepareForSleep` and its sessions' `Lock`, and `ActiveChanged` of whichever
screen saver the desktop has (freedesktop.org, GNOME, Cinnamon, MATE, Xfce). Where there is no bus nothing is heard and
nothing is said. Windows is in `lock_signals_windows`. macOS is not listened to: there the idle time alone locks.

A sleep is held up until the program has locked, for as long as logind allows (five seconds by its default).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

_LOGIN: Final = "org.freedesktop.login1"
_SAVERS: Final = ("freedesktop", "gnome", "cinnamon", "mate", "xfce")


class BusSignals(QObject):
    """Listens on D-Bus.

    Signals:
        asleep: the computer is about to sleep.
        locked: its screen was locked.
    """

    asleep = Signal()
    locked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._delay: Any = None
        self._waiting: Any = None

    def begin(self) -> bool:
        """Begin to listen; whether there is any bus."""
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # a Qt without D-Bus
            return False
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if system.isConnected():
            manager = f"{_LOGIN}.Manager"
            system.connect("", "", manager, "PrepareForSleep", self, _slot("_prepare(bool)"))
            # Of any session, since which is ours takes a question that may block; somebody else's locks too much, once.
            system.connect("", "", f"{_LOGIN}.Session", "Lock", self, _slot("_lock()"))
            self._hold_up_sleep(system)
        if session.isConnected():
            for saver in _SAVERS:
                name = f"org.{saver}.ScreenSaver"
                session.connect("", "", name, "ActiveChanged", self, _slot("_active(bool)"))
        return system.isConnected() or session.isConnected()

    def _hold_up_sleep(self, system: Any) -> None:
        """Ask logind to wait for us before the computer sleeps; the answer is kept, and let go with the process."""
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        asked = QDBusMessage.createMethodCall(_LOGIN, "/org/freedesktop/login1", f"{_LOGIN}.Manager", "Inhibit")
        asked.setArguments(["sleep", "vigtool", "locks first", "delay"])
        self._waiting = QDBusPendingCallWatcher(system.asyncCall(asked, 3000), self)
        self._waiting.finished.connect(self._answered)

    def _answered(self, answered: Any) -> None:
        message = answered.reply()
        if message.type() == message.MessageType.ReplyMessage and message.arguments():
            self._delay = message.arguments()[0]  # a file descriptor: closing it lets the computer sleep
        answered.deleteLater()
        self._waiting = None

    @Slot(bool)
    def _prepare(self, begins: bool) -> None:
        if begins:
            self.asleep.emit()

    @Slot()
    def _lock(self) -> None:
        self.locked.emit()

    @Slot(bool)
    def _active(self, active: bool) -> None:
        if active:
            self.locked.emit()


def _slot(name: str) -> Any:
    """Qt's name of a slot. It is a text, where the Python stub of D-Bus asks for bytes, which Qt then refuses."""
    return SLOT(name)


def listen(window: QWidget, lock: Callable[[], None]) -> QObject | None:
    """Call `lock` when the computer sleeps or its screen locks; what listens, or None where nothing can be heard."""
    if sys.platform == "win32":
        from vigtool.ui.lock_signals_windows import listen_on_windows

        return listen_on_windows(window, lock)
    if sys.platform == "darwin":
        return None
    heard = BusSignals(window)
    heard.asleep.connect(lock)
    heard.locked.connect(lock)
    if heard.begin():
        return heard
    heard.deleteLater()
    return None
