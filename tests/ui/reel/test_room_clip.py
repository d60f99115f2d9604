"""One clip in the room: its edges and the frames they stand on, its words, and how it plays."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import makers
from reel_desk import ReelDesk, numbered
from reel_on_screen import kept, rows, settle, shows, starts
from vigtool.ui.reel.card_model import CARD_ROLE, Card
from vigtool.ui.reel.room import ReelRoom


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


def test_answers_the_question(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    room.clip_panel.answers.click()
    settle(qtbot, room)
    assert not kept(desk).clips[0].answers_question
    assert rows(room)[0].below == "no goal yet"


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
    qtbot.waitUntil(lambda: not player.is_playing)
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
