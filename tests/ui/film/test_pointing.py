"""Drawing the pointer along: at each moment what is on the screen is true, however slow the decoder is.

Every picture is read back from the pixels of the view. Either it is the very frame on which the film stands and nothing
is said, or it is another one and the words over it tell that one's own time.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import makers
from film_on_screen import PLAIN, processed, seen
from slow_decoder import INDEX, SlowDecoder, pixels_of
from timeline_on_screen import drag
from vigtool.player.clock import FakeClock
from vigtool.player.frame_cache import ViewPicture
from vigtool.timebase import short_clock
from vigtool.ui.film import pictures
from vigtool.ui.film.looking_view import LookingView
from vigtool.ui.film.page import FilmPage
from vigtool.ui.film.playback import Playback
from vigtool.ui.film.pointing import Pointing
from vigtool.ui.film.timeline_head import TimelineHead
from vigtool.ui.timeline.board import LABELS
from vigtool.ui.timeline.model import TimelineModel, Which
from vigtool.ui.timeline.timeline import Timeline


class Desk:
    """Timeline, overview and picture of a film whose decoder is slow."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.timeline = Timeline(TimelineModel(start=INDEX.start, index=INDEX))
        self.head = TimelineHead(self.timeline)
        self.picture = LookingView((INDEX.picture.width, INDEX.picture.height))
        self.picture.resize(384, 256)
        self.timeline.resize(LABELS + 1200, self.timeline.board.height)
        self.head.resize(1312, 40)
        for widget in cast("tuple[QWidget, ...]", (self.timeline, self.head, self.picture)):
            qtbot.addWidget(widget)
        page = SimpleNamespace(timeline=self.timeline, head=self.head, picture=self.picture, index=INDEX)
        self.owner = QObject()
        self.clock = FakeClock()
        opener = makers.opener(makers.make(PLAIN))
        self.play = Playback(opener, INDEX, has_sound=False, clock=self.clock, parent=self.owner)
        self.decoder = SlowDecoder.made
        self.play.frame_shown.connect(self._show)
        self.pointing = Pointing(cast("FilmPage", page), self.play, self.owner)
        self.picture.size_wanted.connect(self.play.set_box)
        for widget in cast("tuple[QWidget, ...]", (self.timeline, self.head, self.picture)):
            widget.show()
        processed()
        self.decoder.give()

    def _show(self, _number: int, _tick: int) -> None:
        assert self.play.picture is not None
        self.picture.show_picture(self.play.picture.pixels)

    @property
    def words(self) -> str:
        note = self.picture.notes.note("about")
        return "" if note is None else note.text()

    def plays(self) -> bool:
        return self.play.is_playing

    def is_true(self) -> int:
        """Whether what is on the screen is what it says it is; the number that can be read there."""
        number = seen(self.picture)
        time = INDEX.seconds(number)
        if self.words:
            assert self.words in {f"about {short_clock(time)}", f"about {short_clock(time, millis=False)}"}
            assert number != self.play.frame
        else:
            assert number == self.play.frame
        return number

    def x(self, number: int) -> QPoint:
        return QPoint(LABELS + round(self.timeline.scale.x(INDEX.pts(number))) + 4, self.timeline.board.strip.top + 9)

    def press(self, number: int) -> None:
        QTest.mousePress(self.timeline, Qt.MouseButton.LeftButton, pos=self.x(number))

    def move(self, number: int) -> None:
        QTest.mouseMove(self.timeline, self.x(number))

    def release(self, number: int) -> None:
        QTest.mouseRelease(self.timeline, Qt.MouseButton.LeftButton, pos=self.x(number))

    def small(self, *numbers: int) -> None:
        """Let the strip have these small pictures."""
        for number in numbers:
            rows = pixels_of(number, 96, 64)
            self.timeline.give_picture(number, QImage(rows.data, 96, 64, 384, QImage.Format.Format_RGB32).copy())

    def close(self) -> None:
        self.play.close()
        self.owner.deleteLater()


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(pictures, "FilmDecoder", SlowDecoder)
    made = Desk(qtbot)
    yield made
    made.close()


def test_what_is_nearest_shows_within_two_refreshes_and_says_its_own_time(desk: Desk) -> None:
    desk.small(10, 30, 50)
    assert desk.is_true() == 0
    desk.press(33)
    assert desk.play.frame == 33
    assert desk.is_true() == 0, "before the screen is drawn anew, what stands there says that it is old"
    desk.qtbot.wait(34)
    assert desk.is_true() == 30
    assert desk.words == "about 0:01.200"
    desk.move(48)
    desk.qtbot.wait(34)
    assert desk.is_true() == 50
    desk.decoder.give()
    assert desk.is_true() == 48
    assert desk.words == ""
    desk.release(48)
    assert desk.decoder.wishes[-1][:2] == ("show", 48)
    desk.decoder.give()
    assert desk.is_true() == 48


