"""The window locks when nobody is there, and says so before."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from rooms_in_memory import open_vault, shown_window
from vigtool.settings import Settings
from vigtool.ui import theme
from vigtool.ui.clipboard import ClipboardKeeper
from vigtool.ui.key_sheet import KeySheet
from vigtool.ui.locking import NOTICE_SECONDS, Locking
from vigtool.ui.main_window import MainWindow
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.workspace import Use


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Hearing:
    """Stands for the system: what it says makes the vault lock."""

    def __init__(self) -> None:
        self.lock: Callable[[], None] = lambda: None

    def __call__(self, _window: QWidget, lock: Callable[[], None]) -> QObject | None:
        self.lock = lock
        return None


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hearing() -> Hearing:
    return Hearing()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with shown_window(qtbot) as made:
        yield made


@pytest.fixture
def locking(window: MainWindow, clock: Clock, hearing: Hearing) -> Locking:
    return Locking(window, now=clock, listen=hearing)


@pytest.fixture
def locked(window: MainWindow, locking: Locking) -> list[int]:
    told: list[int] = []
    window.lock_wanted.connect(lambda: told.append(1))
    return told


def test_nothing_locks_where_nothing_is_open(locking: Locking, clock: Clock, locked: list[int]) -> None:
    clock.now = 10_000
    locking.look()
    locking.lock()
    assert not locking.is_counting
    assert locked == []


def test_it_says_so_and_locks_once(window: MainWindow, locking: Locking, clock: Clock, locked: list[int]) -> None:
    open_vault(window)
    assert locking.is_counting
    clock.now = 300 - NOTICE_SECONDS - 1
    locking.look()
    assert not locking.notice.isVisible()
    clock.now = 300 - 12.4
    locking.look()
    assert locking.notice.isVisible()
    assert "13" in locking.notice.words
    assert locked == []
    clock.now = 300
    locking.look()
    locking.look()
    locking.lock()
    assert locked == [1]


@pytest.mark.parametrize("how", ["key", "shortcut", "mouse"])
def test_any_key_or_touch_keeps_it_open_and_the_key_does_nothing_else(
    window: MainWindow, locking: Locking, clock: Clock, locked: list[int], how: str
) -> None:
    open_vault(window)
    line = QLineEdit(window)
    line.show()
    line.setFocus()
    clock.now = 290
    locking.look()
    assert locking.notice.isVisible()
    screen = window.windowHandle()
    if how == "key":
        QTest.keyClick(screen, Qt.Key.Key_A)
        assert line.text() == "", "the key that stays does nothing else"
        QTest.keyClick(screen, Qt.Key.Key_B)
        assert line.text() == "b"
    elif how == "shortcut":
        QTest.keyClick(screen, Qt.Key.Key_F1)
        assert not window.findChildren(KeySheet), "nor does a shortcut"
    else:
        QTest.mouseClick(screen, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(400, 300))
    assert not locking.notice.isVisible()
    clock.now = 300
    locking.look()
    assert locked == []
    assert locking.idleness.left() == 290


def test_a_playing_film_and_a_review_hold_it_off(
    window: MainWindow, locking: Locking, clock: Clock, locked: list[int]
) -> None:
    open_vault(window)
    player = QObject(window)
    window.workspace.in_use(player, Use.PLAYING)
    clock.now = 5000
    locking.look()
    window.workspace.in_use(player, Use.REVIEW)
    clock.now = 5000 + 45 * 60 - 1
    locking.look()
    assert locked == []
    window.workspace.in_use(player, None)
    assert window.workspace.uses == frozenset()
    clock.now += 300
    locking.look()
    assert locked == [1]


def test_covered_it_locks_sooner_and_without_a_notice(
    window: MainWindow, locking: Locking, clock: Clock, locked: list[int]
) -> None:
    open_vault(window)
    window.cover_now()
    clock.now = 119
    locking.look()
    assert not locking.notice.isVisible()
    window.cover.uncover()
    clock.now = 200
    locking.look()
    assert locked == []
    window.cover_now()
    clock.now = 320
    locking.look()
    assert locked == [1]


def test_work_that_somebody_waits_for_is_covered_and_locked_when_it_is_done(
    qtbot: QtBot, window: MainWindow, locking: Locking, clock: Clock, locked: list[int]
) -> None:
    open_vault(window)
    go = threading.Event()
    window.jobs.run(lambda _report, _cancelled: go.wait(5), owner=window)
    clock.now = 301
    locking.look()
    assert window.cover.isVisible()
    assert locked == []
    go.set()
    qtbot.waitUntil(lambda: not window.jobs.is_waited_for)
    clock.now += 121
    locking.look()
    assert locked == [1]


def test_sleep_and_a_locked_screen_wait_for_nothing(
    window: MainWindow, locking: Locking, hearing: Hearing, locked: list[int]
) -> None:
    hearing.lock()
    assert locked == []
    open_vault(window)
    go = threading.Event()
    window.jobs.run(lambda _report, _cancelled: go.wait(5), owner=window)
    hearing.lock()
    assert locked == [1]
    go.set()


def test_the_notice_lies_over_an_open_sheet_and_outlives_it(
    qtbot: QtBot, window: MainWindow, locking: Locking, clock: Clock
) -> None:
    open_vault(window)
    sheet = Dialog("Sheet", parent=window)
    sheet.open()
    clock.now = 290
    locking.look()
    assert locking.notice.parentWidget() is sheet
    sheet.reject()
    sheet.deleteLater()
    qtbot.wait(10)
    locking.look()
    assert locking.notice.parentWidget() is window


def test_it_is_as_dark_as_the_room_it_lies_over(window: MainWindow, locking: Locking, clock: Clock) -> None:
    open_vault(window)
    window.go_to("film")
    clock.now = 290
    locking.look()
    assert theme.of(locking.notice) is theme.DARK
    window.go_to("families")
    locking.look()
    assert theme.of(locking.notice) is theme.LIGHT


def test_other_limits_hold_at_once(window: MainWindow, locking: Locking, clock: Clock, locked: list[int]) -> None:
    open_vault(window)
    window.workspace.preferences_changed.emit(Settings(idle_minutes=1))
    clock.now = 61
    locking.look()
    assert locked == [1]


def test_what_was_copied_is_cleared_after_a_while_and_at_locking(
    qtbot: QtBot, window: MainWindow, locking: Locking, clock: Clock
) -> None:
    clipboard = QGuiApplication.clipboard()
    open_vault(window)
    clipboard.setText("she looked up")
    assert locking.clipboard.timer.isActive()
    assert clipboard.mimeData().data("x-kde-passwordManagerHint").data() == b"secret"
    assert clipboard.text() == "she looked up"
    locking.clipboard.timer.timeout.emit()
    assert clipboard.text() == ""
    clipboard.setText("again")
    locking.lock()
    assert clipboard.text() == ""


def test_what_somebody_else_copied_meanwhile_stays(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = QObject()
    keeper = ClipboardKeeper(owner)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("mine")
    monkeypatch.setattr(keeper, "_is_own", lambda _mode: False)
    clipboard.setText("a stranger's")
    keeper.clear()
    assert clipboard.text() == "a stranger's"
    clipboard.clear()
    owner.deleteLater()
