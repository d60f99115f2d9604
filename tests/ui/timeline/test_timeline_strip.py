"""The strip of pictures: it stands on the film, and from near every frame shows itself and nothing else."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from marks_in_memory import TICKS, EvenFrames, model_of, some_marks
from timeline_on_screen import FIRST, WIDTH, plain
from vigtool.ui.timeline.board import LABELS as LEFT
from vigtool.ui.timeline.pictures import MOST_BYTES, Pictures
from vigtool.ui.timeline.ruler_painter import strokes
from vigtool.ui.timeline.scale import Scale
from vigtool.ui.timeline.strip import Strip, frames_in_view
from vigtool.ui.timeline.timeline import Timeline

TWO_HOURS = EvenFrames(180_000)
WHOLE = Scale.whole(0, TWO_HOURS.end, TWO_HOURS.time_base, 1200, 12 * TICKS)


def frames(scale: Scale) -> list[int]:
    return [slot.frame for slot in Strip.of(scale, TWO_HOURS, 78).slots]


def test_the_strip_stands_on_the_film() -> None:
    scale = WHOLE.showing_seconds(Fraction(600), TWO_HOURS.end // 2)
    here, further = frames(scale), frames(scale.scrolled(156))
    assert here[2:] == further[: len(here) - 2], "scrolling moves the pictures and changes none"


def test_looking_closer_finds_pictures_at_hand() -> None:
    scale = WHOLE.showing_seconds(Fraction(600), TWO_HOURS.end // 2)
    shown, wanted = set(frames(scale)), 0
    for _ in range(30):
        scale = scale.zoomed(Fraction(24, 25), 600)
        found = set(frames(scale))
        wanted += len(found - shown)
        shown |= found
    assert wanted < 5 * len(frames(scale)), "thirty steps closer do not ask for thirty strips"


@given(st.integers(12 * TICKS, TWO_HOURS.end), st.integers(0, TWO_HOURS.end - 1), st.integers(300, 2000))
def test_each_place_shows_a_frame_of_its_own_stretch(length: int, tick: int, width: int) -> None:
    scale = WHOLE.resized(width).showing_seconds(length * WHOLE.time_base, tick)
    strip = Strip.of(scale, TWO_HOURS, 78)
    assert strip.slots[0].x <= 0
    assert strip.slots[-1].x + strip.slots[-1].width >= width - 1e-6
    for slot in strip.slots:
        begins, ends = scale.x(TWO_HOURS.pts(slot.frame)), scale.x(TWO_HOURS.span(slot.frame, slot.frame).end)
        assert begins < slot.x + slot.width + 1e-6
        assert ends > slot.x - 1e-6
        if strip.is_single:
            assert begins == pytest.approx(slot.x)
    for left, right in pairwise(strip.slots):
        assert left.x + left.width == pytest.approx(right.x)
    if strip.is_single:
        assert [slot.frame for slot in strip.slots] == list(frames_in_view(scale, TWO_HOURS))


def test_from_near_every_frame_has_a_stroke_and_some_tell_their_time() -> None:
    scale = WHOLE.showing_seconds(Fraction(1, 2), 1000 * TICKS)
    found = strokes(scale, TWO_HOURS)
    assert [stroke.tick for stroke in found] == [TWO_HOURS.pts(number) for number in frames_in_view(scale, TWO_HOURS)]
    assert all(stroke.seconds == stroke.tick * TWO_HOURS.time_base for stroke in found)
    assert any(stroke.numbered for stroke in found)
    between = strokes(WHOLE.showing_seconds(Fraction(3), 1000 * TICKS), TWO_HOURS)
    told = [stroke.seconds for stroke in between if stroke.numbered]
    assert all(seconds * 4 % 1 == 0 for seconds in told), "times that a person would name"
    assert len(between) - len(told) == len(frames_in_view(WHOLE.showing_seconds(Fraction(3), 1000 * TICKS), TWO_HOURS))
    far = strokes(WHOLE, TWO_HOURS)
    assert 10 < len(far) < 100


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
    timeline.give_picture(asked[-1][2], plain("#123456"))
    x = LEFT + 2 * 78 + 30
    assert timeline.grab().toImage().pixelColor(x, 40) == QColor("#123456")
    timeline.give_picture(3, QImage())


def test_from_near_single_frames_are_asked_for_and_only_their_own_picture_is_shown_as_theirs(qtbot: QtBot) -> None:
    timeline = Timeline(model_of(some_marks()))
    qtbot.addWidget(timeline)
    timeline.resize(WIDTH, timeline.board.height)
    timeline.show()
    asked: list[list[int]] = []
    timeline.frames_wanted.connect(asked.append)
    timeline.set_scale(timeline.scale.showing_seconds(Fraction(12, 25), 106 * TICKS))
    assert asked == [list(range(100, 112))]
    timeline.give_picture(103, plain("#ff0000"))
    image = timeline.grab().toImage()
    own, beside = (image.pixelColor(LEFT + round(timeline.scale.x(n * TICKS)) + 30, 40) for n in (103, 104))
    assert own == QColor("#ff0000")
    assert beside != own, "a neighbour stands in faintly"
    timeline.set_scale(timeline.scale.moved_to(timeline.scale.first + 2 * TICKS))
    assert asked[1:] == [[112, 113]], "what was asked for is not asked for again"


def test_a_picture_from_elsewhere_never_stands_in(qapp: QApplication) -> None:
    pictures = Pictures(EvenFrames(10_000))
    image = QImage(160, 90, QImage.Format.Format_RGB32)
    image.fill(0)
    pictures.give(100, image)
    assert pictures.near(100, TICKS) is not None
    assert pictures.near(104, 5 * TICKS) is not None
    assert pictures.near(500, 5 * TICKS) is None
    assert pictures.of(101) is None
    assert pictures.nearest(9_000) == 100
    most = MOST_BYTES // (160 * 90 * 4)
    for frame in range(most + 50):
        pictures.give(frame, image)
    assert pictures.near(0, TICKS) is None, "the oldest are let go"
    assert pictures.near(most + 49, TICKS) is not None


def test_what_is_near_enough_is_not_asked_for(qapp: QApplication) -> None:
    pictures = Pictures(EvenFrames(1_000))
    pictures.give(100, plain("#000000"))
    assert pictures.missing([100, 103, 200], 5 * TICKS) == [200]
    assert pictures.missing([100, 103, 200], 5 * TICKS) == []
    assert pictures.missing([100, 103, 200]) == [103, 200], "from near each must be its own"


def test_the_nearest_picture_tells_which_frame_it_is_of(timeline: Timeline) -> None:
    assert timeline.nearest_picture(5) is None
    timeline.give_picture(20, plain("#00ff00"))
    timeline.give_picture(90, plain("#0000ff"))
    found = timeline.nearest_picture(70)
    assert found is not None
    number, image = found
    assert number == 90
    assert image.pixelColor(3, 3) == QColor("#0000ff")
