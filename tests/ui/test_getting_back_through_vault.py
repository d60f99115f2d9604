"""Getting a real vault back in the window: wrong words, damage, a stop half-way, and what was erased since."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import vault_case
from benches import bench_of
from vault_case import PASSPHRASE, fingerprint
from vigtool.casework.film import Film
from vigtool.ids import Id
from vigtool.practice.backups import back_up
from vigtool.practice.erasing import erase_film
from vigtool.practice.records import values
from vigtool.practice.restoring import Restored, generations
from vigtool.ui.desk_restoring import GettingBack
from vigtool.ui.jobs import Jobs
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.room import Bench
from vigtool.ui.vault.restored_page import RestoredPage
from vigtool.ui.vault.start_pages import StartPages
from vigtool.ui.vault_desk import VaultDesk, VaultPractice
from vigtool.vault.vault import Vault


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick with one backup of a vault of two families and two films; the vault lies in `vault`."""
    folder, stick = tmp_path / "vault", tmp_path / "stick"
    stick.mkdir()
    case = vault_case.build(folder)
    with Vault.open(folder, PASSPHRASE) as vault:
        vault_case.add_film(vault, b"the other one" * 9000, case.other.id)
        back_up(vault, stick)
    return stick


@pytest.fixture
def bench(jobs: Jobs, own_home: Path) -> Iterator[Bench]:
    made = bench_of(jobs, VaultPractice())
    yield made
    jobs.close()
    if made.workspace.desk is not None:
        made.workspace.desk.close()


@pytest.fixture
def pages(qtbot: QtBot, bench: Bench, stick: Path, tmp_path: Path) -> StartPages:
    """The form, filled in but for the passphrase."""
    made = StartPages(bench)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.start.restore.click()
    form = made.restore.form
    form.source.set_folder(stick)
    form.source.chosen.emit()
    qtbot.waitUntil(form.go.isVisible)
    form.to.set_folder(tmp_path / "again")
    return made


def go(qtbot: QtBot, pages: StartPages, words: str = PASSPHRASE) -> None:
    """Press the button, and wait until something came of it."""
    form = pages.restore.form
    form.key.passphrase.input.setText(words)
    form.go.click()
    qtbot.waitUntil(lambda: not pages.restore.at_work.is_busy, timeout=20_000)


def shown(pages: StartPages) -> str:
    """All that the last page says."""
    (page,) = (page for page in pages.findChildren(RestoredPage) if page.isVisible())
    return "\n".join(part.accessibleName() for part in page.parts)


def panel(qtbot: QtBot, form: QWidget) -> ErrorPanel:
    qtbot.waitUntil(lambda: any(found.isVisible() for found in form.findChildren(ErrorPanel)))
    (found,) = (found for found in form.findChildren(ErrorPanel) if found.isVisible())
    return found


def films(folder: Path) -> list[Id]:
    with Vault.open(folder, PASSPHRASE) as vault:
        return [film.id for film in values(vault, Film)]


def test_on_an_empty_computer_the_vault_is_got_back_and_opened(
    qtbot: QtBot, pages: StartPages, bench: Bench, stick: Path, tmp_path: Path
) -> None:
    before = fingerprint(stick)
    go(qtbot, pages, "not the words that open it")
    assert pages.restore.form.isVisible()
    assert pages.restore.form.key.error
    assert not (tmp_path / "again").exists()
    go(qtbot, pages)
    assert "films: 2" in shown(pages)
    assert "Nothing later is known" in shown(pages)
    assert fingerprint(stick) == before, "it is only read"
    (page,) = pages.findChildren(RestoredPage)
    page.open.click()
    assert pages.unlock.folder == tmp_path / "again"
    pages.unlock.key.passphrase.input.setText(PASSPHRASE)
    pages.unlock.open.click()
    qtbot.waitUntil(lambda: bench.workspace.desk is not None, timeout=20_000)
    assert isinstance(bench.workspace.desk, VaultDesk)
    assert len(bench.workspace.desk.films()) == 2


def test_a_damaged_film_is_named_and_all_else_comes_back(
    qtbot: QtBot, pages: StartPages, stick: Path, tmp_path: Path
) -> None:
    (file, _) = sorted(stick.rglob("*.age"))
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    go(qtbot, pages)
    found = panel(qtbot, pages.restore.form)
    assert file.stem in found.accessibleName()
    assert not (tmp_path / "again").exists()
    found.findChildren(Button)[0].click()
    qtbot.waitUntil(lambda: not pages.restore.at_work.is_busy, timeout=20_000)
    assert f"sealed file {file.stem[:8]}" in shown(pages)
    assert len(films(tmp_path / "again")) == 2, "its record is there, and the other one whole"


def test_damaged_records_leave_nothing_behind(qtbot: QtBot, pages: StartPages, stick: Path, tmp_path: Path) -> None:
    (file,) = stick.rglob("vault.db")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    go(qtbot, pages)
    found = panel(qtbot, pages.restore.form)
    assert "records" in found.accessibleName()
    assert found.findChildren(Button) == []
    assert not (tmp_path / "again").exists()


def test_stopped_half_way_nothing_is_left(
    qtbot: QtBot, pages: StartPages, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def stopping(wanted: GettingBack, report: object, cancelled: object) -> Restored:
        def ask() -> bool:
            asked.append(1)
            if len(asked) == 3:
                (shown,) = pages.findChildren(ProgressPanel)
                bench.jobs.post(shown.cancel.click)
                for _ in range(1000):
                    if cancelled():  # type: ignore[operator]  # passed on as it came
                        break
                    threading.Event().wait(0.005)
            return cancelled()  # type: ignore[operator,no-any-return]  # passed on as it came

        return real(wanted, report, ask)  # type: ignore[arg-type]  # passed on as it came

    real = bench.practice.restore
    monkeypatch.setattr(bench.practice, "restore", stopping)
    before = sorted(path.name for path in tmp_path.iterdir())
    go(qtbot, pages)
    assert pages.restore.form.isVisible()
    assert len(asked) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    monkeypatch.setattr(bench.practice, "restore", real)
    go(qtbot, pages)
    assert len(films(tmp_path / "again")) == 2


def test_what_was_erased_since_is_erased_again_and_told(
    qtbot: QtBot, pages: StartPages, stick: Path, tmp_path: Path
) -> None:
    folder, form = tmp_path / "vault", pages.restore.form
    with Vault.open(folder, PASSPHRASE) as vault:
        gone = values(vault, Film)[0]
        erase_film(vault, gone.id, reason="asked for it", on=date.today())
    form.replaced.picked.emit(stick)
    qtbot.waitUntil(lambda: bool(form.replaced.error))
    form.replaced.picked.emit(folder)
    qtbot.waitUntil(lambda: form.replaced.folder == folder)
    go(qtbot, pages)
    assert "Erased again, as it had been" in shown(pages)
    assert f"film {gone.id[:8]}, erased on" in shown(pages)
    assert "What was done after that moment is not in it" in shown(pages)
    assert gone.id not in films(tmp_path / "again")


def test_an_older_one_says_what_a_newer_one_has(qtbot: QtBot, pages: StartPages, stick: Path, tmp_path: Path) -> None:
    with Vault.open(tmp_path / "vault", PASSPHRASE) as vault:
        back_up(vault, stick)
    form = pages.restore.form
    form.source.chosen.emit()
    qtbot.waitUntil(lambda: form.rows.list.rows.rowCount() == 2)
    form.rows.list.choose(1)
    chosen = form.rows.value
    assert chosen == generations(stick)[1]
    go(qtbot, pages)
    assert "later entries of the audit log are known" in shown(pages)
