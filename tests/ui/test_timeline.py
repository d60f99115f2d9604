"""The timeline: what is hit is what is painted, edges stand on frames, and playing repaints next to nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPaintEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from marks_in_memory import LABELS, TICKS, EvenFrames, mark, model_of, some_marks
from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.mark_set import Marks
from vigtool.ui import theme
from vigtool.ui.timeline.board import LABELS as LEFT
from vigtool.ui.timeline.board import LANE, Board, Part
from vigtool.ui.timeline.ground_painter import column_peaks, strip_slots
from vigtool.ui.timeline.model import TimelineModel, Which
from vigtool.ui.timeline.overview import Overview
from vigtool.ui.timeline.pictures import MOST, Pictures
from vigtool.ui.timeline.scale import Scale
from vigtool.ui.timeline.stacking import height, stacked
from vigtool.ui.timeline.timeline import Timeline

Show = Callable[[Callable[[], QWidget]], list[QWidget]]
WIDTH = LEFT + 1000
FIRST, SECOND, THIRD, MOMENT, SHARED, NOTE = (f"{n:032x}" for n in range(1, 7))


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    made = Timeline(model_of(some_marks()))
    qtbot.addWidget(made)
    made.resize(WIDTH, made.board.height)
    made.show()
    return made


def at(timeline: Timeline, mark_id: str, part: float = 0.5) -> QPoint:
    placed = timeline.board.placed(mark_id)
    assert placed is not None
    return QPoint(LEFT + round(placed.box.left() + part * placed.box.width()), round(placed.box.center().y()))


def drag(timeline: Timeline, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(timeline, (start + end) / 2)
    QTest.mouseMove(timeline, end)


# where things lie


@st.composite
def lanes_of_marks(draw: st.DrawFn) -> list[Mark]:
    spans = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(-1, 12)), max_size=25))
    marks = [mark(n, first, None if more < 0 else first + more) for n, (first, more) in enumerate(spans)]
    return list(Marks(marks).ordered)


@given(lanes_of_marks())
def test_no_mark_hides_another_in_its_row(marks: list[Mark]) -> None:
    rows = stacked(marks)
    for one in marks:
        for other in marks:
            if one.id < other.id and rows[one.id] == rows[other.id]:
                first, second = sorted((one, other), key=lambda m: (m.span.start, m.span.end))
                assert second.span.start >= max(first.span.end, first.span.start + 1)
    assert set(rows.values()) == set(range(len(set(rows.values()))))


def test_a_lane_grows_with_its_rows_up_to_three() -> None:
    assert [height(rows) for rows in (0, 1, 2, 3, 9)] == [36, 36, 64, 92, 92]
    crowded = Marks([mark(n, 10, 40) for n in range(5)])
    board = Board(model_of(crowded), Scale.whole(0, 250 * TICKS, Fraction(1, 90000), 1000))
    boxes = {placed.box.top() for placed in board.in_view()}
    assert len(boxes) == 5, "each of five can still be told apart"
    assert all(board.lanes[Lane.BABY].top <= top for top in boxes)
    assert max(placed.box.bottom() for placed in board.in_view()) <= board.lanes[Lane.BABY].bottom


@given(st.floats(0, 999), st.integers(0, 3))
def test_a_hit_in_a_lane_is_always_about_that_lane(x: float, row: int) -> None:
    board = Board(model_of(some_marks()), Scale.whole(0, 250 * TICKS, Fraction(1, 90000), 1000))
    lane = list(Lane)[row]
    band = board.lanes[lane]
    hit = board.hit(LEFT + x, band.top + LANE / 2)
    assert hit.lane is lane
    if hit.part is Part.MARK:
        assert hit.mark is not None
        placed = board.placed(hit.mark)
        assert placed is not None
        assert placed.box.left() <= x <= placed.box.right()
    if hit.part is Part.EDGE:
        assert hit.mark is not None
        span = board.model.marks[hit.mark].span
        edge = span.start if hit.which is Which.START else span.end
        assert abs(board.scale.x(edge) - x) <= 8.001


def test_an_edge_takes_eight_pixels_on_either_side(timeline: Timeline) -> None:
    box = timeline.board.placed(FIRST).box  # type: ignore[union-attr]  # it is there
    y = box.center().y()

    def hit(x: float) -> tuple[Part, Which | None]:
        found = timeline.board.hit(LEFT + x, y)
        return found.part, found.which

    assert hit(box.left() - 8) == (Part.EDGE, Which.START)
    assert hit(box.left() - 8.5) == (Part.LANE, None)
    assert hit(box.left() + 8) == (Part.EDGE, Which.START)
    assert hit(box.left() + 8.5) == (Part.MARK, None)
    assert hit(box.right() + 8) == (Part.EDGE, Which.END)
    assert timeline.board.hit(4, y).part is Part.LABEL


def test_a_short_bar_keeps_a_middle_that_can_be_chosen() -> None:
    board = Board(model_of(Marks([mark(1, 100, 100)])), Scale.whole(0, 250 * TICKS, Fraction(1, 90000), 3000))
    box = board.placed(FIRST).box  # type: ignore[union-attr]  # it is there
    assert box.width() == pytest.approx(12)
    assert board.hit(LEFT + box.center().x(), box.center().y()).part is Part.MARK


def test_the_chosen_mark_s_edge_wins_where_two_meet() -> None:
    marks = Marks([mark(1, 10, 19), mark(2, 20, 29)])
    scale = Scale.whole(0, 250 * TICKS, Fraction(1, 90000), 1000)
    for chosen, which in ((FIRST, Which.END), (SECOND, Which.START)):
        board = Board(model_of(marks, chosen=chosen), scale)
        hit = board.hit(LEFT + scale.x(20 * TICKS), board.lanes[Lane.BABY].top + 18)
        assert (hit.mark, hit.which) == (chosen, which)


# pointer and keys


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


def test_pointing_seeks_to_the_tick_of_a_frame(timeline: Timeline) -> None:
    wanted: list[int] = []
    timeline.seek_wanted.connect(wanted.append)
    y = timeline.board.strip.top + 10
    drag(timeline, QPoint(LEFT + 400, y), QPoint(LEFT + 503, y))
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(LEFT + 5000, y))
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(WIDTH - 1, 5))
    assert wanted[0] == 100 * TICKS
    assert all(tick % TICKS == 0 for tick in wanted)
    assert max(wanted) == 249 * TICKS, "never beyond the last frame"


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


def wheel(timeline: Timeline, x: float, angle: QPoint) -> None:
    at_ = QPointF(x, 60)
    event = QWheelEvent(
        at_, at_, QPoint(), angle, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(timeline, event)


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


# painting


class Counting(Timeline):
    """Counts what is painted anew."""

    drawings = 0
    regions: list[QRect]

    def _draw(self):  # type: ignore[no-untyped-def]  # noqa: ANN202  # counts and passes on
        self.drawings += 1
        return super()._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.regions.append(event.region().boundingRect())
        super().paintEvent(event)


def test_playing_repaints_two_columns_and_draws_nothing_anew(qtbot: QtBot) -> None:
    timeline = Counting(model_of(some_marks()))
    timeline.regions = []
    qtbot.addWidget(timeline)
    timeline.resize(WIDTH, timeline.board.height)
    with qtbot.waitExposed(timeline):
        timeline.show()
    qtbot.wait(20)
    timeline.regions.clear()
    before = timeline.drawings
    for frame in range(0, 250, 5):
        timeline.set_playhead(frame * TICKS, follow=True)
        QApplication.processEvents()
    assert timeline.drawings == before
    assert timeline.regions
    assert max(region.width() for region in timeline.regions) <= 64


def test_the_view_turns_the_page_when_playing_leaves_it(timeline: Timeline) -> None:
    timeline.set_scale(timeline.scale.zoomed(Fraction(1, 10), 0))
    timeline.set_playhead(24 * TICKS, follow=True)
    assert timeline.scale.first == 0
    timeline.set_playhead(25 * TICKS, follow=True)
    assert 0 < timeline.scale.first <= 25 * TICKS
    timeline.set_playhead(0)
    assert timeline.scale.first > 0, "without follow it stays where the person looks"


def test_every_lane_is_told_by_shape_and_the_chosen_one_by_a_ring(show_everywhere: Show) -> None:
    def make() -> Timeline:
        made = Timeline(replace(model_of(some_marks()), chosen=SECOND, one_author=frozenset({THIRD})))
        made.resize(WIDTH, made.board.height)
        return made

    for shown in show_everywhere(make):
        assert isinstance(shown, Timeline)
        assert shown.layoutDirection() == Qt.LayoutDirection.LeftToRight or shown.board.placed(FIRST)
        image = shown.grab().toImage()
        colours = theme.of(shown)
        middle = at(shown, FIRST, 0.92)
        assert image.pixelColor(middle) == QColor(colours.baby.wash)
        chosen = at(shown, SECOND, 0.92)
        assert image.pixelColor(chosen) == QColor(colours.chosen(Lane.PARENT))
        box = shown.board.placed(SECOND).box  # type: ignore[union-attr]  # it is there
        ring = image.pixelColor(LEFT + round(box.center().x()), int(box.top()) - 3)
        assert abs(ring.lightness() - QColor(colours.ink).lightness()) < 60


def test_a_long_bar_keeps_its_words_in_view(timeline: Timeline) -> None:
    timeline.set_scale(timeline.scale.around(70 * TICKS, 100 * TICKS))
    image = timeline.grab().toImage()
    box = timeline.board.placed(SHARED).box  # type: ignore[union-attr]  # it is there
    assert box.left() < 0
    row = [image.pixelColor(LEFT + x, round(box.center().y())) for x in range(10, 90)]
    assert any(colour != QColor(theme.LIGHT.together.wash) for colour in row)


def test_sound_is_drawn_where_it_is() -> None:
    scale = Scale.whole(0, 1000, Fraction(1, 100), 300)
    peaks = np.zeros(1000, np.float32)
    peaks[500] = 1.0
    loud = [x for x, level in column_peaks(scale, peaks, (0, 1000)) if level > 0.5]
    assert loud
    assert all(abs(x - 150) <= 3 for x in loud)
    late = column_peaks(scale, peaks, (500, 1000))
    assert min(x for x, _ in late) >= 147, "sound that begins late is not drawn early"


# the strip


def test_the_strip_stands_on_the_film(timeline: Timeline) -> None:
    slots = dict(strip_slots(timeline.scale, 0, 78))
    shifted = dict(strip_slots(timeline.scale.zoomed(Fraction(1, 2), 0).scrolled(30), 0, 78))
    again = dict(strip_slots(timeline.scale.zoomed(Fraction(1, 2), 0).scrolled(60), 0, 78))
    assert len(set(shifted) & set(again)) >= len(shifted) - 2
    assert set(list(again)[:-1]) <= set(shifted) | {2 * max(shifted) - sorted(shifted)[-2]}
    assert all(0 <= tick < 250 * TICKS for tick in slots)


def test_pictures_are_asked_for_once_and_shown_when_they_come(qtbot: QtBot) -> None:
    timeline = Timeline(model_of(some_marks()))
    qtbot.addWidget(timeline)
    asked: list[list[int]] = []
    timeline.pictures_wanted.connect(asked.append)
    timeline.resize(WIDTH, timeline.board.height)
    timeline.show()
    assert asked
    assert len(asked[-1]) == 13
    count = len(asked)
    timeline.set_model(replace(timeline.model, chosen=FIRST))
    assert len(asked) == count
    image = QImage(160, 90, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    timeline.give_picture(asked[-1][2], image)
    x = LEFT + round(timeline.scale.x(asked[-1][2] * TICKS)) + 30
    assert timeline.grab().toImage().pixelColor(x, 40) == QColor("#123456")
    timeline.give_picture(3, QImage())


def test_a_picture_from_elsewhere_never_stands_in(qapp: QApplication) -> None:
    pictures = Pictures(EvenFrames(10_000))
    image = QImage(16, 9, QImage.Format.Format_RGB32)
    image.fill(0)
    pictures.give(100, image)
    assert pictures.near(100 * TICKS, TICKS) is not None
    assert pictures.near(104 * TICKS, 5 * TICKS) is not None
    assert pictures.near(500 * TICKS, 5 * TICKS) is None
    for frame in range(MOST + 50):
        pictures.give(frame, image)
    assert pictures.near(0, TICKS) is None, "the oldest are let go"


# overview


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


# a screen reader


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


# what it is given


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lanes_of_marks(), st.integers(1, 70), st.integers(30, 3000))
def test_any_marks_are_painted_without_a_fault(qapp: QApplication, marks: list[Mark], frames: int, width: int) -> None:
    inside = Marks(m for m in marks if m.span.end <= frames * TICKS and m.span.start < frames * TICKS)
    timeline = Timeline(TimelineModel(start=0, index=EvenFrames(frames), marks=inside, labels=LABELS))
    timeline.resize(LEFT + width, timeline.board.height)
    assert not timeline.grab().isNull()
    timeline.deleteLater()


def test_the_nearest_boundary_is_a_frame_s_or_the_end() -> None:
    model = model_of(Marks(), frames=10)
    assert [model.boundary_near(tick) for tick in (-50, 0, 1799, 1801, 10**9)] == [0, 0, 0, TICKS, 10 * TICKS]
    assert model.boundary_near(9 * TICKS + 3000) == 10 * TICKS
