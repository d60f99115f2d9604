"""Erasing again by certificate in the window: looked into first, then the word, and nothing that is not named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desk_in_memory import MemoryDesk
from service_on_screen import Wait, page, said, sheet, titles
from vigtool.casework.erasure import Erasure, certificate_text
from vigtool.errors import UnderHold
from vigtool.ids import new_id
from vigtool.ui import choosing
from vigtool.ui.desk_service import KnownNames
from vigtool.ui.parts.button import Kind
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.room import Bench
from vigtool.ui.service.certificate_sheet import CertificateSheet
from vigtool.ui.service.retention_page import RetentionPage
from vigtool.ui.service.room import ServiceRoom

Show = Callable[[Callable[[], QWidget]], list[QWidget]]


@pytest.fixture
def text(desk: MemoryDesk) -> str:
    """A certificate of a film that stands here."""
    film = desk.films()[0]
    made = Erasure(
        id=new_id(), what=film.id, family=film.family, reason="the family asked for it", on=date(2026, 11, 3),
        by=new_id(), erased=(film.id,), files=1,
    )  # fmt: skip
    return certificate_text(made, new_id(), finished=True)


@pytest.fixture
def opened(room: ServiceRoom, until: Wait) -> CertificateSheet:
    shown = page(room, "retention", RetentionPage)
    until(lambda: bool(titles(shown.due)) or "Nothing is due" in said(shown))
    shown.erasing.certified.click()
    return sheet(room, CertificateSheet)


def code_of(desk: MemoryDesk) -> str:
    family = desk.films()[0].family
    return next(one.code for one in desk.families() if one.id == family)


def test_nothing_is_shown_of_a_text_that_another_took_the_place_of(
    opened: CertificateSheet, desk: MemoryDesk, bench: Bench, text: str, until: Wait
) -> None:
    opened.text.input.setPlainText(text)
    opened.go.click()
    opened.text.input.setPlainText(f"{text}\nand more")  # as a file does whose reading ends now
    until(lambda: not opened.at_work.is_busy)
    assert not opened.words
    assert opened.go.kind is not Kind.DANGER
    assert opened.go.isEnabled()


def test_it_is_looked_into_then_erased_with_the_word(
    opened: CertificateSheet, desk: MemoryDesk, text: str, until: Wait
) -> None:
    film, code = desk.films()[0], code_of(desk)
    assert opened.focusWidget() is opened.text.input
    assert not opened.go.isEnabled()
    opened.text.input.setPlainText(text)
    opened.go.click()
    until(lambda: bool(opened.words))
    until(lambda: "Erased on 3 Nov 2026: \u2068the family asked for it\u2069" in said(opened))
    until(lambda: "The film goes, with its marks" in said(opened))
    assert opened.go.kind is Kind.DANGER
    assert not opened.go.isEnabled()
    (field,) = opened.words.values()
    assert opened.focusWidget() is field.input
    assert field.input.accessibleName() == f"Type {code} to go on"
    field.input.setText("F-9999")
    assert not opened.go.isEnabled()
    field.input.setText(code.lower())
    opened.go.click()
    until(lambda: opened.is_over)
    assert film.id not in {one.id for one in desk.films()}
    until(lambda: "It is erased." in said(opened))
    opened.go.click()


def test_another_text_takes_back_what_was_looked_into(opened: CertificateSheet, text: str, until: Wait) -> None:
    opened.text.input.setPlainText(text)
    opened.go.click()
    until(lambda: bool(opened.words))
    opened.text.input.appendPlainText("and one line more")
    assert not opened.words
    assert opened.go.kind is Kind.PRIMARY
    assert opened.go.text() == "Look what it names"
    opened.reject()


@pytest.mark.parametrize("spoilt", ["Dear Sam, please erase it all.", "Certificate of erasure\nvault 12"])
def test_what_is_none_is_refused_with_a_hint(opened: CertificateSheet, until: Wait, spoilt: str) -> None:
    opened.text.input.setPlainText(spoilt)
    opened.go.click()
    until(lambda: any(panel.isVisible() for panel in opened.findChildren(ErrorPanel)))
    (panel,) = [panel for panel in opened.findChildren(ErrorPanel) if panel.isVisible()]
    assert "certificate" in panel.accessibleName()
    assert not opened.words
    assert opened.text.input.toPlainText() == spoilt, "what was typed stays"
    opened.reject()


def test_its_file_can_be_chosen(
    opened: CertificateSheet, text: str, until: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "certificate.txt"
    monkeypatch.setattr(choosing, "choose_text", lambda *_: file)
    file.write_bytes(b"\xff\xfe\x00 no text")
    opened.file.click()
    until(lambda: any(panel.isVisible() for panel in opened.findChildren(ErrorPanel)))
    file.write_text(text, encoding="utf-8")
    opened.file.click()
    until(opened.go.isEnabled)
    assert opened.text.input.toPlainText() == text
    opened.reject()


def test_what_stops_it_is_said_and_nothing_goes(
    opened: CertificateSheet, desk: MemoryDesk, text: str, until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UnderHold("a legal hold covers it", "lift the hold first")

    monkeypatch.setattr(desk, "erase_certified", refuse)
    opened.text.input.setPlainText(text)
    opened.go.click()
    until(lambda: bool(opened.words))
    next(iter(opened.words.values())).input.setText(code_of(desk))
    opened.go.click()
    until(lambda: any(panel.isVisible() for panel in opened.findChildren(ErrorPanel)))
    assert opened.words, "it can be tried again"
    opened.reject()


def test_what_is_not_here_needs_nothing(opened: CertificateSheet, text: str, desk: MemoryDesk, until: Wait) -> None:
    film = desk.films()[0]
    opened.text.input.setPlainText(text.replace(film.id, new_id()))
    opened.go.click()
    until(lambda: "There is nothing to do here" in said(opened))
    assert not opened.words
    opened.reject()


def test_in_every_light(show_everywhere: Show, bench: Bench, desk: MemoryDesk, text: str) -> None:
    def make() -> QWidget:
        made = CertificateSheet(bench, replace(KnownNames(), families={desk.films()[0].family: "F-0007"}))
        made.text.input.setPlainText(text)
        made._show(made.text.input.toPlainText(), tuple(desk.look_into_certificates(text)))
        return made

    for shown in show_everywhere(make):
        shown.close()
