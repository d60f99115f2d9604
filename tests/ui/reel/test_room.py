"""The room as it is used: adding, ordering, trimming, captions, undo, and what happens when a write fails."""

from __future__ import annotations

import threading
from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import makers
from reel_desk import ReelDesk, numbered, without_stars
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Reel
from vigtool.errors import StorageFailed
from vigtool.ui.parts.empty import EmptyPanel
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.reel.card_model import CARD_ROLE, Card
from vigtool.ui.reel.room import ReelRoom
from vigtool.ui.reel.shelf_model import ROW_ROLE, Scope, ShelfRow
from vigtool.ui.room import Bench, Spot


def kept(desk: ReelDesk) -> Reel:
    return cast("Reel", next(iter(desk.records[Reel].values())))


def rows(room: ReelRoom) -> list[ShelfRow]:
    model = room.shelf.model
    return [model.index(place).data(ROW_ROLE) for place in range(model.rowCount())]


def starts(desk: ReelDesk) -> list[int]:
    index = numbered()[1]
    return [index.number_at(clip.span.start) for clip in kept(desk).clips]


def settle(qtbot: QtBot, room: ReelRoom) -> None:
    qtbot.waitUntil(lambda: room.work.is_settled and not room.bench.workspace.is_saving)


def number_shown(room: ReelRoom) -> int:
    """The frame's number, read from the pixels that are on the screen."""
    screen = room.watch.screen_
    image = screen.grab(screen.film_area()).toImage().convertToFormat(screen.grab().toImage().Format.Format_RGB888)
    lines = np.frombuffer(bytes(image.constBits()), np.uint8).reshape(image.height(), image.bytesPerLine())
    picture = lines[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    wide = round(image.height() * 192 / 128)
    left = max((image.width() - wide) // 2, 0)
    return makers.read_number(picture[:, left : left + min(wide, image.width())])


def shows(room: ReelRoom, number: int) -> bool:
    try:
        return number_shown(room) == number
    except ValueError:
        return False


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


def test_the_picture_shows_the_frame_under_the_edge(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    panel = room.clip_panel
    qtbot.waitUntil(panel.in_.isEnabled)
    qtbot.waitUntil(lambda: shows(room, 20))
    QTest.keyClick(panel.in_.input, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: shows(room, 21))
    QTest.keyClick(panel.out.input, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: shows(room, 59))
    settle(qtbot, room)
    assert kept(desk).clips[0].span == numbered()[1].span(21, 59)
    assert panel.length.text() == "1.6 s · 39 frames"


def test_steps_of_one_edge_are_undone_together(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    panel, before = room.clip_panel, kept(desk)
    qtbot.waitUntil(panel.in_.isEnabled)
    for _ in range(3):
        QTest.keyClick(panel.in_.input, Qt.Key.Key_Up)
    settle(qtbot, room)
    assert starts(desk)[0] == 23
    room.undo()
    settle(qtbot, room)
    assert kept(desk) == before


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [("f30", 30, 69), ("0:01.200", 30, 69), ("1.21", 30, 69), ("nonsense", 20, 69), ("99:00", 69, 69)],
)
def test_an_edge_is_typed(qtbot: QtBot, room: ReelRoom, desk: ReelDesk, typed: str, first: int, last: int) -> None:
    panel = room.clip_panel
    qtbot.waitUntil(panel.in_.isEnabled)
    panel.in_.input.setText(typed)
    QTest.keyClick(panel.in_.input, Qt.Key.Key_Return)
    settle(qtbot, room)
    assert kept(desk).clips[0].span == numbered()[1].span(first, last)


def test_the_out_edge_typed_as_it_stands_changes_nothing(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    panel, before = room.clip_panel, kept(desk)
    qtbot.waitUntil(panel.out.isEnabled)
    shown = panel.out.text
    panel.out.typed.emit(shown)
    panel.in_.typed.emit(panel.in_.text)
    settle(qtbot, room)
    assert kept(desk) == before
    panel.out.typed.emit("0:02.000")
    settle(qtbot, room)
    assert kept(desk).clips[0].span == numbered()[1].span(20, 49)


def test_captions_in_two_languages(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    editor = room.clip_panel.captions
    assert editor.languages == ("en", "ar")
    editor.show_language("ar")
    assert editor.paper.document().defaultTextOption().textDirection() == Qt.LayoutDirection.RightToLeft
    editor.paper.setPlainText("انتظرتِ.")
    editor.show_language("pl")
    assert editor.paper.toPlainText() == ""
    QTest.keyClicks(editor.paper, "Czekasz.")
    qtbot.waitUntil(lambda: len(kept(desk).clips[0].captions) == 3)
    said = {caption.language: caption.text for caption in kept(desk).clips[0].captions}
    assert said == {"en": "You waited. She looked up.", "ar": "انتظرتِ.", "pl": "Czekasz."}
    assert editor.hint.text() == "Short enough to read in 1 second"
    editor.paper.setPlainText("word " * 40)
    assert editor.hint.text().startswith("Takes 14 seconds")


def test_the_picture_wears_the_words_of_its_clip(qtbot: QtBot, room: ReelRoom) -> None:
    qtbot.waitUntil(lambda: room.watch.screen_.captions != ())
    assert next(caption.text for caption in room.watch.screen_.captions) == "You waited. She looked up."
    whole, film = room.watch.screen_.whole_area(), room.watch.screen_.film_area()
    assert film.height() < whole.height(), "the words have a band of their own"


def test_what_was_typed_is_written_when_the_room_is_left(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    room.clip_panel.captions.paper.setPlainText("She told you.")
    QTest.keyClicks(room.strip.title, "For Nadia")
    room.left()
    settle(qtbot, room)
    assert kept(desk).clips[0].captions[0].text == "She told you."
    assert kept(desk).title == "For Nadia"


def test_answers_the_question(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    room.clip_panel.answers.click()
    settle(qtbot, room)
    assert not kept(desk).clips[0].answers_question
    assert rows(room)[0].below == "no goal yet"


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


def test_cards_are_heard(room: ReelRoom, desk: ReelDesk) -> None:
    model = room.strip.cards.model()
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert spoken[0] == "Clip 1 of 2, 2 s, You waited. She looked up., answers the question"
    assert spoken[-1].startswith("Place for the next clip")
    card = model.index(2, 0).data(CARD_ROLE)
    assert isinstance(card, Card)
    assert card.clip is None


def test_stills_come_from_the_films(qtbot: QtBot, room: ReelRoom) -> None:
    clip = room.work.clips[0]
    tick = clip.span.start + clip.span.length // 2
    qtbot.waitUntil(lambda: room.stills.image(clip.film, tick) is not None)
    image = room.stills.image(clip.film, tick)
    assert image is not None
    lines = np.frombuffer(bytes(image.constBits()), np.uint8).reshape(image.height(), image.width(), 4)
    assert makers.read_number(lines[..., 2::-1]) == numbered()[1].number_at(tick)


def test_playing_shows_the_frames_of_the_copy(qtbot: QtBot, room: ReelRoom) -> None:
    from vigtool.export.cut_list import film_frame

    qtbot.waitUntil(lambda: room.watch.player.cuts is not None)
    player = room.watch.player
    cuts = player.cuts
    assert cuts is not None
    wished: list[tuple[int, int]] = []
    room.watch.pictures.shown.connect(lambda _film, number, _pixels: wished.append((player.place, number)))
    room.strip.play.click()
    assert player.is_playing
    qtbot.waitUntil(lambda: not player.is_playing, timeout=9000)
    expected = {
        film_frame(cut, n, cuts.rate, numbered()[1])
        for cut in cuts.cuts
        for n in range(cut.out_first, cut.out_last + 1)
    }
    assert {number for _, number in wished} <= expected
    assert player.place == cuts.frames - 1
    assert room.work.chosen == room.work.clips[-1].id
    qtbot.waitUntil(lambda: shows(room, 174))


def test_that_moments_of_a_film_are_played_is_entered_once(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    qtbot.waitUntil(lambda: room.watch.player.cuts is not None)
    assert not any(entry.act == "film play" for entry in desk.audit.entries)
    for _ in range(2):
        room.strip.play.click()
        qtbot.waitUntil(lambda: any(entry.act == "film play" for entry in desk.audit.entries))
        room.strip.play.click()
    qtbot.wait(50)
    assert sum(entry.act == "film play" for entry in desk.audit.entries) == 1


def test_space_plays_the_chosen_clip_and_pauses(qtbot: QtBot, room: ReelRoom) -> None:
    qtbot.waitUntil(lambda: room.watch.player.cuts is not None)
    QTest.keyClick(room.strip.cards, Qt.Key.Key_Space)
    assert room.watch.player.is_playing
    QTest.keyClick(room.strip.cards, Qt.Key.Key_Space)
    assert not room.watch.player.is_playing


def test_a_point_in_the_bars_is_gone_to(qtbot: QtBot, room: ReelRoom) -> None:
    qtbot.waitUntil(lambda: bool(room.watch.dots.bars()))
    clip, bar = room.watch.dots.bars()[1]
    QTest.mouseClick(room.watch.dots, Qt.MouseButton.LeftButton, pos=QPoint(round(bar.left()), 14))
    assert room.work.chosen == clip
    qtbot.waitUntil(lambda: shows(room, 100))


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
