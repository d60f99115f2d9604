"""The row under the picture: it says where the film stands, fits every width, and never takes the keys away."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from vigtool.timebase import Span
from vigtool.ui import theme
from vigtool.ui.film.speeds import SPEEDS
from vigtool.ui.film.transport_bar import TransportBar


@pytest.fixture
def bar(qtbot: QtBot) -> TransportBar:
    made = TransportBar()
    qtbot.addWidget(made)
    theme.dress(made, theme.DARK)
    made.show_place(Fraction(192480, 1000), 4812, 15600, Fraction(1))
    made.show_loop(Span(0, 10249), Fraction(1, 1000))
    made.show_sound(on=True, there=True)
    made.resize(1000, 44)
    made.show()
    return made


def test_says_time_frame_and_loop(bar: TransportBar) -> None:
    assert bar.time.text() == "00:03:12.480"
    assert bar.frame.text() == "frame 4\u202f812\nof 15\u202f600"
    assert bar.loop.text() == "Loop 10.2 s"
    assert bar.loop.isChecked()
    bar.show_place(Fraction(0), 0, 15600, Fraction(-1))
    assert bar.frame.text().endswith("· -1×")
    bar.show_loop(None, Fraction(1))
    assert (bar.loop.text(), bar.loop.isChecked()) == ("Loop", False)


def test_everything_fits_at_every_width(bar: TransportBar) -> None:
    for width in range(bar.minimumSizeHint().width(), 1250, 23):
        bar.resize(width, 44)
        QApplication.processEvents()
        everything = (bar.time, bar.frame, bar.speed, *bar.findChildren(QAbstractButton))
        for part in (part for part in everything if part.isVisible()):
            left = part.mapTo(bar, part.rect().topLeft()).x()
            assert left >= 0
            assert left + part.width() <= width
            assert part.width() >= part.minimumSizeHint().width(), part
        row = sorted(
            (part.mapTo(bar, part.rect().topLeft()).x(), part.width())
            for part in (bar.time, bar.speed, bar.speeds, bar.loop, bar.only, bar.sound, bar.play)
            if part.isVisible()
        )
        assert all(left + wide <= right for (left, wide), (right, _) in pairwise(row))


def test_presses_are_told_and_the_focus_stays(qtbot: QtBot, bar: TransportBar) -> None:
    heard: list[object] = []
    bar.play_pressed.connect(lambda: heard.append("play"))
    bar.frames_stepped.connect(lambda by: heard.append(("frame", by)))
    bar.seconds_stepped.connect(lambda by: heard.append(("second", by)))
    bar.marks_stepped.connect(lambda by: heard.append(("mark", by)))
    bar.speed_chosen.connect(heard.append)
    bar.loop_pressed.connect(lambda: heard.append("loop"))
    bar.only_pressed.connect(lambda: heard.append("only"))
    bar.sound_pressed.connect(lambda: heard.append("sound"))
    focused = QApplication.focusWidget()
    for button in bar.findChildren(QAbstractButton):
        if button is bar.speeds:
            continue  # opens a menu
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert QApplication.focusWidget() is focused
    assert set(heard) == {
        "play", "loop", "only", "sound", ("frame", -1), ("frame", 1), ("second", -1), ("second", 1),
        ("mark", -1), ("mark", 1), *SPEEDS,
    }  # fmt: skip


def test_every_button_has_a_name(bar: TransportBar) -> None:
    assert all(button.accessibleName() for button in bar.findChildren(QAbstractButton))
    bar.show_playing(playing=True)
    assert bar.play.accessibleName() == "Pause"
    bar.show_sound(on=False, there=True)
    assert bar.sound.accessibleName() == "Sound on"
    bar.show_sound(on=False, there=False)
    assert not bar.sound.isVisible()


def test_time_runs_from_left_to_right_in_every_window(bar: TransportBar) -> None:
    bar.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    window = QWidget()
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    bar.setParent(window)
    assert bar.layoutDirection() == Qt.LayoutDirection.LeftToRight
    bar.setParent(None)


def test_in_every_light(show_everywhere: Callable[[Callable[[], QWidget]], list[QWidget]]) -> None:
    show_everywhere(TransportBar)


def test_where_there_is_little_room_the_speed_is_a_menu(bar: TransportBar) -> None:
    chosen: list[object] = []
    bar.speed_chosen.connect(chosen.append)
    bar.resize(bar.minimumSizeHint().width(), 44)
    bar.show_speed(Fraction(1, 4))
    assert (bar.speed.isVisible(), bar.speeds.isVisible()) == (False, True)
    assert (bar.speeds.text(), bar.speeds.accessibleName()) == ("0.25×", "Speed 0.25×")
    for act in bar.speeds.menu().actions():
        act.trigger()
    assert chosen == list(SPEEDS)
    bar.resize(1000, 44)
    assert (bar.speed.isVisible(), bar.speeds.isVisible()) == (True, False)


def test_says_whether_only_marks_are_played(bar: TransportBar) -> None:
    assert not bar.only.isChecked()
    bar.show_only(on=True)
    assert bar.only.isChecked()
    assert "(M)" in bar.only.toolTip()
