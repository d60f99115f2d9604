"""The picture: pixel for pixel where it fits, never stretched out of shape, in every direction and theme."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QImage, QPaintDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vigtool.ui import theme
from vigtool.ui.desk import Pixels
from vigtool.ui.film.picture_view import PictureView


def noise(width: int, height: int) -> Pixels:
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = 255
    return pixels


def grabbed(view: QWidget) -> Pixels:
    """What is on the screen, as rows of BGRA."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.asarray(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, : image.width()].copy()


def bgra(name: str) -> list[int]:
    colour = QColor(name)
    return [colour.blue(), colour.green(), colour.red(), 255]


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    made = PictureView()
    qtbot.addWidget(made)
    theme.dress(made, theme.DARK)
    made.resize(400, 300)
    return made


@pytest.mark.parametrize(("size", "left", "top"), [((400, 225), 0, 37), ((169, 300), 115, 0), ((400, 300), 0, 0)])
def test_a_picture_of_the_right_size_is_shown_pixel_for_pixel(
    view: PictureView, size: tuple[int, int], left: int, top: int
) -> None:
    pixels = noise(*size)
    view.show_picture(pixels)
    shown = grabbed(view)
    differs = (shown[top : top + size[1], left : left + size[0]] != pixels).any(axis=2)
    assert not differs[14:-14].any()
    assert not differs[:, 14:-14].any()
    assert differs.any() == (not left and not top)  # only where it reaches a round corner of its place
    ground = bgra(theme.DARK.sunken)
    if top:
        assert shown[5, 200].tolist() == ground
    if left:
        assert shown[150, 5].tolist() == ground


def test_one_of_another_size_is_stretched_in_its_own_shape(view: PictureView) -> None:
    pixels = np.full((90, 160, 4), 255, np.uint8)
    view.show_picture(pixels)
    lit = grabbed(view)[..., :3].min(axis=2) == 255
    rows, columns = np.flatnonzero(lit[:, 200]), np.flatnonzero(lit[150])
    assert (len(rows), len(columns)) == (225, 400)


def test_corners_are_round_and_not_jagged(view: PictureView) -> None:
    view.show_picture(np.full((300, 400, 4), 255, np.uint8))
    corner = grabbed(view)[:12, :12, 0]
    assert corner[0, 0] < 255
    assert corner[11, 11] == 255
    assert len(np.unique(corner)) > 4, "the edge has no grey in it"


def test_asks_for_pixels_of_the_screen_once_at_rest(qtbot: QtBot, view: PictureView) -> None:
    asked: list[tuple[int, int]] = []
    view.size_wanted.connect(lambda width, height: asked.append((width, height)))
    with qtbot.waitExposed(view):
        view.show()
    assert asked == [(400, 300)]
    for width in range(401, 421):
        view.resize(width, 300)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: len(asked) > 1)
    assert asked == [(400, 300), (420, 300)]


def test_a_dense_screen_gets_dense_pictures(qtbot: QtBot, view: PictureView, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(QPaintDevice, "devicePixelRatio", lambda _self: 1.5)
    view.size_wanted.connect(lambda width, height: asked.append((width, height)))
    with qtbot.waitExposed(view):
        view.show()
    assert asked == [(600, 450)]
    QApplication.sendEvent(view, QEvent(QEvent.Type.DevicePixelRatioChange))
    qtbot.wait(90)
    assert len(asked) == 1


def test_it_is_heard_and_keeps_the_last_picture(view: PictureView) -> None:
    view.show_words("The film is being opened")
    assert view.accessibleName() == "Picture: The film is being opened"
    view.show_picture(noise(40, 30))
    view.say_place(4812, "3:12.480")
    assert view.accessibleName() == "Picture, frame 4812, 3:12.480"
    assert view.words == ""


def test_the_ring_shows_where_the_focus_came_by_key(qtbot: QtBot, view: PictureView) -> None:
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()

    def ringed() -> bool:
        pixel: list[int] = grabbed(view)[150, 1].tolist()
        return pixel == bgra(theme.DARK.accent)

    heard: list[bool] = []
    view.pressed.connect(lambda: heard.append(True))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton)
    assert heard == [True]
    assert view.hasFocus()
    by_mouse = ringed()
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert (by_mouse, ringed()) == (False, True)


def test_in_every_light(show_everywhere: Callable[[Callable[[], QWidget]], list[QWidget]]) -> None:
    def make() -> QWidget:
        made = PictureView()
        made.show_words("No film is open")
        return made

    show_everywhere(make)
