"""A certificate, applied in the window to a real vault that was put back to the day before the erasing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import vault_case
from desk_in_memory import MemoryPractice
from service_on_screen import page, said, sheet, titles
from vault_case import PASSPHRASE
from vigtool.casework.film import Film
from vigtool.practice.auditing import log_entries
from vigtool.practice.erasing import certificate, erase_film
from vigtool.practice.opening import Opened
from vigtool.practice.records import values
from vigtool.ui.jobs import Jobs
from vigtool.ui.room import Bench
from vigtool.ui.service.certificate_sheet import CertificateSheet
from vigtool.ui.service.retention_page import RetentionPage
from vigtool.ui.service.room import ServiceRoom
from vigtool.ui.vault_desk import VaultDesk
from vigtool.ui.workspace import Workspace
from vigtool.vault.vault import Vault


@pytest.fixture
def case(tmp_path: Path) -> vault_case.Case:
    return vault_case.build(tmp_path / "vault")


@pytest.fixture
def text(case: vault_case.Case, tmp_path: Path) -> str:
    """The certificate of its film, erased in a later state of the vault that is lost."""
    later = vault_case.copy(tmp_path / "vault", tmp_path / "later")
    with Vault.open(later, PASSPHRASE) as vault:
        (film,) = values(vault, Film)
        return certificate(vault, erase_film(vault, film.id, reason="it was asked for", on=date.today()))


@pytest.fixture
def desk(case: vault_case.Case, text: str, tmp_path: Path) -> Iterator[VaultDesk]:
    made = VaultDesk(Opened(Vault.open(tmp_path / "vault", PASSPHRASE), ()))
    yield made
    made.close()


@pytest.fixture
def room(qtbot: QtBot, desk: VaultDesk) -> Iterator[ServiceRoom]:
    jobs, workspace = Jobs(), Workspace()
    workspace.desk = desk
    made = ServiceRoom(Bench(jobs, workspace, MemoryPractice(), lambda _room: None))
    qtbot.addWidget(made)
    made.resize(1196, 744)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    jobs.close()
    assert not jobs.faults.reports, [report.text for report in jobs.faults.reports]


def test_what_the_certificate_names_goes_and_its_new_certificate_stands_on_the_page(
    qtbot: QtBot, room: ServiceRoom, desk: VaultDesk, text: str
) -> None:
    (film,) = values(desk.vault, Film)
    shown = page(room, "retention", RetentionPage)
    qtbot.waitUntil(lambda: "Nothing was erased yet." in said(shown))
    shown.erasing.certified.click()
    opened = sheet(room, CertificateSheet)
    opened.text.input.setPlainText(text.replace(desk.vault.vault_id, "0" * 32))
    opened.go.click()
    qtbot.waitUntil(lambda: "another vault" in said(opened))
    opened.text.input.setPlainText(text)
    opened.go.click()
    qtbot.waitUntil(lambda: bool(opened.words))
    assert film.id in {one.id for one in values(desk.vault, Film)}, "looking erases nothing"
    ((word, field),) = opened.words.items()
    field.input.setText(word)
    opened.go.click()
    qtbot.waitUntil(lambda: opened.is_over, timeout=15_000)
    assert values(desk.vault, Film) == []
    acts = [entry.act for entry in log_entries(desk.vault)]
    assert acts[-2:] == ["film erase", "certificate apply"]
    opened.go.click()
    qtbot.waitUntil(lambda: len(titles(shown.erasing.list)) == 1)
    assert "it was asked for" in desk.certificate(desk.keeping().erasures[0])
