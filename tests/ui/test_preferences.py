"""What a person prefers: asked on one sheet, kept in the file, and gone by at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryDesk, MemoryPractice
from vigtool.settings import Settings, load_settings, save_settings
from vigtool.ui import theme
from vigtool.ui.film.memory import PICTURES, cache_bytes
from vigtool.ui.main_window import MainWindow
from vigtool.ui.parts.button import IconButton
from vigtool.ui.preferences import PreferencesSheet
from vigtool.ui.room import Room, RoomKind


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("VIGTOOL_SETTINGS", str(tmp_path))
    yield
    cache_bytes(0)


def kinds() -> list[RoomKind]:
    chosen = {"light": theme.LIGHT, "dark": theme.DARK}.get(load_settings().theme)
    return [RoomKind("families", "Families", "families", chosen or theme.LIGHT, Room)]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(MemoryPractice(), kinds(), start=lambda _bench: QLabel("start"))
    qtbot.addWidget(made)
    made.show()
    practice = made.bench.practice
    assert isinstance(practice, MemoryPractice)
    desk: MemoryDesk = practice.desk
    made.workspace.open_desk(desk)
    yield made
    made.close()


def sheet_of(window: MainWindow) -> PreferencesSheet:
    (found,) = window.findChildren(PreferencesSheet)
    return found


def press(sheet: PreferencesSheet, row: QWidget, word: str) -> None:
    button = next(button for button in row.findChildren(QAbstractButton) if button.text() == word)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_sheet_shows_what_holds_and_tells_what_is_chosen(qtbot: QtBot) -> None:
    save_settings(Settings(theme="dark", vault="/kept"))
    sheet = PreferencesSheet(load_settings())
    qtbot.addWidget(sheet)
    sheet.open()
    assert (sheet.theme.value, sheet.lead.value, sheet.slow_sound.value, sheet.memory.value) == ("dark", 400, False, 0)
    press(sheet, sheet.memory, "512 MB")
    press(sheet, sheet.lead, "0.2")
    press(sheet, sheet.slow_sound, "Heard")
    press(sheet, sheet.idle, "2")
    press(sheet, sheet.review, "90")
    with qtbot.waitSignal(sheet.chosen) as told:
        sheet.go.click()
    wanted = Settings(theme="dark", mark_lead_ms=200, slow_sound=True, memory_mb=512, vault="/kept")
    assert told.args == [replace(wanted, idle_minutes=2, review_minutes=90)]


def test_a_value_written_by_hand_is_offered_and_stays(qtbot: QtBot) -> None:
    own = Settings(memory_mb=700, mark_lead_ms=250)
    sheet = PreferencesSheet(own)
    qtbot.addWidget(sheet)
    with qtbot.waitSignal(sheet.chosen) as told:
        sheet.go.click()
    assert told.args == [own]


def test_leaving_it_changes_nothing(qtbot: QtBot, window: MainWindow) -> None:
    window.show_preferences()
    press(sheet_of(window), sheet_of(window).theme, "Dark")
    QTest.keyClick(sheet_of(window), Qt.Key.Key_Escape)
    assert load_settings() == Settings()
    qtbot.waitUntil(lambda: not window.findChildren(PreferencesSheet))


def test_the_window_keeps_tells_and_opens_it_by_key_and_by_the_rail(qtbot: QtBot, window: MainWindow) -> None:
    told: list[Settings] = []
    window.workspace.preferences_changed.connect(told.append)
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert len(window.findChildren(PreferencesSheet)) == 1
    press(sheet_of(window), sheet_of(window).memory, "1 GB")
    sheet_of(window).go.click()
    assert told == [replace(Settings(), memory_mb=1024)]
    assert load_settings() == told[0]
    qtbot.waitUntil(lambda: not window.findChildren(PreferencesSheet))
    button = next(button for button in window.rail.findChildren(IconButton) if "Preferences" in button.accessibleName())
    button.click()
    assert sheet_of(window).isVisible()
    sheet_of(window).reject()


def test_another_theme_is_worn_at_once(window: MainWindow) -> None:
    save_settings(Settings(theme="dark"))
    window.dress_rooms(kinds())
    shown = window.findChildren(Room)
    assert {theme.of(part) for part in (window.rail, window.header, *shown)} == {theme.DARK}
    save_settings(Settings())
    window.dress_rooms(kinds())
    assert {theme.of(part) for part in (window.rail, window.header, *shown)} == {theme.LIGHT}


def test_the_budget_holds_for_all_pictures_of_the_program_at_once() -> None:
    share = PICTURES.join(4 << 30, lambda: None)
    try:
        cache_bytes(512)
        assert share.bytes <= 512 << 20
    finally:
        share.leave()


def test_in_every_light(show_everywhere: Callable[[Callable[[], QWidget]], list[QWidget]]) -> None:
    for sheet in show_everywhere(lambda: PreferencesSheet(Settings())):
        assert all(button.accessibleName() for button in sheet.findChildren(QAbstractButton))
