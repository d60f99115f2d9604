"""Pictures of a family's consent and keeping, taken of the real window on a copy of the sample family's vault.

What they show is written through the acts that a practitioner uses; the vault is thrown away afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QDialog

from vigtool.casework.consent import Answer, Scope
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.casework.stray_copy import StrayPlace
from vigtool.practice.capacity import note_capacity
from vigtool.practice.colleagues import add_colleague
from vigtool.practice.consents import give_consent
from vigtool.practice.families import PersonWords, add_person
from vigtool.practice.records import values
from vigtool.practice.safety import set_safety
from vigtool.practice.stray_copies import note_stray
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.tabs import Tab
from vigtool.ui.families.withdrawal_form import WithdrawalForm
from vigtool.ui.families.withdrawal_sheet import WithdrawalSheet
from vigtool.ui.main_window import MainWindow
from vigtool.ui.vault_desk import VaultDesk
from vigtool.vault.vault import Vault

Wait = Callable[[int], None]


def consent(window: MainWindow, wait: Wait) -> None:
    """The table with every way an answer can stand, and what stands behind the cell that is chosen."""
    room = _room(window, wait)
    room.tabs.open_tab(Tab.CONSENT)
    table = room.tabs.consent.table
    mina = next(place for place, person in enumerate(table.cells.persons) if person.is_child)
    table.setCurrentIndex(table.cells.index(list(Scope).index(Scope.INTERVISION), 1 + mina))
    wait(400)


def withdrawal(window: MainWindow, wait: Wait) -> None:
    """What follows from a withdrawal: what stopped, the copies, the letter."""
    room = _room(window, wait)
    room.tabs.open_tab(Tab.CONSENT)
    room.tabs.consent.withdraw.click()
    wait(300)
    (form,) = [one for one in room.findChildren(WithdrawalForm) if one.isVisible()]
    for scope in (Scope.SUPERVISION, Scope.COPY):
        form.scopes[scope].setChecked(True)
    form.try_to_accept()
    _until(wait, lambda: any(sheet.tasks for sheet in room.findChildren(WithdrawalSheet)))
    wait(400)


def letter(window: MainWindow, wait: Wait) -> None:
    """The letter of a withdrawal, further down on the same sheet."""
    withdrawal(window, wait)
    (sheet,) = [one for one in window.findChildren(WithdrawalSheet) if one.isVisible()]
    sheet.show_end()
    wait(200)


def second_door(window: MainWindow, wait: Wait) -> None:
    """The sheet of a disclosure."""
    room = _room(window, wait)
    room.tabs.open_tab(Tab.CONSENT)
    room.tabs.consent.given.disclosure.click()
    wait(500)


def keeping(window: MainWindow, wait: Wait) -> None:
    """Safety at home, films, what lies outside, records."""
    _room(window, wait).tabs.open_tab(Tab.KEEPING)
    wait(400)


def sharing(window: MainWindow, wait: Wait) -> None:
    """Sharing with a colleague whose card is to be compared."""
    room = _room(window, wait, colleague=True)
    room.tabs.open_tab(Tab.KEEPING)
    _until(wait, room.tabs.keeping.sharing.isVisible)
    page, desk = room.family_page(), window.workspace.desk
    assert page is not None
    assert desk is not None
    # Both were there when the keys were made, so nothing would be compared: shown is how it is where they were not.
    room.keeping_acts.ask_share([replace(one, is_checked=False) for one in desk.may_share_with(page.family.id)])
    _until(wait, lambda: any(sheet.isVisible() for sheet in room.findChildren(QDialog)))
    wait(600)


def brought_in(window: MainWindow, wait: Wait) -> None:
    """After a film was brought in: the card, and other places."""
    room = _room(window, wait)
    film = values(_vault(window), Film)[0]
    room.bringing_in.show_end(film, Path("/media/card/DCIM/100MEDIA/MVI_0412.MP4"))
    wait(500)


PAGES: dict[str, Callable[[MainWindow, Wait], None]] = {
    "consent": consent,
    "withdrawal": withdrawal,
    "letter": letter,
    "second-door": second_door,
    "keeping": keeping,
    "sharing": sharing,
    "brought-in": brought_in,
}


def _vault(window: MainWindow) -> Vault:
    desk = window.workspace.desk
    assert isinstance(desk, VaultDesk)
    return desk.vault


def _room(window: MainWindow, wait: Wait, *, colleague: bool = False) -> FamiliesRoom:
    """The Families room on the sample family, after more was written down of it."""
    _write_down(_vault(window), colleague=colleague)
    window.go_to("families")
    (room,) = window.findChildren(FamiliesRoom)
    window.workspace.records_changed.emit()
    _until(wait, lambda: bool((page := room.family_page()) and page.capacity))
    wait(300)
    return room


def _write_down(vault: Vault, *, colleague: bool) -> None:
    family = values(vault, Family)[0].id
    people = {person.name: person for person in values(vault, Person, domain=family)}
    nadia, tomas, mina = people["Nadia"], people["Tomas"], people["Mina"]
    vera = add_person(vault, family, PersonWords(name="Vera", role=nadia.role, relation="grandmother"))
    today = date.today()
    for signer, whom, answers, review in (
        (tomas, (mina.id,), {Scope.INTERVISION: Answer.NO}, None),
        (tomas, (tomas.id,), {Scope.COPY: Answer.YES}, today - timedelta(days=13)),
        (vera, (vera.id,), {Scope.FILM: Answer.YES, Scope.COPY: Answer.WITHDRAWN}, None),
    ):
        give_consent(
            vault,
            SignedForm(
                family=family,
                signed_by=signer.id,
                for_persons=whom,
                answers=answers,
                on=today - timedelta(days=120),
                recipients=(signer.id,),
                review=review,
                signed_as=signer.relation,
            ),
        )
    set_safety(
        vault, family, not_to=(vera.id,), not_to_be_told="nobody outside the family",
    )  # fmt: skip
    note_capacity(
        vault, nadia.id, on=today - timedelta(days=3), words="Slept two hours; ask again next week.", has=None
    )
    note_stray(vault, values(vault, Film)[0].id, StrayPlace.CLOUD, on=today)
    if colleague:
        add_colleague(
            vault, name="Ruth", roles=(StaffRole.SUPERVISOR,), passphrase="six words for a picture only", on=today
        )


def _until(wait: Wait, ready: Callable[[], bool]) -> None:
    for _ in range(400):
        if ready():
            return
        wait(50)
    raise TimeoutError
