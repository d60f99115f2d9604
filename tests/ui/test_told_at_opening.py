"""A vault in which keys or roles were changed past the program: the window says so at once, and the work goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryPractice
from families_in_memory import full_desk
from vigtool.ids import new_id
from vigtool.ui import theme
from vigtool.ui.main_window import MainWindow
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Room, RoomKind
from vigtool.ui.told_at_opening import ToldAtOpeningPanel
from vigtool.vault.shapes import Finding


class Plain(Room):
    def header_items(self) -> tuple[str, ...]:
        return ()


@pytest.fixture
def practice() -> MemoryPractice:
    return MemoryPractice(full_desk())


@pytest.fixture
def window(qtbot: QtBot, practice: MemoryPractice) -> Iterator[MainWindow]:
    kinds = (RoomKind("families", "Families", "families", theme.LIGHT, Plain),)
    made = MainWindow(practice, kinds, start=lambda _bench: QLabel("start"))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def panels(window: MainWindow) -> list[ToldAtOpeningPanel]:
    return [panel for panel in window.findChildren(ToldAtOpeningPanel) if panel.isVisible()]


def test_where_all_is_well_nothing_is_said(window: MainWindow, practice: MemoryPractice, qtbot: QtBot) -> None:
    window.workspace.open_desk(practice.desk)
    qtbot.waitUntil(lambda: window.workspace.desk is practice.desk)
    assert panels(window) == []


def test_it_is_said_until_it_was_read(window: MainWindow, practice: MemoryPractice, qtbot: QtBot) -> None:
    users = [new_id() for _ in range(6)]
    practice.desk.told += [Finding(object=user, what="somebody has a role again", hint="tell a lead") for user in users]
    window.workspace.open_desk(practice.desk)
    qtbot.waitUntil(lambda: len(panels(window)) == 1)
    (panel,) = panels(window)
    said = " ".join(words.text() for words in panel.findChildren(Words))
    assert users[0][:8] in said
    assert "and 2 more" in said
    assert said.count("ell a lead") == 1, "the same advice is given once"
    assert "changed past the program" in panel.accessibleName()
    next(iter(panel.findChildren(Button))).click()
    qtbot.waitUntil(lambda: panels(window) == [])
