"""A whole film given out, and one disclosed: what is asked, what refuses, what is written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from consent_in_memory import MADE, ME
from desk_in_memory import TODAY, MemoryDesk
from families_on_screen import nadia_s, press, the, words_in
from room_to_spare import settled
from vigtool.casework.copy import CopyKind
from vigtool.casework.disclosure import Basis
from vigtool.casework.safety import SafetyAtHome
from vigtool.casework.still import Still
from vigtool.errors import CannotWrite, ConsentMissing
from vigtool.ids import new_id
from vigtool.ui.families.consent_page import ConsentPage
from vigtool.ui.families.disclosure_sheet import DisclosureSheet
from vigtool.ui.families.film_out_sheet import FilmOutSheet
from vigtool.ui.families.outcome_form import OutcomeForm
from vigtool.ui.families.photograph_sheet import PhotographSheet
from vigtool.ui.families.reading import FamilyPage, read_page
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.tabs import Tab
from vigtool.ui.handover.at_home import SafetyLines
from vigtool.ui.parts.error_panel import ErrorPanel, Sign
from vigtool.ui.room import Bench

Show = Callable[[Callable[[], QWidget]], list[QWidget]]


@pytest.fixture
def page(room: FamiliesRoom) -> ConsentPage:
    room.tabs.open_tab(Tab.CONSENT)
    return room.tabs.consent


def read_page_of(desk: MemoryDesk, bench: Bench) -> FamilyPage:
    found = read_page(desk, nadia_s(bench), TODAY)
    assert found is not None
    return found


def film_out(room: FamiliesRoom, page: ConsentPage, tmp_path: Path, whom: str) -> FilmOutSheet:
    page.given.film.click()
    sheet = the(room, FilmOutSheet)
    sheet.place.set_folder(tmp_path)
    sheet.whom.input.setCurrentIndex(sheet.whom.input.findText(whom))
    return sheet


def test_home_is_asked_about_and_watching_here_weighs_the_same(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, tmp_path: Path, bench: Bench, went_to: list[str]
) -> None:
    sheet = film_out(room, page, tmp_path, "Nadia")
    assert not sheet.go.isEnabled()
    assert sheet.watch.isEnabled()
    assert sheet.watch.height() == sheet.go.height()
    assert "Safe contact" in words_in(sheet.at_home)
    press(sheet.at_home.safe, "No")
    assert not sheet.go.isEnabled()
    assert "nothing is made" in words_in(sheet.at_home.advice)
    sheet.watch.click()
    assert went_to[-1] == "film"
    assert bench.workspace.film is not None


def test_a_film_for_a_parent_ends_in_a_receipt_without_telling_words(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, tmp_path: Path, desk: MemoryDesk, bench: Bench
) -> None:
    sheet = film_out(room, page, tmp_path, "Nadia")
    press(sheet.at_home.safe, "Yes, we talked")
    sheet.go.click()
    qtbot.waitUntil(lambda: "register of copies" in words_in(sheet))
    (copy,) = desk.given_copies(nadia_s(bench))
    assert (copy.kind, Path(copy.target)) == (CopyKind.FILM, tmp_path / "a-film.mp4")
    said = words_in(sheet).lower()
    for telling in ("vig", "f-0007", "nadia", "mina", "guidance"):
        assert telling not in said.split("made, and in the register")[1], telling
    sheet.go.click()
    qtbot.waitUntil(lambda: "Whole film of 12 Nov, kitchen for" in words_in(page.given))
    press(page.given, "What became of it…")
    assert "a-film.mp4" in words_in(the(room, OutcomeForm))


def test_who_may_not_receive_is_refused_with_the_reason(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, tmp_path: Path, desk: MemoryDesk, bench: Bench
) -> None:
    tomas = next(one for one in desk.persons() if one.name == "Tomas")
    desk.set_safety(
        nadia_s(bench), not_to=(tomas.id,), not_to_words="", not_to_be_told="", contact="", copies_safe=None
    )
    sheet = film_out(room, page, tmp_path, "Tomas")
    press(sheet.at_home.safe, "Yes, we talked")
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(sheet.findChildren(ErrorPanel)))
    assert "may not receive anything" in sheet.findChildren(ErrorPanel)[0].accessibleName()
    assert not desk.given_copies(nadia_s(bench))
    assert sheet.go.isEnabled(), "somebody else may be chosen"


def test_somebody_outside_the_family_is_named_and_home_is_no_question(
    room: FamiliesRoom, page: ConsentPage, tmp_path: Path
) -> None:
    sheet = film_out(room, page, tmp_path, "Somebody outside the family")
    assert not sheet.at_home.isVisible()
    assert not sheet.go.isEnabled()
    sheet.who.input.setText("the supervisor")
    assert sheet.go.isEnabled()
    sheet.place.name.input.setText("a/b")
    assert not sheet.go.isEnabled(), "that is no name of a file"


@pytest.mark.parametrize(
    "refusal", [ConsentMissing("not everybody has agreed", "", ("Tomas said no",)), CannotWrite("no room", "x")]
)
def test_a_refusal_is_said_beside_its_thing(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, tmp_path: Path, desk: MemoryDesk, refusal: Exception,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def refuse(*_: object, **__: object) -> None:
        raise refusal

    monkeypatch.setattr(desk, "export_film", refuse)
    sheet = film_out(room, page, tmp_path, "Nadia")
    press(sheet.at_home.safe, "Yes, we talked")
    sheet.go.click()
    if isinstance(refusal, ConsentMissing):
        qtbot.waitUntil(lambda: "Tomas said no." in words_in(sheet))
    else:
        qtbot.waitUntil(lambda: bool(sheet.place.name.error))


def test_the_second_door_says_what_it_is_and_asks_for_ground_recipient_and_reason(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, tmp_path: Path, desk: MemoryDesk, bench: Bench
) -> None:
    page.given.disclosure.click()
    sheet = the(room, DisclosureSheet)
    sheet.place.set_folder(tmp_path)
    assert "goes past a “no” and past consent that was taken back" in words_in(sheet)
    assert "written down for good" in words_in(sheet)
    sheet.go.click()
    assert sheet.recipient.error
    assert sheet.reason.error
    assert not desk.disclosures(nadia_s(bench))
    sheet.disclosed.basis.input.setCurrentIndex(sheet.disclosed.basis.input.findData(Basis.COURT))
    sheet.recipient.input.setText("the family court")
    sheet.reason.input.setPlainText("ordered on 3 Nov")
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(desk.disclosures(nadia_s(bench))))
    (door,) = desk.disclosures(nadia_s(bench))
    assert (door.basis, door.recipient, door.hold is not None) == (Basis.COURT, "the family court", True)
    qtbot.waitUntil(lambda: "second door: a court" in words_in(page.given))


@pytest.mark.parametrize(
    ("own", "basis", "name"),
    [
        ("IMG_0412.MOV", Basis.COURT, "a-film.mov"),
        ("00003.MTS", Basis.SAFEGUARDING, "a-film.mts"),
        ("00003.MTS", Basis.ACCESS, "a-film.mp4"),
        ("Tuesday at the home of.nadia", Basis.COURT, "a-film"),
        ("", Basis.COURT, "a-film"),
    ],
)
def test_a_film_that_goes_out_as_it_came_is_named_as_what_it_is(
    room: FamiliesRoom, bench: Bench, desk: MemoryDesk, own: str, basis: Basis, name: str
) -> None:
    shown = read_page(desk, nadia_s(bench), TODAY)
    assert shown is not None
    films = tuple(replace(film, original_name=own) for film in shown.films)
    sheet = DisclosureSheet(bench, replace(shown, films=films), room)
    sheet.disclosed.basis.input.setCurrentIndex(sheet.disclosed.basis.input.findData(Basis.ACCESS))
    sheet.place.name.input.setText("a-film.mp4")
    sheet.disclosed.basis.input.setCurrentIndex(sheet.disclosed.basis.input.findData(basis))
    assert sheet.place.target.name == name
    sheet.reject()


def test_in_what_form_a_film_goes_follows_the_ground_until_somebody_chooses(
    room: FamiliesRoom, page: ConsentPage, tmp_path: Path, qtbot: QtBot, desk: MemoryDesk, bench: Bench
) -> None:
    page.given.disclosure.click()
    sheet = the(room, DisclosureSheet)
    part, forms = sheet.disclosed, sheet.disclosed.form.input
    for basis, original in ((Basis.ACCESS, False), (Basis.COURT, True), (Basis.ACCESS, False)):
        part.basis.input.setCurrentIndex(part.basis.input.findData(basis))
        assert part.original is original
    assert "are taken out" in part.said.text()
    forms.setCurrentIndex(forms.findData(True))
    forms.activated.emit(forms.currentIndex())
    assert "where the family lives" in part.said.text()
    part.basis.input.setCurrentIndex(part.basis.input.findData(Basis.COURT))
    part.basis.input.setCurrentIndex(part.basis.input.findData(Basis.ACCESS))
    assert part.original, "what a person chose stays"
    sheet.place.set_folder(tmp_path)
    sheet.recipient.input.setText("Nadia's solicitor")
    sheet.reason.input.setPlainText("asked for on 3 Nov")
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(desk.disclosures(nadia_s(bench))))
    assert [one.original for one in desk.disclosures(nadia_s(bench))] == [True]


def test_marks_go_through_the_same_door_as_a_table(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, tmp_path: Path, desk: MemoryDesk, bench: Bench
) -> None:
    page.given.disclosure.click()
    sheet = the(room, DisclosureSheet)
    part = sheet.disclosed
    sheet.place.set_folder(tmp_path)
    part.what.input.setCurrentIndex(part.what.input.findData(CopyKind.MARKS))
    assert sheet.place.target.name == "a-table.csv"
    part.form.input.setCurrentIndex(part.form.input.findData("json"))
    assert sheet.place.target.name == "a-table.json"
    part.what.input.setCurrentIndex(part.what.input.findData(CopyKind.FILM))
    assert sheet.place.name.input.text() == "a-film"
    sheet.place.name.input.setText("for-the-court")
    part.what.input.setCurrentIndex(part.what.input.findData(CopyKind.MARKS))
    assert sheet.place.target.name == "for-the-court.csv", "a name that somebody chose stays"
    sheet.go.click()
    assert sheet.recipient.error
    assert sheet.reason.error
    sheet.recipient.input.setText("the family court")
    sheet.reason.input.setPlainText("ordered on 3 Nov")
    marked = [film for film, count in read_page_of(desk, bench).marks.items() if count]
    unmarked = [film for film, count in read_page_of(desk, bench).marks.items() if not count]
    for film in unmarked[:1]:
        part.film.input.setCurrentIndex(part.film.input.findData(film))
        sheet.go.click()
        assert part.film.error == "Nothing is marked in this film."
    part.film.input.setCurrentIndex(part.film.input.findData(marked[0]))
    sheet.go.click()
    qtbot.waitUntil(lambda: "register of copies" in words_in(sheet))
    (door,) = desk.disclosures(nadia_s(bench))
    assert (door.what, door.film, door.hold is not None) == (CopyKind.MARKS, marked[0], True)
    qtbot.waitUntil(lambda: "Table of marks" in words_in(page.given))


def test_every_question_of_the_second_door_has_a_name_and_a_place_for_the_keys(
    room: FamiliesRoom, page: ConsentPage
) -> None:
    page.given.disclosure.click()
    sheet = the(room, DisclosureSheet)
    part = sheet.disclosed
    asked = (part.film, part.what, part.basis, part.form, sheet.recipient, sheet.reason)
    names = [field.input.accessibleName() for field in asked]
    assert names[:4] == ["Which film", "What of it", "On which ground", "In what form"]
    assert all(names)
    assert sheet.focusWidget() is part.film.input
    for field in asked[1:4]:
        sheet.focusNextChild()
        assert sheet.focusWidget() is field.input
    sheet.reject()


def test_with_all_that_is_said_of_safety_the_second_door_needs_no_scrolling(
    room: FamiliesRoom, desk: MemoryDesk, bench: Bench
) -> None:
    shown = read_page_of(desk, bench)
    said = SafetyAtHome(
        id=new_id(), family=shown.family.id, not_to=(shown.persons[0].id,), not_to_words="her brother",
        not_to_be_told="the neighbours", contact="by text, in the mornings", copies_safe=False,
    )  # fmt: skip
    family = replace(shown.family, safe_contact="her sister's telephone")
    room.resize(1280, 800)
    sheet = DisclosureSheet(bench, replace(shown, safety=said, family=family), room)
    sheet.open()
    settled()
    (lines,) = sheet.findChildren(SafetyLines)
    assert len(lines.findChildren(Sign)) == 5
    assert sheet.height() <= 800
    assert lines.visibleRegion().boundingRect() == lines.rect()
    assert sheet.place.visibleRegion().boundingRect() == sheet.place.rect()
    sheet.reject()


def test_both_sheets_in_every_light(show_everywhere: Show, bench: Bench, desk: MemoryDesk) -> None:
    shown = read_page(desk, nadia_s(bench), TODAY)
    assert shown is not None
    for make in (lambda: FilmOutSheet(bench, shown), lambda: DisclosureSheet(bench, shown)):
        for one in show_everywhere(make):
            one.close()


def test_a_photograph_asks_the_same_and_says_how_to_keep_a_still(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, tmp_path: Path, desk: MemoryDesk, bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page.given.photograph.click()
    qtbot.waitUntil(lambda: bool(room.findChildren(PhotographSheet)))
    nothing = the(room, PhotographSheet)
    assert "No still was kept yet" in words_in(nothing)
    press(nothing.at_home.safe, "Yes, we talked")
    assert not nothing.go.isEnabled()
    nothing.reject()
    film = desk.films(nadia_s(bench))[-1]
    still = Still(id=new_id(), film=film.id, number=42, tick=film.start, words="looks up", kept=MADE, by=ME)
    monkeypatch.setattr(desk, "stills", lambda asked: [still] if asked == film.id else [])
    page.given.photograph.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in room.findChildren(PhotographSheet)))
    sheet = the(room, PhotographSheet)
    sheet.place.set_folder(tmp_path)
    assert "looks up" in sheet.still.input.currentText()
    assert not sheet.go.isEnabled()
    assert sheet.watch.isVisible()
    press(sheet.at_home.safe, "Yes, we talked")
    sheet.go.click()
    qtbot.waitUntil(lambda: "register of copies" in words_in(sheet))
    (copy,) = desk.given_copies(nadia_s(bench))
    assert (copy.kind, copy.purpose, Path(copy.target).name) == (CopyKind.STILL, "42", "a-picture.png")
