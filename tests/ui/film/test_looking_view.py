"""Looking closely: the film's own pixels, cut and never blown up, and brighter for the eye alone."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vigtool.player.brightness import brightened
from vigtool.player.frame import fitted
from vigtool.ui import theme
from vigtool.ui.desk import Pixels
from vigtool.ui.film.looking_view import LookingView

FILM, VIEW = (1600, 1200), (400, 300)
NO = Qt.KeyboardModifier.NoModifier


def noise(width: int, height: int) -> Pixels:
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = 255
    return pixels


def grabbed(view: QWidget) -> Pixels:
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.asarray(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, : image.width()].copy()


@pytest.fixture
def view(qtbot: QtBot) -> LookingView:
    made = LookingView(FILM)
    qtbot.addWidget(made)
    theme.dress(made, theme.DARK)
    made.resize(*VIEW)
    with qtbot.waitExposed(made):
        made.show()
    return made


def wheel(view: LookingView, turn: int, at: tuple[float, float] = (200, 150)) -> None:
    point = QPointF(*at)
    event = QWheelEvent(
        point,
        QPointF(view.mapToGlobal(QPoint(0, 0))) + point,
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        NO,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # Qt's own signature
    )
    QApplication.sendEvent(view, event)


def asked(view: LookingView) -> tuple[int, int]:
    return fitted(*FILM, *view.wanted_box)


def test_close_up_every_pixel_is_one_of_a_larger_picture(qtbot: QtBot, view: LookingView) -> None:
    sizes: list[tuple[int, int]] = []
    view.size_wanted.connect(lambda *size: sizes.append(size))
    for _ in range(4):
        wheel(view, 120, (300, 100))
    qtbot.waitUntil(lambda: bool(sizes))
    assert len(sizes) == 1, "one wish for the whole turn of the wheel"
    size = fitted(*FILM, *sizes[0])
    assert size == (976, 732)
    pixels = noise(*size)
    view.show_picture(pixels)
    place = view.look.place(FILM, VIEW)
    part = pixels[-place.top : VIEW[1] - place.top, -place.left : VIEW[0] - place.left]
    shown = grabbed(view)
    inner = (slice(60, -14), slice(14, -14))  # below the quiet words, inside the round corners
    assert (shown[inner] == part[inner]).all()


def test_until_the_larger_picture_comes_the_old_one_is_stretched(view: LookingView) -> None:
    small = np.zeros((300, 400, 4), np.uint8)
    small[:, :200] = 255
    view.show_picture(small)
    view.closer(3)
    wide, high = view.look.place(FILM, VIEW).width, view.look.place(FILM, VIEW).height
    assert (wide, high) == (781, 585)
    shown = grabbed(view)[150, :, 0].astype(int)
    assert (shown[14:190] == 255).all()
    assert (shown[210:-14] == 0).all()


def test_beyond_the_films_own_size_nothing_more_is_asked_for(view: LookingView) -> None:
    view.closer(40)
    assert view.look.zoom == pytest.approx(16)
    assert asked(view) == FILM
    view.closer(-40)
    assert asked(view) == VIEW


def test_it_is_pushed_by_the_pointer_and_by_key_and_stops_at_the_edges(view: LookingView) -> None:
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NO, QPoint(200, 150))
    QTest.mouseMove(view, QPoint(100, 100))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NO, QPoint(100, 100))
    assert view.look.is_whole, "a picture that is whole stays where it is"
    wheel(view, 360)
    before = view.look.place(FILM, VIEW)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NO, QPoint(200, 150))
    QTest.mouseMove(view, QPoint(170, 130))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NO, QPoint(170, 130))
    after = view.look.place(FILM, VIEW)
    assert (after.left - before.left, after.top - before.top) == (-30, -20)
    QTest.mouseMove(view, QPoint(10, 10))
    assert view.look.place(FILM, VIEW) == after
    for _ in range(20):
        view.push(-1, -1)
    corner = view.look.place(FILM, VIEW)
    assert (corner.left, corner.top) == (0, 0)


def test_the_key_goes_to_the_pointer_and_back(view: LookingView, monkeypatch: pytest.MonkeyPatch) -> None:
    at = QPoint(300, 100)
    monkeypatch.setattr(QCursor, "pos", staticmethod(lambda: view.mapToGlobal(at)))
    assert view.zoom_to_pointer()
    place = view.look.place(FILM, VIEW)
    assert (place.left, place.top) == (300 - 750, 100 - 250)
    assert view.zoom_to_pointer()
    assert view.look.is_whole
    at.setX(900)
    assert not view.zoom_to_pointer()
    assert view.look.is_whole


def test_quiet_words_say_what_is_not_as_it_was_filmed_and_take_it_back(qtbot: QtBot, view: LookingView) -> None:
    assert not view.notes.isVisible()
    view.closer(4)
    view.set_level(3)
    notes = {key: view.notes.note(key) for key in ("look", "bright")}
    assert all(note is not None and note.isVisible() for note in notes.values())
    assert notes["look"].text() == "2.4×"  # type: ignore[union-attr]  # seen a line above
    assert notes["bright"].text() == "brighter by 3, only to look at"  # type: ignore[union-attr]  # as above
    for note in notes.values():
        assert note is not None
        note.click()
    assert view.look.is_whole
    assert view.level == 0
    assert view.notes.note("look") is view.notes.note("bright") is None
    assert not view.notes.isVisible()


def test_others_may_say_a_quiet_word_too(view: LookingView) -> None:
    view.notes.say("approximate", "nearly there")
    note = view.notes.note("approximate")
    assert note is not None
    assert not note.is_undone
    assert note.focusPolicy() == Qt.FocusPolicy.NoFocus
    view.notes.say("approximate", "")
    assert view.notes.note("approximate") is None


@pytest.mark.parametrize("close", [False, True])
def test_brighter_is_for_the_eye_alone(view: LookingView, close: bool) -> None:
    if close:
        view.closer(4)
    pixels = noise(*asked(view)) // 8
    given = pixels.copy()
    view.show_picture(pixels)
    dark = grabbed(view)
    view.set_level(4)
    bright = grabbed(view)
    inner = (slice(90, -14), slice(14, -14))
    assert (bright[inner][..., :3] == brightened(dark, 4)[inner][..., :3]).all()
    assert bright[inner][..., :3].mean() > 2 * dark[inner][..., :3].mean()
    assert (pixels == given).all(), "the picture itself is untouched"
    view.set_level(99)
    assert view.level == 8
    view.set_level(-1)
    assert (grabbed(view)[inner] == dark[inner]).all()


def test_a_large_film_is_asked_for_again_when_it_comes_to_rest(qtbot: QtBot) -> None:
    view = LookingView((3840, 2160))
    qtbot.addWidget(view)
    view.resize(640, 360)
    sizes: list[tuple[int, int]] = []
    view.size_wanted.connect(lambda *size: sizes.append(size))
    with qtbot.waitExposed(view):
        view.show()
    view.closer(40)
    qtbot.waitUntil(lambda: sizes[-1] == (3840, 2160))
    view.set_moving(moving=True)
    qtbot.waitUntil(lambda: sizes[-1][0] < 2000)
    view.set_moving(moving=False)
    qtbot.waitUntil(lambda: sizes[-1] == (3840, 2160))


def test_in_every_light(show_everywhere: object) -> None:
    def make() -> QWidget:
        made = LookingView(FILM)
        made.resize(*VIEW)
        made.show_picture(noise(400, 300))
        made.closer(4)
        made.set_level(2)
        return made

    shown = show_everywhere(make)  # type: ignore[operator]  # the fixture of this folder
    places = [view.notes.x() for view in shown]
    assert places[0] == 10
    assert places[1] > 150, "in a window read from the right it stands where reading begins"
