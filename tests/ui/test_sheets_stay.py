"""A sheet that shows stays, whoever let go of it: a search for garbage must not take it from under somebody's hands."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.sheet import Sheet


@pytest.mark.parametrize("kind", [Sheet, Dialog])
def test_it_survives_a_search_for_garbage(qtbot: QtBot, kind: type[Sheet]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    room = QWidget(window)
    window.show()
    made = Dialog("A sheet", parent=room) if kind is Dialog else Sheet(room)
    made.setObjectName("kept")
    made.open()
    del made
    gc.collect()
    (found,) = room.findChildren(QWidget, "kept")
    assert found.isVisible()
    found.close()
    assert isValid(found)
    del found
    gc.collect()
