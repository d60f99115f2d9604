"""The main ways of a family's consent through a real vault: what the window says is what the vault does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import makers
from families_on_screen import press, the, words_in
from families_on_vault import BEGUN, filmed, room_over
from vigtool.annotate.reel import Clip, Reel
from vigtool.casework.consent import Answer, Scope
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.copy import CopyKind
from vigtool.casework.family import Person
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.errors import ConsentMissing
from vigtool.ids import new_id
from vigtool.practice.colleagues import add_colleague
from vigtool.practice.consents import give_consent
from vigtool.practice.families import NewFamily
from vigtool.practice.reels import change_reel, new_reel
from vigtool.practice.safety import set_safety
from vigtool.practice.sharing import shared_with
from vigtool.timebase import Span
from vigtool.ui import choosing
from vigtool.ui.families.brought_in import BroughtInPanel
from vigtool.ui.families.consent_model import CELL
from vigtool.ui.families.erase_sheet import EraseSheet
from vigtool.ui.families.film_out_sheet import FilmOutSheet
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.share_sheet import ShareSheet
from vigtool.ui.families.stop_sharing_sheet import StopSharingSheet
from vigtool.ui.families.tabs import Tab
from vigtool.ui.families.withdrawal_form import WithdrawalForm
from vigtool.ui.families.withdrawal_sheet import WithdrawalSheet
from vigtool.ui.families.work_forms import FilmForm
from vigtool.ui.jobs import Jobs
from vigtool.ui.parts.chip import State
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.vault_desk import VaultDesk
from vigtool.vault.passphrases import LEAST_COST


@dataclass(frozen=True)
class Place:
    """A vault with one family, its film and a reel of it, open in the Families room."""

    qtbot: QtBot
    room: FamiliesRoom
    desk: VaultDesk
    family: NewFamily
    film: Film
    reel: Reel

    @property
    def nadia(self) -> Person:
        return self.family.persons[0]

    def read_again(self) -> None:
        self.room.bench.workspace.records_changed.emit()
        self.qtbot.wait(50)


@pytest.fixture
def place(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> Iterator[Place]:
    has = filmed(tmp_path / "vault", tmp_path / "MVI_0001.mp4")
    film, begun = has.film, new_reel(has.vault, family=has.film.family, cycle=None, title="")
    clip = Clip(id=new_id(), mark=None, film=film.id, span=Span(film.start, film.end))
    reel = Reel(id=begun.id, family=begun.family, author=begun.author, cycle=None, title="", clips=(clip,))
    change_reel(has.vault, begun, reel)
    with room_over(qtbot, jobs, has.vault) as (room, desk):
        yield Place(qtbot, room, desk, has.family, film, reel)


def make_copy(place: Place, target: Path) -> None:
    place.desk.make_copy(place.reel.id, place.nadia.id, target, lambda *_: None, lambda: False, safe=True)


def test_what_is_withdrawn_is_refused_at_once_and_the_letter_names_the_copy(place: Place, tmp_path: Path) -> None:
    make_copy(place, tmp_path / "a-few-moments.mp4")
    place.read_again()
    place.room.tabs.open_tab(Tab.CONSENT)
    place.room.tabs.consent.withdraw.click()
    form = the(place.room, WithdrawalForm)
    form.scopes[Scope.COPY].setChecked(True)
    form.go.click()
    place.qtbot.waitUntil(lambda: bool(place.room.findChildren(WithdrawalSheet)))
    with pytest.raises(ConsentMissing):
        make_copy(place, tmp_path / "another.mp4")
    assert not (tmp_path / "another.mp4").exists()
    sheet = the(place.room, WithdrawalSheet)
    place.qtbot.waitUntil(lambda: len(sheet.tasks) == 1)
    assert "delete it there" in words_in(sheet), "the file is still where it was written to"
    (choice,) = sheet.tasks.values()
    press(choice, "deleted")
    place.qtbot.waitUntil(lambda: bool(sheet.findChildren(ErrorPanel)))  # it lies there still: that is no answer
    (tmp_path / "a-few-moments.mp4").unlink()
    press(next(iter(sheet.tasks.values())), "deleted")
    place.qtbot.waitUntil(lambda: "what became of it is written down" in words_in(sheet))
    sheet.letter.place.set_folder(tmp_path)
    press(sheet.letter.at_home.safe, "Yes, we talked")
    sheet.letter.save.click()
    place.qtbot.waitUntil(lambda: "register of copies" in words_in(sheet.letter))
    saved = (tmp_path / "a-letter.txt").read_text(encoding="utf-8")
    assert saved == sheet.letter.paper.text.text()
    assert "vig" not in saved.lower()
    kinds = [copy.kind for copy in place.desk.given_copies(place.family.family.id)]
    assert sorted(kind.value for kind in kinds) == [CopyKind.LETTER.value, CopyKind.REEL.value]
    cell = place.room.tabs.consent.table.cells.index(list(Scope).index(Scope.COPY), 1)
    place.qtbot.waitUntil(lambda: cell.data(CELL).state is State.WITHDRAWN)


def test_a_film_goes_to_nobody_who_may_not_receive(place: Place, tmp_path: Path) -> None:
    set_safety(place.desk.vault, place.family.family.id, not_to=(place.nadia.id,), not_to_be_told="the grandmother")
    place.read_again()
    place.room.tabs.open_tab(Tab.CONSENT)
    place.qtbot.waitUntil(lambda: (page := place.room.family_page()) is not None and page.safety is not None)
    place.room.tabs.consent.given.film.click()
    sheet = the(place.room, FilmOutSheet)
    assert "May not receive anything: \u2068Nadia\u2069" in words_in(sheet.at_home)
    sheet.place.set_folder(tmp_path)
    press(sheet.at_home.safe, "Yes, we talked")
    sheet.go.click()
    place.qtbot.waitUntil(lambda: bool(sheet.findChildren(ErrorPanel)))
    assert "may not receive anything" in sheet.findChildren(ErrorPanel)[0].accessibleName()
    assert not (tmp_path / "a-film.mp4").exists()


def test_an_answer_whose_day_has_gone_by_is_shown_and_refused(place: Place, tmp_path: Path) -> None:
    nadia, mina = place.family.persons
    give_consent(
        place.desk.vault,
        SignedForm(
            family=nadia.family,
            signed_by=nadia.id,
            for_persons=(nadia.id, mina.id),
            answers={Scope.COPY: Answer.YES},
            on=BEGUN + timedelta(days=1),
            recipients=(nadia.id,),
            review=date.today() - timedelta(days=1),
        ),
    )
    place.read_again()
    place.room.tabs.open_tab(Tab.CONSENT)
    cells = place.room.tabs.consent.table.cells
    row = list(Scope).index(Scope.COPY)
    place.qtbot.waitUntil(lambda: cells.index(row, 1).data(CELL).state is State.EXPIRED)
    with pytest.raises(ConsentMissing):
        make_copy(place, tmp_path / "a-few-moments.mp4")


def test_a_film_is_brought_in_and_its_card_erased_by_the_window(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = tmp_path / "card" / "MVI_0002.mp4"
    card.parent.mkdir()
    card.write_bytes(makers.make(makers.Film(frames=20, gop=10)))
    monkeypatch.setattr(choosing, "choose_film", lambda *_: card)
    place.room.bringing_in.choose()
    the(place.room, FilmForm).go.click()
    place.qtbot.waitUntil(lambda: bool(place.room.findChildren(BroughtInPanel)), timeout=15000)
    (panel,) = place.room.findChildren(BroughtInPanel)
    family = place.family.family.id
    assert str(card) in [stray.words for stray in place.desk.strays_of(family)], "listed until it is gone"
    panel.erase.click()
    place.qtbot.waitUntil(lambda: "compared and erased" in words_in(panel))
    assert not card.exists()
    assert str(card) not in [stray.words for stray in place.desk.strays_of(family)]


@pytest.mark.parametrize("deep", [False, True])
def test_a_family_is_shared_with_a_colleague_and_no_longer(place: Place, *, deep: bool) -> None:
    family = place.family.family.id
    add_colleague(
        place.desk.vault, name="Ruth", roles=(StaffRole.SUPERVISOR,), passphrase="another six words that nobody knows",
        on=BEGUN, cost=LEAST_COST,
    )  # fmt: skip
    place.room.tabs.open_tab(Tab.KEEPING)
    panel = place.room.tabs.keeping.sharing
    assert not panel.isVisible()
    place.read_again()
    place.qtbot.waitUntil(panel.isVisible)
    panel.share.click()
    place.qtbot.waitUntil(lambda: bool(place.room.findChildren(ShareSheet)))
    sheet = the(place.room, ShareSheet)
    assert "Ruth, supervisor" in sheet.whom.input.currentText()
    assert sheet.go.isEnabled(), "both were there when the keys were made"
    sheet.go.click()
    place.qtbot.waitUntil(lambda: "Ruth" in words_in(panel))
    assert [share.name for share in shared_with(place.desk.vault, family)] == ["Ruth"]
    press(panel, "Stop…")
    stop = the(place.room, StopSharingSheet)
    stop.deep.setChecked(deep)
    stop.go.click()
    place.qtbot.waitUntil(lambda: "Ruth" not in words_in(panel), timeout=15000)
    assert shared_with(place.desk.vault, family) == []
    assert place.desk.films(family)[0].id == place.film.id, "it is still there for whoever stays"


def test_erasing_the_family_leaves_no_word_of_it_in_the_room(place: Place) -> None:
    place.room.keeping_acts.erase(None)
    sheet = the(place.room, EraseSheet)
    sheet.code.input.setText(place.family.family.code)
    sheet.reason.input.setText("asked for by the family")
    sheet.go.click()
    place.qtbot.waitUntil(lambda: "Certificate of erasure" in words_in(sheet), timeout=15000)
    assert not place.desk.families()
    sheet.go.click()
    place.qtbot.waitUntil(lambda: "Nadia" not in words_in(place.room))
