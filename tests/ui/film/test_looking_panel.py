"""The small panel of looking: everything in it tells what was pressed, and it fits the window in both directions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vigtool.ui import theme
from vigtool.ui.film.beside_bar import BesideBar, Laid, offset_words
from vigtool.ui.film.looking_panel import LookingButton


@pytest.fixture
def button(qtbot: QtBot) -> Iterator[LookingButton]:
    window = QWidget()
    qtbot.addWidget(window)
    theme.dress(window, theme.DARK)
    window.resize(700, 500)
    line = QVBoxLayout(window)
    line.addStretch(1)
    made = LookingButton()
    line.addWidget(made)
    with qtbot.waitExposed(window):
        window.show()
    yield made
    window.close()


def test_it_opens_above_its_button_within_the_window(button: LookingButton) -> None:
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        window = button.window()
        window.setLayoutDirection(direction)
        button.open()
        panel = button.panel.frameGeometry()
        assert button.panel.isVisible()
        assert window.frameGeometry().contains(panel)
        assert panel.bottom() < button.mapToGlobal(button.rect().topLeft()).y()
        button.panel.close()


def test_what_is_pressed_is_told(button: LookingButton) -> None:
    told: list[object] = []
    button.zoomed.connect(told.append)
    button.whole_pressed.connect(lambda: told.append("whole"))
    button.level_chosen.connect(told.append)
    button.still_pressed.connect(lambda: told.append("still"))
    button.beside_closed.connect(lambda: told.append("away"))
    button.open()
    panel = button.panel
    assert not panel.whole.isEnabled()
    button.show_look(2.5, 3)
    assert (panel.zoom_words.text(), panel.level_words.text(), panel.level.value()) == ("2.5×", "by 3", 3)
    for pressed in (panel.closer, panel.wider, panel.whole):
        QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)
    QTest.keyClick(panel.level, Qt.Key.Key_Right)
    QTest.mouseClick(panel.still, Qt.MouseButton.LeftButton)
    assert not panel.isVisible()
    button.show_beside(is_beside=True)
    button.open()
    QTest.mouseClick(panel.beside, Qt.MouseButton.LeftButton)
    assert told == [1, -1, "whole", 4, "still", "away"]


def test_a_second_film_is_chosen_by_its_name(button: LookingButton, qtbot: QtBot) -> None:
    chosen: list[int] = []
    button.film_chosen.connect(chosen.append)
    button.open()
    assert button.panel.none_there.isVisible()
    assert not button.panel.beside.isVisible()
    button.show_films(["12 Nov, kitchen & hall · same session", "3 Oct, play mat"])
    QTest.mouseClick(button.panel.beside, Qt.MouseButton.LeftButton)
    (menu,) = button.panel.findChildren(QMenu)
    names = [act.text() for act in menu.actions()]
    assert names == ["12 Nov, kitchen && hall · same session", "3 Oct, play mat"], "a sign in a name is no shortcut"
    menu.actions()[1].trigger()
    menu.close()
    assert chosen == [1]


def test_offsets_read_as_seconds() -> None:
    assert offset_words(Fraction(37, 25)) == "+1.480 s"
    assert offset_words(Fraction(-7, 2)) == "−3.500 s"
    assert offset_words(Fraction(-1, 10_000)) == "+0.000 s"


def test_the_bar_in_every_light(show_everywhere: Callable[[Callable[[], QWidget]], list[QWidget]]) -> None:
    def make() -> QWidget:
        bar = BesideBar()
        bar.show_film("12 Nov, مطبخ مع مينا في الصباح الباكر جدا", heard=True)
        bar.show_laid(Laid.SOUND, Fraction(3, 2))
        bar.resize(900, 40)
        return bar

    for bar in show_everywhere(make):
        assert isinstance(bar, BesideBar)
        assert bar.laid.isVisible()
        assert bar.back.mapTo(bar, bar.back.rect().topLeft()).x() < bar.forward.mapTo(bar, bar.rect().topLeft()).x()
        bar.resize(420, 40)
        assert not bar.laid.isVisible()
