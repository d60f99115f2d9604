"""A timeline as a screen reader meets it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from marks_in_memory import model_of, some_marks
from timeline_on_screen import FIRST, SECOND, at
from vigtool.annotate.mark_set import Marks
from vigtool.ui.timeline.timeline import Timeline


def test_lanes_are_lists_and_marks_are_items_said_in_one_sentence(qtbot: QtBot, timeline: Timeline) -> None:
    tree = QAccessible.queryAccessibleInterface(timeline)
    lanes = [tree.child(n) for n in range(tree.childCount())]
    name = QAccessible.Text.Name
    assert [lane.text(name) for lane in lanes] == ["Baby", "Parent", "Together", "Notes"]
    assert {lane.role() for lane in lanes} == {QAccessible.Role.List}
    baby = [lanes[0].child(n) for n in range(lanes[0].childCount())]
    assert [item.text(name) for item in baby] == [
        "Baby, coos, 0:00.400, first in a chain of 3",
        "Baby, coos, 0:02.480, third in a chain of 3",
        "Baby, coos, 0:03.600",
    ]
    assert lanes[1].child(0).text(name) == "Parent, waits, 0:01.400, second in a chain of 3, starred"
    assert lanes[3].child(0).text(name) == "Notes, kettle on, noisy, 0:00.200"
    assert {item.role() for item in baby} == {QAccessible.Role.ListItem}
    assert lanes[0].indexOfChild(baby[2]) == 2
    assert tree.indexOfChild(lanes[2]) == 2
    box = baby[0].rect()
    assert timeline.mapFromGlobal(box.center()) == at(timeline, FIRST) or box.contains(
        timeline.mapToGlobal(at(timeline, FIRST))
    )
    assert lanes[0].childAt(box.center().x(), box.center().y()) is baby[0]
    assert tree.childAt(box.center().x(), box.center().y()) is lanes[0]


def test_the_reader_hears_the_choice_and_loses_what_is_gone(qtbot: QtBot, timeline: Timeline) -> None:
    tree = QAccessible.queryAccessibleInterface(timeline)
    assert tree.focusChild() is None
    gone = tree.child(0).child(0)
    timeline.set_model(replace(timeline.model, chosen=SECOND))
    assert tree.focusChild().text(QAccessible.Text.Name).startswith("Parent, waits")
    assert tree.child(1).child(0).state().selected
    timeline.set_model(replace(timeline.model, marks=Marks(), chosen=None))
    assert tree.focusChild() is None
    assert [tree.child(n).childCount() for n in range(4)] == [0, 0, 0, 0]
    del gone


def test_many_timelines_come_and_go_under_a_screen_reader(qtbot: QtBot) -> None:
    for _ in range(50):
        timeline = Timeline(model_of(some_marks()))
        tree = QAccessible.queryAccessibleInterface(timeline)
        assert tree.child(0).child(1).text(QAccessible.Text.Name)
        timeline.close()
        timeline.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
