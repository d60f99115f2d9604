"""Getting a vault back from a backup, in the window: what is asked, what is said, and that nothing is half-made."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from benches import bench_of
from desk_in_memory import MemoryDesk, MemoryPractice
from restoring_in_memory import backup_of
from vigtool.casework.erasure import Erasure
from vigtool.errors import BackupDamaged, BackupFilmDamaged, StorageFailed, VaultExists
from vigtool.ids import Id, new_id
from vigtool.practice.restoring import Restored
from vigtool.practice.ways_in import RecoveryKey
from vigtool.settings import load_settings, save_settings
from vigtool.ui import choosing
from vigtool.ui.desk_restoring import GettingBack
from vigtool.ui.jobs import Jobs
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.vault.restore_page import RestorePage, free_folder
from vigtool.ui.vault.restored_page import RestoredPage
from vigtool.ui.vault.restored_words import told_of
from vigtool.ui.vault.start_pages import StartPages
from vigtool.vault.shapes import Finding

STICK = Path("/media/stick")
Show = Callable[[Callable[[], QWidget]], list[QWidget]]


@pytest.fixture
def practice() -> MemoryPractice:
    made = MemoryPractice(MemoryDesk())
    made.backups = [backup_of(0), backup_of(7, films=11), backup_of(14), backup_of(21), backup_of(28)]
    return made


@pytest.fixture
def pages(qtbot: QtBot, jobs: Jobs, practice: MemoryPractice, own_home: Path) -> StartPages:
    made = StartPages(bench_of(jobs, practice))
    qtbot.addWidget(made)
    made.resize(900, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.start.restore.click()
    return made


@pytest.fixture
def form(pages: StartPages) -> RestorePage:
    return pages.restore.form


def look(qtbot: QtBot, form: RestorePage) -> None:
    """Choose the stick and wait for what is on it."""
    form.source.set_folder(STICK)
    form.source.chosen.emit()
    qtbot.waitUntil(form.go.isVisible)


def restored(pages: StartPages) -> RestoredPage | None:
    return next((page for page in pages.findChildren(RestoredPage) if page.isVisible()), None)


def panels(form: RestorePage) -> list[ErrorPanel]:
    return [panel for panel in form.findChildren(ErrorPanel) if panel.isVisible()]


def erasure(*, family: bool = False) -> Erasure:
    what = new_id()
    of = what if family else new_id()
    return Erasure(id=new_id(), what=what, family=of, reason="", on=date(2026, 11, 3), by=new_id(), erased=(), files=1)


def said(done: Restored) -> str:
    return "\n".join("\n".join((told.title, told.sentence, *told.lines)) for told in told_of(done))


def test_shown_in_every_light(show_everywhere: Show, jobs: Jobs, practice: MemoryPractice) -> None:
    def make() -> QWidget:
        made = RestorePage(bench_of(jobs, practice))
        made._found(practice.backups)
        return made

    assert len(show_everywhere(make)) == 4
    done = Restored(folder=Path("/x"), facts=practice.backups[0], erased_again=(erasure(),), lost=(new_id(),))
    assert len(show_everywhere(lambda: RestoredPage(done))) == 4


def test_the_newest_is_chosen_and_older_ones_come_when_asked_for(
    qtbot: QtBot, form: RestorePage, practice: MemoryPractice
) -> None:
    assert not form.go.isVisible()
    look(qtbot, form)
    assert form.rows.value == practice.backups[0]
    rows = form.rows.list.rows
    assert rows.rowCount() == 2
    assert "films: 12" in rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert form.rows.older.text() == "Show older ones (3)"
    form.rows.older.click()
    assert rows.rowCount() == 5
    assert not form.rows.older.isVisible()
    assert form.rows.value == practice.backups[0], "the choice stays"
    QTest.keyClick(form.rows.list, Qt.Key.Key_Down)
    assert form.rows.value == practice.backups[1]


def test_a_folder_without_a_backup_says_so_beside_it(
    qtbot: QtBot, form: RestorePage, practice: MemoryPractice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.backups = []
    monkeypatch.setattr(choosing, "choose_folder", lambda *_: STICK)
    form.source.choose.click()
    qtbot.waitUntil(lambda: bool(form.source.place.error))
    assert form.source.place.error.startswith("There is no backup in that folder. ")
    assert not form.go.isVisible()
    assert not panels(form)


def test_one_that_is_typed_is_looked_into_on_enter(qtbot: QtBot, form: RestorePage) -> None:
    form.source.place.input.setFocus()
    QTest.keyClicks(form.source.place.input, "/media/stick")
    QTest.keyClick(form.source.place.input, Qt.Key.Key_Return)
    qtbot.waitUntil(form.go.isVisible)


def test_a_new_folder_is_offered_for_it(qtbot: QtBot, form: RestorePage, own_home: Path, tmp_path: Path) -> None:
    look(qtbot, form)
    assert form.to.folder == own_home / "vigtool-vault"
    (tmp_path / "vigtool-vault").mkdir()
    save_settings(replace(load_settings(), vault=str(tmp_path / "vigtool-vault")))
    form.forget()
    look(qtbot, form)
    assert form.to.folder == tmp_path / "vigtool-vault-2", "beside the one that was open last"
    (tmp_path / "vigtool-vault-2").mkdir()
    assert free_folder(tmp_path) == tmp_path / "vigtool-vault-3"


def test_the_vault_it_replaces_is_looked_at_where_it_is_the_same(
    qtbot: QtBot, form: RestorePage, practice: MemoryPractice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vigtool-vault").mkdir()
    save_settings(replace(load_settings(), vault=str(tmp_path / "vigtool-vault")))
    look(qtbot, form)
    qtbot.wait(50)
    assert form.replaced.folder is None, "another vault is none of it"
    practice.still_here = tmp_path / "vigtool-vault"
    look(qtbot, form)
    qtbot.waitUntil(lambda: form.replaced.folder == practice.still_here)
    form.replaced.act.click()
    assert form.replaced.folder is None
    monkeypatch.setattr(choosing, "choose_folder", lambda *_: tmp_path)
    form.replaced.act.click()
    qtbot.waitUntil(lambda: bool(form.replaced.error))
    practice.still_here = tmp_path
    form.replaced.act.click()
    qtbot.waitUntil(lambda: form.replaced.folder == tmp_path)
    assert not form.replaced.error
    form.key.passphrase.input.setText(practice.secret)
    form.go.click()
    qtbot.waitUntil(lambda: bool(practice.wanted_back))
    assert practice.wanted_back[0].instead_of == tmp_path


def test_nothing_is_begun_without_a_folder_and_a_key(qtbot: QtBot, form: RestorePage, practice: MemoryPractice) -> None:
    look(qtbot, form)
    form.to.set_folder(None)
    form.go.click()
    assert form.to.place.error
    assert form.key.error == "Type the passphrase first."
    form.key.other.click()
    form.go.click()
    assert "24 words" in form.key.error
    assert practice.wanted_back == []


def test_a_wrong_passphrase_is_said_beside_it_and_the_right_one_leads_into_the_vault(
    qtbot: QtBot, pages: StartPages, form: RestorePage, practice: MemoryPractice
) -> None:
    look(qtbot, form)
    QTest.keyClicks(form.key.passphrase.input, "wrong")
    QTest.keyClick(form.key.passphrase.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.isVisible() and bool(form.key.error))
    assert form.key.error.startswith("That passphrase opens nothing here.")
    form.key.passphrase.input.setText(practice.secret)
    form.go.click()
    qtbot.waitUntil(lambda: restored(pages) is not None)
    assert form.key.passphrase.input.text() == "", "nothing that was typed stays"
    page, wanted = restored(pages), practice.wanted_back[-1]
    assert page is not None
    assert practice.secret not in repr(wanted)
    assert page.open.hasFocus()
    page.open.click()
    assert pages.unlock.isVisible()
    assert pages.unlock.folder == wanted.to


def test_a_recovery_key_of_then_opens_it(
    qtbot: QtBot, pages: StartPages, form: RestorePage, practice: MemoryPractice
) -> None:
    practice.desk.recovery = key = RecoveryKey.generate()
    practice.backup_users = [("a" * 32, "Sam"), ("b" * 32, "")]
    look(qtbot, form)
    qtbot.waitUntil(form.key.who.isVisible)
    form.key.other.click()
    assert not form.key.who.isVisible()
    form.key.words.set_text(key.words())
    form.go.click()
    qtbot.waitUntil(lambda: restored(pages) is not None)
    assert (practice.wanted_back[0].key, practice.wanted_back[0].user) == (key, None)


def test_of_several_the_chosen_one_s_passphrase_is_tried(
    qtbot: QtBot, pages: StartPages, form: RestorePage, practice: MemoryPractice
) -> None:
    bo: Id = "b" * 32
    practice.backup_users = [("a" * 32, "Sam"), (bo, "")]
    look(qtbot, form)
    qtbot.waitUntil(form.key.who.isVisible)
    form.key.who.input.setCurrentIndex(2)
    form.key.passphrase.input.setText(practice.secret)
    form.go.click()
    qtbot.waitUntil(lambda: restored(pages) is not None)
    assert practice.wanted_back[0].user == bo


def test_one_damaged_film_does_not_keep_the_rest_away(
    qtbot: QtBot, pages: StartPages, form: RestorePage, practice: MemoryPractice
) -> None:
    practice.trouble_back = BackupFilmDamaged("the sealed file 12ab of this backup is gone", "take another one")
    look(qtbot, form)
    form.key.passphrase.input.setText(practice.secret)
    form.go.click()
    qtbot.waitUntil(lambda: bool(panels(form)))
    (panel,) = panels(form)
    assert "12ab" in panel.accessibleName()
    assert "Nothing was left behind" in panel.accessibleName()
    (around,) = pages.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: panel.visibleRegion().boundingRect() == panel.rect())
    assert around.verticalScrollBar().value() > 0
    panel.findChildren(Button)[0].click()
    qtbot.waitUntil(lambda: restored(pages) is not None)
    assert [wanted.despite_damage for wanted in practice.wanted_back] == [False, True]


@pytest.mark.parametrize("trouble", [BackupDamaged("the records are not", "another"), StorageFailed("disk full", "")])
def test_what_cannot_be_helped_offers_nothing_but_words(
    qtbot: QtBot, form: RestorePage, practice: MemoryPractice, trouble: StorageFailed
) -> None:
    practice.trouble_back = trouble
    look(qtbot, form)
    form.key.passphrase.input.setText(practice.secret)
    form.go.click()
    qtbot.waitUntil(lambda: bool(panels(form)))
    assert panels(form)[0].findChildren(Button) == []


def test_a_folder_that_is_taken_is_said_beside_it(qtbot: QtBot, form: RestorePage, practice: MemoryPractice) -> None:
    practice.trouble_back = VaultExists("there is something in that folder", "choose a new one")
    look(qtbot, form)
    form.key.passphrase.input.setText(practice.secret)
    form.go.click()
    qtbot.waitUntil(lambda: bool(form.to.place.error))
    assert not panels(form)


def test_it_can_be_stopped_and_begun_again(
    qtbot: QtBot, pages: StartPages, form: RestorePage, practice: MemoryPractice
) -> None:
    practice.hold_back = threading.Event()
    look(qtbot, form)
    form.key.passphrase.input.setText(practice.secret)
    form.go.click()
    (panel,) = pages.findChildren(ProgressPanel)
    qtbot.waitUntil(lambda: panel.bar.value() > 0)
    assert panel.cancel.hasFocus()
    panel.cancel.click()
    qtbot.waitUntil(form.isVisible)
    assert not panels(form), "stopping is no error"
    practice.hold_back.set()
    form.go.click()
    qtbot.waitUntil(lambda: restored(pages) is not None)


def test_going_back_lets_nothing_stay(qtbot: QtBot, pages: StartPages, form: RestorePage) -> None:
    look(qtbot, form)
    form.key.passphrase.input.setText("half a passphrase")
    form.back.click()
    assert pages.start.isVisible()
    pages.start.restore.click()
    assert form.source.folder is None
    assert form.key.passphrase.input.text() == ""
    assert not form.go.isVisible()
    assert QApplication.focusWidget() is form.source.choose


def test_all_that_can_come_of_it_is_told(practice: MemoryPractice) -> None:
    whole = Restored(folder=Path("/x"), facts=practice.backups[0])
    assert said(whole).startswith("All is there as it was on 21 Nov 2026")
    assert "Nothing later is known" in said(whole)
    film, family, doubted, file = erasure(), erasure(family=True), erasure(), new_id()
    finding = Finding(object=new_id(), what="a seal does not open", hint="")
    done = replace(
        whole,
        rolled_back=True,
        newer_entries=17,
        erased_again=(film, family),
        unbelieved=(doubted,),
        lost=(file,),
        findings=(finding,),
    )
    text = said(done)
    assert text.startswith("What could be got back is there")
    for part in (
        "are known: 17.",
        f"film {film.what[:8]}, erased on 3 Nov 2026",
        f"family {family.what[:8]}, erased on 3 Nov 2026",
        f"film {doubted.what[:8]}",
        f"sealed file {file[:8]}",
        f"a seal does not open ({finding.object[:8]})",
    ):
        assert part in text
    many = said(replace(whole, lost=tuple(new_id() for _ in range(9))))
    assert many.count("sealed file") == 6
    assert "and 3 more" in many


def test_what_is_wanted_shows_no_key() -> None:
    assert "otter" not in repr(GettingBack(backup=backup_of(0), to=Path("/x"), key="otter plum"))
