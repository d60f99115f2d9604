"""The Service room on a real vault: what was read is found, a break is named, things go and are said to be gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import vault_case
from desk_in_memory import MemoryPractice
from service_on_screen import chips, page, said, sheet, titles, values
from vault_case import PASSPHRASE
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.casework.retention import RetentionRule
from vigtool.casework.stray_copy import StrayPlace
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.errors import NoSuchRecord
from vigtool.ids import new_id
from vigtool.practice.auditing import Wanted, log_entries
from vigtool.practice.opening import Opened
from vigtool.practice.records import values as records
from vigtool.practice.retention import set_rule
from vigtool.practice.stray_copies import note_stray, stray_copies_of
from vigtool.ui import choosing
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.room import Bench
from vigtool.ui.service.backup_forms import BackupForm, TrialForm
from vigtool.ui.service.copies_page import CopiesPage
from vigtool.ui.service.film_page import FilmPage
from vigtool.ui.service.log_page import LogPage
from vigtool.ui.service.retention_forms import EraseForm
from vigtool.ui.service.retention_page import RetentionPage
from vigtool.ui.service.room import ServiceRoom
from vigtool.ui.service.vault_page import VaultPage
from vigtool.ui.vault_desk import VaultDesk
from vigtool.vault.vault import Vault

NAME = "Nadia of the blue house"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault of one family with one film, closed."""
    folder = tmp_path / "vault"
    with Vault.create(folder, PASSPHRASE, name="Hanna", cost=LEAST_COST) as vault:
        family = Family(id=new_id(), code="F-0001", name=NAME, opened=date(2020, 3, 1), closed=date(2020, 6, 1))
        with vault.transaction("family add", [family.id]) as writer:
            writer.open_domain(family.id)
            writer.add(family)
        film = vault_case.add_film(vault, bytes(range(256)) * 300, family.id)
        note_stray(vault, film.id, StrayPlace.PHONE, "her phone", on=date(2020, 5, 1))
        set_rule(vault, RetentionRule(id=new_id(), months_after_closing=12))
    return folder


@pytest.fixture
def desk(folder: Path) -> Iterator[VaultDesk]:
    made = VaultDesk(Opened(Vault.open(folder, PASSPHRASE), ()))
    yield made
    made.close()


@pytest.fixture
def practice() -> MemoryPractice:
    return MemoryPractice()


@pytest.fixture
def room(qtbot: QtBot, bench: Bench) -> ServiceRoom:
    made = ServiceRoom(bench)
    qtbot.addWidget(made)
    made.resize(1196, 744)
    with qtbot.waitExposed(made):
        made.show()
    return made


def acts(vault: Vault, begin: str) -> list[str]:
    return [entry.act for entry in log_entries(vault, Wanted(act=begin))]


def test_opening_a_page_of_a_family_is_entered_once_and_found(
    qtbot: QtBot, bench: Bench, desk: VaultDesk, room: ServiceRoom
) -> None:
    families = FamiliesRoom(bench)
    qtbot.addWidget(families)
    for _ in range(2):
        families.entered()
        qtbot.waitUntil(lambda: bench.workspace.family is not None)
        bench.workspace.open_family(None)
    qtbot.waitUntil(lambda: acts(desk.vault, "family open") == ["family open"])
    log = page(room, "log", LogPage)
    qtbot.waitUntil(lambda: bool(log.model.names.users))
    log.filter.ask_about("F-0001")
    log.filter.act.setCurrentIndex(log.filter.act.findData("family open"))
    qtbot.waitUntil(lambda: log.model.rowCount() == 1)
    cells = [log.model.index(0, column).data() for column in (1, 2, 3)]
    assert cells == ["Hanna", "Family opened", "F-0001"]
    assert not any(NAME in repr(entry) for entry in log_entries(desk.vault))


def test_a_film_that_was_played_stands_on_its_page(qtbot: QtBot, desk: VaultDesk, room: ServiceRoom) -> None:
    (film,) = records(desk.vault, Film)
    desk.note_played(film.id)
    room.show_film(film.id)
    shown = sheet(room, FilmPage)
    qtbot.waitUntil(lambda: "May go since 1 Jun 2021" in said(shown))
    assert "Hanna" in [title for rows in shown.findChildren(type(page(room, "copies", CopiesPage).copies))
                       for title in titles(rows)]  # fmt: skip
    shown.accept()


