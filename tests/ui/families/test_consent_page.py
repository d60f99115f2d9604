"""The consent page: the table by the one rule, what stands behind a cell, signatures, decisions, capacity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk_in_memory import TODAY, MemoryDesk
from families_on_screen import accepted, nadia_s, the, words_in
from room_to_spare import too_wide
from vigtool.casework.consent import Answer, Scope
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.family import Person
from vigtool.casework.member import StaffRole
from vigtool.ids import Id
from vigtool.ui.families.consent_cells import Cell, cells
from vigtool.ui.families.consent_form import ConsentForm
from vigtool.ui.families.consent_model import CELL
from vigtool.ui.families.consent_page import ConsentPage
from vigtool.ui.families.decision_form import CapacityForm, DecisionForm
from vigtool.ui.families.reading import read_page
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.tabs import Tab
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.room import Bench

Show = Callable[[Callable[[], QWidget]], list[QWidget]]


@pytest.fixture
def family(desk: MemoryDesk) -> Id:
    """Nadia and Tomas both answer for Mina, and differ about training; Tomas's yes to a copy has expired."""
    found = next(one.id for one in desk.families() if one.code == "F-0007")
    mina, tomas = person(desk, "Mina"), person(desk, "Tomas")
    desk.put(replace(tomas, responsible_for=(mina.id,)))
    sign(desk, tomas, (mina.id,), {Scope.TRAINING: Answer.YES})
    desk.give_consent(
        SignedForm(
            family=found,
            signed_by=tomas.id,
            signed_as="father",
            for_persons=(tomas.id,),
            answers={Scope.COPY: Answer.YES},
            on=date(2026, 5, 9),
            recipients=(tomas.id,),
            review=date(2026, 11, 9),
            form_version="2",
            note="asked twice",
        )
    )
    return found


@pytest.fixture
def page(qtbot: QtBot, family: Id, room: FamiliesRoom) -> ConsentPage:
    room.bench.workspace.records_changed.emit()  # it may have been read before they differed
    room.tabs.open_tab(Tab.CONSENT)
    page = room.tabs.consent
    qtbot.waitUntil(lambda: choose(page, "Mina", Scope.TRAINING).disagree)
    return page


def person(desk: MemoryDesk, name: str) -> Person:
    return next(one for one in desk.persons() if one.name == name)


def sign(desk: MemoryDesk, signer: Person, whom: tuple[Id, ...], answers: dict[Scope, Answer]) -> None:
    desk.give_consent(
        SignedForm(
            family=signer.family,
            signed_by=signer.id,
            signed_as="father",
            for_persons=whom,
            answers=answers,
            on=date(2026, 10, 9),
            recipients=(signer.id,),
        )
    )


def table_of(desk: MemoryDesk, family: Id, on: date = TODAY) -> dict[tuple[str, Scope], Cell]:
    everyone = {one.id: one for one in desk.persons(family)}
    made = cells(everyone.values(), everyone, desk.consents(family), desk.lead_decisions(family), on)
    return {(cell.person.name, cell.scope): cell for cell in made}


def choose(page: ConsentPage, name: str, scope: Scope) -> Cell:
    persons = [one.name for one in page.table.cells.persons]
    index = page.table.cells.index(list(Scope).index(scope), 1 + persons.index(name), QModelIndex())
    page.table.setCurrentIndex(index)
    cell: Cell = index.data(CELL)
    return cell


def test_every_way_an_answer_can_stand(desk: MemoryDesk, family: Id) -> None:
    table = table_of(desk, family)
    assert len(table) == 4 * len(Scope)
    assert (table["Nadia", Scope.FILM].state, table["Nadia", Scope.FILM].words) == (State.YES, "yes")
    assert table["Nadia", Scope.TRAINING].words == "no"
    assert table["Nadia", Scope.RESEARCH].words == "not asked"
    assert table["Vera", Scope.COPY].words == "withdrawn"
    assert table["Mina", Scope.TRAINING].state is State.DISAGREE
    assert table["Tomas", Scope.COPY].words == "expired, 9 Nov 2026"
    assert table_of(desk, family, date(2026, 11, 9))["Tomas", Scope.COPY].words == "yes", "that day itself still counts"


