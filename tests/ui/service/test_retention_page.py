"""The page of retention: what is due, held and erased, and by which rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_in_memory import TODAY, MemoryDesk
from service_on_screen import Wait, chips, is_open, page, said, sheet, values
from vigtool.casework.erasure import Erasure
from vigtool.casework.film import FilmKind
from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.member import StaffRole
from vigtool.casework.retention import Due, Lacking, RetentionRule, Undated
from vigtool.ids import new_id
from vigtool.ui import choosing
from vigtool.ui.service.retention_forms import EraseForm, ReasonForm, RuleForm
from vigtool.ui.service.retention_page import RetentionPage
from vigtool.ui.service.room import ServiceRoom


@pytest.fixture
def retention(room: ServiceRoom, desk: MemoryDesk, until: Wait) -> RetentionPage:
    film = next(one for one in desk.films() if one.title == "play mat")
    rule = desk.put(RetentionRule(id=new_id(), kind=FilmKind.INTERACTION, months_after_closing=2))
    held = LegalHold(id=new_id(), family=film.family, reason="a court asked", on=TODAY, by=new_id())
    other = desk.families()[0].id
    desk.due_now = [
        Due(what=film.id, family=film.family, film=film.id, rule=rule, on=TODAY),
        Due(what=other, family=other, film=None, rule=rule, on=TODAY, held=held),
    ]
    desk.undated_now = [Undated(what=other, family=other, film=None, lacking=(Lacking.CLOSING,))]
    shown = page(room, "retention", RetentionPage)
    until(lambda: len(values(shown.due)) == 2)
    return shown


def test_erasing_asks_for_a_reason_and_the_code_typed_out(
    room: ServiceRoom, retention: RetentionPage, desk: MemoryDesk, until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    due: Due = values(retention.due)[0]
    assert due.film is not None
    retention.due.choose(0)
    retention.erase.click()
    until(lambda: is_open(room, EraseForm))
    form = sheet(room, EraseForm)
    assert "can still bring it back until 20 Feb 2027" in said(form)
    form.typed.input.setText("F-0007")
    form.try_to_accept()
    assert form.isVisible()
    assert form.why.error
    form.why.input.setText("the family asked")
    form.typed.input.setText("F-0011")
    form.try_to_accept()
    assert form.typed.error
    assert due.film in {one.id for one in desk.films()}
    form.typed.input.setText("f-0007")
    form.try_to_accept()
    until(lambda: "It is erased" in said(retention))
    assert due.film not in {one.id for one in desk.films()}


def test_what_is_held_cannot_be_erased_from_here(retention: RetentionPage) -> None:
    retention.due.choose(1)
    assert not retention.erase.isVisible()
    assert chips(retention.due) == ["due", "held"]


def test_holds_are_placed_and_lifted_with_a_reason(
    room: ServiceRoom, retention: RetentionPage, desk: MemoryDesk, until: Wait
) -> None:
    retention.undated.choose(0)
    retention.hold_undated.click()
    form = sheet(room, ReasonForm)
    form.try_to_accept()
    assert form.reason.error
    form.reason.input.setPlainText("a court asked")
    form.try_to_accept()
    until(lambda: chips(retention.holds) == ["stands"])
    retention.holds.choose(0)
    retention.lift.click()
    form = sheet(room, ReasonForm)
    form.reason.input.setPlainText("it is over")
    form.try_to_accept()
    until(lambda: chips(retention.holds) == ["lifted"])
    assert not retention.lift.isVisible()


def test_a_rule_is_taken_from_an_offer_changed_and_taken_away(
    room: ServiceRoom, retention: RetentionPage, desk: MemoryDesk, until: Wait
) -> None:
    retention.add_rule.click()
    form = sheet(room, RuleForm)
    form.try_to_accept()
    until(lambda: "The rule says no time yet" in said(form))
    form.offer.setCurrentIndex(3)
    form.try_to_accept()
    until(lambda: len(values(retention.rules)) == 2)
    assert values(retention.rules)[1].until_age == 25
    retention.rules.choose(1)
    retention.change_rule.click()
    form = sheet(room, RuleForm)
    assert form.age.value() == 25
    form.on_word.setChecked(True)
    assert not form.age.isVisible()
    form.try_to_accept()
    until(lambda: len(values(retention.rules)) == 2 and values(retention.rules)[1].on_word_only)
    retention.rules.choose(1)
    retention.remove_rule.click()
    until(lambda: len(values(retention.rules)) == 1)


def test_whoever_may_not_set_rules_is_not_offered_to(retention: RetentionPage, desk: MemoryDesk, until: Wait) -> None:
    desk.roles = frozenset({StaffRole.PRACTITIONER})
    retention.read()
    until(lambda: not retention.add_rule.isVisible())
    retention.rules.choose(0)
    assert not retention.change_rule.isVisible()


def test_a_certificate_is_saved(
    retention: RetentionPage, desk: MemoryDesk, tmp_path: Path, until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(
        Erasure(id=new_id(), what="ab" * 16, family="ab" * 16, reason="asked for", on=TODAY, by=new_id(), erased=(),
                files=1)
    )  # fmt: skip
    retention.read()
    until(lambda: chips(retention.erasing.list) == ["gone for good"])
    retention.erasing.list.choose(0)
    monkeypatch.setattr(choosing, "choose_target", lambda *_: tmp_path / "certificate.txt")
    retention.erasing.save.click()
    until((tmp_path / "certificate.txt").is_file)
    until(lambda: not retention.erasing.doing.is_busy)
