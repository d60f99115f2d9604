"""Something that was erased is here again: the window says so at once, and erases it again by one button."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryDesk
from rooms_in_memory import desk_of, shown_window
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family
from vigtool.errors import StorageFailed
from vigtool.ids import Id, new_id
from vigtool.ui.erased_again import ErasedAgainPanel
from vigtool.ui.main_window import MainWindow
from vigtool.ui.parts.button import Button


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with shown_window(qtbot) as made:
        yield made


def erasure_of(family: Id) -> Erasure:
    return Erasure(
        id=new_id(), what=family, family=family, reason="x", on=date(2026, 1, 1), by=new_id(), erased=(), files=0
    )


def panel_of(window: MainWindow) -> ErasedAgainPanel | None:
    QTest.qWait(1)  # what is put into a layout is shown by the event loop
    return next((panel for panel in window.findChildren(ErasedAgainPanel) if panel.isVisible()), None)


def press(panel: ErasedAgainPanel, word: str) -> None:
    next(button for button in panel.findChildren(Button) if button.text() == word).click()


def test_where_nothing_is_back_nothing_is_said(window: MainWindow) -> None:
    window.workspace.open_desk(desk_of(window))
    assert panel_of(window) is None


def test_it_is_said_at_once_and_erased_again_by_one_button(window: MainWindow, qtbot: QtBot) -> None:
    desk = desk_of(window)
    family = desk.families()[0]
    desk.put_back.append(erasure_of(family.id))
    window.workspace.open_desk(desk)
    window.workspace.open_family(family)
    panel = panel_of(window)
    assert panel is not None
    assert "here again" in panel.accessibleName()
    assert family.name not in panel.accessibleName()
    with qtbot.waitSignal(window.workspace.records_changed):
        press(panel, "Erase it again")
    assert family.id not in desk.records[Family]
    assert window.workspace.family is None
    assert panel_of(window) is None


def test_not_now_takes_it_away_and_erases_nothing(window: MainWindow) -> None:
    desk = desk_of(window)
    family = desk.families()[0]
    desk.put_back.append(erasure_of(family.id))
    window.workspace.open_desk(desk)
    panel = panel_of(window)
    assert panel is not None
    press(panel, "Not now")
    assert panel_of(window) is None
    assert desk.put_back
    assert family.id in desk.records[Family]


def test_where_it_fails_it_can_be_tried_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(window)
    desk.put_back.append(erasure_of(desk.families()[0].id))
    window.workspace.open_desk(desk)
    panel = panel_of(window)
    assert panel is not None

    def fail(*_: object) -> None:
        raise StorageFailed("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(MemoryDesk, "erase_again", fail)
        with qtbot.waitSignal(window.workspace.failed):
            press(panel, "Erase it again")
    assert panel.isEnabled()
    with qtbot.waitSignal(window.workspace.records_changed):
        press(panel, "Erase it again")
    assert not desk.put_back
