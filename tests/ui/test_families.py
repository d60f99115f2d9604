"""The Families room: the case load, one family's page, and the forms that write to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk_in_memory import TODAY, MemoryDesk, MemoryPractice, film, full_desk
from vigtool.annotate.reel import Clip, Reel
from vigtool.casework.consent import Answer, Scope
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Role
from vigtool.casework.film import FilmKind
from vigtool.casework.session import Session, SessionKind
from vigtool.errors import FilmError, NotAFilm, RecordChanged
from vigtool.ids import Id
from vigtool.practice.films import FilmWords
from vigtool.timebase import Span
from vigtool.ui import choosing
from vigtool.ui.desk import Report
from vigtool.ui.families.consent_form import ConsentForm
from vigtool.ui.families.family_forms import NewFamilyForm, PersonForm, SafetyForm
from vigtool.ui.families.path import Stage, Standing, path
from vigtool.ui.families.reading import read_page, read_rows
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.work_forms import CycleForm, FilmForm, SessionForm
from vigtool.ui.jobs import Jobs
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.parts.days import age, length
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.room import Bench
from vigtool.ui.workspace import Workspace

Show = Callable[[Callable[[], QWidget]], list[QWidget]]


@pytest.fixture
def desk() -> MemoryDesk:
    return full_desk()


@pytest.fixture
def bench(qapp: object, desk: MemoryDesk) -> Iterator[Bench]:
    jobs, workspace = Jobs(), Workspace()
    went: list[str] = []
    workspace.desk = desk
    made = Bench(jobs, workspace, MemoryPractice(desk), went.append)
    yield made
    jobs.close()


@pytest.fixture
def room(qtbot: QtBot, bench: Bench) -> FamiliesRoom:
    made = FamiliesRoom(bench, today=lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.entered()
    qtbot.waitUntil(lambda: bench.workspace.family is not None)
    made.list.opened.emit(nadia_s(bench))
    qtbot.waitUntil(lambda: code(bench) == "F-0007")
    return made


def nadia_s(bench: Bench) -> Id:
    return next(family.id for family in bench.desk.families() if family.code == "F-0007")


def code(bench: Bench) -> str:
    return bench.workspace.family.code if bench.workspace.family is not None else ""


def chips(room: FamiliesRoom) -> dict[str, State]:
    QTest.qWait(5)
    return {chip.accessibleName(): chip.state for chip in room.page.people.findChildren(Chip)}


# reading


def test_rows_come_newest_film_first_with_what_is_due(desk: MemoryDesk) -> None:
    rows = read_rows(desk, TODAY)
    assert rows[0].code == "F-0007"
    assert len(rows) == 8
    assert [due.kind.value for due in rows[0].due] == ["shared review"]


def test_a_family_that_is_gone_has_no_page(desk: MemoryDesk) -> None:
    assert read_page(desk, "0" * 32, TODAY) is None


# the way through the cycles


def made_film(cycle: str, kind: FilmKind = FilmKind.INTERACTION, on: date = date(2026, 10, 3)):  # type: ignore[no-untyped-def]  # noqa: ANN201  # a record
    return film("f", FilmWords(kind=kind, cycle=cycle, filmed_on=on), seconds=60)


def cycles(count: int, planned: int = 3) -> tuple[Cycle, ...]:
    return tuple(Cycle(id=f"c{n}", family="f", number=n, planned=planned) for n in range(1, count + 1))


def test_the_way_of_a_family_that_just_began() -> None:
    assert path((), (), (), ()) == []
    steps = path(cycles(1), (), (), ())
    assert [step.standing for step in steps] == [Standing.NOW] + [Standing.PLANNED] * 8
    assert [step.stage for step in steps[:3]] == list(Stage)


def test_the_way_through_a_cycle() -> None:
    first = made_film("c1")
    clip = Clip(id="k", mark=None, film=first.id, span=Span(0, 4 * 90000))
    reel = Reel(id="r", family="f", author="a", cycle="c1", clips=(clip, clip))
    filmed = path(cycles(1), (first,), (), ())
    assert [step.standing.value for step in filmed[:3]] == ["done", "now", "planned"]
    assert filmed[2].on == date(2026, 10, 17), "softly due two weeks after the film"
    cut = path(cycles(1), (first,), (reel,), ())
    assert (cut[1].clips, cut[1].seconds) == (2, Fraction(8))
    meeting = Session(id="s", family="f", number=2, on=date(2026, 10, 20), kind=SessionKind.SHARED_REVIEW)
    seen = path(cycles(1), (first,), (reel,), (meeting,))
    assert [step.standing.value for step in seen[:4]] == ["done", "done", "done", "planned"]
    again = path(cycles(2), (first,), (reel,), (meeting,))
    assert [step.standing.value for step in again[:4]] == ["done", "done", "done", "now"]
    review = made_film("c1", FilmKind.SHARED_REVIEW, date(2026, 10, 18))
    assert path(cycles(1), (first, review), (reel,), ())[2].on == date(2026, 10, 18)


def test_what_was_passed_over_does_not_wait_for_ever() -> None:
    steps = path(cycles(2), (made_film("c1"), made_film("c2", on=date(2026, 11, 12))), (), ())
    assert [step.standing.value for step in steps[:6]] == ["done", "planned", "planned", "done", "now", "planned"]


# the room


def test_the_page_shows_who_agreed_to_what(room: FamiliesRoom) -> None:
    shown = chips(room)
    assert shown["Nadia, Film: yes"] is State.YES
    assert shown["Mina, Photos: yes"] is State.YES
    assert shown["Tomas, Copy: not asked yet"] is State.UNASKED
    assert shown["Vera, Copy: withdrawn"] is State.WITHDRAWN
    assert len(shown) == 32
    assert room.header_items() == ("Nadia and Mina", "since 24 Sep, Willow Lane children’s centre")
    assert "How can I tell" in room.page.question.findChildren(QLabel)[-1].text() or any(
        "How can I tell" in label.text() for label in room.page.question.findChildren(QLabel)
    )
    assert room.page.films.rows.rowCount() == 3
    assert "12 Nov, kitchen, 10:24 · 23 marks" in str(room.page.films.rows.index(0).data())
    assert room.page.sessions.rows.rowCount() == 5


@pytest.mark.parametrize("width", [648, 900, 1100, 1700])
def test_nothing_runs_out_of_the_page_at_any_width(qtbot: QtBot, room: FamiliesRoom, width: int) -> None:
    room.resize(width + 292, 700)
    inner = room.page.widget()
    assert inner is not None
    qtbot.waitUntil(lambda: inner.width() <= room.page.viewport().width(), timeout=3000)

    def fits() -> bool:
        """Chips that were just made are laid out a turn later."""
        rights = [chip.mapTo(room.page, chip.rect().topRight()).x() for chip in room.page.people.findChildren(Chip)]
        return bool(rights) and max(rights) < room.page.viewport().width()

    qtbot.waitUntil(fits, timeout=3000)


def test_the_room_in_every_light(qtbot: QtBot, show_everywhere: Show, bench: Bench) -> None:
    rooms = show_everywhere(lambda: FamiliesRoom(bench, today=lambda: TODAY))
    for room in rooms:
        assert isinstance(room, FamiliesRoom)
        room.entered()
        qtbot.waitUntil(lambda room=room: room.page.isVisible())  # type: ignore[misc]  # bound at once
        assert not room.grab().isNull()


def test_the_list_is_found_by_typing_and_walked_by_arrows(qtbot: QtBot, room: FamiliesRoom, bench: Bench) -> None:
    QTest.keyClick(room.list.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(room.list.search.hasFocus)
    QTest.keyClicks(room.list.search, "freya")
    assert room.list.view.model().rowCount() == 1
    QTest.keyClick(room.list.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: code(bench) == "F-0013")
    room.list.search.setFocus()
    QTest.keyClicks(room.list.search, "zzz")
    assert room.list.nothing.isVisible()
    QTest.keyClick(room.list.search, Qt.Key.Key_Escape)
    assert room.list.view.model().rowCount() == 8
    room.list.which.set_value(True)
    room.list.which.chosen.emit(True)
    assert room.list.view.model().rowCount() == 1


def test_a_film_is_opened_in_its_room(qtbot: QtBot, room: FamiliesRoom, bench: Bench) -> None:
    room.page.films.setFocus()
    room.page.films.setCurrentIndex(room.page.films.rows.index(1, 0))
    QTest.keyClick(room.page.films, Qt.Key.Key_Return)
    assert bench.workspace.film is not None
    assert bench.workspace.film.kind is FilmKind.SHARED_REVIEW


def test_an_empty_case_load_says_how_to_begin(qtbot: QtBot) -> None:
    jobs, workspace = Jobs(), Workspace()
    workspace.desk = MemoryDesk()
    room = FamiliesRoom(Bench(jobs, workspace, MemoryPractice(workspace.desk), lambda _: None), today=lambda: TODAY)
    qtbot.addWidget(room)
    room.show()
    room.entered()
    qtbot.waitUntil(room._nobody.isVisible)
    room._nobody.button.click()
    form = room.findChild(NewFamilyForm)
    assert isinstance(form, NewFamilyForm)
    form.reject()
    jobs.close()


# forms


def accepted(qtbot: QtBot, form: QWidget, bench: Bench) -> None:
    with qtbot.waitSignal(bench.workspace.records_changed):
        form.go.click()  # type: ignore[attr-defined]  # every form has it


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
    form.safe.input.setPlainText("ring in the evening")
    desk.trouble = RecordChanged("somebody else wrote it first", "read it again")
    form.go.click()
    qtbot.waitUntil(lambda: bool(form.findChildren(ErrorPanel)))
    (panel,) = form.findChildren(ErrorPanel)
    assert "What you typed is still here." in panel.accessibleName()
    assert form.isVisible()
    assert form.go.isEnabled()
    desk.trouble = None
    accepted(qtbot, form, bench)
    qtbot.waitUntil(lambda: "evening" in (bench.workspace.family.safe_contact if bench.workspace.family else ""))


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
        partial(SafetyForm, bench, page.family),
        partial(ConsentForm, bench, page),
        partial(SessionForm, bench, page),
        partial(CycleForm, bench, page, page.cycle),
        partial(FilmForm, bench, page, Path("IMG_0412.MOV")),
    ]
    for make in makers:
        for shown in show_everywhere(make):
            shown.close()


# bringing a film in


class Refusing(MemoryDesk):
    """Takes no film."""

    def add_film(self, path: Path, family: Id, words: FilmWords, report: Report, cancelled: Callable[[], bool]):  # type: ignore[no-untyped-def]  # noqa: ANN201
        raise NotAFilm("that file is no film", "choose another one")


def say_film(room: FamiliesRoom, monkeypatch: pytest.MonkeyPatch) -> FilmForm:
    monkeypatch.setattr(choosing, "choose_film", lambda *_: Path("/x/IMG_0412.MOV"))
    room._add_film.click()
    form = room.findChild(FilmForm)
    assert isinstance(form, FilmForm)
    return form


def test_a_film_is_brought_in_while_one_goes_on_working(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = say_film(room, monkeypatch)
    form.title.input.setText("bath")
    form.someone.setChecked(True)
    with qtbot.waitSignal(bench.workspace.records_changed):
        form.go.click()
        (panel,) = room.findChildren(ProgressPanel)
        assert "F-0007" in panel.bar.accessibleName()
    qtbot.waitUntil(lambda: room.page.films.rows.rowCount() == 4)
    made = max(desk.films(nadia_s(bench)), key=lambda found: found.title == "bath")
    assert made.someone_else
    assert len(made.persons) == 4
    assert made.cycle == desk.cycles(nadia_s(bench))[-1].id
    assert made.session == max(desk.sessions(nadia_s(bench)), key=lambda found: found.number).id


def test_a_film_that_is_none_is_said_where_it_was_begun(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = Refusing(records=bench.desk.records)  # type: ignore[attr-defined]  # the desk in memory
    bench.workspace.desk = refusing
    form = say_film(room, monkeypatch)
    form.go.click()
    qtbot.waitUntil(lambda: bool(room.findChildren(ErrorPanel)))
    (panel,) = room.findChildren(ErrorPanel)
    assert "That file is no film. Nothing of it was kept." in panel.accessibleName()
    panel.answered.emit(1)
    assert not room.findChildren(ErrorPanel)
    assert issubclass(NotAFilm, FilmError)


# words


def test_ages_and_lengths_are_said_plainly() -> None:
    on = date(2026, 11, 22)
    assert age(date(2026, 4, 9), on) == "7 months"
    assert age(date(2026, 11, 1), on) == "3 weeks"
    assert age(date(2027, 1, 9), on) == "due Jan"
    assert age(date(2024, 1, 1), on) == "2 years"
    assert length(Fraction(624)) == "10:24"
    assert length(Fraction(3725)) == "1:02:05"


def test_the_page_of_another_family_replaces_all_of_it(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, desk: MemoryDesk
) -> None:
    other = next(family for family in desk.families() if family.code == "F-0014")
    desk.put(replace(other, safe_contact=""))
    bench.workspace.open_film(desk.films(nadia_s(bench))[0])
    room.list.opened.emit(other.id)
    qtbot.waitUntil(lambda: code(bench) == "F-0014")
    assert bench.workspace.film is None
    assert bench.workspace.cycle is None
    assert room.page.question.begin.isVisible()
    assert set(chips(room)) == {name for name in chips(room) if name.startswith("Tomi, ")}