def test_a_decision_shows_as_one_and_ends_with_another_answer(desk: MemoryDesk, family: Id) -> None:
    mina, tomas = person(desk, "Mina"), person(desk, "Tomas")
    reason = "heard both"
    desk.decide_as_lead(family, mina.id, Scope.TRAINING, answer=Answer.YES, reason=reason, on=TODAY)
    cell = table_of(desk, family)["Mina", Scope.TRAINING]
    assert (cell.state, cell.words) == (State.YES, "yes, decided 22 Nov")
    sign(desk, tomas, (mina.id,), {Scope.TRAINING: Answer.YES})
    assert table_of(desk, family)["Mina", Scope.TRAINING].state is State.DISAGREE


def test_the_table_is_walked_by_arrows_and_says_itself(qtbot: QtBot, page: ConsentPage) -> None:
    choose(page, "Nadia", Scope.FILM)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    index = page.table.currentIndex()
    assert index.data(CELL).person.name == "Tomas"
    assert index.data(int(Qt.ItemDataRole.AccessibleTextRole)) == "Tomas, Looking at the film together: yes"
    QTest.keyClick(page.table, Qt.Key.Key_Left)
    QTest.keyClick(page.table, Qt.Key.Key_Left)
    assert page.table.currentIndex().column() == 1, "what was asked is no cell to stand on"


def test_behind_a_cell_stands_who_signed_as_what_until_when_and_for_whom(page: ConsentPage) -> None:
    choose(page, "Tomas", Scope.COPY)
    said = words_in(page.history)
    for words in (
        "The day for asking again has gone by", "yes, 9 May 2026", "as \u2068father\u2069", "version", "9 Nov 2026",
        "for \u2068Tomas\u2069 only", "asked twice",
    ):  # fmt: skip
        assert words in said, words
    choose(page, "Vera", Scope.INTERVISION)
    assert "Nobody was asked yet" in words_in(page.history)
    assert page.history.decide is None


def test_a_lead_decides_where_holders_disagree_and_says_why(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, bench: Bench, desk: MemoryDesk
) -> None:
    choose(page, "Mina", Scope.TRAINING)
    assert page.history.decide is not None
    page.history.decide.click()
    form = the(room, DecisionForm)
    form.answer.set_value(Answer.YES)
    form.go.click()
    assert form.reason.error
    form.reason.input.setPlainText("heard both, the film is blurred")
    accepted(qtbot, form, bench)
    (decision,) = desk.lead_decisions(nadia_s(bench))
    assert (decision.answer, decision.scope, len(decision.rests_on)) == (Answer.YES, Scope.TRAINING, 2)
    qtbot.waitUntil(lambda: choose(page, "Mina", Scope.TRAINING).decision is not None)
    assert "heard both" in words_in(page.history)


def test_who_is_no_lead_is_offered_neither_a_decision_nor_the_second_door(
    qtbot: QtBot, room: FamiliesRoom, bench: Bench, desk: MemoryDesk, family: Id
) -> None:
    bench.workspace.records_changed.emit()
    room.tabs.open_tab(Tab.CONSENT)
    assert room.tabs.consent.given.disclosure.isVisible(), "a person working alone is a lead"
    desk.roles = frozenset({StaffRole.PRACTITIONER})
    bench.workspace.records_changed.emit()
    qtbot.waitUntil(lambda: not room.tabs.consent.given.disclosure.isVisible())
    choose(room.tabs.consent, "Mina", Scope.TRAINING)
    assert room.tabs.consent.history.decide is None


