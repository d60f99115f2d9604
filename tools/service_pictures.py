"""Pictures of the Service room and of a film's page, taken of the real window on a copy of the sample family's vault.

What they show is done through the acts that the rooms use; the vault is thrown away afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from vigtool.casework.consent import Answer, Scope
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.family import Family, Person
from vigtool.casework.film import Film, FilmKind
from vigtool.casework.member import StaffRole
from vigtool.casework.retention import RetentionRule
from vigtool.casework.stray_copy import StrayPlace
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.ids import new_id
from vigtool.practice import colleagues
from vigtool.practice.backups import back_up
from vigtool.practice.consents import give_consent
from vigtool.practice.families import add_family, change_family
from vigtool.practice.openings import note_film_opened, note_played
from vigtool.practice.records import values
from vigtool.practice.retention import place_hold, set_rule
from vigtool.practice.stray_copies import note_stray
from vigtool.ui.main_window import MainWindow
from vigtool.ui.service.log_page import LogPage
from vigtool.ui.service.paging import ServicePage
from vigtool.ui.service.people_page import PeoplePage
from vigtool.ui.service.retention_page import RetentionPage
from vigtool.ui.service.room import ServiceRoom
from vigtool.ui.service.vault_page import VaultPage
from vigtool.ui.vault_desk import VaultDesk
from vigtool.vault.vault import Vault

Wait = Callable[[int], None]
P = TypeVar("P", bound=ServicePage)


def vault_page(window: MainWindow, wait: Wait) -> None:
    """The vault's page, with a backup."""
    vault = _vault(window)
    back_up(vault, vault.folder.with_name("stick"))
    shown = _page(window, wait, "vault", VaultPage)
    while shown.machine.doing.is_busy:  # this computer is looked at
        wait(200)
    wait(200)


def copies(window: MainWindow, wait: Wait) -> None:
    """What is out there."""
    vault = _vault(window)
    for film in values(vault, Film):
        note_stray(vault, film.id, StrayPlace.PHONE, "the phone it was filmed with", on=date.today())
    _page(window, wait, "copies", ServicePage)


def retention(window: MainWindow, wait: Wait) -> None:
    """Rules, what is due, a hold."""
    vault, today = _vault(window), date.today()
    held = add_family(vault, name="Ana and Leo", on=today - timedelta(days=900)).family
    for family in values(vault, Family):
        change_family(vault, family, replace(family, closed=today - timedelta(days=400)))
    set_rule(vault, RetentionRule(id=new_id(), kind=FilmKind.INTERACTION, months_after_closing=2))
    set_rule(vault, RetentionRule(id=new_id(), months_after_closing=12))
    place_hold(vault, held.id, reason="Asked for by the family court, letter of 3 November", on=today)
    shown = _page(window, wait, "retention", RetentionPage)
    shown.due.choose(0)


def log(window: MainWindow, wait: Wait) -> None:
    """The audit log, an entry chosen."""
    _work(_vault(window))
    shown = _page(window, wait, "log", LogPage)
    acts = [entry.act for entry in shown.model.entries]
    shown.view.selectRow(acts.index("film play"))
    wait(200)


def people(window: MainWindow, wait: Wait) -> None:
    """Three colleagues, one of whose cards is not known yet."""
    vault, today = _vault(window), date.today()
    for name, role in (("Ruth", StaffRole.SUPERVISOR), ("Ines", StaffRole.LEAD), ("عمر", StaffRole.PRACTITIONER)):
        words = "a passphrase of an hour's vault"
        colleagues.add_colleague(vault, name=name, roles=[role], passphrase=words, on=today, cost=LEAST_COST)
    shown = _page(window, wait, "people", PeoplePage)
    shown.people.choose(1)


def film_page(window: MainWindow, wait: Wait) -> None:
    """Where a film has been, after somebody took an agreement back."""
    vault, today = _vault(window), date.today()
    _work(vault)
    (family,) = values(vault, Family)
    parent = next(one for one in values(vault, Person, domain=family.id) if one.responsible_for)
    give_consent(
        vault,
        SignedForm(
            family=family.id,
            signed_by=parent.id,
            for_persons=(parent.id, *parent.responsible_for),
            answers={Scope.THERAPY: Answer.WITHDRAWN},
            on=today,
        ),
    )
    film = values(vault, Film)[0]
    note_stray(vault, film.id, StrayPlace.CLOUD, on=today)
    _page(window, wait, "copies", ServicePage)
    _room(window).show_film(film.id)
    wait(1200)


PAGES: dict[str, Callable[[MainWindow, Wait], None]] = {
    "vault": vault_page,
    "copies": copies,
    "retention": retention,
    "log": log,
    "people": people,
    "film-page": film_page,
}


def _work(vault: Vault) -> None:
    """Somebody looked at the film."""
    for film in values(vault, Film):
        note_film_opened(vault, film)
        note_played(vault, film.id)


def _vault(window: MainWindow) -> Vault:
    desk = window.workspace.desk
    assert isinstance(desk, VaultDesk)
    return desk.vault


def _room(window: MainWindow) -> ServiceRoom:
    (room,) = window.findChildren(ServiceRoom)
    return room


def _page(window: MainWindow, wait: Wait, name: str, kind: type[P]) -> P:
    """One page, read."""
    window.go_to("service")
    wait(300)
    room = _room(window)
    room.turn_to(name)
    wait(1500)
    page = room.page(name)
    assert isinstance(page, kind)
    return page
