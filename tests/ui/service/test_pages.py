"""Vault, copies, retention and people: what each page shows, and what can be done on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desk_in_memory import TODAY, MemoryDesk
from people_in_memory import CARD, colleague
from service_in_memory import NOW
from service_on_screen import chips, is_open, names, page, said, sheet, titles, values
from vigtool.casework.backup import Backup
from vigtool.casework.copy import Copy, CopyKind, CopyOutcome, CopySettled, Intent
from vigtool.casework.erasure import Erasure
from vigtool.casework.film import FilmKind
from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.member import CardCheck, StaffRole
from vigtool.casework.retention import Due, Lacking, RetentionRule, Undated
from vigtool.casework.scrub import DamagedFilm, Scrub
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.errors import Cancelled as Stopped
from vigtool.ids import new_id
from vigtool.practice.sharing import FamilyInCare
from vigtool.timebase import Span
from vigtool.ui import choosing
from vigtool.ui.families.rows_view import VALUE
from vigtool.ui.service.backup_forms import BackupForm, TrialForm
from vigtool.ui.service.copies_page import CopiesPage
from vigtool.ui.service.film_page import FilmPage
from vigtool.ui.service.people_forms import AddColleagueForm, CompareForm, LeaveForm, NameForm, ReassignForm, RolesForm
from vigtool.ui.service.people_page import PeoplePage
from vigtool.ui.service.retention_forms import EraseForm, ReasonForm, RuleForm
from vigtool.ui.service.retention_page import RetentionPage
from vigtool.ui.service.room import ServiceRoom
from vigtool.ui.service.vault_page import VaultPage
from vigtool.vault.shapes import Finding

WORDS = "marsh copper violin lantern plum otter"
Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def until(qtbot: QtBot) -> Wait:
    def wait(ready: Callable[[], bool]) -> None:
        qtbot.waitUntil(ready)

    return wait


# The vault


@pytest.fixture
def vault(room: ServiceRoom, until: Wait) -> VaultPage:
    shown = page(room, "vault", VaultPage)
    until(lambda: "Families you can open" in said(shown) and not shown.machine.doing.is_busy)
    return shown


def test_a_person_alone_meets_no_people_but_a_quiet_way_to_add_one(
    room: ServiceRoom, vault: VaultPage, desk: MemoryDesk, until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names(room) == ["vault", "copies", "retention", "log"]
    assert vault.add_colleague.isVisible()
    desk.own_name = ""
    vault.add_colleague.click()
    form = sheet(room, AddColleagueForm)
    until(form.own.isVisible)
    form.name.input.setText("Ruth")
    form.try_to_accept()
    assert form.own.error
    form.own.input.setText("Hanna")
    form.passphrase.again.input.setText(form.passphrase.passphrase)
    monkeypatch.setattr(type(desk), "works_alone", lambda _self: False)
    form.try_to_accept()
    until(lambda: names(room)[-1] == "people")
    people = room.page("people")
    assert isinstance(people, PeoplePage)
    until(lambda: titles(people.people) == ["Hanna (you)", "Ruth"])
    room.turn_to("vault")
    until(lambda: not vault.add_colleague.isVisible())


def test_what_there_is_to_do_stands_first_and_goes_when_it_is_done(
    room: ServiceRoom, vault: VaultPage, tmp_path: Path, until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "There is no backup yet" in said(vault.to_do)
    monkeypatch.setattr(choosing, "choose_folder", lambda *_: tmp_path)
    vault.backups.make.click()
    until(lambda: is_open(room, BackupForm))
    sheet(room, BackupForm).accept()
    until(lambda: "The backup is there" in said(vault.backups))
    until(lambda: not vault.to_do.isVisible())
    assert chips(vault.backups.list) == ["read back"]


def test_a_place_that_a_cloud_copies_is_said_before_a_backup_goes_there(
    room: ServiceRoom, vault: VaultPage, desk: MemoryDesk, tmp_path: Path, until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.place_warning = "a cloud service copies that folder"
    monkeypatch.setattr(choosing, "choose_folder", lambda *_: tmp_path)
    vault.backups.make.click()
    until(lambda: is_open(room, BackupForm))
    form = sheet(room, BackupForm)
    until(lambda: "A cloud service copies that folder." in said(form))
    assert form.go.text() == "Put it there all the same"
    form.reject()
    monkeypatch.setattr(choosing, "choose_folder", lambda *_: tmp_path / "not there")
    vault.backups.make.click()
    until(lambda: "That folder is not there" in said(vault.backups))


def test_a_backup_is_tried_out_with_the_passphrase_and_said_to_be_gone(
    room: ServiceRoom, vault: VaultPage, desk: MemoryDesk, until: Wait
) -> None:
    old = desk.put(
        Backup(id=new_id(), target="/x", made=NOW, by=new_id(), keep_until=TODAY - timedelta(days=1), whole=True)
    )
    desk.put(replace(old, id=new_id(), made=NOW + timedelta(hours=1), keep_until=TODAY, whole=True))
    vault.read()
    until(lambda: chips(vault.backups.list) == ["read back", "past its day"])
    vault.backups.list.choose(0)
    for typed, answer in (("not that one", "opens nothing here"), (WORDS, "can be restored")):
        vault.backups.try_out.click()
        form = sheet(room, TrialForm)
        form.words.input.setText(typed)
        form.try_to_accept()
        until(lambda answer=answer: answer in said(vault.backups))  # type: ignore[misc]  # each its own
    until(lambda: chips(vault.backups.list)[0] == "tried out")
    desk.in_backup = [Finding(object=new_id(), what="a film in it is damaged", hint="make another")]
    vault.backups.begin_trial(values(vault.backups.list)[0], WORDS)
    until(lambda: "A film in it is damaged" in said(vault.backups))
    vault.backups.list.choose(1)
    vault.backups.gone.click()
    until(lambda: len(values(vault.backups.list)) == 1)
    assert desk.records[Backup][old.id].gone == TODAY


def test_the_machine_is_looked_at_once_and_what_is_wrong_stands_first(
    vault: VaultPage, desk: MemoryDesk, until: Wait
) -> None:
    assert chips(vault.machine.list) == ["not in order", "look at this", "cannot tell", "in order"]
    assert "Make room before the next film." in said(vault.machine)
    desk.machine = desk.machine[:1]
    vault.read()
    assert len(chips(vault.machine.list)) == 4
    vault.machine.again.click()
    until(lambda: chips(vault.machine.list) == ["in order"])


def test_films_are_read_through_stopped_gone_on_with_and_mended(
    vault: VaultPage, desk: MemoryDesk, tmp_path: Path, until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "never read through" in said(vault.films)
    film = desk.films()[0]
    hole = DamagedFilm(
        film=film.id, spans=(Span(90_000 * 12, 90_000 * 15),), time_base=Fraction(1, 90_000), start=0
    )  # fmt: skip
    desk.damaged_now = [hole]
    desk.put(Scrub(id=new_id(), on=NOW, by=desk.audit.me, films=1, finished=False))
    vault.read()
    until(lambda: vault.films.look.text() == "Go on reading")
    vault.films.look.click()
    until(lambda: "Read through last on 22 Nov 2026" in said(vault.films))
    assert chips(vault.films.list) == ["damaged"]
    assert "0:12 to 0:15" in vault.films.list.rows.index(0, 0).data()
    vault.films.list.choose(0)
    for folder, ended in ((tmp_path / "none", "There is no backup in that folder"), (tmp_path, "as it was sealed")):
        monkeypatch.setattr(choosing, "choose_folder", lambda *_, folder=folder: folder)
        vault.films.mend.click()
        until(lambda ended=ended: ended in said(vault.films))  # type: ignore[misc]  # each its own


def test_a_reading_that_is_stopped_says_that_it_can_be_gone_on_with(
    vault: VaultPage, desk: MemoryDesk, until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_report: object, _cancelled: object) -> Scrub:
        desk.put(Scrub(id=new_id(), on=NOW, by=desk.audit.me, films=1, finished=False))
        raise Stopped

    monkeypatch.setattr(desk, "scrub", stopped)
    vault.films.look.click()
    until(lambda: "can be gone on with" in said(vault.films))


# Copies


def a_copy(desk: MemoryDesk, **more: object) -> Copy:
    film = desk.films()[0]
    known = {
        "id": new_id(), "family": film.family, "kind": CopyKind.FILM, "source": film.id, "to_words": "the court",
        "target": "/stick/green.mp4", "sha256": b"", "size": 1, "made": NOW, "given_by": desk.audit.me, **more,
    }  # fmt: skip
    return desk.put(Copy(**known))  # type: ignore[arg-type]  # what a test says of it


def test_copies_stand_until_somebody_says_what_became_of_them(room: ServiceRoom, desk: MemoryDesk, until: Wait) -> None:
    shown = page(room, "copies", CopiesPage)
    until(lambda: "Nothing is out there" in said(shown))
    film = desk.films()[0]
    copy, done = a_copy(desk), a_copy(desk, to_words="Ruth")
    desk.put(
        CopySettled(
            id=new_id(), family=film.family, copy=done.id, outcome=CopyOutcome.DELETED, on=TODAY, by=desk.audit.me
        )
    )
    stray = desk.put(StrayCopy(id=new_id(), family=film.family, film=film.id, where=StrayPlace.PHONE, noted=TODAY))
    shown.read()
    until(lambda: [now.copy for now in values(shown.copies)] == [copy])
    assert values(shown.strays) == [stray]
    shown.strays.choose(0)
    shown.gone.click()
    until(lambda: desk.records[StrayCopy][stray.id].gone == TODAY and not shown.doing.is_busy)
    shown.copies.choose(0)
    assert "/stick/green.mp4" in said(shown)
    shown.outcomes[CopyOutcome.GIVEN_BACK].click()
    until(lambda: not values(shown.copies) and "Nothing is out there" in said(shown))
    shown.which.set_value(False)
    shown.which.chosen.emit(False)
    assert sorted(chips(shown.copies)) == ["deleted", "given back"]
    assert chips(shown.strays) == ["gone"]


def test_the_page_of_a_film_opens_from_its_copy(room: ServiceRoom, desk: MemoryDesk, until: Wait) -> None:
    a_copy(desk)
    shown = page(room, "copies", CopiesPage)
    until(lambda: len(values(shown.copies)) == 1)
    shown.copies.choose(0)
    shown.film.click()
    opened = sheet(room, FilmPage)
    until(lambda: "How long it is kept" in said(opened))
    opened.accept()


# Retention


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


def test_a_handover_that_was_cut_off_is_told_until_its_place_is_said_to_be_lost(
    room: ServiceRoom, desk: MemoryDesk, until: Wait
) -> None:
    film = desk.films()[0]
    intent = Intent(
        id=new_id(), family=film.family, act="film export", source=film.id, kind=CopyKind.FILM,
        target="/media/a long and lost stick/film.mp4", begun=datetime(2026, 11, 20, tzinfo=UTC), to_words="Dr Omar",
    )  # fmt: skip
    desk.put(intent)
    copies = page(room, "copies", CopiesPage)
    until(copies.cut_off.isVisible)
    assert chips(copies.cut_off.list) == ["perhaps out there"]
    assert not copies.cut_off.give_up.isVisible()
    copies.cut_off.list.choose(0)
    assert "a long and lost stick" in said(copies.cut_off)
    copies.cut_off.give_up.click()
    until(lambda: not copies.cut_off.isVisible())
    assert any(now.copy.target == intent.target and not now.copy.whole for now in desk.register().copies)


# People


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
