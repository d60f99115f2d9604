"""The strip from very near: every frame is its own, read in the pool, and the newest view wins."""

from __future__ import annotations

import threading
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

import makers
from film_on_screen import PLAIN, SOUNDING, UNEVEN, index_of
from vigtool.player.frame_index import FrameIndex
from vigtool.player.sound import SoundReader
from vigtool.player.waveform import FINE_STEP, fine
from vigtool.ui import theme
from vigtool.ui.film.close_strip import CloseStrip
from vigtool.ui.film.wishes import Wishes
from vigtool.ui.jobs import Jobs
from vigtool.ui.timeline.board import LABELS
from vigtool.ui.timeline.model import TimelineModel
from vigtool.ui.timeline.strip import frames_in_view
from vigtool.ui.timeline.timeline import Timeline


def timeline_of(qtbot: QtBot, index: FrameIndex, width: int = 1200) -> Timeline:
    timeline = Timeline(TimelineModel(start=index.start, index=index))
    qtbot.addWidget(timeline)
    timeline.resize(LABELS + width, timeline.board.height)
    timeline.show()
    return timeline


def number_in(image: QImage) -> int:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.asarray(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return makers.read_number(rows[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3))


@pytest.mark.parametrize("film", [PLAIN, UNEVEN], ids=["plain", "uneven"])
def test_each_place_shows_its_own_frame(qtbot: QtBot, jobs: Jobs, film: makers.Film) -> None:
    index = index_of(film)
    timeline = timeline_of(qtbot, index)
    strip = CloseStrip(timeline, makers.opener(makers.make(film)), index, jobs)
    given: dict[int, QImage] = {}
    strip._picture_came.connect(given.__setitem__)
    timeline.set_scale(timeline.scale.zoomed(Fraction(1, 100), 500))
    wanted = list(frames_in_view(timeline.scale, index))
    qtbot.waitUntil(lambda: sorted(given) == wanted, timeout=10_000)
    timeline.set_scale(timeline.scale.moved_to(timeline.scale.start))
    wanted = sorted({*wanted, *frames_in_view(timeline.scale, index)})
    qtbot.waitUntil(lambda: sorted(given) == wanted, timeout=10_000)
    assert {number: number_in(image) for number, image in given.items()} == {number: number for number in wanted}
    strip.close()
    count = len(given)
    timeline.set_scale(timeline.scale.moved_to(timeline.scale.end))
    qtbot.wait(50)
    assert len(given) == count, "nothing comes after it was closed"


def test_a_burst_stands_on_the_frame_in_which_it_is_heard(qtbot: QtBot, jobs: Jobs) -> None:
    index = index_of(SOUNDING)
    timeline = timeline_of(qtbot, index)
    opener = makers.opener(makers.make(SOUNDING))
    strip = CloseStrip(timeline, opener, index, jobs)
    timeline.set_sound(np.full(300, 0.1, np.float32), (index.start, index.end), full=0.2)
    timeline.set_scale(timeline.scale.showing_seconds(Fraction(1), index.pts(25)))
    qtbot.waitUntil(lambda: len(timeline._fine.in_view(timeline.scale)) >= 1, timeout=10_000)
    band = timeline.board.sound
    image = timeline.grab().toImage()
    wave = QColor(theme.of(timeline).quiet)
    loud = [x for x in range(timeline.scale.width) if image.pixelColor(LABELS + x, band.top + 7) == wave]
    begins = timeline.scale.x(index.pts(25))  # a beep at every full second; the wave is led through its pixels
    assert loud
    assert abs(min(loud) - begins) <= 0.004 * timeline.scale.width, "to a tenth of a frame"
    strip.close()


def test_fine_sound_is_the_same_as_what_is_heard() -> None:
    index = index_of(SOUNDING)
    with SoundReader(makers.opener(makers.make(SOUNDING)), index) as reader:
        first, after = index.pts(20), index.pts(40)
        found = fine(reader, first, after, index.time_base)
        samples = np.concatenate(list(reader.run(first)))[: len(found) * FINE_STEP]
        assert fine(reader, first, first, index.time_base).shape == (0, 2)
        last = fine(reader, index.pts(index.frames - 1), index.end, index.time_base)
    expected = samples.reshape(-1, 2 * FINE_STEP)
    assert np.array_equal(found, np.stack([expected.min(axis=1), expected.max(axis=1)], axis=1))
    assert len(found) == round((after - first) * index.time_base * 4800)
    assert len(last) == round((index.end - index.pts(index.frames - 1)) * index.time_base * 4800)


def test_newer_wishes_take_the_place_of_older_ones() -> None:
    wishes: Wishes[int] = Wishes()
    assert wishes.put([1, 2, 3])
    assert wishes.take(lambda: False) == 1
    assert not wishes.put([7, 8]), "the one that serves them goes on"
    assert wishes.waiting == [7, 8]
    assert [wishes.take(lambda: False), wishes.take(lambda: False)] == [7, 8]
    later = threading.Timer(0.1, lambda: wishes.put([9]))
    later.start()
    assert wishes.take(lambda: False) == 9, "it lingers"
    later.join()
    assert wishes.take(lambda: False) is None
    assert wishes.put([4]), "a new one is needed"
    assert wishes.take(lambda: True) is None
    assert wishes.put([4])
    wishes.end()
    assert wishes.put([4])
