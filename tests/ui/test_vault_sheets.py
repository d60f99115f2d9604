"""The sheets of the ways in: another passphrase, a recovery sheet, the printed page; and a vault that is held."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryDesk, MemoryPractice
from vigtool.errors import StorageFailed
from vigtool.practice.organisation import OrganisationKey
from vigtool.practice.ways_in import new_recovery_key
from vigtool.ui import theme
from vigtool.ui.application import make_window
from vigtool.ui.main_window import MainWindow
from vigtool.ui.parts import qr
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.room import Room, RoomKind
from vigtool.ui.vault.passphrase_sheet import PassphraseSheet
from vigtool.ui.vault.recovery_paper import paint_page, print_on
from vigtool.ui.vault.recovery_sheet import RecoverySheet
from vigtool.ui.vault.start_pages import StartPages
from vigtool.ui.vault_desk import VaultPractice
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault

Show = Callable[[Callable[[], QWidget]], list[QWidget]]
PASSPHRASE = "six words that no cat would say"
KINDS = [RoomKind("families", "Families", "families", theme.LIGHT, Room)]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(MemoryPractice(), KINDS, start=lambda _bench: QLabel("start"))
    qtbot.addWidget(made)
    made.show()
    made.workspace.open_desk(desk_of(made))
    yield made
    made.close()


def desk_of(window: MainWindow) -> MemoryDesk:
    practice = window.bench.practice
    assert isinstance(practice, MemoryPractice)
    return practice.desk


def test_in_every_light(show_everywhere: Show, window: MainWindow) -> None:
    show_everywhere(lambda: PassphraseSheet(window.bench))
    for sheet in show_everywhere(lambda: RecoverySheet(window.bench)):
        assert isinstance(sheet, RecoverySheet)
        sheet.part.ask()
        assert not sheet.grab().isNull()


def test_another_passphrase_takes_the_old_one(qtbot: QtBot, window: MainWindow) -> None:
    sheet = PassphraseSheet(window.bench, window)
    sheet.open()
    sheet.go.click()
    assert sheet.old.error
    assert sheet.new.again.error
    sheet.new.kind.set_value(False)
    sheet.new._show_kind(False)
    sheet.new.own.input.setText("marmalade kettle on willow lane")
    sheet.new.again.input.setText("marmalade kettle on willow lane")
    sheet.old.input.setText("not this one, surely")
    sheet.go.click()
    qtbot.waitUntil(lambda: "That is not the passphrase" in sheet.old.error)
    qtbot.waitUntil(lambda: sheet.new.meter.words == "very strong")
    sheet.old.input.setText("marsh copper violin lantern plum otter")
    with qtbot.waitSignal(sheet.changed):
        sheet.go.click()
    assert desk_of(window).passphrase == "marmalade kettle on willow lane"
    assert not sheet.isVisible()
    assert sheet.old.input.text() == sheet.new.own.input.text() == ""


def test_where_nothing_could_be_written_the_old_passphrase_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    desk_of(window).trouble = StorageFailed("the disk is full", "make room")
    sheet = PassphraseSheet(window.bench, window, forgotten=True)
    sheet.open()
    sheet.new.again.input.setText(sheet.new.passphrase)
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(sheet.findChildren(ErrorPanel)))
    assert sheet.go.isEnabled()
    sheet.reject()


@pytest.mark.parametrize("organisation", [False, True])
def test_a_sheet_is_kept_after_it_was_typed_back(qtbot: QtBot, window: MainWindow, *, organisation: bool) -> None:
    sheet = RecoverySheet(window.bench, window, organisation=organisation)
    sheet.open()
    sheet.go.click()
    sheet.go.click()
    assert sheet.isVisible(), "nothing was typed yet"
    words = sheet.part.key.words().split()
    for place, field in zip(sheet.part._places, sheet.part.fields, strict=True):
        field.input.setText(words[place - 1])
    with qtbot.waitSignal(sheet.kept):
        sheet.go.click()
    assert (desk_of(window).organisation is OrganisationKey.HELD) is organisation
    assert (desk_of(window).recovery == sheet.part.key) is not organisation
    assert all(not field.input.text() for field in sheet.part.fields)


def test_the_page_is_printed_and_says_no_name(tmp_path: Path) -> None:
    words = new_recovery_key().words()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "page.pdf"))
    assert print_on(printer, words, date(2026, 11, 22), organisation=True)
    made = (tmp_path / "page.pdf").read_bytes()
    assert made.startswith(b"%PDF")
    assert b"vault" not in made, "the name of the job in the queue tells nothing"


def test_words_and_code_stand_on_the_page_in_full() -> None:
    words = new_recovery_key().words()
    page = QImage(700, 800, QImage.Format.Format_RGB32)
    page.fill(0xFFFFFFFF)
    painter = QPainter(page)
    paint_page(painter, words, date(2026, 11, 22), organisation=False, to_mm=4)
    painter.end()
    edge = [page.pixel(x, y) & 0xFFFFFF for y in range(800) for x in (690, 699)]
    assert set(edge) == {0xFFFFFF}, "nothing runs over the edge"
    code = qr.modules(words.upper())
    step = 52 * 4 / (len(code) + 2 * qr.QUIET)
    dark = [
        page.pixel(int((x + qr.QUIET + 0.5) * step), int(120 * 4 + (y + qr.QUIET + 0.5) * step)) & 0xFF < 128
        for y in range(len(code))
        for x in range(len(code))
    ]
    assert dark == [module for line in code for module in line]


# A real vault, held and let go


def vault_in(tmp_path: Path) -> Path:
    Vault.create(tmp_path / "vault", PASSPHRASE, cost=LEAST_COST).close()
    return tmp_path / "vault"


HOLDING = """
import sys
from pathlib import Path
from vigtool.vault.vault import Vault
held = Vault.open(Path(sys.argv[1]), sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


def test_who_holds_the_vault_is_said_and_a_stale_lock_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    folder = vault_in(tmp_path)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(folder), PASSPHRASE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    window = make_window(VaultPractice(), lambda: KINDS, folder)
    qtbot.addWidget(window)
    window.show()
    (pages,) = window.findChildren(StartPages)
    pages.open_with(folder, PASSPHRASE)
    qtbot.waitUntil(lambda: bool(pages.unlock.findChildren(ErrorPanel)), timeout=20_000)
    (panel,) = pages.unlock.findChildren(ErrorPanel)
    assert f"process {other.pid}" in panel.accessibleName()
    assert str(os.getpid()) not in panel.accessibleName()
    other.kill()
    other.communicate()
    assert json.loads((folder / "vault.holder").read_text())["process"] == other.pid
    pages.open_with(folder, PASSPHRASE)
    qtbot.waitUntil(lambda: window.workspace.desk is not None, timeout=20_000)
    window.close()
    assert not (folder / "vault.holder").exists()


def test_closing_while_a_vault_is_opening_lets_go_of_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = vault_in(tmp_path)
    begun, go = threading.Event(), threading.Event()
    practice = VaultPractice()
    real = practice.open_vault

    def slowly(*given: object) -> object:
        opened = real(*given)  # type: ignore[arg-type]  # passed on as they came
        begun.set()
        go.wait(10)
        return opened

    monkeypatch.setattr(practice, "open_vault", slowly)
    window = make_window(practice, lambda: KINDS, folder, PASSPHRASE)
    qtbot.addWidget(window)
    window.show()
    assert begun.wait(20)
    assert (folder / "vault.holder").exists()
    threading.Timer(0.1, go.set).start()
    window.close()
    assert not (folder / "vault.holder").exists()
    Vault.open(folder, PASSPHRASE).close()
