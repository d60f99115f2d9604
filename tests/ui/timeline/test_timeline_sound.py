"""The sound of a timeline: drawn where it is, from afar and from near."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from marks_in_memory import TICKS
from vigtool.ui import theme
from vigtool.ui.timeline.board import LABELS as LEFT
from vigtool.ui.timeline.scale import Scale
from vigtool.ui.timeline.sound import Fine, FineSound, Loudness, fine_columns
from vigtool.ui.timeline.timeline import Timeline

CENTS = Fraction(1, 100)


def test_sound_is_drawn_where_it_is() -> None:
    scale = Scale.whole(0, 1000, CENTS, 300)
    peaks = np.zeros(1000, np.float32)
    peaks[500] = 1.0
    xs, levels = Loudness(peaks, (0, 1000)).columns(scale)
    assert levels.max() == 1
    assert np.all(np.abs(xs[levels > 0.5] - 150) <= 3)
    late, _ = Loudness(peaks, (500, 1000)).columns(scale)
    assert late.min() >= 147, "sound that begins late is not drawn early"
    assert not len(Loudness(peaks, (5000, 6000)).columns(scale)[0])


@given(st.integers(1, 3000), st.integers(1, 100_000), st.data())
def test_no_beat_is_lost_however_much_is_in_view(count: int, length: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, count - 1))
    peaks = np.zeros(count, np.float32)
    peaks[place] = 0.75
    scale = Scale.whole(0, length, CENTS, 600)
    xs, levels = Loudness(peaks, (0, length)).columns(scale)
    loud = xs[levels == np.float32(0.75)]
    assert len(loud)
    each = 600 / count
    coarse = max(3.0, 600 / count) * 9  # a column may be widened to the parts of the level that it looks at
    assert loud.min() <= (place + 1) * each
    assert loud.max() + 3 >= place * each
    assert loud.max() - loud.min() <= coarse + each


def test_a_column_looks_at_few_values_of_many() -> None:
    peaks = np.linspace(0, 1, 720_000, dtype=np.float32)
    scale = Scale.whole(0, 7_200_00, CENTS, 1200)
    xs, levels = Loudness(peaks, (0, 720_000)).columns(scale)
    assert len(xs) == 400
    expected = [peaks[int(x * 600) : int((x + 3) * 600)].max() for x in xs]
    assert levels == pytest.approx(expected, abs=0.001)


def test_stretches_are_asked_for_once_and_only_those_in_view() -> None:
    base = Fraction(1, 25)  # a tick is a frame: stretches still lie on ticks
    sound = FineSound(50, 50 + 250, base)
    scale = Scale.whole(50, 300, base, 1000).around(100, 130)
    wanted = sound.missing(scale)
    assert wanted == [(50, 100), (100, 150)]
    assert sound.missing(scale) == []
    for first, after in wanted:
        sound.give(Fine(first, Fraction(after - first, 10), np.zeros((10, 2), np.float32)))
    assert [fine.first for fine in sound.in_view(scale)] == [50, 100]
    assert sound.missing(scale.moved_to(200)) == [(150, 200), (200, 250)][1:]
    assert sound.missing(Scale.whole(50, 300, base, 1000))[-1] == (250, 300)


def test_from_near_a_beat_stands_on_its_own_pixel() -> None:
    scale = Scale.whole(0, 90_000, Fraction(1, 90_000), 1000)
    extremes = np.zeros((4800, 2), np.float32)
    extremes[2400] = -0.5, 1.0
    xs, found = fine_columns(Fine(0, Fraction(90_000, 4800), extremes), scale)
    assert len(xs) == 1000
    assert np.flatnonzero(found[:, 1] == 1).tolist() == [500]
    assert np.flatnonzero(found[:, 0] == -0.5).tolist() == [500]
    near = scale.around(44_900, 45_100)
    xs, found = fine_columns(Fine(0, Fraction(90_000, 4800), extremes), near)
    loud = xs[found[:, 1] == 1]
    assert loud.min() <= near.x(45_000) + 1
    assert loud.max() >= near.x(45_000 + 18)
    assert loud.max() - loud.min() <= near.x(19) - near.x(0) + 2, "it is no longer than it lasts"


def test_the_wave_is_asked_for_from_near_and_drawn_when_it_comes(timeline: Timeline) -> None:
    asked: list[list[tuple[int, int]]] = []
    timeline.sound_wanted.connect(asked.append)
    timeline.set_sound(np.full(1000, 0.1, np.float32), (0, 250 * TICKS))
    assert not asked, "from afar the peaks of the whole film do"
    timeline.set_scale(timeline.scale.showing_seconds(Fraction(1), 125 * TICKS))
    assert asked == [[(100 * TICKS, 150 * TICKS)]]
    extremes = np.zeros((9600, 2), np.float32)
    extremes[4800:5200] = -1, 1
    timeline.give_sound(Fine(100 * TICKS, Fraction(50 * TICKS, 9600), extremes))
    image = timeline.grab().toImage()
    y = timeline.board.sound.top + 5
    loud, still = (image.pixelColor(LEFT + round(timeline.scale.x(n * TICKS)) + 2, y) for n in (125, 120))
    quiet = QColor(theme.of(timeline).quiet)
    assert loud == quiet
    assert still != quiet
