"""The window: rooms in their themes, what is open at the top, cover, keys, and a clean end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryDesk, MemoryPractice
from families_in_memory import full_desk
from vigtool.errors import StorageFailed
from vigtool.ui import actions, theme, window_state
from vigtool.ui.key_sheet import KeySheet
from vigtool.ui.main_window import SMALLEST, MainWindow
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.room import Room, RoomKind


class Light(Room):
    stopped = 0

    def header_items(self) -> tuple[str, ...]:
        return ("Nadia and Mina", "Willow Lane")

    def header_question(self) -> str:
        return ""

    def left(self) -> None:
        self.stopped += 1


class Dark(Room):
    def header_items(self) -> tuple[str, ...]:
        return ("Cycle 2 of 3", "Film of 12 Nov, kitchen")


KINDS = (
    RoomKind("families", "Families", "families", theme.LIGHT, Light),
    RoomKind("film", "Film", "film", theme.DARK, Dark),
    RoomKind("review", "Shared review", "review", theme.LIGHT, Light),
)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(MemoryPractice(full_desk()), KINDS, start=lambda _bench: QLabel("start"))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def open_family(window: MainWindow) -> MemoryDesk:
    practice = window.bench.practice
    assert isinstance(practice, MemoryPractice)
    desk = practice.desk
    window.workspace.open_desk(desk)
    family = next(found for found in desk.families() if found.code == "F-0007")
    window.workspace.open_family(family)
    window.workspace.open_cycle(desk.cycles(family.id)[-1])
    return desk


def texts(part: QWidget) -> list[str]:
    QTest.qWait(1)  # a label that is put into a layout is shown by the event loop
    return [label.text() for label in part.findChildren(QLabel) if label.isVisible() and label.text()]


def test_the_start_page_stands_alone_until_a_vault_is_open(window: MainWindow) -> None:
    assert not window.rail.isVisible()
    open_family(window)
    assert window.rail.isVisible()
    window.workspace.open_desk(None)
    assert not window.rail.isVisible()


def test_rail_and_header_wear_the_theme_of_the_room(window: MainWindow) -> None:
    open_family(window)
    assert theme.of(window.rail) is theme.LIGHT
    window.go_to("film")
    assert theme.of(window.rail) is theme.of(window.header) is theme.DARK
    assert window.rail.grab().toImage().pixelColor(2, 300) == QColor(theme.DARK.sunken)
    window.go_to("families")
    assert theme.of(window.header) is theme.LIGHT


def test_what_is_open_stays_at_the_top_when_the_room_changes(window: MainWindow) -> None:
    open_family(window)
    assert "F-0007" in texts(window.header)
    assert "Nadia and Mina" in texts(window.header)
    window.go_to("film")
    shown = texts(window.header)
    assert {"F-0007", "Cycle 2 of 3", "Helping question"} <= set(shown)
    assert any("asking me for" in text for text in shown)
    assert "Nadia and Mina" not in shown


def test_saved_is_said_only_when_everything_is(window: MainWindow) -> None:
    open_family(window)
    sign = window.header.saved
    assert sign.text == "saved"
    window.workspace.write_begun()
    window.workspace.write_begun()
    window.workspace.write_done()
    assert sign.text == "saving"
    window.workspace.write_done()
    assert sign.text == "saved"
    window.workspace.write_begun()
    window.workspace.write_failed(StorageFailed("the disk is full", "make room"))
    assert sign.text == "not saved"
    (panel,) = window.findChildren(ErrorPanel)
    assert "The disk is full" in panel.accessibleName()
    panel.answered.emit(0)
    assert not [p for p in window.findChildren(ErrorPanel) if p.isVisible()]


def test_rooms_that_are_not_built_are_not_on_the_rail(window: MainWindow) -> None:
    names = [button.accessibleName() for button in window.rail.findChildren(QPushButton)]
    assert names == ["Families", "Film", "Shared review", "Preferences", "Cover", "Lock"]
    assert all(button.isEnabled() for button in window.rail.findChildren(QPushButton))


@pytest.mark.parametrize("back", ["key", "click"])
def test_f8_covers_everything_at_once(qtbot: QtBot, window: MainWindow, back: str) -> None:
    open_family(window)
    window.activateWindow()
    window.show_keys()
    sheet = window.findChild(KeySheet)
    assert isinstance(sheet, KeySheet)
    with qtbot.waitExposed(sheet):
        sheet.activateWindow()
    QTest.keyClick(sheet, Qt.Key.Key_F8)  # heard by the dialog, since the window behind cannot
    assert window.cover.isVisible()
    assert not sheet.isVisible()
    assert window.cover.geometry() == window.rect()
    window.resize(1100, 700)
    assert window.cover.geometry() == window.rect()
    picture = window.grab().toImage()
    assert picture.pixelColor(30, 30) == QColor(theme.LIGHT.ground)
    QTest.keyClick(window.cover, Qt.Key.Key_Shift)
    assert window.cover.isVisible()
    if back == "key":
        QTest.keyClick(window.cover, Qt.Key.Key_A)
    else:
        QTest.mouseClick(window.cover, Qt.MouseButton.LeftButton)
    assert not window.cover.isVisible()
    assert sheet.isVisible()
    sheet.reject()


def test_covering_stops_what_plays(window: MainWindow) -> None:
    open_family(window)
    room = window.findChild(Light)
    assert isinstance(room, Light)
    before = room.stopped
    window.cover_now()
    assert room.stopped == before + 1
    window.cover.uncover()
    window.go_to("film")
    window.cover_now()
    assert window.grab().toImage().pixelColor(30, 30) == QColor(theme.DARK.ground), "no flash of light"
    window.cover.uncover()


def test_keys_change_rooms_and_lock(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)  # no vault: nothing happens
    open_family(window)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert theme.of(window.header) is theme.DARK
    with qtbot.waitSignal(window.lock_wanted):
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_right_to_left_the_rail_stands_on_the_right(window: MainWindow) -> None:
    open_family(window)
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QTest.qWait(1)
    shell = window.rail.parentWidget()
    assert shell is not None
    assert window.rail.geometry().right() == shell.rect().right()


def test_closing_finishes_writes_then_drops_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    desk = open_family(window)
    desk.hold = threading.Event()
    threading.Timer(0.05, desk.hold.set).start()
    family = next(iter(desk.families()))
    window.jobs.call(lambda: desk.new_reel(family.id, None, "last"), owner=window)
    window.close()
    assert desk.closed
    assert [reel.title for reel in desk.reels(family.id)] == ["last"]


def test_nothing_but_the_window_s_place_is_kept(qtbot: QtBot, window: MainWindow) -> None:
    open_family(window)
    window_state.keep(window)
    kept = window_state.settings()
    assert kept.allKeys() == ["window/geometry"]
    other = QWidget()
    qtbot.addWidget(other)
    assert window_state.restore(other)
    broken = QSettings(kept.fileName() + "x", QSettings.Format.IniFormat)
    broken.setValue("window/geometry", "nonsense")
    assert not window_state.restore(other, broken)


def test_the_table_of_keys_has_no_key_twice_in_one_place() -> None:
    for where in actions.Where:
        keys = [key for action in actions.ACTIONS if action.where is where for key in action.keys]
        assert len(keys) == len(set(keys)), where
    everywhere = {key for action in actions.ACTIONS if action.where is actions.Where.EVERYWHERE for key in action.keys}
    assert not [key for key in everywhere if len(key) == 1], "a letter alone never acts everywhere"
    for action in actions.ACTIONS:
        assert all(not sequence.isEmpty() for sequence in actions.keys_of(action.id)), action.id
    assert actions.keys_of("star", {"star": ("T",)})[0].toString() == "T"


def test_the_sheet_of_keys_shows_every_action(
    show_everywhere: Callable[[Callable[[], QWidget]], list[QWidget]],
) -> None:
    for sheet in show_everywhere(KeySheet):
        shown = {label.text() for label in sheet.findChildren(QLabel)}
        assert {action.words for action in actions.ACTIONS} <= shown


@pytest.mark.parametrize("size", [SMALLEST, (1280, 800), (1920, 1080)])
def test_the_sheet_of_keys_fits_into_the_window(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.show_keys()
    sheet = window.findChild(KeySheet)
    assert isinstance(sheet, KeySheet)
    assert sheet.height() <= size[1]
    assert sheet.width() <= size[0]
    bar = sheet._scroll.verticalScrollBar()
    QTest.keyClick(sheet, Qt.Key.Key_Down)
    QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum() or bar.value() > 100
    shown = [label.text() for label in sheet.findChildren(QLabel)]
    assert all(actions.words_of(action) in shown for action in actions.ACTIONS)
    sheet.reject()
