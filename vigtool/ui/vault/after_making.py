"""The way from a vault that was just made into its first room: recovery sheet, the organisation's, each or neither."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from vigtool.practice.ways_in import RecoveryKey
from vigtool.ui.desk import Desk
from vigtool.ui.jobs import Jobs
from vigtool.ui.vault.first_pages import OrganisationPage, RecoveryPage

Page = RecoveryPage | OrganisationPage


class AfterMaking(QObject):
    """Walks through the pages. The vault is open and nobody else knows of it yet.

    Signals:
        page_wanted (QWidget): this page shall be shown in the place of the one before.
        ended: the vault shall be entered.
    """

    page_wanted = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._jobs = desk, jobs

    def begin(self) -> None:
        """Show the recovery sheet."""
        self._offer(self._desk.keep_recovery_key, self._ask_organisation, organisation=False)

    def _offer(self, keep: Callable[[RecoveryKey], None], then: Callable[[], None], *, organisation: bool) -> None:
        page = RecoveryPage(organisation=organisation)

        def kept(key: RecoveryKey) -> None:
            self._jobs.call(lambda: keep(key), owner=page, done=lambda _: then(), failed=page.show_error)

        page.kept_wanted.connect(kept)
        page.later_wanted.connect(then)
        self.page_wanted.emit(page)

    def _ask_organisation(self) -> None:
        page = OrganisationPage()
        page.no_wanted.connect(lambda: self._refuse(page))
        page.yes_wanted.connect(
            lambda: self._offer(self._desk.keep_organisation_key, self.ended.emit, organisation=True)
        )
        self.page_wanted.emit(page)

    def _refuse(self, page: OrganisationPage) -> None:
        """Keep that it is not wanted, so that nobody is asked again; entering the vault does not hang on it."""
        self._jobs.call(
            self._desk.refuse_organisation_key,
            owner=page,
            done=lambda _: self.ended.emit(),
            failed=lambda _error: self.ended.emit(),
        )
