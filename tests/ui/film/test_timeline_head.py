"""The row over the timeline, and the slider that looks closer."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from marks_in_memory import model_of, some_marks
from vigtool.ui.film.timeline_head import TimelineHead
from vigtool.ui.film.zoom_slider import ZoomSlider
from vigtool.ui.timeline.timeline import Timeline


@pytest.fixture
def head(qtbot: QtBot) -> TimelineHead:
    timeline = Timeline(model_of(some_marks(), frames=3000))  # two minutes
    qtbot.addWidget(timeline)
    timeline.resize(1200, timeline.sizeHint().height())
    made = TimelineHead(timeline)
    qtbot.addWidget(made)
    made.resize(1200, 40)
    made.show()
    return made


def test_says_how_much_is_in_view(head: TimelineHead) -> None:
    timeline = head._timeline
    timeline.show_whole()
    assert head.in_view.text() == "120 s in view"
    assert head.slider.value() == 0
    timeline.zoom(Fraction(1, 4))
    assert head.in_view.text() == "30 s in view"
    timeline.zoom(Fraction(1, 1000))
    assert head.slider.value() == head.slider.maximum()
    assert timeline.scale.length == timeline.scale.least


def test_the_slider_goes_the_whole_way_and_back(head: TimelineHead) -> None:
    timeline, slider = head._timeline, head.slider
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 1, 14))
    assert timeline.scale.length == timeline.scale.least
    slider.setFocus()
    lengths = []
    for _ in range(20):
        QTest.keyClick(slider, Qt.Key.Key_Left)
        lengths.append(timeline.scale.length)
    assert lengths == sorted(lengths)
    assert timeline.scale.length == timeline.scale.end - timeline.scale.start


def test_a_slider_without_room_to_move_stands_still(qtbot: QtBot) -> None:
    slider = ZoomSlider()
    qtbot.addWidget(slider)
    slider.show_length(5, 5, 5)
    assert slider.value() == 0
    wished: list[int] = []
    slider.length_wanted.connect(wished.append)
    slider.setValue(500)
    assert wished == [5]


def test_buttons_are_told_and_named(head: TimelineHead) -> None:
    heard: list[str] = []
    head.link_pressed.connect(lambda: heard.append("link"))
    head.mark_pressed.connect(lambda: heard.append("mark"))
    head.show_choice(is_chosen=False)
    head.link.click()
    head.show_choice(is_chosen=True)
    head.link.click()
    head.to_mark.click()
    assert heard == ["link", "mark"]
    assert all(button.accessibleName() for button in head.findChildren(QAbstractButton))
    assert head.slider.accessibleName()


def test_says_less_where_there_is_less_room(head: TimelineHead) -> None:
    shown = []
    for width in (1200, 1000, 800):
        head.resize(width, 40)
        shown.append((head.in_view.isVisible(), head.slider.isVisible()))
    assert shown == [(True, True), (False, True), (False, False)]
    assert head.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_in_every_light(show_everywhere: Callable[[Callable[[], QWidget]], list[QWidget]]) -> None:
    show_everywhere(lambda: TimelineHead(Timeline(model_of(some_marks()))))
