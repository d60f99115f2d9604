"""Keys that are held down: they never queue up, stop at once, and with K held J and L go frame by frame."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from film_house import KEY, House, film_of
from film_on_screen import PLAIN
from vigtool.annotate.scheme_file import find
from vigtool.ui.film.code_keys import CodeKeys
from vigtool.ui.film.keys import FilmKeys

NAMES = ("shuttle-back", "shuttle-stop", "shuttle-forward", "frame-back", "frame-forward", "play", "brighter")


class Desk:
    """Keys over a widget, and what they did."""

    def __init__(self, qtbot: QtBot) -> None:
        self.did: list[str] = []
        self.widget = QWidget()
        qtbot.addWidget(self.widget)
        acts = {name: lambda name=name: self.did.append(name) for name in NAMES}
        held = {name: lambda name=name: self.did.append(f"{name}, held") for name in ("frame-back", "frame-forward")}
        self.keys = FilmKeys(
            acts, CodeKeys(find("attuned", 1)), held=held, let_go=lambda: self.did.append("let go"), parent=self.widget
        )
        self.keys.watch(self.widget)

    def send(self, kind: QEvent.Type, key: Qt.Key, *, repeats: bool = False, times: int = 1) -> None:
        """Put events where the system puts them."""
        for _ in range(times):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", repeats)
            QApplication.postEvent(self.widget, event)

    def down(self, key: Qt.Key) -> None:
        self.send(QEvent.Type.KeyPress, key)

    def up(self, key: Qt.Key) -> None:
        self.send(QEvent.Type.KeyRelease, key)

    def repeat(self, key: Qt.Key, times: int) -> None:
        for _ in range(times):
            self.send(QEvent.Type.KeyRelease, key, repeats=True)
            self.send(QEvent.Type.KeyPress, key, repeats=True)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def settled() -> None:
    for _ in range(4):
        QApplication.processEvents()


def test_repeats_that_pile_up_are_one(desk: Desk) -> None:
    desk.down(KEY.Key_Right)
    settled()
    desk.repeat(KEY.Key_Right, 40)  # the window was busy for a second
    settled()
    assert desk.did == ["frame-forward", "frame-forward, held"]
    for _ in range(3):  # and when it is not, each of them counts
        desk.repeat(KEY.Key_Right, 1)
        settled()
    assert desk.did[2:] == ["frame-forward, held"] * 3


def test_what_is_left_of_them_ends_when_the_key_comes_up(desk: Desk) -> None:
    desk.down(KEY.Key_Left)
    desk.repeat(KEY.Key_Left, 12)
    desk.up(KEY.Key_Left)
    settled()
    assert desk.did == ["frame-back", "let go"]


def test_what_has_no_other_way_while_held_is_done_again(desk: Desk) -> None:
    desk.down(KEY.Key_B)
    settled()
    desk.repeat(KEY.Key_B, 5)
    settled()
    desk.down(KEY.Key_Space)
    desk.repeat(KEY.Key_Space, 5)
    settled()
    assert desk.did == ["brighter", "brighter", "play"]


def test_with_k_held_j_and_l_go_frame_by_frame(desk: Desk) -> None:
    desk.down(KEY.Key_K)
    desk.repeat(KEY.Key_K, 3)
    desk.down(KEY.Key_L)
    desk.up(KEY.Key_L)
    desk.down(KEY.Key_J)
    settled()
    desk.repeat(KEY.Key_J, 9)
    settled()
    desk.up(KEY.Key_J)
    desk.up(KEY.Key_K)
    desk.down(KEY.Key_L)
    settled()
    assert desk.did == [
        "shuttle-stop", "frame-forward", "let go", "frame-back", "frame-back, held", "let go", "shuttle-forward",
    ]  # fmt: skip


def test_keys_that_came_up_elsewhere_are_not_held(qtbot: QtBot, desk: Desk) -> None:
    desk.down(KEY.Key_K)
    settled()
    desk.widget.show()
    desk.widget.setFocus()
    QApplication.processEvents()
    desk.widget.clearFocus()
    settled()
    desk.down(KEY.Key_J)
    settled()
    assert desk.did[-1] == "shuttle-back"


def test_in_the_room_a_held_arrow_goes_on_and_stops_where_it_is_let_go(house: House) -> None:
    house.open(film_of(house, PLAIN))
    picture = house.page.picture

    def send(kind: QEvent.Type, *, repeats: bool) -> None:
        QApplication.sendEvent(picture, QKeyEvent(kind, KEY.Key_Right, Qt.KeyboardModifier.NoModifier, "", repeats))
        settled()

    send(QEvent.Type.KeyPress, repeats=False)
    for _ in range(20):
        send(QEvent.Type.KeyPress, repeats=True)
    send(QEvent.Type.KeyRelease, repeats=False)
    house.shows(21)
