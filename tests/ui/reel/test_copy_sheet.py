"""Making the parent's copy: what must be answered, what refuses, what is made, and what is said of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from reel_desk import ReelDesk, refuse
from vigtool.casework.film import Film
from vigtool.errors import CannotWrite, ConsentMissing, FilmMissing, UnsafeRecipient
from vigtool.ui import choosing, theme
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.reel.copy_sheet import CopySheet
from vigtool.ui.reel.room import ReelRoom
from vigtool.ui.workspace import Use


def words_in(part: QWidget) -> str:
    QTest.qWait(1)  # a label that is put into a layout is shown by the event loop
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part))


def open_sheet(qtbot: QtBot, room: ReelRoom) -> CopySheet:
    room.strip.copy.click()
    qtbot.waitUntil(lambda: room._sheet is not None)
    assert room._sheet is not None
    return room._sheet


@pytest.fixture
def sheet(qtbot: QtBot, room: ReelRoom, tmp_path: Path) -> Iterator[CopySheet]:
    made = open_sheet(qtbot, room)
    made.making.place.set_folder(tmp_path)
    yield made
    if isValid(made):
        made._stop()
        qtbot.waitUntil(lambda: made._job is None)
        made.reject()


def say_safe(sheet: CopySheet, answer: str) -> None:
    next(button for button in sheet.who.safe.findChildren(QPushButton) if button.text() == answer).click()


def test_the_copy_never_has_the_focus_to_begin_with(sheet: CopySheet) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is not sheet.go
    assert not sheet.go.isDefault()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet._job is None


def test_watching_here_weighs_the_same(sheet: CopySheet) -> None:
    assert sheet.watch.height() == sheet.go.height()
    assert sheet.watch.isEnabled()
    assert sheet.watch.font() == sheet.go.font()
    assert not sheet.watch.isCheckable()


def test_the_folder_is_asked_for_without_a_trace(
    sheet: CopySheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for answer, folder in ((None, tmp_path), (tmp_path / "stick", tmp_path / "stick")):
        monkeypatch.setattr(choosing, "choose_folder", lambda *_, answer=answer: answer)
        sheet.making.place.change.click()
        assert sheet.making.place.target.parent == folder


def test_it_is_light_over_the_dark_room(sheet: CopySheet) -> None:
    assert theme.of(sheet) is theme.LIGHT
    assert theme.of(sheet.parentWidget()) is theme.DARK


@pytest.mark.parametrize(("answer", "goes"), [("Yes, we talked", True), ("Not sure", False), ("No", False)])
def test_only_yes_goes_on(sheet: CopySheet, answer: str, goes: bool) -> None:
    assert not sheet.go.isEnabled(), "nothing is answered for anybody"
    say_safe(sheet, answer)
    assert sheet.go.isEnabled() is goes
    assert sheet.who.advice.isVisibleTo(sheet) is not goes
    if not goes:
        assert "here" in words_in(sheet.who.advice)


def test_it_says_what_must_be_known(sheet: CopySheet) -> None:
    said = words_in(sheet)
    for words in (
        "A copy for Nadia", "Ring in the daytime only.", "given 3 Oct", "form of 3 Oct, version 2",
        "Film for any phone", "captions below the picture: English, العربية", "Good to talk about together",
        "place, phone, dates, file names", "register of copies", "F-0007, cycle 2",
    ):  # fmt: skip
        assert words in said, words
    chips = {chip.accessibleName(): chip.state for chip in sheet.consent.findChildren(Chip)}
    assert len(chips) == 2
    assert set(chips.values()) == {State.YES}


def test_who_did_not_agree_is_shown_with_the_reason(sheet: CopySheet) -> None:
    tomas = sheet.who.cards[1]
    assert tomas.text() == "Tomas, not agreed"
    tomas.click()
    say_safe(sheet, "Yes, we talked")
    assert not sheet.go.isEnabled()
    said = words_in(sheet.who)
    assert "The agreement that Nadia signed does not name Tomas for a copy." in said
    assert "The agreement that Nadia signed for Mina does not name Tomas for a copy." in said


def test_to_a_receipt(qtbot: QtBot, room: ReelRoom, desk: ReelDesk, sheet: CopySheet, tmp_path: Path) -> None:
    changed: list[bool] = []
    room.bench.workspace.records_changed.connect(lambda: changed.append(True))
    say_safe(sheet, "Yes, we talked")
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(desk.copies))
    qtbot.waitUntil(sheet.done_.isVisible)
    assert desk.copies == [tmp_path / "a-few-moments.mp4"]
    lines = dict(sheet.paper.lines())
    assert lines["For"] == "Nadia"
    assert lines["Reel"] == "2 clips, 5 seconds"
    assert lines["Consent"] == "Copy, form of 3 Oct, version 2"
    assert lines["Fingerprint"].split() == [desk_sha()[at : at + 4] for at in range(0, 64, 4)]
    assert "2026" not in lines["On"]
    assert "22 November" in lines["On"]
    said = words_in(sheet)
    for words in ("Nadia’s copy is ready", "register of copies, number 31", "8.4 MB", "made", "a-few-moments.mp4"):
        assert words in said, words
    assert not sheet.go.isVisible()
    assert changed
    sheet.done_.click()
    qtbot.waitUntil(lambda: room._sheet is None)


def desk_sha() -> str:
    import hashlib

    return hashlib.sha256(b"a film").hexdigest()


def test_cancel_leaves_nothing_and_can_be_tried_again(
    qtbot: QtBot, desk: ReelDesk, sheet: CopySheet, tmp_path: Path
) -> None:
    desk.pause, desk.steps = threading.Event(), 200
    say_safe(sheet, "Yes, we talked")
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet._progress is not None and sheet._progress.bar.maximum() > 0)
    assert not sheet.go.isEnabled()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)  # Escape stops the work before it leaves
    qtbot.waitUntil(lambda: sheet._job is None)
    assert sheet.isVisible()
    assert "Stopped." in words_in(sheet)
    assert list(tmp_path.iterdir()) == []
    assert sheet.go.isEnabled()
    desk.pause, desk.steps = None, 2
    sheet.go.click()
    qtbot.waitUntil(sheet.done_.isVisible)


@pytest.mark.parametrize("name", ["for Nadia.mp4", "F-0007.mp4", "mina"])
def test_a_name_that_tells_is_refused_beside_the_field(
    qtbot: QtBot, desk: ReelDesk, sheet: CopySheet, tmp_path: Path, name: str
) -> None:
    say_safe(sheet, "Yes, we talked")
    sheet.making.place.name.input.setText(name)
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(sheet.making.place.name.error))
    assert sheet.making.place.name.error == (
        "The file's name would tell whose copy it is. Choose a name that says nothing."
    )
    assert list(tmp_path.iterdir()) == []
    sheet.making.place.name.input.setText("blue.mp4")
    assert sheet.making.place.name.error == ""
    sheet.go.click()
    qtbot.waitUntil(sheet.done_.isVisible)


def test_a_file_that_is_there_is_not_written_over(
    qtbot: QtBot, desk: ReelDesk, sheet: CopySheet, tmp_path: Path
) -> None:
    (tmp_path / "a-few-moments.mp4").write_bytes(b"another")
    say_safe(sheet, "Yes, we talked")
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(sheet.making.place.name.error))
    assert "there already" in sheet.making.place.name.error
    assert (tmp_path / "a-few-moments.mp4").read_bytes() == b"another"


@pytest.mark.parametrize("name", ["", "  ", "../up", "a\\b"])
def test_what_is_no_name_does_not_go_on(sheet: CopySheet, name: str) -> None:
    say_safe(sheet, "Yes, we talked")
    sheet.making.place.name.input.setText(name)
    assert not sheet.go.isEnabled()


def test_an_ending_is_put_there(sheet: CopySheet, tmp_path: Path) -> None:
    sheet.making.place.name.input.setText("blue")
    assert sheet.making.place.target == tmp_path / "blue.mp4"


def test_a_full_disk_is_said_beside_the_place(qtbot: QtBot, desk: ReelDesk, sheet: CopySheet) -> None:
    desk.refusal = CannotWrite("the disk has no room for the copy", "make room on it, or choose another")
    say_safe(sheet, "Yes, we talked")
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(sheet.making.place.name.error))
    assert "no room" in sheet.making.place.name.error


def test_consent_taken_back_meanwhile_shows_each_reason(
    qtbot: QtBot, desk: ReelDesk, sheet: CopySheet, tmp_path: Path
) -> None:
    reasons = ("Nadia has withdrawn the agreement to a copy of the film", "nobody has answered for Mina yet")
    desk.refusal = ConsentMissing("not everybody in it has agreed to this", "; ".join(reasons), reasons)
    say_safe(sheet, "Yes, we talked")
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet.findChild(ErrorPanel) is not None)
    said = words_in(sheet)
    assert all(f"{reason[0].upper()}{reason[1:]}." in said for reason in reasons)
    assert list(tmp_path.iterdir()) == []
    assert not desk.copies


def test_another_failure_is_said_and_nothing_is_made(qtbot: QtBot, desk: ReelDesk, sheet: CopySheet) -> None:
    desk.refusal = FilmMissing("the film cannot be read", "plug its disk in")
    say_safe(sheet, "Yes, we talked")
    sheet.go.click()
    qtbot.waitUntil(lambda: sheet.findChild(ErrorPanel) is not None)
    assert "No copy was made" in words_in(sheet)


def test_watch_here_plays_over_the_whole_window_and_keeps_nothing(
    qtbot: QtBot, room: ReelRoom, desk: ReelDesk, sheet: CopySheet, tmp_path: Path
) -> None:
    sheet.watch.click()
    qtbot.waitUntil(lambda: room._watch_here is not None)
    assert room.bench.workspace.uses == {Use.REVIEW}, "it does not lock under a held picture"
    here = room._watch_here
    assert here is not None
    assert here.geometry() == room.window().rect()
    qtbot.waitUntil(lambda: here.player.is_playing)
    said = words_in(here)
    assert "F-0007" not in said
    QTest.keyClick(here, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: room._watch_here is None)
    assert room.bench.workspace.uses == frozenset()
    assert not desk.copies
    assert list(tmp_path.iterdir()) == []


def test_closed_while_it_is_watched_nothing_goes_on_reading(qtbot: QtBot, room: ReelRoom, sheet: CopySheet) -> None:
    sheet.watch.click()
    qtbot.waitUntil(lambda: room._watch_here is not None and room._watch_here.player.is_playing)
    assert _reading(), "a film is read while it plays"
    room.left()
    assert _reading() == []


def _reading() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("film ")]


class TestRefused:
    @pytest.fixture
    def desk(self, desk: ReelDesk) -> ReelDesk:
        refuse(desk)
        return desk

    def test_each_reason_stands_there_and_nothing_can_be_made(self, sheet: CopySheet, desk: ReelDesk) -> None:
        assert sheet.who.recipient is None, "nobody is chosen who may not have one"
        sheet.who.cards[0].click()
        say_safe(sheet, "Yes, we talked")
        assert not sheet.go.isEnabled()
        said = words_in(sheet.who)
        assert "Nadia has withdrawn the agreement to a copy of the film." in said
        assert "Nadia has withdrawn the agreement to a copy of the film for Mina." in said
        assert {chip.state for chip in sheet.consent.findChildren(Chip)} == {State.WITHDRAWN}
        assert dict(sheet.paper.lines())["Consent"] == "not everybody has agreed"
        sheet._make()
        assert sheet._job is None


class TestSomebodyElse:
    @pytest.fixture
    def desk(self, desk: ReelDesk) -> ReelDesk:
        from dataclasses import replace

        films = desk.records[Film]
        desk.records[Film] = {film.id: replace(film, someone_else=True) for film in films.values()}
        return desk

    def test_a_stranger_is_a_reason(self, sheet: CopySheet) -> None:
        sheet.who.cards[0].click()
        assert "Somebody outside the family is seen or heard in it" in words_in(sheet.who)
        assert "Somebody else" in words_in(sheet.consent)


def test_right_to_left_the_receipt_stands_left(qtbot: QtBot, room: ReelRoom) -> None:
    room.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made = open_sheet(qtbot, room)
    qtbot.waitUntil(lambda: made.paper.width() > 0)
    assert made.paper.mapTo(made, made.paper.rect().center()).x() < made.width() // 2
    made.reject()


def test_who_may_not_receive_cannot_be_chosen_with_success(qtbot: QtBot, room: ReelRoom, desk: ReelDesk) -> None:
    family = desk.families()[0].id
    nadia = next(one for one in desk.persons() if one.name == "Nadia")
    desk.set_safety(
        family, not_to=(nadia.id,), not_to_words="", not_to_be_told="the grandmother", contact="", copies_safe=None
    )
    desk.note_capacity(nadia.id, on=date(2026, 11, 1), words="slept two hours", has=None)
    sheet = open_sheet(qtbot, room)
    assert sheet.who.cards[0].text() == "Nadia, may not receive"
    sheet.who.cards[0].click()
    say_safe(sheet, "Yes, we talked")
    assert not sheet.go.isEnabled()
    said = words_in(sheet.who)
    assert "It is written down that Nadia may not receive anything." in said
    assert "May not be told: \u2068the grandmother\u2069" in said
    sheet.reject()


def test_a_refusal_for_home_is_said_as_one(qtbot: QtBot, room: ReelRoom, desk: ReelDesk, sheet: CopySheet) -> None:
    say_safe(sheet, "Yes, we talked")
    desk.refusal = UnsafeRecipient("a copy is not safe to have at home", "watch it together instead")
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(sheet.findChildren(ErrorPanel)))
    assert "Watch it together instead." in sheet.findChildren(ErrorPanel)[0].accessibleName()
    assert not sheet.making.place.name.error
