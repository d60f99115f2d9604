"""Before a vault is open: making one, opening one, the sample family; whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from benches import bench_of
from desk_in_memory import MemoryDesk, MemoryPractice
from vigtool.errors import Cancelled, StorageFailed, VaultHeld
from vigtool.practice.organisation import OrganisationKey
from vigtool.practice.ways_in import RecoveryKey
from vigtool.ui import choosing
from vigtool.ui.desk import Desk
from vigtool.ui.jobs import Jobs
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.vault.first_pages import OrganisationPage, RecoveryPage
from vigtool.ui.vault.new_passphrase import same
from vigtool.ui.vault.passphrase_sheet import PassphraseSheet
from vigtool.ui.vault.recovery_entry import RecoveryEntry
from vigtool.ui.vault.start_pages import StartPages

P = TypeVar("P", bound=QWidget)
Show = Callable[[Callable[[], QWidget]], list[QWidget]]


class Slow(MemoryPractice):
    """Opens nothing until it is let, and can be stopped."""

    go = threading.Event()

    def make_sample(self, folder: Path, report: Callable[[int, int], None], cancelled: Callable[[], bool]) -> Desk:
        for part in range(1000):
            report(part, 1000)
            if cancelled():
                raise Cancelled
            if self.go.wait(0.005):
                break
        return super().make_sample(folder, report, cancelled)


@pytest.fixture
def practice() -> MemoryPractice:
    return MemoryPractice(MemoryDesk())


@pytest.fixture
def pages(qtbot: QtBot, jobs: Jobs, practice: MemoryPractice) -> StartPages:
    made = StartPages(bench_of(jobs, practice))
    qtbot.addWidget(made)
    made.resize(900, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def opened(pages: StartPages) -> Desk | None:
    return pages._bench.workspace.desk


def test_shown_in_every_light(show_everywhere: Show, jobs: Jobs, practice: MemoryPractice) -> None:
    for target in ("start", "make", "unlock"):
        for shown in show_everywhere(lambda: StartPages(bench_of(jobs, practice))):
            assert isinstance(shown, StartPages)
            shown.show_page(getattr(shown, target))
            assert not shown.grab().isNull()


def test_a_vault_is_made_only_from_what_was_typed_once(
    qtbot: QtBot, pages: StartPages, practice: MemoryPractice
) -> None:
    pages.start.make.click()
    pages.make.make.click()
    assert pages.make.place.error
    assert pages.make.new.again.error
    assert practice.asked == []
    pages.make.place.input.setText("~/new-vault")
    pages.make.new.again.input.setText(practice.secret + " ")
    pages.make.make.click()
    qtbot.waitUntil(lambda: first_page(pages, RecoveryPage) is not None)
    assert practice.asked == ["make"]
    assert pages.make.new.again.input.text() == "", "nothing that was typed stays"
    assert pages.holds_vault
    assert opened(pages) is None
    press(first_page(pages, RecoveryPage).later)
    press(first_page(pages, OrganisationPage).no)
    qtbot.waitUntil(lambda: opened(pages) is practice.desk)
    assert practice.desk.organisation is OrganisationKey.REFUSED
    assert practice.desk.recovery is None
    assert not pages.holds_vault


def first_page(pages: StartPages, kind: type[P]) -> P:
    return next((page for page in pages.findChildren(kind) if page.isVisible()), None)  # type: ignore[return-value]  # the tests wait for it


def press(button: Button) -> None:
    assert button.isVisible()
    button.click()


def type_back(page: RecoveryPage) -> None:
    press(page.go)
    words = page.part.key.words().split()
    for place, field in zip(page.part._places, page.part.fields, strict=True):
        field.input.setText(words[place - 1].upper() + " ")
    press(page.go)


def test_a_sheet_is_kept_only_once_three_words_were_typed_back(
    qtbot: QtBot, pages: StartPages, practice: MemoryPractice
) -> None:
    pages._made(practice.desk, None)
    page = first_page(pages, RecoveryPage)
    press(page.go)
    for field in page.part.fields:
        field.input.setText("otter")
    press(page.go)
    assert any(field.error for field in page.part.fields)
    assert practice.desk.recovery is None
    press(page.part.again)
    type_back(page)
    qtbot.waitUntil(lambda: practice.desk.recovery == page.part.key)
    qtbot.waitUntil(lambda: first_page(pages, OrganisationPage) is not None)
    press(first_page(pages, OrganisationPage).yes)
    type_back(first_page(pages, RecoveryPage))
    qtbot.waitUntil(lambda: opened(pages) is practice.desk)
    assert practice.desk.organisation is OrganisationKey.HELD


def test_a_sheet_that_cannot_be_kept_says_so_and_can_be_tried_again(
    qtbot: QtBot, pages: StartPages, practice: MemoryPractice
) -> None:
    practice.desk.trouble = StorageFailed("the disk is full", "make room")
    pages._made(practice.desk, None)
    page = first_page(pages, RecoveryPage)
    type_back(page)
    qtbot.waitUntil(lambda: bool(page.findChildren(ErrorPanel)))
    practice.desk.trouble = None
    press(page.go)
    qtbot.waitUntil(lambda: practice.desk.recovery is not None)


def test_a_vault_that_nobody_entered_is_closed_with_the_window(pages: StartPages, practice: MemoryPractice) -> None:
    pages._held = practice.desk
    pages.let_go()
    assert practice.desk.closed
    assert not pages.holds_vault


def test_one_who_is_alone_is_not_asked_who_they_are(qtbot: QtBot, pages: StartPages, practice: MemoryPractice) -> None:
    practice.users = [("a" * 32, "")]
    pages.ask_to_unlock(Path("/x"))
    qtbot.waitUntil(lambda: pages.unlock.key.who.input.count() == 2)
    assert not pages.unlock.key.who.isVisible()


def test_of_several_users_only_the_chosen_one_s_passphrase_is_tried(
    qtbot: QtBot, pages: StartPages, practice: MemoryPractice
) -> None:
    practice.users = [("a" * 32, "Sam"), ("b" * 32, "")]
    pages.ask_to_unlock(Path("/x"))
    qtbot.waitUntil(pages.unlock.key.who.isVisible)
    assert [pages.unlock.key.who.input.itemText(i) for i in range(3)][1] == "Sam"
    pages.unlock.key.who.input.setCurrentIndex(2)
    pages.unlock.key.passphrase.input.setText(practice.secret)
    pages.unlock.open.click()
    qtbot.waitUntil(lambda: opened(pages) is practice.desk)
    assert practice.asked == ["open " + "b" * 32]


def test_a_recovery_sheet_opens_it_and_a_new_passphrase_is_asked_for(
    qtbot: QtBot, pages: StartPages, practice: MemoryPractice
) -> None:
    practice.desk.recovery = key = RecoveryKey.generate()
    pages.ask_to_unlock(Path("/x"))
    pages.unlock.key.other.click()
    assert pages.unlock.key.words.isVisible()
    pages.unlock.open.click()
    assert "24 words" in pages.unlock.key.error
    words = key.words().split()
    for line, word in zip(pages.unlock.key.words.lines, words, strict=True):
        QTest.keyClicks(line, word[:4])
        QTest.keyClick(line, Qt.Key.Key_Space)
    assert pages.unlock.key.words.text == key.words()
    pages.unlock.open.click()
    qtbot.waitUntil(lambda: opened(pages) is practice.desk)
    (sheet,) = pages.findChildren(PassphraseSheet)
    assert not sheet.old.isVisible()
    sheet.new.again.input.setText(sheet.new.passphrase)
    with qtbot.waitSignal(sheet.changed):
        sheet.go.click()
    assert practice.desk.passphrase == practice.secret


def test_another_vault_is_asked_for_its_passphrase_again(pages: StartPages) -> None:
    pages.ask_to_unlock(Path("/x"))
    pages.unlock.key.other.click()
    assert pages.unlock.key.words.isVisible()
    pages.ask_to_unlock(Path("/y"))
    assert pages.unlock.key.passphrase.isVisible()
    assert pages.unlock.key.passphrase.input.hasFocus()


def test_words_are_pasted_over_the_fields_and_a_wrong_one_is_marked(qtbot: QtBot) -> None:
    entry = RecoveryEntry()
    qtbot.addWidget(entry)
    key = RecoveryKey.generate()
    numbered = "\n".join(f"{place}. {word}" for place, word in enumerate(key.words().split(), start=1))
    QGuiApplication.clipboard().setText(numbered)
    QTest.keyClick(entry.lines[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()
    assert entry.text == key.words()
    entry.lines[3].setText("kettle")
    entry.lines[3].complete()
    assert entry.lines[3].property("wrong")
    entry.forget()
    assert entry.text == ""


def test_one_s_own_passphrase_is_weighed_beside_its_field(pages: StartPages, practice: MemoryPractice) -> None:
    pages.start.make.click()
    pages.make.place.input.setText("/x/y")
    pages.make.new.kind.set_value(False)
    pages.make.new.kind.chosen.emit(False)
    pages.make.new.own.input.setText("short")
    pages.make.new.again.input.setText("short")
    pages.make.make.click()
    assert "too short" in pages.make.new.own.error
    assert not pages.make.new.again.error
    assert practice.asked == []


def test_a_passphrase_is_one_however_its_letters_are_composed() -> None:
    assert same("é", "e\u0301")
    assert not same("e", "é")


def test_other_words_are_offered(pages: StartPages, practice: MemoryPractice) -> None:
    practice.secret = "six quite other words for you"
    pages.make.new.other.click()
    assert pages.make.new.offered.passphrase == practice.secret
    assert practice.secret in pages.make.new.offered.accessibleName()


def test_a_wrong_passphrase_is_said_beside_the_field(qtbot: QtBot, pages: StartPages, practice: MemoryPractice) -> None:
    pages.ask_to_unlock(Path("/somewhere"))
    pages.unlock.open.click()
    assert pages.unlock.key.passphrase.error == "Type the passphrase first."
    QTest.keyClicks(pages.unlock.key.passphrase.input, "wrong")
    QTest.keyClick(pages.unlock.key.passphrase.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pages.unlock.isVisible() and bool(pages.unlock.key.passphrase.error))
    assert pages.unlock.key.passphrase.error.startswith("That passphrase opens nothing here.")
    assert opened(pages) is None
    pages.unlock.key.passphrase.input.setText(practice.secret)
    pages.unlock.open.click()
    qtbot.waitUntil(lambda: opened(pages) is practice.desk)
    assert pages.unlock.key.passphrase.input.text() == ""


def test_any_other_error_stands_below_the_field(pages: StartPages) -> None:
    pages.show_page(pages.unlock)
    pages.unlock.show_error(VaultHeld("another program holds it", "close that first"))
    (panel,) = pages.unlock.findChildren(ErrorPanel)
    assert "Another program holds it" in panel.accessibleName()
    assert pages.unlock.key.passphrase.error == ""


def test_work_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    practice = Slow(MemoryDesk())
    practice.go = threading.Event()
    pages = StartPages(bench_of(jobs, practice))
    qtbot.addWidget(pages)
    pages.show()
    monkeypatch.setattr(choosing, "choose_folder", lambda *_: tmp_path)
    pages.start.sample.click()
    panel = pages.findChild(ProgressPanel)
    assert isinstance(panel, ProgressPanel)
    qtbot.waitUntil(lambda: panel.bar.value() > 0)
    panel.cancel.click()
    qtbot.waitUntil(pages.start.isVisible)
    assert opened(pages) is None
    assert not pages.findChildren(ErrorPanel), "stopping is no error"
    pages.start.sample.click()
    practice.go.set()
    qtbot.waitUntil(lambda: opened(pages) is practice.desk)


def test_named_on_the_command_line_a_vault_is_asked_for_at_once(
    qtbot: QtBot, jobs: Jobs, practice: MemoryPractice
) -> None:
    pages = StartPages(bench_of(jobs, practice), Path("/somewhere/vault"))
    qtbot.addWidget(pages)
    pages.show()
    assert pages.unlock.isVisible()
    pages.unlock.back.click()
    assert pages.start.isVisible()


def test_choosing_leaves_nothing_behind(
    qtbot: QtBot, pages: StartPages, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_home: Path
) -> None:
    place = tmp_path / "Nadia and Mina"
    place.mkdir()

    def answer(dialog: QFileDialog) -> int:
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile(str(place))
        return 1

    monkeypatch.setattr(QFileDialog, "exec", answer)
    assert choosing.choose_folder(pages, "Where?") is not None
    left = [path for path in own_home.rglob("*") if path.is_file() and b"Nadia" in path.read_bytes()]
    assert left == []
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    assert not [key for key in kept.allKeys() if key.startswith("FileDialog")]
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 0)
    assert choosing.choose_film(pages, "Which?") is None
