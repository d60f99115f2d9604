"""The page of people: who they are, how their cards are known, and what they may do."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from desk_in_memory import TODAY, MemoryDesk
from people_in_memory import CARD, colleague
from service_on_screen import Wait, chips, is_open, page, said, sheet, titles, values
from vigtool.casework.member import CardCheck, StaffRole
from vigtool.ids import new_id
from vigtool.practice.sharing import FamilyInCare
from vigtool.ui.families.rows_view import VALUE
from vigtool.ui.service.people_forms import CompareForm, LeaveForm, NameForm, ReassignForm, RolesForm
from vigtool.ui.service.people_page import PeoplePage
from vigtool.ui.service.room import ServiceRoom
from vigtool.ui.unsaved import unsaved_typing


@pytest.fixture
def people(room: ServiceRoom, desk: MemoryDesk, until: Wait) -> PeoplePage:
    roles = StaffRole
    desk.staff[:] = [
        colleague("Hanna", *roles, is_self=True, checked=None),
        colleague("Ruth", roles.SUPERVISOR),
        colleague("Omar", roles.PRACTITIONER, checked=CardCheck.NONE),
        colleague("Bela", roles.PRACTITIONER, left=TODAY),
    ]
    desk.in_care.append(FamilyInCare(family=new_id(), code="F-0031", holders={}))
    shown = page(room, "people", PeoplePage)
    until(lambda: len(values(shown.people)) == 4)
    return shown


def test_who_they_are_and_how_their_cards_are_known(people: PeoplePage, until: Wait) -> None:
    assert chips(people.people) == ["", "card known", "card not compared", "left"]
    until(lambda: all(word in said(people.card) for word in CARD))
    for place, offered in enumerate(([], ["leaves"], ["compare", "leaves"], [])):
        people.people.choose(place)
        shown = [name for name in ("compare", "leaves") if getattr(people, name).isVisible()]
        assert shown == offered


def test_a_card_is_compared_by_its_six_words(
    room: ServiceRoom, people: PeoplePage, desk: MemoryDesk, until: Wait
) -> None:
    people.people.choose(2)
    people.compare.click()
    form = sheet(room, CompareForm)
    field = form.card.said.input
    assert not any(word in said(form) for word in CARD)
    field.setText("only three words")
    form.try_to_accept()
    assert not form.go.isEnabled()
    field.setText("marsh copper violin lantern plum badger")
    until(lambda: "They differ" in said(form))
    assert not form.go.isEnabled()
    field.setText(" ".join(CARD))
    until(form.go.isEnabled)
    form.try_to_accept()
    until(lambda: not is_open(room, CompareForm))


def test_ones_own_name_is_changed_and_the_one_that_was_entered_stays_beside_it(
    room: ServiceRoom, people: PeoplePage, until: Wait
) -> None:
    people.people.choose(1)
    assert not people.own_name.isVisible(), "nobody renames a colleague"
    people.people.choose(0)
    people.own_name.click()
    form = sheet(room, NameForm)
    form.name.input.setText("  ")
    form.try_to_accept()
    assert form.name.error
    form.name.input.setText("ruth")
    form.try_to_accept()
    until(lambda: "called that already" in said(form))
    form.name.input.setText("Hanna K.")
    form.try_to_accept()
    until(lambda: not is_open(room, NameForm))
    until(lambda: titles(people.people)[0] == "Hanna K. (you)")
    assert "entered as \u2068Hanna\u2069" in people.people.rows.index(0, 0).data(VALUE).below


def test_roles_change_and_somebody_leaves(room: ServiceRoom, people: PeoplePage, until: Wait) -> None:
    people.people.choose(2)
    people.roles.click()
    form = sheet(room, RolesForm)
    for box in form.roles.boxes.values():
        box.setChecked(False)
    form.try_to_accept()
    assert "Choose at least one." in said(form)
    form.roles.boxes[StaffRole.SUPERVISOR].setChecked(True)
    form.try_to_accept()
    until(lambda: values(people.people)[2].roles == {StaffRole.SUPERVISOR})
    people.people.choose(2)
    people.leaves.click()
    sheet(room, LeaveForm).try_to_accept()
    until(lambda: chips(people.people)[2] == "left")


def test_a_family_in_care_is_given_to_a_colleague_with_a_reason(
    room: ServiceRoom, people: PeoplePage, desk: MemoryDesk, until: Wait
) -> None:
    assert chips(people.care) == ["nobody opens it"]
    people.care.choose(0)
    people.reassign.click()
    form = sheet(room, ReassignForm)
    assert [form.to.itemText(place) for place in range(form.to.count())] == ["Hanna", "Ruth", "Omar"]
    form.to.setCurrentIndex(1)
    form.try_to_accept()
    assert form.why.error
    form.why.input.setPlainText("Hanna is ill")
    form.try_to_accept()
    until(lambda: bool(desk.reassigned))
    (given,) = desk.reassigned
    assert given[1:] == (desk.staff[1].user, "Hanna is ill")


def test_whoever_may_not_add_people_is_not_offered_to(people: PeoplePage, desk: MemoryDesk, until: Wait) -> None:
    desk.roles = frozenset({StaffRole.PRACTITIONER})
    desk.in_care.clear()
    people.read()
    until(lambda: not people.add.isVisible())
    people.people.choose(1)
    assert not people.roles.isVisible()
    assert not people.leaves.isVisible()
    assert not people.make_key.isVisible()


def test_what_is_half_typed_here_is_not_about_the_family_that_is_open(
    room: ServiceRoom, people: PeoplePage, until: Wait
) -> None:
    """Whoever has the key of that family is not to read it."""
    people.care.choose(0)
    until(people.reassign.isEnabled)
    people.reassign.click()
    form = sheet(room, ReassignForm)
    QTest.keyClicks(form.why.input, "long ill")
    assert [(typed.text, typed.about_another) for typed in unsaved_typing()] == [("long ill", True)]
