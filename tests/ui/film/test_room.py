"""The Film room as a person meets it: keys go in, the screen and the desk's records come out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import makers
from film_on_screen import LARGE, PLAIN, SOUNDING, UNEVEN, Breaking, seen
from film_room_desk import FilmRoomDesk
from vigtool.annotate.mark import Lane, Mark
from vigtool.casework.cycle import Cycle
from vigtool.casework.film import Film
from vigtool.errors import FilmMissing, SealBroken, StorageFailed
from vigtool.ids import new_id
from vigtool.player.clock import FakeClock
from vigtool.timebase import Span
from vigtool.ui import theme
from vigtool.ui.desk import Desk, Practice
from vigtool.ui.film.page import FilmPage
from vigtool.ui.film.room import FilmRoom
from vigtool.ui.film.wiring import FilmAtWork
from vigtool.ui.jobs import Jobs
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.empty import EmptyPanel
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.room import Bench
from vigtool.ui.timeline.board import LABELS
from vigtool.ui.workspace import Workspace

KEY = Qt.Key


@dataclass
class House:
    """A room in a window, over a desk in memory."""

    qtbot: QtBot
    window: QWidget
    room: FilmRoom
    desk: FilmRoomDesk
    clock: FakeClock
    workspace: Workspace
    went: list[str]

    @property
    def work(self) -> FilmAtWork:
        assert self.room.work is not None
        return self.room.work

    @property
    def page(self) -> FilmPage:
        assert self.room.page is not None
        return self.room.page

    def open(self, film: Film) -> None:
        self.workspace.open_film(film)
        self.qtbot.waitUntil(lambda: self.room.work is not None)
        self.shows(0)
        self.page.picture.setFocus()

    def shows(self, number: int) -> None:
        """Wait until that frame can be read from the picture on the screen, and everything else agrees."""

        def right() -> None:
            assert seen(self.page.picture) == number
            said = self.page.picture.accessibleName().startswith(f"Picture, frame {number}, ")
            assert said or self.work.playback.is_playing
            assert self.page.transport.frame.text().startswith(f"frame {number}")

        self.qtbot.waitUntil(right, timeout=10_000)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.page.picture, key, modifier)

    def all_kept(self) -> list[Mark]:
        """Wait until everything is durable; the marks of the desk in order of time."""
        self.qtbot.waitUntil(lambda: not self.workspace.is_saving)
        assert dict(self.work.marking.marks) == self.desk.kept
        return sorted(self.desk.kept.values(), key=lambda mark: (mark.span.start, mark.span.end))


@pytest.fixture
def house(qtbot: QtBot) -> Iterator[House]:
    desk, clock = FilmRoomDesk(), FakeClock()
    jobs, workspace, went = Jobs(), Workspace(), list[str]()
    bench = Bench(jobs, workspace, cast("Practice", None), went.append)
    window = QWidget()
    qtbot.addWidget(window)
    theme.dress(window, theme.DARK)
    room = FilmRoom(bench, clock=clock, make_device=lambda _parent: None)
    QVBoxLayout(window).addWidget(room)
    window.resize(1300, 900)
    workspace.open_desk(cast("Desk", desk))
    workspace.open_family(desk.family)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    room.entered()
    yield House(qtbot, window, room, desk, clock, workspace, went)
    room.shut()
    jobs.close()


def film_of(house: House, film: makers.Film) -> Film:
    return house.desk.add(makers.opener(makers.make(film)), title="kitchen")


def test_an_empty_room_says_how_to_begin(house: House) -> None:
    panel = house.room.findChild(EmptyPanel)
    assert panel is not None
    assert panel.isVisible()
    panel.button.click()
    assert house.went == ["families"]
    assert house.room.header_items() == []


def test_opens_a_film_and_says_what_it_is(house: House) -> None:
    house.workspace.open_cycle(Cycle(id=new_id(), family=house.desk.family.id, number=2, planned=3))
    house.open(film_of(house, PLAIN))
    assert list(house.room.header_items()) == ["Cycle 2 of 3", "Film of 12 Nov, kitchen"]
    assert house.page.transport.time.text() == "00:00:00.000"


def test_steps_and_jumps_by_key(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    house.shows(3)
    house.press(KEY.Key_Right, modifier=Qt.KeyboardModifier.ShiftModifier)
    house.shows(28)
    for number in range(27, 21, -1):  # across the border of a group at 24
        house.press(KEY.Key_Left)
        house.shows(number)
    house.press(KEY.Key_Left, modifier=Qt.KeyboardModifier.ShiftModifier)
    house.shows(0)


def test_a_click_in_the_timeline_shows_that_frame(house: House) -> None:
    house.open(film_of(house, UNEVEN))
    timeline = house.page.timeline
    for number in (33, 9, 41):
        index = house.page.index
        middle = (index.pts(number) + index.after(number)) // 2
        x = LABELS + round(timeline.scale.x(middle))
        QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
        house.shows(number)
        assert timeline.tick == index.pts(number)


def test_plays_and_pauses_by_key(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_Space)
    assert house.page.transport.play.accessibleName() == "Pause"
    house.clock.advance(Fraction(13, 25))
    house.shows(13)
    house.press(KEY.Key_Space)
    house.clock.advance(Fraction(1))
    house.shows(13)
    assert house.page.transport.play.accessibleName() == "Play"
    house.press(KEY.Key_Comma)
    assert house.work.playback.speed == Fraction(1, 2)
    assert house.page.transport.speed.value == Fraction(1, 2)


def test_a_span_is_marked_with_exact_ticks(house: House) -> None:
    house.open(film_of(house, UNEVEN))
    index = house.page.index
    house.work.playback.seek_frame(10)
    house.press(KEY.Key_I)
    house.work.playback.seek_frame(14)
    house.press(KEY.Key_O, KEY.Key_Return)
    (mark,) = house.all_kept()
    assert mark.span == Span(index.pts(10), index.after(14))
    assert mark.span.end == index.pts(15)
    assert (mark.code, mark.lane) == (None, Lane.NOTES)
    house.press(KEY.Key_0, KEY.Key_V)
    (mark,) = house.all_kept()
    assert (mark.code, mark.lane) == ("b.voice", Lane.BABY)
    assert house.page.side.note.isVisible()


def test_s_alone_keeps_moments_while_it_plays(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_Space)
    for seconds in (1, 2):
        house.clock.advance(Fraction(seconds) - house.clock.now() + Fraction(1, 50))
        house.shows(seconds * 25)
        house.press(KEY.Key_S)
    assert house.work.playback.is_playing
    marks = house.all_kept()
    # 0.4 s before 1.02 s and 2.02 s
    assert [(mark.span.start, mark.span.end) for mark in marks] == [
        (house.page.index.pts(15), house.page.index.pts(15)),
        (house.page.index.pts(40), house.page.index.pts(40)),
    ]
    assert all(mark.star and mark.code is None for mark in marks)


def test_a_held_key_lasts_as_long_as_the_hold(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.page.side.leads[0].chosen.emit(0)
    house.press(KEY.Key_Space)
    house.clock.advance(Fraction(11, 25))
    house.shows(11)
    house.press(KEY.Key_0)
    QTest.keyPress(house.page.picture, KEY.Key_V)
    house.clock.advance(Fraction(20, 25))
    house.shows(31)
    assert house.desk.kept == {}
    growing = next(iter(house.page.timeline.model.marks.values()))
    assert growing.span.start == house.page.index.pts(11)
    QTest.keyRelease(house.page.picture, KEY.Key_V)
    (mark,) = house.all_kept()
    assert mark.span == house.page.index.span(11, 31)
    assert mark.code == "b.voice"


def test_letters_act_in_picture_and_timeline_alone(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_S)
    QTest.keyClick(house.page.timeline, KEY.Key_Right)
    house.shows(1)
    house.work.marking.choose(None)
    QTest.keyClick(house.page.timeline, KEY.Key_S)
    assert len(house.all_kept()) == 2
    for widget in (house.page.side.marks.view, house.page.side.marks.search, house.page.transport.play):
        widget.setFocus()
        for key in (KEY.Key_S, KEY.Key_I, KEY.Key_0, KEY.Key_V):
            QTest.keyClick(widget, key)
    assert len(house.all_kept()) == 2
    assert house.work.marking.stretch.points.is_empty


def test_undo_and_redo_by_key_until_nothing_is_left(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_S, KEY.Key_1, KEY.Key_A) if house.work.marking.scheme.by_keys(1, "A") else house.press(
        KEY.Key_S, KEY.Key_0, KEY.Key_V
    )
    house.press(KEY.Key_Delete)
    control = Qt.KeyboardModifier.ControlModifier
    counts = [len(house.all_kept())]
    for _ in range(4):
        house.press(KEY.Key_Z, modifier=control)
        counts.append(len(house.all_kept()))
    assert counts == [0, 1, 1, 0, 0]
    for _ in range(4):
        house.press(KEY.Key_Z, modifier=control | Qt.KeyboardModifier.ShiftModifier)
        counts.append(len(house.all_kept()))
    assert counts[5:] == [1, 1, 0, 0]


def test_saved_is_said_only_after_the_write_returned(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.desk.hold = threading.Event()
    said: list[str] = []
    house.workspace.saving.connect(lambda: said.append("saving"))
    house.workspace.saved.connect(lambda: said.append("saved"))
    house.press(KEY.Key_S)
    house.qtbot.wait(60)
    assert said == ["saving"]
    assert len(house.page.timeline.model.marks) == 1  # on the screen at once
    house.desk.hold.set()
    house.qtbot.waitUntil(lambda: said == ["saving", "saved"])
    assert len(house.desk.kept) == 1


def test_a_failed_write_is_taken_off_the_screen_and_said(house: House) -> None:
    house.open(film_of(house, PLAIN))
    failed, untold = list[object](), list[object]()
    house.workspace.failed.connect(failed.append)
    house.workspace.untold.connect(untold.append)
    house.press(KEY.Key_S)
    house.all_kept()
    house.desk.trouble = StorageFailed("the disk is full", "make room, then try again")
    house.press(KEY.Key_Right, KEY.Key_Escape, KEY.Key_S, KEY.Key_0, KEY.Key_V)
    house.qtbot.waitUntil(lambda: len(failed) == 2)
    assert len(house.page.timeline.model.marks) == 1
    panels = house.page.side.findChildren(ErrorPanel)
    assert len(panels) == 1
    assert "The disk is full" in panels[0].accessibleName()
    assert "2 steps could not be written" in panels[0].accessibleName()
    assert untold == []  # it stands beside the marks; the window need not say it again
    house.desk.trouble = None
    panels[0].findChildren(Button)[0].click()
    marks = house.all_kept()
    assert [mark.code for mark in marks] == [None, "b.voice"]
    assert [panel for panel in house.page.side.findChildren(ErrorPanel) if panel.isVisible()] == []


def test_a_write_that_fails_after_the_film_was_closed_is_said_by_the_window(house: House) -> None:
    house.open(film_of(house, PLAIN))
    untold: list[object] = []
    house.workspace.untold.connect(untold.append)
    house.desk.hold, house.desk.trouble = threading.Event(), StorageFailed("the disk is full")
    house.press(KEY.Key_S)
    house.workspace.open_film(None)
    house.desk.hold.set()
    house.qtbot.waitUntil(lambda: len(untold) == 1)


def test_an_edge_is_drawn_as_one_step_and_its_frame_shows(house: House) -> None:
    house.open(film_of(house, UNEVEN))
    index, timeline = house.page.index, house.page.timeline
    house.work.playback.seek_frame(10)
    house.press(KEY.Key_I)
    house.work.playback.seek_frame(20)
    house.press(KEY.Key_O, KEY.Key_0, KEY.Key_V)
    (mark,) = house.all_kept()
    placed = timeline.board.placed(mark.id)
    assert placed is not None
    y = round(placed.box.center().y())
    grip = QPoint(LABELS + round(placed.box.right()) - 1, y)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=grip)
    for number in (25, 30, 35):
        QTest.mouseMove(timeline, QPoint(LABELS + round(timeline.scale.x(index.after(number))) - 1, y))
    house.shows(35)
    assert len(house.desk.writes) == 1
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=grip)
    (mark,) = house.all_kept()
    assert mark.span == Span(index.pts(10), index.after(35))
    assert len(house.desk.writes) == 2
    house.press(KEY.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    (mark,) = house.all_kept()
    assert mark.span == Span(index.pts(10), index.after(20))


def test_edges_move_by_key(house: House) -> None:
    house.open(film_of(house, UNEVEN))
    index = house.page.index
    house.press(KEY.Key_S)
    house.work.playback.seek_frame(12)
    house.press(KEY.Key_O, modifier=Qt.KeyboardModifier.AltModifier)
    house.work.playback.seek_frame(4)
    house.press(KEY.Key_I, modifier=Qt.KeyboardModifier.AltModifier)
    (mark,) = house.all_kept()
    assert mark.span == index.span(4, 12)


def test_loops_the_span(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.work.playback.seek_frame(20)
    house.press(KEY.Key_I)
    house.work.playback.seek_frame(24)
    house.press(KEY.Key_O, KEY.Key_R, KEY.Key_Space)
    assert house.page.transport.loop.isChecked()
    for place in range(1, 8):
        house.clock.advance(Fraction(1, 25))
        house.shows(20 + (4 + place) % 5)
    house.press(KEY.Key_R)
    assert not house.page.transport.loop.isChecked()


def test_the_list_chooses_and_the_star_is_about_the_star(house: House) -> None:
    house.open(film_of(house, PLAIN))
    for number in (5, 30):
        house.work.playback.seek_frame(number)
        house.work.marking.choose(None)
        house.press(KEY.Key_S)
    first, second = house.all_kept()
    view = house.page.side.marks.view
    view.setFocus()
    QTest.keyClick(view, KEY.Key_Up)
    house.shows(5)
    assert house.work.marking.chosen == first.id
    view.star_wanted.emit(second.id)
    assert [mark.star for mark in house.all_kept()] == [True, False]
    assert house.work.marking.chosen == first.id
    QTest.keyClick(view, KEY.Key_Delete)
    assert [mark.id for mark in house.all_kept()] == [second.id]
    house.press(KEY.Key_Down)
    assert house.work.marking.chosen == second.id
    house.shows(30)


def test_a_note_is_written_beside_its_mark(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_S, KEY.Key_N)
    paper = house.page.side.note.paper
    assert paper.hasFocus()
    QTest.keyClicks(paper, "same tune, softer")
    QTest.keyClick(paper, KEY.Key_Return)
    (mark,) = house.all_kept()
    assert mark.note == "same tune, softer"
    assert house.page.picture.hasFocus()
    house.press(KEY.Key_N)
    QTest.keyClicks(paper, " and again")
    house.page.picture.setFocus()
    assert [mark.note for mark in house.all_kept()] == ["same tune, softer and again"]
    house.press(KEY.Key_N)
    QTest.keyClicks(paper, " never mind")
    QTest.keyClick(paper, KEY.Key_Escape)
    assert [mark.note for mark in house.all_kept()] == ["same tune, softer and again"]


def test_what_is_half_typed_is_kept_when_the_room_is_left(house: House) -> None:
    house.open(film_of(house, PLAIN))
    told: list[bool] = []
    house.workspace.records_changed.connect(lambda: told.append(True))
    house.press(KEY.Key_S, KEY.Key_N)
    QTest.keyClicks(house.page.side.note.paper, "softly")
    house.room.left()
    assert [mark.note for mark in house.all_kept()] == ["softly"]
    house.room.left()
    assert told


def test_the_codes_follow_the_chosen_mark(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_0, KEY.Key_V)
    first = house.work.marking.chosen
    house.press(KEY.Key_Right, KEY.Key_Right)
    house.work.marking.choose(None)
    house.press(KEY.Key_4, KEY.Key_F)
    panel = house.page.side.codes
    shown = [panel._groups.checkedId()]
    house.work.marking.choose(first)
    shown.append(panel._groups.checkedId())
    assert shown == [4, 0]
    assert [button.code.id for button in panel._codes if button.is_active] == ["b.voice"]


def test_find_goes_to_the_marks(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_S)
    house.press(KEY.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    assert house.page.side.marks.search.hasFocus()
    QTest.keyClick(house.page.side.marks.search, KEY.Key_Escape)
    assert house.page.picture.hasFocus()


def test_escape_leaves_one_thing_at_a_time(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_S, KEY.Key_I, KEY.Key_0)
    marking = house.work.marking
    states = []
    for _ in range(4):
        states.append((house.work.codes.group is None, marking.chosen is None, marking.stretch.points.is_empty))
        house.press(KEY.Key_Escape)
    assert states == [
        (False, False, False),
        (True, False, False),
        (True, True, False),
        (True, True, True),
    ]


def panels_of(house: House) -> list[str]:
    QApplication.processEvents()
    return [panel.accessibleName() for panel in house.page.side.findChildren(QWidget, "panel") if panel.isVisible()]


def test_a_refusal_is_said_and_goes_away(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.press(KEY.Key_C)
    said = panels_of(house)
    assert any("No mark is chosen" in name for name in said)
    house.press(KEY.Key_S)
    said = panels_of(house)
    assert not any("No mark is chosen" in name for name in said)


def test_a_film_that_vanishes_leaves_the_program_going(house: House) -> None:
    breaking = Breaking(makers.make(LARGE))
    house.open(house.desk.add(breaking.opener))
    house.press(KEY.Key_S)
    house.all_kept()
    breaking.error = FilmMissing("the film cannot be read", "plug its disk in again")
    house.work.playback.seek_frame(300)
    house.qtbot.waitUntil(lambda: house.page.places.error is not None)
    panel = house.page.places.error
    assert panel is not None
    assert panel.isVisible()
    assert "Plug its disk in again" in panel.accessibleName()
    assert not house.page.picture.isVisible()
    house.page.timeline.setFocus()
    QTest.keyClick(house.page.timeline, KEY.Key_S)  # the marks are still there, and can be worked on
    assert [mark.star for mark in house.all_kept()] == [False]
    breaking.error = None
    panel.findChildren(Button)[0].click()
    house.shows(300)


def test_a_film_that_cannot_be_opened_is_said_and_tried_again(house: House) -> None:
    film = film_of(house, PLAIN)
    house.desk.broken = SealBroken("the film is not what was sealed", "restore it from a backup")
    house.workspace.open_film(film)
    house.qtbot.waitUntil(lambda: bool(house.room.findChildren(ErrorPanel)))
    (panel,) = house.room.findChildren(ErrorPanel)
    assert "Restore it from a backup" in panel.accessibleName()
    house.desk.broken = None
    panel.findChildren(Button)[0].click()
    house.qtbot.waitUntil(lambda: house.room.work is not None)
    house.shows(0)


def test_damage_is_said_plainly(house: House) -> None:
    film = house.desk.add(makers.opener(makers.make(PLAIN)), damage=("the last two seconds are missing",))
    house.open(film)
    words = [widget.accessibleName() for widget in house.page.findChildren(QWidget, "panel")]
    assert "the last two seconds are missing" in words


def test_another_film_takes_its_place_and_nothing_of_the_first_runs_on(house: House) -> None:
    before = threading.active_count()
    house.open(film_of(house, SOUNDING))
    house.press(KEY.Key_Space)
    first = house.work
    second = film_of(house, LARGE)
    house.workspace.open_film(second)
    house.qtbot.waitUntil(lambda: house.room.work not in (None, first))
    house.shows(0)
    house.press(KEY.Key_S)
    (mark,) = house.all_kept()
    assert mark.film == second.id
    house.workspace.open_film(None)
    assert house.room.work is None
    alive = [thread for thread in threading.enumerate() if not thread.name.startswith(("vault", "work"))]
    assert len(alive) <= before


def test_closing_the_window_ends_every_thread(house: House) -> None:
    house.open(film_of(house, SOUNDING))
    house.press(KEY.Key_Space)
    house.window.close()
    names = [thread.name for thread in threading.enumerate()]
    assert "film decoder" not in names
    assert "sound" not in names


def test_strip_and_sound_fill_in(house: House) -> None:
    house.open(film_of(house, SOUNDING))
    timeline = house.page.timeline
    house.qtbot.waitUntil(lambda: timeline._peaks is not None and len(timeline._pictures._kept) > 3)
    peaks = timeline._peaks
    assert peaks is not None
    assert peaks.max() == 1
    assert len(peaks) == 300


def test_codes_and_marks_become_tabs_where_there_is_no_room(house: House) -> None:
    house.open(film_of(house, PLAIN))
    house.window.resize(1400, 1000)
    QApplication.processEvents()
    side = house.page.side
    both = [side.codes.isVisible(), side.marks.isVisible(), side.tabs.isVisible()]
    house.window.resize(960, 760)
    QApplication.processEvents()
    one = [side.codes.isVisible(), side.marks.isVisible(), side.tabs.isVisible()]
    house.press(KEY.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    other = [side.codes.isVisible(), side.marks.isVisible()]
    QTest.keyClick(side.marks.search, KEY.Key_Escape)
    house.press(KEY.Key_0)
    assert both == [True, True, False]
    assert one == [True, False, True]
    assert other == [False, True]
    assert side.codes.isVisible()


def test_right_to_left_mirrors_all_but_time(house: House) -> None:
    house.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    house.open(film_of(house, PLAIN))
    QApplication.processEvents()
    page = house.page
    assert page.side.mapTo(page, QPoint(0, 0)).x() < page.picture.mapTo(page, QPoint(0, 0)).x()
    for part in (page.transport, page.timeline, page.head):
        assert part.layoutDirection() == Qt.LayoutDirection.LeftToRight
    bar = page.transport
    assert bar.play.x() < bar.speed.x() < bar.loop.x()
