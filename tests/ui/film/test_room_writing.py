"""Every step is written in order, said to be saved only then, and undone and redone."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from film_house import KEY, House, film_of
from film_on_screen import PLAIN
from vigtool.errors import StorageFailed
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import ErrorPanel


def test_undo_and_redo_by_key_until_nothing_is_left(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_S, KEY.Key_1, KEY.Key_A) if house.work.marking.scheme.by_keys(1, "A") else house.press(
        KEY.Key_S, KEY.Key_0, KEY.Key_V
    )
    house.press(KEY.Key_Delete)
    control = Qt.KeyboardModifier.ControlModifier
    counts = [len(house.all_kept())]
    for _ in range(4):
        house.press(KEY.Key_Z, modifier=control)
        counts.append(len(house.all_kept()))
    assert counts == [0, 1, 1, 0, 0]
    for _ in range(4):
        house.press(KEY.Key_Z, modifier=control | Qt.KeyboardModifier.ShiftModifier)
        counts.append(len(house.all_kept()))
    assert counts[5:] == [1, 1, 0, 0]


def test_saved_is_said_only_after_the_write_returned(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.desk.hold = threading.Event()
    said: list[str] = []
    house.workspace.saving.connect(lambda: said.append("saving"))
    house.workspace.saved.connect(lambda: said.append("saved"))
    house.press(KEY.Key_S)
    house.qtbot.wait(60)
    assert said == ["saving"]
    assert len(house.page.timeline.model.marks) == 1  # on the screen at once
    house.desk.hold.set()
    house.qtbot.waitUntil(lambda: said == ["saving", "saved"])
    assert len(house.desk.kept) == 1


def test_a_failed_write_is_taken_off_the_screen_and_said(house: House) -> None:
    house.open(film_of(house, PLAIN))
    failed, untold = list[object](), list[object]()
    house.workspace.failed.connect(failed.append)
    house.workspace.untold.connect(untold.append)
    house.press(KEY.Key_S)
    house.all_kept()
    house.desk.trouble = StorageFailed("the disk is full", "make room, then try again")
    house.press(KEY.Key_Right, KEY.Key_Escape, KEY.Key_S, KEY.Key_0, KEY.Key_V)
    house.qtbot.waitUntil(lambda: len(failed) == 2)
    assert len(house.page.timeline.model.marks) == 1
    panels = house.page.side.findChildren(ErrorPanel)
    assert len(panels) == 1
    assert "The disk is full" in panels[0].accessibleName()
    assert "2 steps could not be written" in panels[0].accessibleName()
    assert untold == []  # it stands beside the marks; the window need not say it again
    house.desk.trouble = None
    panels[0].findChildren(Button)[0].click()
    marks = house.all_kept()
    assert [mark.code for mark in marks] == [None, "b.voice"]
    assert [panel for panel in house.page.side.findChildren(ErrorPanel) if panel.isVisible()] == []


def test_a_write_that_fails_after_the_film_was_closed_is_said_by_the_window(house: House) -> None:
    house.open(film_of(house, PLAIN))
    untold: list[object] = []
    house.workspace.untold.connect(untold.append)
    house.desk.hold, house.desk.trouble = threading.Event(), StorageFailed("the disk is full")
    house.press(KEY.Key_S)
    house.workspace.open_film(None)
    house.desk.hold.set()
    house.qtbot.waitUntil(lambda: len(untold) == 1)


def test_a_note_is_written_beside_its_mark(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_S, KEY.Key_N)
    paper = house.page.side.note.paper
    assert paper.hasFocus()
    QTest.keyClicks(paper, "same tune, softer")
    QTest.keyClick(paper, KEY.Key_Return)
    (mark,) = house.all_kept()
    assert mark.note == "same tune, softer"
    assert house.page.picture.hasFocus()
    house.press(KEY.Key_N)
    QTest.keyClicks(paper, " and again")
    house.page.picture.setFocus()
    assert [mark.note for mark in house.all_kept()] == ["same tune, softer and again"]
    house.press(KEY.Key_N)
    QTest.keyClicks(paper, " never mind")
    QTest.keyClick(paper, KEY.Key_Escape)
    assert [mark.note for mark in house.all_kept()] == ["same tune, softer and again"]


def test_what_is_half_typed_is_kept_when_the_room_is_left(house: House) -> None:
    house.open(film_of(house, PLAIN))
    told: list[bool] = []
    house.workspace.records_changed.connect(lambda: told.append(True))
    house.press(KEY.Key_S, KEY.Key_N)
    QTest.keyClicks(house.page.side.note.paper, "softly")
    house.room.left()
    assert [mark.note for mark in house.all_kept()] == ["softly"]
    house.room.left()
    assert told