class TestBroken:
    """A log in which somebody changed an entry."""

    @pytest.fixture
    def folder(self, folder: Path) -> Path:
        database = vault_case.database(folder)
        changed = "UPDATE audit SET entry = (SELECT entry FROM audit WHERE seq = 4) WHERE seq = 3"
        assert database.execute(changed).rowcount == 1
        database.close()
        return folder

    def test_checking_names_the_first_broken_entry(self, qtbot: QtBot, room: ServiceRoom) -> None:
        log = page(room, "log", LogPage)
        log.check.click()
        qtbot.waitUntil(lambda: bool(log.doing.findChildren(ErrorPanel)))
        assert said(log.doing).startswith("Entry 3 of the audit log is not what was written")


def test_a_whole_log_is_said_to_be_whole(qtbot: QtBot, desk: VaultDesk, room: ServiceRoom) -> None:
    log = page(room, "log", LogPage)
    qtbot.waitUntil(lambda: log.model.rowCount() == desk.log_size())
    log.check.click()
    qtbot.waitUntil(lambda: "entries are as they were written" in said(log.doing))


def test_what_is_due_is_erased_and_leaves_a_certificate(
    qtbot: QtBot, desk: VaultDesk, room: ServiceRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page(room, "retention", RetentionPage)
    qtbot.waitUntil(lambda: titles(shown.due) == ["F-0001, the whole family"])
    shown.due.choose(0)
    shown.erase.click()
    qtbot.waitUntil(lambda: bool(room.findChildren(EraseForm)))
    form = sheet(room, EraseForm)
    form.why.input.setText("the time is over")
    form.typed.input.setText("F-0001")
    form.try_to_accept()
    qtbot.waitUntil(lambda: "It is erased" in said(shown))
    qtbot.waitUntil(lambda: not values(shown.due))
    assert records(desk.vault, Family) == []
    assert chips(shown.erasing.list) == ["gone for good"]
    shown.erasing.list.choose(0)
    monkeypatch.setattr(choosing, "choose_target", lambda *_: tmp_path / "certificate.txt")
    shown.erasing.save.click()
    qtbot.waitUntil((tmp_path / "certificate.txt").is_file)
    text = (tmp_path / "certificate.txt").read_text(encoding="utf-8")
    assert "the time is over" in text
    assert NAME not in text
    qtbot.waitUntil(lambda: not shown.erasing.doing.is_busy)


def test_a_stray_copy_is_said_to_be_gone(qtbot: QtBot, desk: VaultDesk, room: ServiceRoom) -> None:
    shown = page(room, "copies", CopiesPage)
    qtbot.waitUntil(lambda: chips(shown.strays) == ["still there"])
    shown.strays.choose(0)
    shown.gone.click()
    qtbot.waitUntil(lambda: not shown.doing.is_busy and not values(shown.strays))
    (film,) = records(desk.vault, Film)
    assert all(stray.gone for stray in stray_copies_of(desk.vault, film.id))


def test_a_backup_is_made_tells_how_far_it_is_and_is_tried_out(
    qtbot: QtBot, desk: VaultDesk, room: ServiceRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(choosing, "choose_folder", lambda *_: stick)
    shown = page(room, "vault", VaultPage)
    qtbot.waitUntil(lambda: "There is no backup yet" in said(shown), timeout=15_000)
    shown.backups.make.click()
    qtbot.waitUntil(lambda: bool(room.findChildren(BackupForm)))
    told: list[tuple[int, int]] = []
    real = desk.back_up

    def watched(*given: object, report: object, **more: object) -> object:
        def both(done: int, total: int) -> None:
            told.append((done, total))
            report(done, total)  # type: ignore[operator]  # handed on

        return real(*given, report=both, **more)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(desk, "back_up", watched)
    sheet(room, BackupForm).accept()
    qtbot.waitUntil(lambda: "The backup is there" in said(shown.backups), timeout=15_000)
    assert told
    qtbot.waitUntil(lambda: chips(shown.backups.list) == ["read back"])
    assert "There is no backup yet" not in said(shown.to_do)
    shown.backups.list.choose(0)
    shown.backups.try_out.click()
    form = sheet(room, TrialForm)
    form.words.input.setText(PASSPHRASE)
    form.try_to_accept()
    qtbot.waitUntil(lambda: "can be restored" in said(shown.backups), timeout=15_000)
    qtbot.waitUntil(lambda: chips(shown.backups.list) == ["tried out"])
    qtbot.waitUntil(lambda: not shown.machine.doing.is_busy, timeout=15_000)


def test_a_film_that_is_opened_past_its_family_s_page_opens_the_family_too(desk: VaultDesk) -> None:
    (film,) = records(desk.vault, Film)
    for _ in range(2):
        with pytest.raises(NoSuchRecord):  # this film has no frames; that it was to be opened is entered before
            desk.open_film(film.id, lambda _done, _total: None, lambda: False)
    assert acts(desk.vault, "f") == ["family add", "film add", "family open", "film open", "film open"]
