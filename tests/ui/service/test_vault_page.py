"""The vault's page: backups, the machine, films that are read through, and a quiet way to add somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from desk_in_memory import TODAY, MemoryDesk
from service_in_memory import NOW
from service_on_screen import Wait, chips, is_open, names, page, said, sheet, titles, values
from vigtool.casework.backup import Backup
from vigtool.casework.scrub import DamagedFilm, Scrub
from vigtool.errors import Cancelled as Stopped
from vigtool.ids import new_id
from vigtool.timebase import Span
from vigtool.ui import choosing
from vigtool.ui.service.backup_forms import BackupForm, TrialForm
from vigtool.ui.service.people_forms import AddColleagueForm
from vigtool.ui.service.people_page import PeoplePage
from vigtool.ui.service.room import ServiceRoom
from vigtool.ui.service.vault_page import VaultPage
from vigtool.vault.shapes import Finding

WORDS = "marsh copper violin lantern plum otter"


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
