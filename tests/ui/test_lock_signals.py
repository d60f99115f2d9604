"""What the system says is heard: on a bus of the test's own, and in messages as Windows writes them."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vigtool.ui import lock_signals, lock_signals_windows
from vigtool.ui.lock_signals_windows import Message, MessageFilter, WindowsSignals, says_lock

PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from vigtool.ui.lock_signals import BusSignals

app = QCoreApplication([])
heard = BusSignals()
said = []
heard.asleep.connect(lambda: said.append("asleep"))
heard.locked.connect(lambda: said.append("locked"))
assert heard.begin()
bus = {"system": QDBusConnection.systemBus(), "session": QDBusConnection.sessionBus()}

def say(which, path, interface, name, *values):
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(values))
    assert bus[which].send(message)

def all():
    say("system", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", True)
    say("system", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", False)
    say("system", "/org/freedesktop/login1/session/_32", "org.freedesktop.login1.Session", "Lock")
    say("session", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)
    say("session", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", False)
    say("session", "/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True)
    say("session", "/x", "org.example.Other", "ActiveChanged", True)

QTimer.singleShot(50, all)
QTimer.singleShot(700, app.quit)
app.exec()
print(" ".join(sorted(said)))
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="there is no D-Bus program here")
def test_sleep_and_screen_locks_are_heard_on_the_bus(tmp_path: Path) -> None:
    shell = f'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" exec "{sys.executable}" -c "$PROGRAM"'
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", shell],
        env={**os.environ, "PROGRAM": PROGRAM},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["asleep", "locked", "locked", "locked"]


def test_without_any_bus_nothing_is_heard_and_nothing_said(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere", "QT_QPA_PLATFORM": "offscreen"}
    program = (
        "from PySide6.QtWidgets import QApplication, QWidget\n"
        "from vigtool.ui.lock_signals import listen\n"
        "app = QApplication([])\n"
        "print(listen(QWidget(), lambda: None))\n"
    )
    environment["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nowhere"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout.strip(), done.stderr.strip()) == (0, "None", "")


@pytest.mark.parametrize(
    ("message", "wparam", "leaves"),
    [
        (lock_signals_windows.WM_WTSSESSION_CHANGE, lock_signals_windows.WTS_SESSION_LOCK, True),
        (lock_signals_windows.WM_WTSSESSION_CHANGE, 0x8, False),  # unlocked
        (lock_signals_windows.WM_WTSSESSION_CHANGE, lock_signals_windows.WTS_CONSOLE_DISCONNECT, True),
        (lock_signals_windows.WM_POWERBROADCAST, lock_signals_windows.PBT_APMSUSPEND, True),
        (lock_signals_windows.WM_POWERBROADCAST, 0x7, False),  # awake again
        (0x0100, 7, False),  # a key
    ],
)
def test_messages_as_windows_writes_them(message: int, wparam: int, *, leaves: bool) -> None:
    assert says_lock(message, wparam) is leaves
    told: list[int] = []
    found = Message(hwnd=None, message=message, wparam=wparam, lparam=0)
    heard = MessageFilter(lambda: told.append(1))
    assert heard.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(found)) == (False, 0)
    assert heard.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(found)) == (False, 0)
    assert bool(told) is leaves


def test_windows_is_asked_to_tell_of_its_session(qtbot: QtBot) -> None:
    asked: list[tuple[int | None, int]] = []

    class Wts:
        def WTSRegisterSessionNotification(self, window: ctypes.c_void_p, which: int) -> int:
            asked.append((window.value, which))
            return 1

    window = QWidget()
    qtbot.addWidget(window)
    listening = WindowsSignals(window, lambda: None, Wts())
    assert asked == [(int(window.winId()), 0)]
    listening.stop()


def test_on_a_mac_nothing_is_listened_to(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    window = QWidget()
    qtbot.addWidget(window)
    assert lock_signals.listen(window, lambda: None) is None
