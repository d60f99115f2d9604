"""Every page and sheet of the Families room, each with the way that leads there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog

from long_words import AT, FOLDER, NAME
from vigtool.casework.consent import Scope
from vigtool.casework.still import Still
from vigtool.casework.withdrawal import Withdrawal
from vigtool.ids import new_id
from vigtool.ui.families.consent_form import ConsentForm
from vigtool.ui.families.decision_form import CapacityForm, DecisionForm
from vigtool.ui.families.disclosure_sheet import DisclosureSheet
from vigtool.ui.families.erase_sheet import EraseSheet
from vigtool.ui.families.family_forms import NewFamilyForm, PersonForm
from vigtool.ui.families.film_out_sheet import FilmOutSheet
from vigtool.ui.families.keeping_forms import CloseForm, HoldForm, LiftForm, StrayForm
from vigtool.ui.families.outcome_form import OutcomeForm
from vigtool.ui.families.photograph_sheet import PhotographSheet
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.families.safety_form import SafetyForm
from vigtool.ui.families.share_sheet import ShareSheet
from vigtool.ui.families.source_sheet import SourceSheet
from vigtool.ui.families.stop_sharing_sheet import StopSharingSheet
from vigtool.ui.families.tabs import Tab
from vigtool.ui.families.withdrawal_form import WithdrawalForm
from vigtool.ui.families.withdrawal_sheet import WithdrawalSheet
from vigtool.ui.families.work_forms import CycleForm, FilmForm, SessionForm
from vigtool.ui.main_window import MainWindow
from ways_on_screen import Until, Way, desk_of, enter, only


def families(window: MainWindow, until: Until) -> FamiliesRoom:
    enter(window, until)
    window.go_to("families")
    room = only(window, FamiliesRoom)
    until(lambda: room.family_page() is not None and not window.jobs._running)
    return room


def _tab(tab: Tab, window: MainWindow, until: Until) -> None:
    families(window, until).tabs.open_tab(tab)


def _page(window: MainWindow, until: Until) -> tuple[FamiliesRoom, FamilyPage]:
    room = families(window, until)
    page = room.family_page()
    assert page is not None
    return room, page


def _family_form(make: Callable[[MainWindow, FamilyPage, FamiliesRoom], QDialog]) -> Way:
    def way(window: MainWindow, until: Until) -> None:
        room, page = _page(window, until)
        make(window, page, room).open()
        until(lambda: not window.jobs._running)

    return way


def _brought_in(window: MainWindow, until: Until) -> None:
    room, page = _page(window, until)
    room.bringing_in.show_end(page.films[0], FOLDER / "DCIM" / "MVI_0412.MP4")
    until(lambda: not window.jobs._running)


def _decision(window: MainWindow, page: FamilyPage, room: FamiliesRoom) -> DecisionForm:
    table = room.tabs.consent.table
    child = next(place for place, person in enumerate(table.cells.persons) if person.is_child)
    cell = table.cells.index(list(Scope).index(Scope.INTERVISION), 1 + child).data(0x0100)
    return DecisionForm(window.bench, page, cell, room)


def _withdrawal(window: MainWindow, page: FamilyPage, room: FamiliesRoom) -> WithdrawalSheet:
    taken: Withdrawal = page.withdrawals[0]
    return WithdrawalSheet(window.bench, page, taken, room, cut_off=2)


def _photograph(window: MainWindow, page: FamilyPage, room: FamiliesRoom) -> PhotographSheet:
    film = page.films[0]
    stills = [
        Still(id=new_id(), film=film.id, number=number, tick=number, words=NAME, kept=AT, by=new_id())
        for number in (1, 2)
    ]
    return PhotographSheet(window.bench, page, [(film, still) for still in stills], room)


FAMILIES: dict[str, Way] = {
    **{f"families, {tab.name.lower()}": partial(_tab, tab) for tab in Tab},
    "new family": _family_form(lambda w, _p, r: NewFamilyForm(w.bench, r)),
    "another person": _family_form(lambda w, p, r: PersonForm(w.bench, p.family, r)),
    "signature": _family_form(lambda w, p, r: ConsentForm(w.bench, p, r)),
    "decision": _family_form(_decision),
    "capacity": _family_form(lambda w, p, r: CapacityForm(w.bench, p, r)),
    "withdrawal form": _family_form(lambda w, p, r: WithdrawalForm(w.bench, p, r)),
    "withdrawal sheet": _family_form(_withdrawal),
    "whole film out": _family_form(lambda w, p, r: FilmOutSheet(w.bench, p, r)),
    "photograph out": _family_form(_photograph),
    "disclosure": _family_form(lambda w, p, r: DisclosureSheet(w.bench, p, r)),
    "outcome of a copy": _family_form(lambda w, p, r: OutcomeForm(w.bench, p, p.copies[0], r)),
    "session": _family_form(lambda w, p, r: SessionForm(w.bench, p, r)),
    "cycle": _family_form(lambda w, p, r: CycleForm(w.bench, p, p.cycle, r)),
    "film to bring in": _family_form(lambda w, p, r: FilmForm(w.bench, p, FOLDER / "MVI_0412.MP4", r)),
    "safety at home": _family_form(lambda w, p, r: SafetyForm(w.bench, p, r)),
    "share": _family_form(lambda w, p, r: ShareSheet(w.bench, p, desk_of(w).others, r)),
    "stop sharing": _family_form(lambda w, p, r: StopSharingSheet(w.bench, p, desk_of(w).shares[p.family.id][1:], r)),
    "copy elsewhere": _family_form(lambda w, p, r: StrayForm(w.bench, p, r)),
    "source": _family_form(lambda w, p, r: SourceSheet(w.bench, p.films[0].id, FOLDER / "MVI_0412.MP4", r)),
    "close a family": _family_form(lambda w, p, r: CloseForm(w.bench, p, r)),
    "hold": _family_form(lambda w, p, r: HoldForm(w.bench, p, r)),
    "lift a hold": _family_form(lambda w, p, r: LiftForm(w.bench, p.keeping.holds[0].hold, r)),
    "erase a family": _family_form(lambda w, p, r: EraseSheet(w.bench, p, None, r)),
    "erase a film": _family_form(lambda w, p, r: EraseSheet(w.bench, p, p.films[0], r)),
    "film brought in": _brought_in,  # it stays above the page
}
