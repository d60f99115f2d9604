"""What the page "Safety and keeping" asks for: each button opens its form or sheet, or is written at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vigtool.casework.erasure import Erasure
from vigtool.casework.film import Film
from vigtool.casework.legal_hold import LegalHold
from vigtool.casework.stray_copy import StrayCopy
from vigtool.ui.desk_keeping import Sharer
from vigtool.ui.families.asking import Form
from vigtool.ui.families.erase_sheet import EraseSheet
from vigtool.ui.families.keeping_forms import CloseForm, HoldForm, LiftForm, StrayForm
from vigtool.ui.families.keeping_page import KeepingPage
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.safety_form import SafetyForm
from vigtool.ui.families.share_sheet import ShareSheet
from vigtool.ui.families.source_sheet import SourceSheet
from vigtool.ui.families.stop_sharing_sheet import StopSharingSheet
from vigtool.ui.room import Bench
from vigtool.ui.service.film_page import FilmPage


class KeepingActs(QObject):
    """Joins the page to its forms and sheets.

    Signals:
        family_gone: the family that was open was erased.
    """

    family_gone = Signal()

    def __init__(self, bench: Bench, over: QWidget, shown: KeepingPage, page: Callable[[], FamilyPage | None]) -> None:
        """Join them; `page` says which family is open."""
        super().__init__(over)
        self._bench, self._over, self._page = bench, over, page
        shown.safety.wanted.connect(self.write_safety)
        shown.sharing.share_wanted.connect(self.share)
        shown.sharing.stop_wanted.connect(self._stop_sharing)
        shown.strays.gone.connect(self._gone)
        shown.strays.erase_wanted.connect(self._erase_source)
        shown.strays.note_wanted.connect(lambda: self._open(StrayForm))
        shown.films.history_wanted.connect(lambda film: FilmPage(bench, film.id, over).open())
        shown.films.erase_wanted.connect(self.erase)
        shown.records.close_wanted.connect(self._close)
        shown.records.hold_wanted.connect(lambda: self._open(HoldForm))
        shown.records.lift_wanted.connect(self._lift)
        shown.records.erase_wanted.connect(lambda: self.erase(None))

    def write_safety(self) -> None:
        """Ask who may not receive a copy or be told."""
        self._open(SafetyForm)

    def share(self) -> None:
        """Read which colleagues there are, then ask with whom it is shared."""
        page, desk = self._page(), self._bench.desk
        if page is not None:
            family = page.family.id
            self._bench.jobs.call(
                lambda: list(desk.may_share_with(family)),
                owner=self,
                done=self.ask_share,
                failed=self._bench.workspace.untold.emit,
            )

    def erase(self, film: Film | None) -> None:
        """Ask whether a film, or the family where none is named, is to be erased for good."""
        page = self._page()
        if page is not None:
            sheet = EraseSheet(self._bench, page, film, self._over)
            sheet.erased.connect(self._erased)
            sheet.open()

    def _open(self, form: Callable[[Bench, FamilyPage, QWidget], Form]) -> None:
        page = self._page()
        if page is not None:
            form(self._bench, page, self._over).open()

    def ask_share(self, others: list[Sharer]) -> None:
        """Ask with which of these colleagues the family is shared."""
        page = self._page()
        if page is not None:
            ShareSheet(self._bench, page, others, self._over).open()

    def _stop_sharing(self, one: Sharer) -> None:
        page = self._page()
        if page is not None:
            StopSharingSheet(self._bench, page, [one], self._over).open()

    def _lift(self, hold: LegalHold) -> None:
        LiftForm(self._bench, hold, self._over).open()

    def _erase_source(self, stray: StrayCopy) -> None:
        SourceSheet(self._bench, stray.film, Path(stray.words), self._over).open()

    def _close(self) -> None:
        page, desk = self._page(), self._bench.desk
        if page is None:
            return
        if page.family.closed is None:
            self._open(CloseForm)
        else:
            family = page.family.id
            self._write(lambda: desk.close_family(family, None))

    def _gone(self, stray: StrayCopy) -> None:
        desk = self._bench.desk
        self._write(lambda: desk.stray_gone(stray.id))

    def _write(self, call: Callable[[], Any]) -> None:
        workspace = self._bench.workspace
        workspace.write_begun()
        self._bench.jobs.call(call, owner=self, done=lambda _none: self._written(), failed=workspace.write_failed)

    def _written(self) -> None:
        self._bench.workspace.write_done()
        self._bench.workspace.records_changed.emit()

    def _erased(self, erasure: Erasure) -> None:
        if erasure.of_family:
            self.family_gone.emit()
        else:
            workspace = self._bench.workspace
            if workspace.film is not None and workspace.film.id == erasure.what:
                workspace.open_film(None)
            workspace.records_changed.emit()
