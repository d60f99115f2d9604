"""What a timeline paints, and how little of it anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from marks_in_memory import LABELS, TICKS, EvenFrames, mark, model_of, some_marks
from timeline_on_screen import FIRST, SECOND, SHARED, THIRD, WIDTH, at, plain
from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.mark_set import Marks
from vigtool.timebase import Span
from vigtool.ui import theme
from vigtool.ui.timeline.board import LABELS as LEFT
from vigtool.ui.timeline.board import Board
from vigtool.ui.timeline.layers import Layer
from vigtool.ui.timeline.model import TimelineModel
from vigtool.ui.timeline.scale import Scale
from vigtool.ui.timeline.timeline import Timeline

Show = Callable[[Callable[[], QWidget]], list[QWidget]]


@st.composite
def lanes_of_marks(draw: st.DrawFn) -> list[Mark]:
    spans = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(-1, 12)), max_size=25))
    marks = [mark(n, first, None if more < 0 else first + more) for n, (first, more) in enumerate(spans)]
    return list(Marks(marks).ordered)


class Counting(Timeline):
    """Counts what is painted anew."""

    drawn: list[Layer]
    regions: list[QRect]

    def _draw(self, layer: Layer, painter: QPainter) -> None:
        self.drawn.append(layer)
        super()._draw(layer, painter)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.regions.append(event.region().boundingRect())
        super().paintEvent(event)


@pytest.fixture
def counting(qtbot: QtBot) -> Counting:
    timeline = Counting(model_of(some_marks()))
    timeline.regions, timeline.drawn = [], []
    qtbot.addWidget(timeline)
    timeline.resize(WIDTH, timeline.board.height)
    with qtbot.waitExposed(timeline):
        timeline.show()
    qtbot.wait(20)
    timeline.regions.clear()
    timeline.drawn.clear()
    return timeline


def test_playing_repaints_two_columns_and_draws_nothing_anew(counting: Counting) -> None:
    for frame in range(0, 250, 5):
        counting.set_playhead(frame * TICKS, follow=True)
        QApplication.processEvents()
    assert counting.drawn == []
    assert counting.regions
    assert max(region.width() for region in counting.regions) <= 64


def test_what_changes_is_drawn_anew_and_nothing_else(counting: Counting) -> None:
    def drawn() -> list[Layer]:
        QApplication.processEvents()
        found, counting.drawn = counting.drawn, []
        return found

    counting.give_picture(0, plain("#123456"))
    assert drawn() == [Layer.STRIP]
    counting.set_sound(np.zeros(10, np.float32), (0, 250 * TICKS))
    assert drawn() == [Layer.SOUND]
    counting.set_model(replace(counting.model, chosen=SECOND))
    assert drawn() == [Layer.LANES]
    counting.set_model(replace(counting.model, points=(20 * TICKS, None)))
    assert drawn() == [Layer.RULER, Layer.LANES]
    counting.set_scale(counting.scale.zoomed(Fraction(1, 2), 500))
    assert drawn() == [Layer.RULER, Layer.STRIP, Layer.SOUND, Layer.LANES]
    theme.dress(counting, theme.DARK)
    assert sorted(layer.value for layer in drawn()) == sorted(layer.value for layer in Layer)


def test_only_the_lane_of_a_mark_that_moved_is_laid_out_anew(counting: Counting) -> None:
    before = counting.board.layout
    first = counting.model.marks[FIRST]
    moved = replace(first, span=Span(first.span.start + TICKS, first.span.end))
    counting.set_model(replace(counting.model, marks=counting.model.marks.replaced([(first, moved)])))
    after = counting.board.layout
    kept = {lane for lane in Lane if after.marks[lane] is before.marks[lane]}
    assert kept == set(Lane) - {Lane.BABY}
    counting.set_model(replace(counting.model, chosen=FIRST))
    assert counting.board.layout is after


@given(lanes_of_marks(), st.integers(0, 72), st.integers(12, 72))
def test_thousands_are_hit_where_each_alone_would_be(marks: list[Mark], first: int, length: int) -> None:
    model = model_of(Marks(marks), frames=100)
    scale = Scale.whole(0, 100 * TICKS, Fraction(1, 90000), 900).around(first * TICKS, (first + length) * TICKS)
    board = Board(model, scale)
    for placed in board.in_view():
        begins, ends = board.layout.marks[placed.mark.lane].edges(scale)
        place = board.layout.marks[placed.mark.lane].place[placed.mark.id]
        assert begins[place] == pytest.approx(placed.box.left())
        assert ends[place] == pytest.approx(placed.box.right())
    seen = {placed.mark.id for placed in board.in_view()}
    boxes = {mark.id: board.box(mark) for mark in model.marks.values()}
    assert seen == {found for found, box in boxes.items() if box.right() >= 0 and box.left() <= scale.width}


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


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lanes_of_marks(), st.integers(1, 70), st.integers(30, 3000))
def test_any_marks_are_painted_without_a_fault(qapp: QApplication, marks: list[Mark], frames: int, width: int) -> None:
    inside = Marks(m for m in marks if m.span.end <= frames * TICKS and m.span.start < frames * TICKS)
    timeline = Timeline(TimelineModel(start=0, index=EvenFrames(frames), marks=inside, labels=LABELS))
    timeline.resize(LEFT + width, timeline.board.height)
    assert not timeline.grab().isNull()
    timeline.deleteLater()
