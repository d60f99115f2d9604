"""The room as it is used: adding, ordering, undo, and what happens when a write fails."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reel_desk import ReelDesk, numbered, without_stars
from reel_on_screen import kept, rows, settle, starts
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Reel
from vigtool.errors import StorageFailed
from vigtool.ui.parts.empty import EmptyPanel
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.reel.room import ReelRoom
from vigtool.ui.reel.shelf_model import Scope
from vigtool.ui.room import Bench, Spot


def test_the_shelf_says_what_is_in_the_reel(room: ReelRoom) -> None:
    said = [(row.words, row.in_reel, row.below) for row in rows(room)]
    assert said == [
        ("waits", True, "answers the question"),
        ("coos, sounds", True, "no goal yet"),
        (rows(room)[2].words, False, ""),
        ("show this one?", False, ""),
    ]


def test_the_film_of_a_shared_review_is_never_offered(room: ReelRoom, desk: ReelDesk) -> None:
    room.shelf.model.set_scope(Scope.ALL)
    offered = {row.mark.film for row in rows(room)}
    reviews = {film.id for film in desk.films() if not film.title}
    assert len(rows(room)) == 5
    assert not offered & reviews
    assert [mark for mark in desk.starred(desk.families()[0].id) if mark.film in reviews], "nothing was kept back"


def test_scopes(room: ReelRoom) -> None:
    for scope, many in ((Scope.FILM, 4), (Scope.CYCLE, 4), (Scope.ALL, 5)):
        room.shelf.model.set_scope(scope)
        assert len(rows(room)) == many


def test_enter_puts_a_mark_into_the_reel_and_undo_takes_it_out(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    shelf = room.shelf.list
    shelf.setCurrentIndex(room.shelf.model.index(2))
    QTest.keyClick(shelf, Qt.Key.Key_Return)
    settle(qtbot, room)
    assert starts(desk) == [20, 100, 200]
    assert kept(desk).clips[2].captions[0].text, "plain words to begin with"
    assert room.work.chosen == kept(desk).clips[2].id
    assert rows(room)[2].in_reel
    QTest.keyClick(room, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, room)
    assert starts(desk) == [20, 100]
    QTest.keyClick(room, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, room)
    assert starts(desk) == [20, 100, 200]


def test_a_moment_becomes_a_stretch_between_frames(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    room.shelf.list.wanted.emit(rows(room)[3])
    qtbot.waitUntil(lambda: len(kept(desk).clips) == 3)
    index, span = numbered()[1], kept(desk).clips[2].span
    assert span == index.span(235, 299)


def test_a_drop_puts_it_where_it_was_dropped(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    cards = room.strip.cards
    data = room.shelf.model.mimeData([room.shelf.model.index(2)])
    second = cards.visualRect(cards.model().index(1, 0))
    before_second = QPointF(second.left() + 20, second.center().y())
    cards.dropEvent(
        QDropEvent(before_second, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                   Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    settle(qtbot, room)
    assert starts(desk) == [20, 200, 100]


def test_a_card_is_dragged_to_another_place(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    cards = room.strip.cards
    data = cards.model().mimeData([cards.model().index(0, 0)])
    place = cards.visualRect(cards.model().index(2, 0)).center()
    event = QDropEvent(
        QPointF(place), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    cards.dropEvent(event)
    settle(qtbot, room)
    assert starts(desk) == [100, 20]


def test_alt_and_an_arrow_move_the_chosen_clip(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    cards = room.strip.cards
    assert room.work.chosen == kept(desk).clips[0].id
    QTest.keyClick(cards, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, room)
    assert starts(desk) == [100, 20]
    QTest.keyClick(cards, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)  # there is no place further on
    QTest.keyClick(cards, Qt.Key.Key_Left)
    assert room.work.chosen == kept(desk).clips[0].id
    settle(qtbot, room)
    assert starts(desk) == [100, 20]


def test_right_to_left_the_arrows_follow_the_eye(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    room.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QTest.keyClick(room.strip.cards, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, room)
    assert starts(desk) == [100, 20]
    assert not room.grab().isNull()


def test_del_takes_a_clip_out_and_its_mark_stays(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    marks = dict(desk.records[Mark])
    QTest.keyClick(room.strip.cards, Qt.Key.Key_Delete)
    settle(qtbot, room)
    assert starts(desk) == [100]
    assert desk.records[Mark] == marks
    assert room.work.chosen == kept(desk).clips[0].id


def test_what_was_typed_is_written_when_the_room_is_left(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    room.clip_panel.captions.paper.setPlainText("She told you.")
    QTest.keyClicks(room.strip.title, "For Nadia")
    room.left()
    settle(qtbot, room)
    assert kept(desk).clips[0].captions[0].text == "She told you."
    assert kept(desk).title == "For Nadia"


def test_nothing_is_called_saved_before_it_is(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    saved: list[Reel] = []
    room.bench.workspace.saved.connect(lambda: saved.append(kept(desk)))
    desk.hold = threading.Event()
    room.clip_panel.answers.click()
    assert room.bench.workspace.is_saving
    QTest.qWait(30)
    assert not saved
    desk.hold.set()
    settle(qtbot, room)
    assert saved
    assert saved[-1] == room.work.reel


def test_edits_made_during_a_write_go_with_the_next(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    desk.hold = threading.Event()
    room.clip_panel.answers.click()
    room.work.set_title("One")
    room.work.set_title("Two")
    desk.hold.set()
    settle(qtbot, room)
    assert kept(desk).title == "Two"
    assert len(desk.writes) == 2


def test_a_write_that_fails_takes_the_screen_back(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    before = kept(desk)
    failed: list[BaseException] = []
    room.bench.workspace.failed.connect(failed.append)
    desk.trouble = StorageFailed("the disk is full", "make room on it")
    QTest.keyClick(room.strip.cards, Qt.Key.Key_Delete)
    assert len(room.work.clips) == 1
    qtbot.waitUntil(lambda: bool(failed))
    assert room.work.reel == kept(desk) == before
    assert not room.work.undo_words
    assert isinstance(failed[0], StorageFailed)


def test_a_refused_edit_is_said_and_changes_nothing(room: ReelRoom, desk: ReelDesk) -> None:
    before = room.work.reel
    mark = next(
        mark for mark in desk.starred(desk.families()[0].id) if mark not in room.work.records.offered(room.work.scheme)
    )
    room.work.add(mark)
    panel = room.findChild(ErrorPanel)
    assert panel is not None
    assert "shared review" in panel.accessibleName()
    assert room.work.reel == before


def test_soft_advice(room: ReelRoom) -> None:
    from vigtool.ui.parts.chip import Chip

    said = [chip.accessibleName() for chip in room.strip.findChildren(Chip)]
    assert said == ["Three or four clips are easiest to take in."]


def test_another_family_leaves_nothing_behind(qtbot: QtBot, room: ReelRoom, bench: Bench) -> None:
    bench.workspace.open_family(None)
    assert room.work.reel is None
    assert room.work.records.films == ()
    assert not room.work.records.offered(room.work.scheme)


class TestEmpty:
    @pytest.fixture
    def desk(self, desk: ReelDesk) -> ReelDesk:
        without_stars(desk)
        return desk

    def test_an_empty_room_says_what_goes_there(self, room: ReelRoom, went_to: list[str]) -> None:
        panel = room.findChild(EmptyPanel)
        assert panel is not None
        assert panel.isVisible()
        panel.button.click()
        assert went_to == ["film"]


class TestNoReelYet:
    @pytest.fixture
    def desk(self, desk: ReelDesk) -> ReelDesk:
        desk.records[Reel] = {}
        return desk

    def test_the_first_marks_begin_a_reel_of_the_cycle(self, qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
        for row in rows(room)[:2]:
            room.shelf.list.wanted.emit(row)
        settle(qtbot, room)
        qtbot.waitUntil(lambda: bool(desk.records[Reel]) and len(kept(desk).clips) == 2)
        assert len(desk.records[Reel]) == 1
        assert kept(desk).cycle == desk.cycles()[-1].id
        assert starts(desk) == [20, 100]


def test_the_chosen_clip_is_where_one_comes_back_to(qtbot: QtBot, room: ReelRoom, bench: Bench) -> None:
    workspace, family = bench.workspace, bench.workspace.family
    first, second = (clip.id for clip in room.work.clips)
    room.work.choose(second)
    spot = room.spot()
    assert spot == Spot(clip=second)
    workspace.open_family(None)
    assert room.spot() == Spot()
    room.go_back(spot)
    workspace.open_family(family)
    room.entered()
    qtbot.waitUntil(lambda: len(room.work.clips) == 2)
    assert room.work.chosen == second
    room.work.choose(first)
    assert room.spot() == Spot(clip=first)
