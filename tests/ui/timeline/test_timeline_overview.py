"""The whole film on one narrow strip."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marks_in_memory import TICKS
from vigtool.ui.timeline.layout import merged
from vigtool.ui.timeline.overview import Overview
from vigtool.ui.timeline.timeline import Timeline

Show = Callable[[Callable[[], QWidget]], list[QWidget]]


def test_the_overview_moves_the_view(qtbot: QtBot, timeline: Timeline, show_everywhere: Show) -> None:
    show_everywhere(lambda: Overview(timeline.model, timeline.scale))
    timeline.set_scale(timeline.scale.zoomed(Fraction(1, 10), 0))
    overview = Overview(timeline.model, timeline.scale)
    qtbot.addWidget(overview)
    overview.resize(500, 28)
    overview.show()
    overview.scale_wanted.connect(timeline.set_scale)
    timeline.scale_changed.connect(overview.set_scale)
    QTest.mouseClick(overview, Qt.MouseButton.LeftButton, pos=QPoint(250, 10))
    assert abs(timeline.scale.first + Fraction(timeline.scale.length) / 2 - 125 * TICKS) <= 2 * TICKS
    first = Fraction(timeline.scale.first)
    QTest.mousePress(overview, Qt.MouseButton.LeftButton, pos=QPoint(250, 10))
    QTest.mouseMove(overview, QPoint(300, 10))
    QTest.mouseRelease(overview, Qt.MouseButton.LeftButton)
    assert abs(timeline.scale.first - first - 25 * TICKS) <= 2 * TICKS
    QTest.keyClick(overview, Qt.Key.Key_Left)
    overview.set_playhead(100 * TICKS)
    timeline.show_whole()
    assert overview.window_box().width() == pytest.approx(500)


def test_pointing_beside_the_window_shows_that_time_and_dragging_the_window_does_not(
    qtbot: QtBot, timeline: Timeline
) -> None:
    overview = Overview(timeline.model, timeline.scale)
    qtbot.addWidget(overview)
    overview.resize(500, 28)
    overview.show()
    overview.scale_wanted.connect(timeline.set_scale)
    timeline.scale_changed.connect(overview.set_scale)
    told: list[int | None] = []
    overview.scrubbed.connect(told.append)
    overview.scrub_ended.connect(lambda: told.append(None))
    QTest.mouseClick(overview, Qt.MouseButton.LeftButton, pos=QPoint(250, 10))
    assert told == [125 * TICKS, None], "a window on the whole film cannot be moved: it is pointed into"
    timeline.set_scale(timeline.scale.zoomed(Fraction(1, 10), 500))
    QTest.mousePress(overview, Qt.MouseButton.LeftButton, pos=QPoint(250, 10))
    QTest.mouseMove(overview, QPoint(400, 10))
    QTest.mouseRelease(overview, Qt.MouseButton.LeftButton)
    assert told == [125 * TICKS, None]
    QTest.mousePress(overview, Qt.MouseButton.LeftButton, pos=QPoint(100, 10))
    QTest.mouseMove(overview, QPoint(9000, 10))
    assert told[2:] == [50 * TICKS, 250 * TICKS - 1]
    assert timeline.scale.last == 250 * TICKS
    overview.hide()
    assert told[-1] is None


def test_marks_that_touch_are_painted_as_one_and_none_is_lost() -> None:
    left, right = np.array([0.0, 1.0, 9.0, 9.5]), np.array([8.0, 3.0, 12.0, 11.0])
    assert merged(left, right, 0.5) == ([0.0, 9.0], [8.0, 12.0])
    assert merged(left[:0], right[:0], 0.5) == ([], [])
    assert merged(left, right, 1.0) == ([0.0], [12.0])
