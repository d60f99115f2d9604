"""Every page and sheet of the real window, each with the way that leads there, on the desk of long words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog, QWidget

from family_places import FAMILIES, families
from long_words import FOLDER, NAME, ON
from reel_desk import ReelDesk
from restoring_in_memory import backup_of
from vigtool.casework.erasure import Erasure
from vigtool.casework.film import Film
from vigtool.errors import WrongPassphrase
from vigtool.ids import Id, new_id
from vigtool.practice.backups import BackupOutlook
from vigtool.practice.restoring import Restored
from vigtool.ui.film.room import FilmRoom
from vigtool.ui.main_window import MainWindow
from vigtool.ui.reel.room import ReelRoom
from vigtool.ui.service.backup_forms import BackupForm, TrialForm
from vigtool.ui.service.film_page import FilmPage
from vigtool.ui.service.organisation_sheet import NoOrganisationKey, OrganisationSheet
from vigtool.ui.service.people_forms import (
    AddColleagueForm,
    CompareForm,
    LeaveForm,
    NameForm,
    ReassignForm,
    RolesForm,
)
from vigtool.ui.service.retention_forms import EraseForm, RuleForm
from vigtool.ui.service.retention_page import RetentionPage
from vigtool.ui.service.room import ServiceRoom
from vigtool.ui.vault.first_pages import OrganisationPage, RecoveryPage
from vigtool.ui.vault.passphrase_sheet import PassphraseSheet
from vigtool.ui.vault.recovery_sheet import RecoverySheet
from vigtool.ui.vault.start_pages import StartPages
from ways_on_screen import Until, Way, desk_of, enter, only

# Film and Reel


def _film(window: MainWindow, until: Until) -> None:
    enter(window, until)
    window.go_to("film")
    room = only(window, FilmRoom)
    until(lambda: room.work is not None and not window.jobs._running)


def _reel(window: MainWindow, until: Until) -> ReelRoom:
    enter(window, until)
    window.go_to("reel")
    room = only(window, ReelRoom)
    until(lambda: bool(room.work.clips) and not window.jobs._running)
    room.work.choose(room.work.clips[0].id)
    return room


def _reel_page(window: MainWindow, until: Until) -> None:
    _reel(window, until)


def _copy(window: MainWindow, until: Until) -> None:
    room = _reel(window, until)
    room.make_copy()
    until(lambda: any(sheet.isVisible() for sheet in window.findChildren(QDialog)))


def _watch(window: MainWindow, until: Until) -> None:
    _reel(window, until).watch_here()


# Service


def _service(name: str, window: MainWindow, until: Until) -> ServiceRoom:
    enter(window, until)
    window.go_to("service")
    room = only(window, ServiceRoom)
    until(lambda: not window.jobs._running)
    room.turn_to(name)
    until(lambda: not window.jobs._running)
    page: Any = room.page(name)
    for part in ("strays", "copies", "due", "rules", "undated", "holds", "people", "care"):
        if hasattr(page, part):
            getattr(page, part).choose(0)
    if name == "people":
        page.people.choose(1)
    if name == "vault":
        page.backups.list.choose(0)
    if name == "retention":
        page.erasing.list.choose(0)
    if name == "log":
        page.view.selectRow(2)
    return room


def _service_page(name: str, window: MainWindow, until: Until) -> None:
    _service(name, window, until)


def _service_form(name: str, make: Callable[[MainWindow, ReelDesk, QWidget], QDialog]) -> Way:
    def way(window: MainWindow, until: Until) -> None:
        room = _service(name, window, until)
        make(window, desk_of(window), room).open()
        until(lambda: not window.jobs._running)

    return way


def _film_of(desk: ReelDesk) -> Film:
    return desk.films()[0]


def _backup_form(window: MainWindow, _desk: ReelDesk, room: QWidget) -> BackupForm:
    warning = "the folder lies on the same disk as the vault: if the disk breaks, both are gone"
    return BackupForm(BackupOutlook(folder=FOLDER, there=7, expiring=(), same_disk=True, warning=warning), room)


def _erase_form(_window: MainWindow, desk: ReelDesk, room: QWidget) -> EraseForm:
    film = _film_of(desk)
    return EraseForm(f"Erase {film.title}?", "F-0007", desk.erase_outlook(film.family), room)


def _reason(window: MainWindow, until: Until) -> None:
    page: Any = _service("retention", window, until).page("retention")
    assert isinstance(page, RetentionPage)
    page.hold.click()


SERVICE: dict[str, Way] = {
    **{f"service, {name}": partial(_service_page, name) for name in ("vault", "copies", "retention", "log", "people")},
    "where a film has been": _service_form("copies", lambda w, d, r: FilmPage(w.bench, _film_of(d).id, r)),
    "backup": _service_form("vault", _backup_form),
    "trial of a backup": _service_form("vault", lambda _w, _d, r: TrialForm(r)),
    "rule": _service_form("retention", lambda w, _d, r: RuleForm(w.bench, None, r)),
    "reason of a hold": _reason,
    "erase by a rule": _service_form("retention", _erase_form),
    "add a colleague": _service_form("people", lambda w, _d, r: AddColleagueForm(w.bench, r)),
    "compare a card": _service_form("people", lambda w, d, r: CompareForm(w.bench, d.staff[1], r)),
    "own name": _service_form("people", lambda w, d, r: NameForm(w.bench, d.staff[0].name, r)),
    "roles": _service_form("people", lambda w, d, r: RolesForm(w.bench, d.staff[1], r)),
    "a colleague leaves": _service_form("people", lambda w, d, r: LeaveForm(w.bench, d.staff[1], r)),
    "give a family over": _service_form("people", lambda w, d, r: ReassignForm(w.bench, d.in_care[0], d.staff, r)),
    "organisation's key": _service_form("people", lambda w, _d, r: OrganisationSheet(w.bench, r)),
    "no organisation's key": _service_form("people", lambda w, _d, r: NoOrganisationKey(w.bench, r)),
    "new passphrase": _service_form("vault", lambda w, _d, r: PassphraseSheet(w.bench, r)),
    "recovery sheet": _service_form("vault", lambda w, _d, r: RecoverySheet(w.bench, r)),
}


# Before a vault is open


def _start_page(act: Callable[[StartPages], object]) -> Way:
    def way(window: MainWindow, until: Until) -> None:
        act(only(window, StartPages))
        until(lambda: not window.jobs._running)

    return way


def _make(pages: StartPages) -> None:
    pages.show_page(pages.make)
    pages.make.place.input.setText(str(FOLDER))


def _make_own(pages: StartPages) -> None:
    _make(pages)
    pages.make.new.kind.set_value(False)
    pages.make.new._show_kind(False)  # as the click on the segment does
    pages.make.new.own.input.setText("short")


def _unlock(pages: StartPages) -> None:
    pages.ask_to_unlock(FOLDER)
    pages.unlock.key.set_users([(new_id(), f"{name} {NAME}") for name in ("Sam", "Vera", "Jo")])
    pages.unlock.show_error(WrongPassphrase("that passphrase opens nothing here", "look for a missing letter"))


def _unlock_by_sheet(pages: StartPages) -> None:
    _unlock(pages)
    pages.unlock.key.show_words(on=True)
    pages.unlock.key.words.set_text("orchard violin autumn ketle")


def _restore(pages: StartPages) -> None:
    pages.start.restore.click()
    pages.restore.form.source.set_folder(FOLDER)
    pages.restore.form._found([backup_of(days) for days in (0, 7, 400)])  # as after that stick was looked into
    pages.restore.form.to.set_folder(FOLDER)


def _restored(pages: StartPages) -> None:
    pages.start.restore.click()
    family: Id = new_id()
    erased = Erasure(id=new_id(), what=new_id(), family=family, reason=NAME, on=ON, by=new_id(), erased=(), files=1)
    done = Restored(folder=FOLDER, facts=backup_of(40), erased_again=(erased,), rolled_back=True, newer_entries=37)
    pages.restore._done(done)  # as after the work was done


def _first(make: Callable[[], QWidget]) -> Callable[[StartPages], None]:
    return lambda pages: pages._show_first(make())  # as after a vault was made


def _typed_back(pages: StartPages) -> None:
    page = RecoveryPage()
    pages._show_first(page)
    page.part.ask()


BEFORE: dict[str, Way] = {
    "start": _start_page(lambda pages: pages.show_page(pages.start)),
    "make": _start_page(_make),
    "make with own words": _start_page(_make_own),
    "unlock": _start_page(_unlock),
    "unlock by the sheet": _start_page(_unlock_by_sheet),
    "restore": _start_page(_restore),
    "restored": _start_page(_restored),
    "recovery": _start_page(_first(RecoveryPage)),
    "recovery typed back": _start_page(_typed_back),
    "recovery of the organisation": _start_page(_first(lambda: RecoveryPage(organisation=True))),
    "organisation": _start_page(_first(OrganisationPage)),
}


# Over any room


def _keys(window: MainWindow, until: Until) -> None:
    families(window, until)
    window.show_keys()


def _preferences(window: MainWindow, until: Until) -> None:
    families(window, until)
    window.show_preferences()


def _error_above(window: MainWindow, until: Until) -> None:
    enter(window, until)
    window.show_error(WrongPassphrase(f"that could not be written to {FOLDER}", "look whether the disk is full"))


WALKS: dict[str, dict[str, Way]] = {
    "before a vault is open": BEFORE,
    "families": {"keys": _keys, "preferences": _preferences, **FAMILIES},
    "film": {"film": _film},
    "reel": {"reel": _reel_page, "parent's copy": _copy, "watch here": _watch},
    "service": {**SERVICE, "error above": _error_above},
}
"""Walks through the window: what each place is called, and the way there from a new window or the place before."""


def leave(window: MainWindow) -> None:
    """Close the sheets that are open."""
    for sheet in window.findChildren(QDialog):
        if sheet.isVisible():
            sheet.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
