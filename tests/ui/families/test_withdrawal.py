"""Withdrawing consent in the window: what stops, what to do about each copy, the letter; and finding it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk_in_memory import TODAY, MemoryDesk
from families_on_screen import nadia_s, press, the, words_in
from keeping_in_memory import HANNA, RUTH
from vigtool.casework.consent import Answer, Scope
from vigtool.casework.copy import Copy, CopyKind, CopyOutcome, ExitState, Intent
from vigtool.errors import StorageFailed
from vigtool.ids import new_id
from vigtool.ui.desk_keeping import Sharer
from vigtool.ui.families import letter_print
from vigtool.ui.families.consent_page import ConsentPage
from vigtool.ui.families.outcome_form import OutcomeForm
from vigtool.ui.families.reading import FamilyPage, read_page
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.stop_sharing_sheet import StopSharingSheet
from vigtool.ui.families.tabs import Tab
from vigtool.ui.families.withdrawal_form import WithdrawalForm
from vigtool.ui.families.withdrawal_sheet import WithdrawalSheet
from vigtool.ui.handover.at_home import Safe
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.room import Bench

Show = Callable[[Callable[[], QWidget]], list[QWidget]]


@pytest.fixture
def given(desk: MemoryDesk) -> Copy:
    family = next(one.id for one in desk.families() if one.code == "F-0007")
    nadia = next(one for one in desk.persons() if one.name == "Nadia")
    return desk.add_copy(family, CopyKind.REEL, new_id(), Path("/media/stick/a-few-moments.mp4"), to=nadia.id)


@pytest.fixture
def page(given: Copy, room: FamiliesRoom) -> ConsentPage:
    room.tabs.open_tab(Tab.CONSENT)
    return room.tabs.consent


def withdraw(qtbot: QtBot, room: FamiliesRoom, *scopes: Scope) -> WithdrawalSheet:
    """Nadia withdraws these; the sheet that follows, once its copies are there."""
    room.tabs.consent.withdraw.click()
    form = the(room, WithdrawalForm)
    for scope in scopes:
        form.scopes[scope].setChecked(True)
    form.go.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in room.findChildren(WithdrawalSheet)))
    sheet = the(room, WithdrawalSheet)
    qtbot.waitUntil(lambda: bool(sheet.tasks))
    return sheet


def read_of(desk: MemoryDesk, bench: Bench) -> FamilyPage:
    page = read_page(desk, nadia_s(bench), TODAY)
    assert page is not None
    return page


def test_only_what_was_agreed_to_can_be_withdrawn_and_nothing_is_ticked(room: FamiliesRoom, page: ConsentPage) -> None:
    page.withdraw.click()
    form = the(room, WithdrawalForm)
    assert Scope.TRAINING not in form.scopes, "Nadia said no to it"
    assert Scope.RESEARCH not in form.scopes, "nobody asked"
    assert Scope.COPY in form.scopes
    assert not any(check.isChecked() for check in form.scopes.values())
    form.go.click()
    assert form.nothing.text() == "Say what is withdrawn: at least one thing."
    assert not form.effects.isVisible()
    form.scopes[Scope.COPY].setChecked(True)
    assert form.effects.isVisible()
    assert "Copies that were given are asked back." in words_in(form.effects)
    form.reject()


def test_it_takes_effect_at_once_and_says_what_to_do_about_each_copy(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, bench: Bench, desk: MemoryDesk, given: Copy
) -> None:
    sheet = withdraw(qtbot, room, Scope.COPY)
    answers = [one for one in desk.consents(nadia_s(bench)) if one.answer is Answer.WITHDRAWN]
    assert Scope.COPY in {one.scope for one in answers}
    said = words_in(sheet)
    for words in ("No more copies are made", "Film of a reel for", "Ask whoever has it", "Dear Nadia"):
        assert words in said, words
    press(sheet.tasks[given.id], "deleted")
    qtbot.waitUntil(lambda: bool(desk.settled_copies(nadia_s(bench))))
    assert desk.settled_copies(nadia_s(bench))[-1].outcome is CopyOutcome.DELETED
    qtbot.waitUntil(lambda: "what became of it is written down" in words_in(sheet))


def test_the_letter_leaves_only_where_home_is_safe(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, tmp_path: Path, desk: MemoryDesk, bench: Bench
) -> None:
    letter = withdraw(qtbot, room, Scope.FILM).letter
    letter.place.set_folder(tmp_path)
    assert letter.paper.text.text().startswith("Dear Nadia")
    assert not letter.save.isEnabled()
    assert not letter.print_.isEnabled()
    press(letter.at_home.safe, "Not sure")
    assert letter.at_home.advice.isVisible()
    assert not letter.save.isEnabled()
    press(letter.at_home.safe, "Yes, we talked")
    assert letter.at_home.answer is Safe.YES
    letter.save.click()
    qtbot.waitUntil((tmp_path / "a-letter.txt").is_file)
    qtbot.waitUntil(lambda: "register of copies" in words_in(letter))
    assert CopyKind.LETTER in {copy.kind for copy in desk.given_copies(nadia_s(bench))}


@pytest.mark.parametrize("takes", [True, False])
def test_what_is_printed_is_entered_before_it_leaves(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, desk: MemoryDesk, bench: Bench,
    monkeypatch: pytest.MonkeyPatch, *, takes: bool,
) -> None:  # fmt: skip
    letter = withdraw(qtbot, room, Scope.FILM).letter
    press(letter.at_home.safe, "Yes, we talked")
    seen: list[ExitState] = []

    def print_on(_printer: object, words: str) -> bool:
        assert words.startswith("Dear Nadia")
        seen.extend(intent.state for intent in desk.of(Intent, nadia_s(bench)))
        return takes

    monkeypatch.setattr(letter_print, "print_on", print_on)
    letter.print_.click()
    dialog = letter.findChildren(QPrintDialog)[-1]
    dialog.reject()
    assert not desk.of(Intent, nadia_s(bench)), "whoever thinks better of it has printed nothing"
    letter.print_.click()
    letter.findChildren(QPrintDialog)[-1].accept()
    qtbot.waitUntil(lambda: ("The printer has it" if takes else "it was not printed") in words_in(letter))
    assert seen == [ExitState.BEGUN]
    (intent,) = desk.of(Intent, nadia_s(bench))
    assert intent.state is (ExitState.DONE if takes else ExitState.STOPPED)
    letters = [copy for copy in desk.given_copies(nadia_s(bench)) if copy.kind is CopyKind.LETTER]
    assert bool(letters) is takes
    assert letter.print_.isEnabled()
    for copy in letters:
        form = OutcomeForm(bench, read_of(desk, bench), copy, room)
        form.open()
        assert "It was printed." in words_in(form)
        form.reject()


def test_what_could_not_be_entered_is_not_printed(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = withdraw(qtbot, room, Scope.FILM).letter
    press(letter.at_home.safe, "Yes, we talked")
    printed: list[str] = []

    def print_on(_printer: object, words: str) -> bool:
        printed.append(words)
        return True

    monkeypatch.setattr(letter_print, "print_on", print_on)

    def refuse(*_: object, **__: object) -> None:
        raise StorageFailed("the disk is full", "make room on it")

    monkeypatch.setattr(desk, "begin_letter_print", refuse)
    letter.print_.click()
    letter.findChildren(QPrintDialog)[-1].accept()
    qtbot.waitUntil(lambda: bool(letter.findChildren(ErrorPanel)))
    assert not printed
    assert letter.print_.isEnabled()


def test_a_letter_goes_to_nobody_who_may_not_receive(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, desk: MemoryDesk, bench: Bench
) -> None:
    nadia = next(one for one in desk.persons() if one.name == "Nadia")
    desk.set_safety(
        nadia_s(bench), not_to=(nadia.id,), not_to_words="", not_to_be_told="", contact="", copies_safe=None
    )
    bench.workspace.records_changed.emit()
    qtbot.waitUntil(lambda: (shown := room.family_page()) is not None and shown.safety is not None)
    letter = withdraw(qtbot, room, Scope.COPY).letter
    press(letter.at_home.safe, "Yes, we talked")
    assert not letter.print_.isEnabled()
    assert not letter.save.isEnabled()
    assert "Read it out together here." in words_in(letter)


def test_it_is_found_again_later_on_the_page(qtbot: QtBot, room: FamiliesRoom, page: ConsentPage) -> None:
    assert "may withdraw at any time" in words_in(page.withdrawals)
    withdraw(qtbot, room, Scope.THERAPY).go.click()
    qtbot.waitUntil(lambda: "Therapy" in words_in(page.withdrawals))
    press(page.withdrawals, "Show")
    assert "Dear Nadia" in words_in(the(room, WithdrawalSheet))


@pytest.mark.parametrize("several", [False, True])
def test_colleagues_whose_share_fell_are_named_first_and_one_button_takes_their_keys_back(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, desk: MemoryDesk, bench: Bench, *, several: bool
) -> None:
    kim = Sharer(user=new_id(), name="Kim of the long name that no button holds", since=TODAY)
    fallen = [replace(RUTH, since=TODAY), *([kim] if several else [])]
    desk.shares[nadia_s(bench)] = [HANNA, *fallen]
    bench.workspace.records_changed.emit()
    qtbot.waitUntil(lambda: (shown := room.family_page()) is not None and len(shown.keeping.shares) == 1 + len(fallen))
    sheet = withdraw(qtbot, room, Scope.SUPERVISION)
    said = words_in(sheet.shares)
    assert all(one.name in said for one in fallen)
    assert "Hanna" not in said
    assert sheet.focusWidget() is sheet.stop_all, "the first thing that the keys meet"
    assert sheet.stop_all.visibleRegion().boundingRect() == sheet.stop_all.rect(), "nothing has to be scrolled"
    assert sheet.stop_all.text() == ("Stop sharing with all 2…" if several else "Stop sharing with \u2068Ruth\u2069…")
    assert sheet.stop_all.accessibleName() == "Stop sharing with " + ", ".join(one.name for one in fallen)
    sheet.stop_all.click()
    stop = the(room, StopSharingSheet)
    assert all(one.name in stop.windowTitle() for one in fallen)
    stop.deep.setChecked(True)
    stop.go.click()
    qtbot.waitUntil(lambda: "The key was taken back from" in words_in(sheet.shares))
    assert desk.shares[nadia_s(bench)] == [HANNA]
    assert desk.stopped == ([False, True] if several else [True]), "what is long is done once"


def test_what_could_not_be_written_is_said_in_the_sheet(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, desk: MemoryDesk, given: Copy
) -> None:
    sheet = withdraw(qtbot, room, Scope.COPY)
    desk.trouble = StorageFailed("the disk is full", "make room on it")
    press(sheet.tasks[given.id], "given back")
    qtbot.waitUntil(lambda: bool(sheet.findChildren(ErrorPanel)))
    desk.trouble = None


def test_form_and_sheet_in_every_light(show_everywhere: Show, bench: Bench, desk: MemoryDesk, given: Copy) -> None:
    nadia = next(one for one in desk.persons() if one.name == "Nadia")
    came = desk.withdraw(
        family=given.family, signed_by=nadia.id, signed_as="mother", for_persons=(nadia.id,), scopes=(Scope.FILM,),
        on=TODAY,
    )  # fmt: skip
    page = read_page(desk, given.family, TODAY)
    assert page is not None
    for make in (lambda: WithdrawalForm(bench, page), lambda: WithdrawalSheet(bench, page, came.withdrawal)):
        for shown in show_everywhere(make):
            shown.close()
