"""The forms of a family's page of work that write to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk_in_memory import TODAY, MemoryDesk
from families_on_screen import accepted, chips, code, nadia_s
from vigtool.casework.consent import Answer, Scope
from vigtool.casework.family import Role
from vigtool.casework.session import SessionKind
from vigtool.errors import RecordChanged
from vigtool.ui.families.consent_form import ConsentForm
from vigtool.ui.families.family_forms import NewFamilyForm, PersonForm
from vigtool.ui.families.reading import read_page
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.safety_form import SafetyForm
from vigtool.ui.families.work_forms import CycleForm, FilmForm, SessionForm
from vigtool.ui.parts.chip import State
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.room import Bench

Show = Callable[[Callable[[], QWidget]], list[QWidget]]


def test_a_new_family_with_names_in_any_script(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, desk: MemoryDesk
) -> None:
    room.list.new.click()
    form = room.findChild(NewFamilyForm)
    assert isinstance(form, NewFamilyForm)
    form.go.click()
    assert form.name.error
    form.baby.input.setText("ليلى $HOME \"'")
    form.birth.known.setChecked(True)
    form.parents[0].input.setText("Søren")
    accepted(qtbot, form, bench)
    qtbot.waitUntil(lambda: code(bench) == "F-0017")
    people = desk.persons(bench.workspace.family.id if bench.workspace.family else None)
    assert [(person.name, person.role) for person in people] == [("ليلى $HOME \"'", Role.BABY), ("Søren", Role.PARENT)]
    assert bench.workspace.family is not None
    assert bench.workspace.family.name == "ليلى $HOME \"' & Søren"


def test_a_form_keeps_what_was_typed_when_writing_fails(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, desk: MemoryDesk
) -> None:
    room.page.people.safety_wanted.emit()
    form = room.findChild(SafetyForm)
    assert isinstance(form, SafetyForm)
    form.contact.input.setPlainText("ring in the evening")
    desk.trouble = RecordChanged("somebody else wrote it first", "read it again")
    form.go.click()
    qtbot.waitUntil(lambda: bool(form.findChildren(ErrorPanel)))
    (panel,) = form.findChildren(ErrorPanel)
    assert "What you typed is still here." in panel.accessibleName()
    assert form.isVisible()
    assert form.go.isEnabled()
    desk.trouble = None
    accepted(qtbot, form, bench)
    known = desk.safety(nadia_s(bench))
    assert known is not None
    assert known.contact == "ring in the evening"
    assert desk.families()[-1].safe_contact == "", "it stands in one place"


def test_a_person_and_their_consent(qtbot: QtBot, room: FamiliesRoom, bench: Bench, desk: MemoryDesk) -> None:
    room.page.people.person.click()
    form = room.findChild(PersonForm)
    assert isinstance(form, PersonForm)
    form.go.click()
    assert form.name.error
    form.name.input.setText("Omar")
    form.role.input.setCurrentIndex(list(Role).index(Role.OTHER))
    form.relation.input.setText("uncle")
    accepted(qtbot, form, bench)
    qtbot.waitUntil(lambda: "Omar, Film: not asked yet" in chips(room))
    room.page.people.consent.click()
    consent = room.findChild(ConsentForm)
    assert isinstance(consent, ConsentForm)
    consent.signer.input.setCurrentIndex(consent.signer.input.findText("Omar"))
    consent.go.click()
    assert consent.nothing.text() == "Say what was answered: at least one thing."
    assert consent.signed_as.input.text() == "uncle"
    consent.answers[Scope.FILM].set_value(Answer.YES)
    consent.answers[Scope.COPY].set_value(Answer.YES)
    accepted(qtbot, consent, bench)
    qtbot.waitUntil(lambda: chips(room).get("Omar, Film: yes") is State.YES)
    omar = next(person for person in desk.persons() if person.name == "Omar")
    given = [found for found in desk.consents(nadia_s(bench)) if found.signed_by == omar.id]
    assert {found.scope: found.for_persons for found in given} == {Scope.FILM: (omar.id,), Scope.COPY: (omar.id,)}
    assert next(found for found in given if found.scope is Scope.COPY).recipients == (omar.id,)


def test_a_parent_signs_for_the_baby_too_and_nothing_is_answered_beforehand(room: FamiliesRoom) -> None:
    room.page.people.consent.click()
    form = room.findChild(ConsentForm)
    assert isinstance(form, ConsentForm)
    assert [check.text() for check in form.whom.values()] == ["themselves", "Mina"]
    assert all(row.value is None for row in form.answers.values())
    for check in form.whom.values():
        check.setChecked(False)
    form.go.click()
    assert form.nothing.text() == "Say for whom it was signed."
    form.reject()


def test_a_session_and_the_wording_of_a_question(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, desk: MemoryDesk
) -> None:
    room.page.session_wanted.emit()
    form = room.findChild(SessionForm)
    assert isinstance(form, SessionForm)
    assert form.place.input.text() == "home"
    form.minutes.input.setValue(0)
    accepted(qtbot, form, bench)
    qtbot.waitUntil(lambda: room.page.sessions.rows.rowCount() == 6)
    newest = max(desk.sessions(nadia_s(bench)), key=lambda found: found.number)
    assert (newest.kind, newest.minutes) == (SessionKind.FILMING, None)
    room.page.question.change.click()
    question = room.findChild(CycleForm)
    assert isinstance(question, CycleForm)
    question.question.input.setPlainText("How does she tell me?")
    accepted(qtbot, question, bench)
    qtbot.waitUntil(lambda: bench.workspace.cycle is not None and "tell me?" in bench.workspace.cycle.helping_question)
    assert len(desk.cycles(nadia_s(bench))) == 2


def test_every_form_in_every_light(show_everywhere: Show, bench: Bench, desk: MemoryDesk) -> None:
    page = read_page(desk, nadia_s(bench), TODAY)
    assert page is not None
    makers: list[Callable[[], QWidget]] = [
        partial(NewFamilyForm, bench),
        partial(PersonForm, bench, page.family),
        partial(SafetyForm, bench, page),
        partial(ConsentForm, bench, page),
        partial(SessionForm, bench, page),
        partial(CycleForm, bench, page, page.cycle),
        partial(FilmForm, bench, page, Path("IMG_0412.MOV")),
    ]
    for make in makers:
        for shown in show_everywhere(make):
            shown.close()
