"""What leaves a real vault by the sheets of the Families room: the second door, the letter, the end of sharing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from pytestqt.qtbot import QtBot

from families_on_screen import press, the, words_in
from families_on_vault import BEGUN, filmed, room_over
from vigtool.annotate.mark import Lane, Mark
from vigtool.casework.consent import Scope
from vigtool.casework.copy import CopyKind
from vigtool.casework.disclosure import Basis
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.ids import new_id
from vigtool.practice import colleagues
from vigtool.practice.auditing import log_entries
from vigtool.practice.families import NewFamily
from vigtool.practice.films import film_within
from vigtool.practice.marking import begin_layer, keep_marks
from vigtool.practice.retention import held
from vigtool.practice.safety import set_safety
from vigtool.practice.sharing import share_family, shared_with
from vigtool.practice.withdrawal import withdraw
from vigtool.ui.families import letter_print
from vigtool.ui.families.disclosure_sheet import DisclosureSheet
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.stop_sharing_sheet import StopSharingSheet
from vigtool.ui.families.tabs import Tab
from vigtool.ui.families.withdrawal_form import WithdrawalForm
from vigtool.ui.families.withdrawal_sheet import WithdrawalSheet
from vigtool.ui.jobs import Jobs
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.vault_desk import VaultDesk
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault


@dataclass(frozen=True)
class Place:
    """A vault with one family and a marked film of it, open in the Families room at its consent."""

    qtbot: QtBot
    room: FamiliesRoom
    desk: VaultDesk
    family: NewFamily
    film: Film
    source: Path

    @property
    def vault(self) -> Vault:
        return self.desk.vault

    def acts(self, begin: str) -> list[str]:
        """What the log says was done, the oldest first."""
        return [entry.act for entry in log_entries(self.vault) if entry.act.startswith(begin)]

    def disclosing(self, folder: Path, basis: Basis, what: CopyKind) -> DisclosureSheet:
        """The sheet of the second door, filled in."""
        self.room.tabs.consent.given.disclosure.click()
        sheet = the(self.room, DisclosureSheet)
        sheet.place.set_folder(folder)
        part = sheet.disclosed
        part.basis.input.setCurrentIndex(part.basis.input.findData(basis))
        part.what.input.setCurrentIndex(part.what.input.findData(what))
        sheet.recipient.input.setText("County Court")
        sheet.reason.input.setPlainText("order of 3 November")
        return sheet


@pytest.fixture
def place(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> Iterator[Place]:
    has = filmed(tmp_path / "vault", tmp_path / "MVI_0001.mp4")
    vault, film = has.vault, has.film
    layer, span = begin_layer(vault, film.id), film_within(vault, film.id).index.span(2, 8)
    mark = Mark(id=new_id(), layer=layer.id, film=film.id, span=span, lane=Lane.BABY, code="b.voice")
    keep_marks(vault, film.id, [], [mark])
    with room_over(qtbot, jobs, vault) as (room, desk):
        room.tabs.open_tab(Tab.CONSENT)
        yield Place(qtbot, room, desk, has.family, film, has.source)


def withdrawn(place: Place, *scopes: Scope) -> WithdrawalSheet:
    """The mother takes these back; the sheet that follows."""
    place.room.tabs.consent.withdraw.click()
    form = the(place.room, WithdrawalForm)
    for scope in scopes:
        form.scopes[scope].setChecked(True)
    form.go.click()
    place.qtbot.waitUntil(lambda: bool(place.room.findChildren(WithdrawalSheet)))
    return the(place.room, WithdrawalSheet)


def test_marks_go_out_although_everything_was_taken_back_and_are_held(place: Place, tmp_path: Path) -> None:
    nadia, mina = (person.id for person in place.family.persons)
    family = place.family.family.id
    withdraw(
        place.vault, family=family, signed_by=nadia, for_persons=(nadia, mina), scopes=list(Scope), on=date.today()
    )
    set_safety(place.vault, family, not_to=(nadia,), copies_safe=False)
    place.room.bench.workspace.records_changed.emit()
    place.qtbot.waitUntil(lambda: (page := place.room.family_page()) is not None and page.safety is not None)
    sheet = place.disclosing(tmp_path, Basis.COURT, CopyKind.MARKS)
    assert "May not receive anything: \u2068Nadia\u2069" in words_in(sheet)
    form = sheet.disclosed.form.input
    form.setCurrentIndex(form.findData("json"))
    sheet.go.click()
    place.qtbot.waitUntil(lambda: sheet.is_over, timeout=15_000)
    written = (tmp_path / "a-table.json").read_bytes()
    assert [row["code"] for row in json.loads(written)] == ["b.voice"]
    (copy,) = place.desk.given_copies(family)
    assert (copy.kind, copy.to_words, copy.sha256) == (
        CopyKind.MARKS, "County Court", hashlib.sha256(written).digest(),
    )  # fmt: skip
    (door,) = place.desk.disclosures(family)
    assert (door.copy, door.basis, door.reason) == (copy.id, Basis.COURT, "order of 3 November")
    assert held(place.vault, family, place.film.id) is not None
    assert place.acts("disclose") == ["disclose marks: begin", "disclose marks: whole", "disclose marks"]


@pytest.mark.parametrize("original", [False, True])
def test_an_access_request_gets_the_original_only_where_somebody_chose_it(
    place: Place, tmp_path: Path, *, original: bool
) -> None:
    sheet = place.disclosing(tmp_path, Basis.ACCESS, CopyKind.FILM)
    form = sheet.disclosed.form.input
    assert form.currentData() is False
    if original:
        form.setCurrentIndex(form.findData(True))
        form.activated.emit(form.currentIndex())
    sheet.go.click()
    place.qtbot.waitUntil(lambda: sheet.is_over, timeout=15_000)
    same = (tmp_path / "a-film.mp4").read_bytes() == place.source.read_bytes()
    assert same is original
    assert [door.original for door in place.desk.disclosures(place.family.family.id)] == [original]


def test_whoever_is_no_lead_any_more_is_refused_at_the_door_itself(place: Place, tmp_path: Path) -> None:
    sheet = place.disclosing(tmp_path, Basis.COURT, CopyKind.MARKS)
    vault = place.vault
    kim = colleagues.add_colleague(
        vault, name="Kim", roles=[StaffRole.LEAD, StaffRole.ADMINISTRATOR], passphrase="words of Kim's own",
        on=BEGUN, cost=LEAST_COST,
    )  # fmt: skip
    assert kim.user != vault.user_id
    colleagues.change_roles(vault, vault.user_id, [StaffRole.PRACTITIONER])
    sheet.go.click()
    place.qtbot.waitUntil(lambda: bool(sheet.findChildren(ErrorPanel)))
    assert not (tmp_path / "a-table.csv").exists()
    assert not place.desk.given_copies(place.family.family.id)
    assert sheet.go.isEnabled()
    sheet.reject()
    place.room.bench.workspace.records_changed.emit()
    place.qtbot.waitUntil(lambda: not place.room.tabs.consent.given.disclosure.isVisible())


@pytest.mark.parametrize("takes", [True, False])
def test_a_letter_that_is_printed_stands_in_the_log_before_it_leaves(
    place: Place, monkeypatch: pytest.MonkeyPatch, *, takes: bool
) -> None:
    sheet = withdrawn(place, Scope.COPY)
    press(sheet.letter.at_home.safe, "Yes, we talked")
    before: list[list[str]] = []

    def print_on(_printer: object, words: str) -> bool:
        assert words == sheet.letter.paper.text.text()
        before.append(place.acts("letter"))
        return takes

    monkeypatch.setattr(letter_print, "print_on", print_on)
    sheet.letter.print_.click()
    sheet.letter.findChildren(QPrintDialog)[-1].accept()
    place.qtbot.waitUntil(lambda: len(place.acts("letter")) == 2)
    assert before == [["letter print: begin"]]
    assert place.acts("letter")[1] == ("letter print" if takes else "letter print: not printed")
    kinds = [copy.kind for copy in place.desk.given_copies(place.family.family.id)]
    assert kinds == ([CopyKind.LETTER] if takes else [])
    place.qtbot.waitUntil(sheet.letter.print_.isEnabled)
    sheet.accept()


def test_the_withdrawal_offers_at_once_to_take_the_key_back(place: Place) -> None:
    vault, family = place.vault, place.family.family.id
    ruth, kim = (
        colleagues.add_colleague(
            vault, name=name, roles=[StaffRole.SUPERVISOR], passphrase=f"words that are {name}'s own", on=BEGUN,
            cost=LEAST_COST,
        ).user
        for name in ("Ruth", "Kim")
    )  # fmt: skip
    for user in (ruth, kim):
        share_family(vault, family, user, on=date.today())
    place.room.bench.workspace.records_changed.emit()
    place.qtbot.waitUntil(lambda: (page := place.room.family_page()) is not None and len(page.keeping.shares) == 3)
    sheet = withdrawn(place, Scope.SUPERVISION)
    assert {share.user for share in shared_with(vault, family)} == {ruth, kim}, "it takes no key away by itself"
    assert "Ruth" in words_in(sheet.shares)
    assert "Kim" in words_in(sheet.shares)
    sheet.stop_all.click()
    the(place.room, StopSharingSheet).go.click()
    place.qtbot.waitUntil(lambda: "The key was taken back from" in words_in(sheet.shares), timeout=15_000)
    assert shared_with(vault, family) == []
    assert place.acts("family unshare") == ["family unshare", "family unshare"]
    sheet.accept()
