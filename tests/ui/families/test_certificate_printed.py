"""The certificate of an erasure on paper: nothing of it reaches the printer before that is entered."""

from __future__ import annotations

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from pytestqt.qtbot import QtBot

from desk_in_memory import MemoryDesk
from families_on_screen import the, words_in
from vigtool.errors import StorageFailed
from vigtool.ui.families import letter_print
from vigtool.ui.families.certificate_part import CertificatePart
from vigtool.ui.families.erase_sheet import EraseSheet
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.tabs import Tab


def certificate_of_all(qtbot: QtBot, room: FamiliesRoom) -> CertificatePart:
    """Erase the whole family; what shows the certificate then."""
    room.tabs.open_tab(Tab.KEEPING)
    room.tabs.keeping.records.erase.click()
    sheet = the(room, EraseSheet)
    sheet.code.input.setText("F-0007")
    sheet.reason.input.setText("asked for")
    sheet.go.click()
    qtbot.waitUntil(lambda: bool(sheet.findChildren(CertificatePart)))
    part: CertificatePart = sheet.findChildren(CertificatePart)[0]
    return part


@pytest.mark.parametrize("takes", [True, False])
def test_a_certificate_is_entered_before_it_is_printed(
    qtbot: QtBot, room: FamiliesRoom, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch, takes: bool
) -> None:
    before: list[int] = []

    def print_on(_printer: object, text: str) -> bool:
        before.append(len(desk.certificates_printed))
        return takes and text.startswith("Certificate of erasure")

    monkeypatch.setattr(letter_print, "print_on", print_on)
    part = certificate_of_all(qtbot, room)
    part.print_.click()
    part.findChildren(QPrintDialog)[-1].reject()
    assert not desk.certificates_printed
    part.print_.click()
    part.findChildren(QPrintDialog)[-1].accept()
    qtbot.waitUntil(lambda: ("has it" if takes else "did not take it") in words_in(part))
    assert before == [1]
    assert len(desk.certificates_printed) == 1


def test_without_an_entry_no_certificate_is_printed(
    qtbot: QtBot, room: FamiliesRoom, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    monkeypatch.setattr(letter_print, "print_on", lambda _printer, text: printed.append(text))

    def full(_erasure: object) -> None:
        raise StorageFailed("the disk is full", "make room")

    monkeypatch.setattr(desk, "note_certificate_print", full)
    part = certificate_of_all(qtbot, room)
    part.print_.click()
    part.findChildren(QPrintDialog)[-1].accept()
    qtbot.waitUntil(lambda: "It was not printed." in words_in(part))
    assert printed == []
    assert part.print_.isEnabled()