def test_a_late_picture_shows_only_where_it_is_nearer(desk: Desk) -> None:
    desk.press(40)
    desk.move(20)
    desk.decoder.give(-2)  # of 40
    assert desk.is_true() == 0, "the first frame is as near to 20 as 40 is"
    desk.move(35)
    desk.decoder.give(-2)  # of 20
    assert desk.is_true() == 20
    desk.decoder.give(-1)
    assert desk.is_true() == 35
    desk.move(36)
    desk.decoder.give(-3)  # of 40 once more: farther than what shows
    assert desk.is_true() == 35
    desk.release(36)
    desk.decoder.give(-5)  # the first one of the drag, after it ended
    assert desk.is_true() == 35
    desk.decoder.give(-1)
    assert desk.is_true() == 36


def test_what_is_at_hand_is_there_in_the_same_moment(desk: Desk) -> None:
    for number in range(20, 30):
        _, _, width, height = desk.decoder.wishes[-1]
        desk.decoder.kept[number] = ViewPicture(number, INDEX.pts(number), pixels_of(number, width, height))
    for number in (20, 25, 29, 22):
        (desk.press if number == 20 else desk.move)(number)
        assert desk.is_true() == number
        assert desk.words == ""


def test_a_picture_of_the_stand_in_is_the_right_frame_and_says_what_it_is(desk: Desk) -> None:
    desk.press(17)
    desk.decoder.give(exact=False)
    assert seen(desk.picture) == desk.play.frame == 17
    assert desk.words == "quick picture"
    desk.decoder.give()
    assert desk.words == ""


def test_an_edge_that_is_drawn_goes_the_same_way(desk: Desk) -> None:
    desk.small(20, 40)
    desk.timeline.edge_dragged.emit("m", Which.END, INDEX.pts(42))
    desk.pointing.go(41)
    desk.qtbot.wait(34)
    assert desk.is_true() == 40
    assert desk.decoder.wishes[-1][0] == "glance"
    desk.timeline.edge_dropped.emit("m", Which.END, INDEX.pts(42))
    assert desk.decoder.wishes[-1][:2] == ("show", 41)
    desk.decoder.give()
    assert desk.is_true() == 41
    desk.pointing.go(3)
    assert desk.decoder.wishes[-1][:2] == ("show", 3), "no edge is held any more"


def test_the_overview_is_pointed_into_too(desk: Desk) -> None:
    desk.small(30)  # not the frame that is pointed at
    overview = desk.head.overview
    QTest.mousePress(overview, Qt.MouseButton.LeftButton, pos=QPoint(overview.width() // 3, 12))
    desk.qtbot.wait(34)
    assert desk.is_true() in (30, desk.play.frame)
    QTest.mouseRelease(overview, Qt.MouseButton.LeftButton, pos=QPoint(overview.width() // 3, 12))
    assert desk.decoder.wishes[-1][:2] == ("show", desk.play.frame)


def test_a_click_lets_the_film_play_on_and_a_drag_stops_it_until_it_is_let_go(desk: Desk) -> None:
    desk.play.play()
    desk.press(20)
    desk.release(20)
    assert desk.plays()
    drag(desk.timeline, desk.x(10), desk.x(30))
    assert not desk.plays()
    assert desk.play.frame == 30
    desk.release(30)
    assert desk.plays()
    assert abs(desk.play.tick - INDEX.pts(30)) <= 1 / INDEX.time_base
    desk.play.pause()


def test_a_key_that_steps_is_given_a_little_while_before_it_must_say_so(desk: Desk) -> None:
    desk.play.step(1)
    assert desk.words == ""
    desk.qtbot.waitUntil(lambda: desk.words == "about 0:00.000")
    desk.decoder.give()
    assert desk.is_true() == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(
        st.tuples(st.integers(0, 59), st.sampled_from(("none", "last", "old", "rough", "small"))),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_comes_when_the_screen_is_true(desk: Desk, moves: list[tuple[int, str]]) -> None:
    desk.press(moves[0][0])
    for number, event in moves:
        desk.move(number)
        if event == "last":
            desk.decoder.give()
        elif event == "old":
            desk.decoder.give(-min(3, len(desk.decoder.wishes)))
        elif event == "small":
            desk.small(number // 7 * 7)
        elif event == "rough":
            desk.qtbot.wait(20)
        if desk.words != "quick picture":
            desk.is_true()
    desk.release(number)
    desk.decoder.give()
    assert desk.is_true() == desk.play.frame == number
    assert Fraction(desk.play.tick) == INDEX.pts(number)