def test_a_signature_says_form_day_for_asking_again_and_who_may_have_a_copy(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, bench: Bench, desk: MemoryDesk
) -> None:
    page.signature.click()
    form = the(room, ConsentForm)
    assert form.form.input.text() in {"1", "2"}
    assert not form.recipients.isVisible()
    form.answers[Scope.COPY].set_value(Answer.YES)
    form.answers[Scope.COPY].chosen.emit(Answer.YES)
    assert form.recipients.isVisible()
    nadia, tomas = person(desk, "Nadia"), person(desk, "Tomas")
    assert form.recipients.chosen == (nadia.id,), "the other parent is another consent"
    form.recipients.checks[nadia.id].setChecked(False)
    form.go.click()
    assert "who may be given a copy" in form.nothing.text()
    form.recipients.checks[tomas.id].setChecked(True)
    form.review.known.setChecked(True)
    form.review.input.setDate(form.on.input.date().addDays(-1))
    form.go.click()
    assert "before the day of the signature" in form.nothing.text()
    form.review.input.setDate(form.on.input.date().addDays(30))
    form.form.input.setText("3")
    form.note.input.setPlainText("on paper")
    accepted(qtbot, form, bench)
    given = max(desk.consents(nadia.family), key=lambda one: one.entered)
    assert (given.recipients, given.form_version, given.note) == ((tomas.id,), "3", "on paper")
    assert given.review is not None


def test_capacity_stands_apart_from_what_was_answered(
    qtbot: QtBot, room: FamiliesRoom, page: ConsentPage, bench: Bench, desk: MemoryDesk
) -> None:
    page.capacity.add.click()
    form = the(room, CapacityForm)
    assert "Mina" not in [form.person.input.itemText(n) for n in range(form.person.input.count())]
    form.has.set_value(False)
    form.words.input.setPlainText("slept two hours")
    before = len(desk.consents(nadia_s(bench)))
    accepted(qtbot, form, bench)
    qtbot.waitUntil(lambda: bool(page.capacity.findChildren(Chip)))
    assert "slept two hours" in words_in(page.capacity)
    assert [chip.accessibleName() for chip in page.capacity.findChildren(Chip)] == ["cannot decide now"]
    assert len(desk.consents(nadia_s(bench))) == before


@pytest.mark.parametrize("width", [648, 900, 1500])
def test_the_page_keeps_within_its_width(qtbot: QtBot, page: ConsentPage, width: int, room: FamiliesRoom) -> None:
    room.resize(width + 292, 700)
    qtbot.waitUntil(lambda: page.width() == width)
    assert too_wide(page) == 0
    page.given.heading.beside.setText("a word beside it that goes on and on, longer than any window is wide " * 3)
    assert too_wide(page) == 0
    page.given.heading.add(_block(width))
    assert too_wide(page) > 0, "what does not fit was not seen"


def _block(width: int) -> QWidget:
    made = QWidget()
    made.setMinimumWidth(width)
    made.show()
    return made


def test_the_page_in_every_light(show_everywhere: Show, desk: MemoryDesk, family: Id) -> None:
    shown = read_page(desk, family, TODAY)
    assert shown is not None

    def make() -> QWidget:
        made = ConsentPage(TODAY)
        made.show_page(shown)
        made.resize(900, 700)
        return made

    show_everywhere(make)


def test_a_family_of_nobody_says_how_to_begin(qtbot: QtBot, room: FamiliesRoom, bench: Bench, desk: MemoryDesk) -> None:
    empty = desk.add_family(name="New", people=[], place="", safe_contact="")
    room.list.opened.emit(empty.id)
    qtbot.waitUntil(lambda: bench.workspace.family is not None and bench.workspace.family.id == empty.id)
    room.tabs.open_tab(Tab.CONSENT)
    assert "Nobody is written down yet" in words_in(room.tabs.consent)
    assert not room.tabs.consent.withdraw.isVisible()
    assert not room.tabs.consent.signature.isVisible()
