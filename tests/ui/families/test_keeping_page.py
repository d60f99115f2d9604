"""Safety and keeping in the window: who may not be told, who can open a family, what lies outside, holds, erasing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import keeping_in_memory
from desk_in_memory import TODAY, MemoryDesk
from families_on_screen import accepted, code, nadia_s, press, the, words_in
from keeping_in_memory import CODE, HANNA, OWN_WORDS, RUTH, WORDS
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.ids import Id, new_id
from vigtool.ui.desk_keeping import Sharer
from vigtool.ui.families.erase_sheet import EraseSheet
from vigtool.ui.families.keeping_forms import CloseForm, HoldForm, LiftForm, StrayForm
from vigtool.ui.families.keeping_page import KeepingPage
from vigtool.ui.families.reading import read_page
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.safety_form import SafetyForm
from vigtool.ui.families.share_sheet import ShareSheet
from vigtool.ui.families.source_sheet import SourceSheet
from vigtool.ui.families.stop_sharing_sheet import StopSharingSheet
from vigtool.ui.families.tabs import Tab
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.room import Bench

Show = Callable[[Callable[[], QWidget]], list[QWidget]]


@pytest.fixture
def page(room: FamiliesRoom) -> KeepingPage:
    room.tabs.open_tab(Tab.KEEPING)
    return room.tabs.keeping


def read_again(qtbot: QtBot, bench: Bench, ready: Callable[[], bool]) -> None:
    bench.workspace.records_changed.emit()
    qtbot.waitUntil(ready)


# safety at home


def test_safety_at_home_stands_on_every_page_of_the_family(
    qtbot: QtBot, room: FamiliesRoom, page: KeepingPage, bench: Bench, desk: MemoryDesk
) -> None:
    assert "Safe contact" in words_in(page.safety), "what an earlier version kept is still shown"
    page.safety.change.click()
    form = the(room, SafetyForm)
    tomas = next(one for one in desk.persons() if one.name == "Tomas")
    assert tomas.id in form.not_to
    assert "ring Nadia" in form.contact.input.toPlainText()
    form.not_to[tomas.id].setChecked(True)
    form.told.input.setPlainText("Tomas, of the visits")
    form.home.set_value(False)
    accepted(qtbot, form, bench)
    known = desk.safety(nadia_s(bench))
    assert known is not None
    assert (known.not_to, known.copies_safe) == ((tomas.id,), False)
    qtbot.waitUntil(lambda: "May not receive anything" in words_in(page.safety))
    assert "not safe: watch it here" in words_in(page.safety)
    room.tabs.open_tab(Tab.WORK)
    assert "May not be told:" in words_in(room.page.people)


# sharing


def test_a_person_working_alone_meets_nothing_of_sharing(page: KeepingPage) -> None:
    assert not page.sharing.isVisible()


@pytest.fixture
def shared(qtbot: QtBot, desk: MemoryDesk, room: FamiliesRoom, bench: Bench) -> KeepingPage:
    desk.shares[nadia_s(bench)] = [HANNA]
    desk.others = [RUTH]
    room.tabs.open_tab(Tab.KEEPING)
    read_again(qtbot, bench, room.tabs.keeping.sharing.isVisible)
    return room.tabs.keeping


def test_a_card_is_compared_before_a_family_is_shared(
    qtbot: QtBot, room: FamiliesRoom, shared: KeepingPage, bench: Bench, desk: MemoryDesk
) -> None:
    assert "(you)" in words_in(shared.sharing)
    shared.sharing.share.click()
    qtbot.waitUntil(lambda: bool(room.findChildren(ShareSheet)))
    sheet = the(room, ShareSheet)
    field = sheet.card.said.input
    assert not any(word in words_in(sheet) for word in WORDS), "beside the words one would nod instead of listening"
    assert not sheet.go.isEnabled()
    field.setText(" ".join(("marsh", *WORDS[:5])))
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "They differ" in words_in(sheet))
    assert "Share nothing with \u2068Ruth\u2069" in words_in(sheet)
    assert not sheet.go.isEnabled()
    field.setText(" ".join(WORDS[:5]))
    assert "They differ" not in words_in(sheet)
    assert "5 of 6 words" in words_in(sheet)
    field.setText("Marsh Copper Violin Lantern Plum Otter")
    qtbot.waitUntil(lambda: "They match" in words_in(sheet))  # by itself, after a rest
    assert sheet.go.isEnabled()
    field.setText(field.text() + " badger")
    assert not sheet.go.isEnabled(), "what agreed was something else"
    field.setText(field.text().removesuffix(" badger"))
    qtbot.waitUntil(sheet.go.isEnabled)
    accepted(qtbot, sheet, bench)
    assert [one.name for one in desk.shares_of(nadia_s(bench))] == ["Hanna", "Ruth"]
    assert desk.others[0].is_checked
    qtbot.waitUntil(lambda: "Ruth" in words_in(shared.sharing))


def test_a_card_that_was_compared_before_is_not_asked_for_again(
    qtbot: QtBot, room: FamiliesRoom, shared: KeepingPage, desk: MemoryDesk
) -> None:
    desk.others = [replace(RUTH, is_checked=True)]
    shared.sharing.share.click()
    qtbot.waitUntil(lambda: bool(room.findChildren(ShareSheet)))
    sheet = the(room, ShareSheet)
    assert not sheet.card.isVisible()
    assert sheet.go.isEnabled()


def test_words_of_another_card_share_nothing(
    qtbot: QtBot, room: FamiliesRoom, shared: KeepingPage, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.sharing.share.click()
    qtbot.waitUntil(lambda: bool(room.findChildren(ShareSheet)))
    sheet = the(room, ShareSheet)
    sheet.card.said.input.setText(" ".join(WORDS))
    qtbot.waitUntil(sheet.go.isEnabled)
    monkeypatch.setattr(keeping_in_memory, "WORDS", ("other",) * 6)  # the card changed meanwhile
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(sheet.findChildren(ErrorPanel)))
    assert [one.name for one in desk.shares_of(nadia_s(sheet.bench))] == ["Hanna"]


def test_a_scanner_types_the_code_and_enter_and_a_second_enter_goes_on(
    qtbot: QtBot, room: FamiliesRoom, shared: KeepingPage, desk: MemoryDesk
) -> None:
    shared.sharing.share.click()
    qtbot.waitUntil(lambda: bool(room.findChildren(ShareSheet)))
    sheet = the(room, ShareSheet)
    field = sheet.card.said.input
    field.setText(CODE[:-4])
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "not whole" in words_in(sheet)
    field.setText(CODE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.go.isEnabled)
    assert [one.name for one in desk.shares_of(nadia_s(sheet.bench))] == ["Hanna"], "one enter only compares"
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.others[0].is_checked and "Ruth" in words_in(shared.sharing))


def test_ones_own_card_is_told_apart_and_another_colleague_begins_anew(
    qtbot: QtBot, room: FamiliesRoom, shared: KeepingPage, desk: MemoryDesk
) -> None:
    desk.others = [RUTH, Sharer(user=new_id(), name="Omar")]
    shared.sharing.share.click()
    qtbot.waitUntil(lambda: bool(room.findChildren(ShareSheet)))
    sheet = the(room, ShareSheet)
    sheet.card.said.input.setText(" ".join(OWN_WORDS))
    qtbot.waitUntil(lambda: "This is your own card" in words_in(sheet))
    sheet.card.said.input.setText(" ".join(WORDS))
    qtbot.waitUntil(sheet.go.isEnabled)
    sheet.whom.input.setCurrentIndex(1)
    assert sheet.card.text == ""
    assert not sheet.go.isEnabled(), "what was heard was Ruth's"


@pytest.mark.parametrize("deep", [False, True])
def test_sharing_stops_and_says_what_cannot_be_taken_back(
    qtbot: QtBot, room: FamiliesRoom, shared: KeepingPage, desk: MemoryDesk, bench: Bench, *, deep: bool
) -> None:
    desk.shares[nadia_s(bench)].append(replace(RUTH, since=TODAY))
    read_again(qtbot, bench, lambda: "Ruth" in words_in(shared.sharing))
    press(shared.sharing, "Stop…")
    sheet = the(room, StopSharingSheet)
    assert sheet.future.isChecked(), "the quick way is the default"
    assert "already seen or copied cannot be taken back" in words_in(sheet)
    sheet.deep.setChecked(deep)
    accepted(qtbot, sheet, bench)
    assert [one.name for one in desk.shares_of(nadia_s(bench))] == ["Hanna"]
    assert desk.stopped == [deep]


# what lies outside


@pytest.fixture
def film(desk: MemoryDesk, bench: Bench) -> Film:
    return desk.films(nadia_s(bench))[-1]


def test_a_stray_copy_is_listed_until_somebody_says_that_it_is_gone(
    qtbot: QtBot, room: FamiliesRoom, page: KeepingPage, bench: Bench, desk: MemoryDesk
) -> None:
    assert "Nothing is known to lie outside" in words_in(page.strays)
    page.strays.add.click()
    form = the(room, StrayForm)
    form.where.input.setCurrentIndex(form.where.input.findData(StrayPlace.CLOUD))
    accepted(qtbot, form, bench)
    qtbot.waitUntil(lambda: "In a cloud" in words_in(page.strays))
    press(page.strays, "It is gone")
    qtbot.waitUntil(lambda: "Nothing is known to lie outside" in words_in(page.strays))
    (stray,) = desk.records[StrayCopy].values()
    assert stray.gone == TODAY


def test_the_file_that_a_film_came_from_is_compared_and_erased_later_too(
    qtbot: QtBot, room: FamiliesRoom, page: KeepingPage, bench: Bench, desk: MemoryDesk, film: Film
) -> None:
    desk.put(
        StrayCopy(
            id=new_id(), family=film.family, film=film.id, where=StrayPlace.CARD, words="/card/DCIM/MVI_1.MP4",
            noted=TODAY, source=True,
        )
    )  # fmt: skip
    read_again(qtbot, bench, lambda: "MVI_1.MP4" in words_in(page.strays))
    press(page.strays, "Erase it…")
    accepted(qtbot, the(room, SourceSheet), bench)
    qtbot.waitUntil(lambda: "MVI_1.MP4" not in words_in(page.strays))


# records


def test_closing_and_taking_the_work_up_again(
    qtbot: QtBot, room: FamiliesRoom, page: KeepingPage, bench: Bench, desk: MemoryDesk
) -> None:
    page.records.close_it.click()
    accepted(qtbot, the(room, CloseForm), bench)
    qtbot.waitUntil(lambda: "ended" in words_in(page.records))
    page.records.close_it.click()
    qtbot.waitUntil(lambda: "goes on" in words_in(page.records))
    assert desk.records[Family][nadia_s(bench)].closed is None


def test_a_legal_hold_stops_erasing_until_it_is_lifted(
    qtbot: QtBot, room: FamiliesRoom, page: KeepingPage, bench: Bench
) -> None:
    page.records.hold.click()
    form = the(room, HoldForm)
    form.go.click()
    assert form.reason.error
    form.reason.input.setPlainText("asked for by the court")
    accepted(qtbot, form, bench)
    qtbot.waitUntil(lambda: "asked for by the court" in words_in(page.records))
    assert not page.records.erase.isVisible()
    press(page.records, "Lift…")
    lift = the(room, LiftForm)
    lift.reason.input.setPlainText("the case is over")
    accepted(qtbot, lift, bench)
    qtbot.waitUntil(page.records.erase.isVisible)


def test_erasing_a_family_needs_its_code_typed_and_leaves_nothing_on_the_screen(
    qtbot: QtBot, room: FamiliesRoom, page: KeepingPage, bench: Bench, desk: MemoryDesk
) -> None:
    family: Id = nadia_s(bench)
    page.records.erase.click()
    sheet = the(room, EraseSheet)
    assert not sheet.go.isEnabled()
    sheet.code.input.setText("F-0008")
    assert not sheet.go.isEnabled()
    sheet.code.input.setText("f-0007")
    sheet.go.click()
    assert sheet.reason.error, "a reason is asked for"
    sheet.reason.input.setText("asked for by the family")
    sheet.go.click()
    qtbot.waitUntil(lambda: "Certificate of erasure" in words_in(sheet))
    assert "expires on 20 Feb 2027" in words_in(sheet)
    assert family not in [one.id for one in desk.families()]
    qtbot.waitUntil(lambda: code(bench) != "F-0007")
    sheet.go.click()
    qtbot.waitUntil(lambda: "Nadia" not in words_in(room))


def test_erasing_a_film_closes_it(
    qtbot: QtBot, room: FamiliesRoom, page: KeepingPage, bench: Bench, desk: MemoryDesk, film: Film
) -> None:
    bench.workspace.open_film(film)
    room.keeping_acts.erase(film)
    sheet = the(room, EraseSheet)
    sheet.code.input.setText("F-0007")
    sheet.reason.input.setText("asked for")
    sheet.go.click()
    qtbot.waitUntil(lambda: "Certificate" in words_in(sheet))
    assert bench.workspace.film is None
    qtbot.waitUntil(lambda: room.page.films.rows.rowCount() == 2)


def test_the_page_and_its_sheets_in_every_light(
    show_everywhere: Show, bench: Bench, desk: MemoryDesk, film: Film
) -> None:
    desk.shares[film.family] = [HANNA, replace(RUTH, since=TODAY)]
    desk.place_hold(film.family, film=film.id, reason="a court")
    page = read_page(desk, film.family, TODAY)
    assert page is not None

    def whole() -> QWidget:
        made = KeepingPage(TODAY)
        made.show_page(page)
        made.resize(900, 700)
        return made

    makers: list[Callable[[], QWidget]] = [
        whole,
        lambda: ShareSheet(bench, page, [RUTH]),
        lambda: StopSharingSheet(bench, page, [RUTH]),
        lambda: EraseSheet(bench, page),
        lambda: SourceSheet(bench, film.id, Path("/card/MVI_1.MP4")),
    ]
    for make in makers:
        for shown in show_everywhere(make):
            shown.close()
