"""Before a vault is open: making one, opening one, the sample family; whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryDesk, MemoryPractice
from vigtool.errors import Cancelled, VaultHeld
from vigtool.ui import choosing
from vigtool.ui.desk import Desk
from vigtool.ui.jobs import Jobs
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.room import Bench
from vigtool.ui.vault.new_passphrase import same
from vigtool.ui.vault.start_pages import StartPages
from vigtool.ui.workspace import Workspace

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
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def bench(jobs: Jobs, practice: MemoryPractice) -> Bench:
    return Bench(jobs, Workspace(), practice, lambda _room: None)


@pytest.fixture
def practice() -> MemoryPractice:
    return MemoryPractice(MemoryDesk())


@pytest.fixture
def pages(qtbot: QtBot, jobs: Jobs, practice: MemoryPractice) -> StartPages:
    made = StartPages(bench(jobs, practice))
    qtbot.addWidget(made)
    made.resize(900, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def opened(pages: StartPages) -> Desk | None:
    return pages._bench.workspace.desk


def test_shown_in_every_light(show_everywhere: Show, jobs: Jobs, practice: MemoryPractice) -> None:
    for target in ("start", "make", "unlock"):
        for shown in show_everywhere(lambda: StartPages(bench(jobs, practice))):
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
    qtbot.waitUntil(lambda: opened(pages) is practice.desk)
    assert practice.asked == ["make"]
    assert pages.make.new.again.input.text() == "", "nothing that was typed stays"


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
    pages.unlock.set_folder(Path("/somewhere"))
    pages.show_page(pages.unlock)
    pages.unlock.open.click()
    assert pages.unlock.passphrase.error == "Type the passphrase first."
    QTest.keyClicks(pages.unlock.passphrase.input, "wrong")
    QTest.keyClick(pages.unlock.passphrase.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pages.unlock.isVisible() and bool(pages.unlock.passphrase.error))
    assert pages.unlock.passphrase.error.startswith("That passphrase opens nothing here.")
    assert opened(pages) is None
    pages.unlock.passphrase.input.setText(practice.secret)
    pages.unlock.open.click()
    qtbot.waitUntil(lambda: opened(pages) is practice.desk)
    assert pages.unlock.passphrase.input.text() == ""


def test_any_other_error_stands_below_the_field(pages: StartPages) -> None:
    pages.show_page(pages.unlock)
    pages.unlock.show_error(VaultHeld("another program holds it", "close that first"))
    (panel,) = pages.unlock.findChildren(ErrorPanel)
    assert "Another program holds it" in panel.accessibleName()
    assert pages.unlock.passphrase.error == ""


def test_work_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    practice = Slow(MemoryDesk())
    practice.go = threading.Event()
    pages = StartPages(bench(jobs, practice))
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
    pages = StartPages(bench(jobs, practice), Path("/somewhere/vault"))
    qtbot.addWidget(pages)
    pages.show()
    assert pages.unlock.isVisible()
    pages.unlock.back.click()
    assert pages.start.isVisible()


def test_it_says_that_it_is_not_for_real_families_yet(pages: StartPages) -> None:
    from PySide6.QtWidgets import QLabel

    assert any(label.text() == "Not yet for real families" for label in pages.start.findChildren(QLabel))


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
