"""The whole film on one narrow strip."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marks_in_memory import TICKS
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
    assert abs(timeline.scale.first + timeline.scale.length // 2 - 125 * TICKS) <= 2 * TICKS
    first = timeline.scale.first
    QTest.mousePress(overview, Qt.MouseButton.LeftButton, pos=QPoint(250, 10))
    QTest.mouseMove(overview, QPoint(300, 10))
    QTest.mouseRelease(overview, Qt.MouseButton.LeftButton)
    assert abs(timeline.scale.first - first - 25 * TICKS) <= 2 * TICKS
    QTest.keyClick(overview, Qt.Key.Key_Left)
    overview.set_playhead(100 * TICKS)
    timeline.show_whole()
    assert overview.window_box().width() == pytest.approx(500)
