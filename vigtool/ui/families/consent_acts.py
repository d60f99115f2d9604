"""What the consent page asks for: each button opens its form or sheet over the room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from vigtool.casework.film import Film
from vigtool.casework.still import Still
from vigtool.casework.withdrawal import Withdrawal
from vigtool.ui.desk_keeping import Sharer
from vigtool.ui.families.asking import Form
from vigtool.ui.families.consent_form import ConsentForm
from vigtool.ui.families.consent_page import ConsentPage
from vigtool.ui.families.decision_form import CapacityForm, DecisionForm
from vigtool.ui.families.disclosure_sheet import DisclosureSheet
from vigtool.ui.families.film_out_sheet import FilmOutSheet
from vigtool.ui.families.outcome_form import OutcomeForm
from vigtool.ui.families.photograph_sheet import PhotographSheet
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.stop_sharing_sheet import StopSharingSheet
from vigtool.ui.families.withdrawal_form import WithdrawalForm
from vigtool.ui.families.withdrawal_sheet import WithdrawalSheet
from vigtool.ui.room import Bench


class ConsentActs(QObject):
    """Joins the page to its forms and sheets."""

    def __init__(self, bench: Bench, over: QWidget, shown: ConsentPage, page: Callable[[], FamilyPage | None]) -> None:
        """Join them; `page` says which family is open."""
        super().__init__(over)
        self._bench, self._over, self._page = bench, over, page
        shown.signature_wanted.connect(lambda: self._open(ConsentForm))
        shown.withdrawal_wanted.connect(self.take_back)
        shown.decision_wanted.connect(lambda cell: self._open(DecisionForm, cell))
        shown.capacity.wanted.connect(lambda: self._open(CapacityForm))
        shown.withdrawals.opened.connect(self._show_withdrawal)
        shown.given.film_wanted.connect(self.give_film)
        shown.given.photograph_wanted.connect(self.give_photograph)
        shown.given.disclosure_wanted.connect(lambda: self._open(DisclosureSheet))
        shown.given.opened.connect(lambda copy: self._open(OutcomeForm, copy))

    def take_back(self) -> None:
        """Ask what is taken back; then show what follows from it."""
        page = self._page()
        if page is not None:
            form = WithdrawalForm(self._bench, page, self._over)
            form.written.connect(lambda came: self._show_withdrawal(came.withdrawal, len(came.unfinished)))
            form.open()

    def _show_withdrawal(self, taken: Withdrawal, cut_off: int = 0) -> None:
        page = self._page()
        if page is not None:
            sheet = WithdrawalSheet(self._bench, page, taken, self._over, cut_off=cut_off)
            sheet.stop_wanted.connect(lambda whom: self._stop_sharing(sheet, whom))
            sheet.open()

    def _stop_sharing(self, sheet: WithdrawalSheet, whom: list[Sharer]) -> None:
        """Take keys back, over the sheet that offers it, which says so afterwards."""
        page = self._page()
        if page is not None:
            form = StopSharingSheet(self._bench, page, whom, self._over)
            form.written.connect(lambda _none: sheet.show_stopped(whom) if isValid(sheet) else None)
            form.open()

    def give_film(self) -> None:
        """Ask for whom a whole film is; to watch it here is an equal answer."""
        page = self._page()
        if page is not None:
            sheet = FilmOutSheet(self._bench, page, self._over)
            sheet.watch_wanted.connect(self._watch)
            sheet.open()

    def give_photograph(self) -> None:
        """Read which stills there are, then ask which and for whom."""
        page, desk = self._page(), self._bench.desk
        if page is not None:
            films = page.films
            self._bench.jobs.call(
                lambda: [(film, still) for film in films for still in desk.stills(film.id)],
                owner=self,
                done=self._ask_photograph,
                failed=self._bench.workspace.untold.emit,
            )

    def _ask_photograph(self, stills: list[tuple[Film, Still]]) -> None:
        page = self._page()
        if page is not None:
            sheet = PhotographSheet(self._bench, page, stills, self._over)
            sheet.watch_wanted.connect(self._watch)
            sheet.open()

    def _open(self, form: Callable[..., Form], *more: Any) -> None:
        page = self._page()
        if page is not None:
            form(self._bench, page, *more, self._over).open()

    def _watch(self, film: Film | None) -> None:
        if film is not None:
            self._bench.workspace.open_film(film)
            self._bench.go_to("film")
