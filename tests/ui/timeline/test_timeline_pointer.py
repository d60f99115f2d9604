"""A timeline worked by pointer, wheel and key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from marks_in_memory import TICKS, EvenFrames
from timeline_on_screen import FIRST, MOMENT, SECOND, THIRD, WIDTH, at, drag, wheel
from vigtool.annotate.mark import Lane
from vigtool.ui.timeline.board import LABELS as LEFT
from vigtool.ui.timeline.model import TimelineModel, Which
from vigtool.ui.timeline.timeline import Timeline


def test_a_click_chooses_and_a_double_click_opens(qtbot: QtBot, timeline: Timeline) -> None:
    chosen: list[object] = []
    timeline.mark_chosen.connect(chosen.append)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=at(timeline, SECOND))
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=at(timeline, MOMENT))
    with qtbot.waitSignal(timeline.mark_opened) as opened:
        QTest.mouseDClick(timeline, Qt.MouseButton.LeftButton, pos=at(timeline, THIRD))
    assert opened.args == [THIRD]
    empty = QPoint(WIDTH - 5, timeline.board.lanes[Lane.NOTES].top + 18)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=empty)
    assert chosen[:2] == [SECOND, MOMENT]
    assert chosen[-1] is None


def test_pointing_tells_each_frame_under_the_pointer_once_until_it_is_let_go(timeline: Timeline) -> None:
    told: list[int | None] = []
    timeline.scrubbed.connect(told.append)
    timeline.scrub_ended.connect(lambda: told.append(None))
    y = timeline.board.strip.top + 10
    drag(timeline, QPoint(LEFT + 400, y), QPoint(LEFT + 503, y))
    QTest.mouseMove(timeline, QPoint(LEFT + 502, y))  # within the same frame
    QTest.mouseMove(timeline, QPoint(LEFT + 5000, y))
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(LEFT + 5000, y))
    assert told[0] == 100 * TICKS
    assert told[2:] == [125 * TICKS, 249 * TICKS, None], "never beyond the last frame"
    assert all(tick is None or tick % TICKS == 0 for tick in told)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=QPoint(WIDTH - 1, 5))
    timeline.hide()
    assert told[-2:] == [249 * TICKS, None], "what is gone is not held"


@pytest.mark.parametrize(("part", "which", "to", "tick"), [(0.0, Which.START, 15, 15), (1.0, Which.END, 25, 25)])
def test_an_edge_is_drawn_by_whole_frames(timeline: Timeline, part: float, which: Which, to: int, tick: int) -> None:
    seen: list[tuple[str, Which, int]] = []
    dropped: list[tuple[str, Which, int]] = []
    timeline.edge_dragged.connect(lambda *args: seen.append(args))
    timeline.edge_dropped.connect(lambda *args: dropped.append(args))
    start = at(timeline, FIRST, part) + QPoint(3, 0)  # gripped a little beside: it must not jump
    end = QPoint(
        round(start.x() + timeline.scale.x(to * TICKS) - timeline.scale.x((10 if part == 0 else 30) * TICKS)), start.y()
    )
    drag(timeline, start, end)
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=end)
    assert seen[-1] == dropped[0] == (FIRST, which, tick * TICKS)
    assert all(found[2] % TICKS == 0 for found in seen)
    assert len(dropped) == 1


def test_an_edge_never_passes_the_other(timeline: Timeline) -> None:
    seen: list[int] = []
    timeline.edge_dragged.connect(lambda _id, _which, tick: seen.append(tick))
    drag(timeline, at(timeline, FIRST, 0.0), at(timeline, THIRD))
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton)
    drag(timeline, at(timeline, FIRST, 1.0), QPoint(LEFT, at(timeline, FIRST).y()))
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton)
    assert max(seen[: len(seen) // 2 + 1]) <= 29 * TICKS
    assert seen[-1] == 11 * TICKS, "one frame is left"


def test_escape_gives_back_what_stood_before(timeline: Timeline) -> None:
    told: list[object] = []
    timeline.edge_cancelled.connect(told.append)
    timeline.edge_dropped.connect(lambda *args: told.append(args))
    start = at(timeline, FIRST, 1.0)
    drag(timeline, start, start + QPoint(60, 0))
    QTest.keyClick(timeline, Qt.Key.Key_Escape)
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton)
    assert told == [FIRST]


def test_the_wheel_zooms_about_the_pointer_and_moves_sideways(timeline: Timeline) -> None:
    x = LEFT + 640.0
    under = timeline.scale.tick(640)
    for _ in range(5):
        wheel(timeline, x, QPoint(0, 120))
    assert timeline.scale.length < 250 * TICKS / 3
    assert abs(timeline.scale.tick(640) - under) <= 2 * timeline.scale.ticks(1) + 2
    first = timeline.scale.first
    wheel(timeline, x, QPoint(-50, 0))
    assert timeline.scale.first > first
    for _ in range(40):
        wheel(timeline, x, QPoint(0, 240))
    assert timeline.scale.length == 12 * TICKS, "twelve frames fill it at the closest"
    for _ in range(60):
        wheel(timeline, x, QPoint(0, -240))
    assert timeline.scale.length == 250 * TICKS


def test_a_touch_pad_moves_the_film_with_the_fingers(timeline: Timeline) -> None:
    timeline.set_scale(timeline.scale.showing_seconds(Fraction(1), 125 * TICKS))
    under = timeline.scale.tick(500)
    for _ in range(10):
        wheel(timeline, LEFT + 500.0, QPoint(-8, 1), QPoint(-3, 0))
    assert timeline.scale.x(under) == pytest.approx(470, abs=1)
    wheel(timeline, LEFT + 500.0, QPoint(0, 8), QPoint(0, 30), Qt.KeyboardModifier.ShiftModifier)
    assert timeline.scale.x(under) == pytest.approx(500, abs=1)
    length = timeline.scale.length
    wheel(timeline, LEFT + 500.0, QPoint(0, 8), QPoint(0, 3))
    assert length * 0.97 < timeline.scale.length < length


def test_a_film_with_one_tick_a_frame_is_moved_by_pixels_too(qtbot: QtBot) -> None:
    @dataclass(frozen=True)
    class Coarse(EvenFrames):
        time_base: Fraction = Fraction(1, 25)

        @property
        def end(self) -> int:
            return self.frames

        def pts(self, number: int) -> int:
            return number

        def number_at(self, tick: int) -> int:
            return min(tick, self.frames - 1)

    timeline = Timeline(TimelineModel(start=0, index=Coarse(500)))
    qtbot.addWidget(timeline)
    timeline.resize(WIDTH, timeline.board.height)
    timeline.show()
    timeline.set_scale(timeline.scale.showing_seconds(Fraction(12, 25), 100))
    before = timeline.scale.x(100)
    for _ in range(20):
        wheel(timeline, LEFT + 500.0, QPoint(-8, 0), QPoint(-1, 0))
    assert timeline.scale.x(100) == pytest.approx(before - 20, abs=2)
    timeline.set_scale(timeline.scale.zoomed(Fraction(11, 10), 500.0))
    assert timeline.scale.x(100) == pytest.approx(500 + (before - 20 - 500) / 1.1, abs=2)


def test_keys_of_its_own_and_keys_of_the_room(qtbot: QtBot, timeline: Timeline) -> None:
    heard: list[object] = []
    timeline.seek_wanted.connect(heard.append)
    QTest.keyClick(timeline, Qt.Key.Key_End)
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    assert heard == [249 * TICKS, 0]
    QTest.keyClick(timeline, Qt.Key.Key_Plus)
    assert timeline.scale.length == 200 * TICKS
    QTest.keyClick(timeline, Qt.Key.Key_PageDown)
    assert timeline.scale.first > 0
    QTest.keyClick(timeline, Qt.Key.Key_Minus)
    assert timeline.scale.length == 250 * TICKS
    timeline.set_model(replace(timeline.model, points=(50 * TICKS, 60 * TICKS)))
    timeline.zoom_to_pointer()
    assert timeline.scale.first <= 50 * TICKS < 60 * TICKS <= timeline.scale.last
    timeline.set_model(replace(timeline.model, chosen=THIRD))
    timeline.zoom_to_pointer()
    assert timeline.scale.length < 40 * TICKS
