"""The Service room: the vault itself, what is out of it, how long things are kept, who did what, who has a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from vigtool.ids import Id
from vigtool.ui.parts.surface import row
from vigtool.ui.room import Bench, Room
from vigtool.ui.service.copies_page import CopiesPage
from vigtool.ui.service.film_page import FilmPage
from vigtool.ui.service.log_page import LogPage
from vigtool.ui.service.paging import ServicePage
from vigtool.ui.service.people_forms import AddColleagueForm
from vigtool.ui.service.people_page import PeoplePage
from vigtool.ui.service.retention_page import RetentionPage
from vigtool.ui.service.side import PageName, Side
from vigtool.ui.service.vault_page import VaultPage
from vigtool.ui.unsaved import ABOUT_ANOTHER


class ServiceRoom(Room):
    """The room. Its pages are made when they are first shown."""

    def __init__(self, bench: Bench, *, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self._today = today
        self._made: dict[str, ServicePage] = {}
        self._shown = ""
        self._alone = True
        self.setProperty(ABOUT_ANOTHER, True)
        self.side = Side(self.tr("Service"))
        self._pages = QStackedWidget()
        whole = row(self, gap=0)
        whole.addWidget(self.side)
        whole.addWidget(self._pages, 1)
        self.side.turned.connect(self.turn_to)
        bench.workspace.records_changed.connect(self._read_shown)

    def header_items(self) -> Sequence[str]:
        """Nothing: the room is about the whole vault."""
        return ()

    def header_question(self) -> str:
        """None, for the same reason."""
        return ""

    def entered(self) -> None:
        """Show the pages that there are for whoever opened the vault, and read the one that is shown."""
        self._name_pages(alone=self._alone)
        self.turn_to(self._shown or "vault")
        self._ask_whether_alone()
        self.side.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_to(self, page_id: str) -> None:
        """Show a page; it is read each time."""
        page = self._made.get(page_id)
        if page is None:
            page = self._made[page_id] = self._make(page_id)
            page.film_wanted.connect(self.show_film)
            self._pages.addWidget(page)
        self._shown = page_id
        self.side.choose(page_id)
        self._pages.setCurrentWidget(page)
        page.read()

    def page(self, page_id: str) -> ServicePage:
        """One of the pages that were shown."""
        return self._made[page_id]

    def show_film(self, film: Id) -> None:
        """Show where one film has been."""
        FilmPage(self.bench, film, self, today=self._today).open()

    def add_colleague(self) -> None:
        """Ask a person who worked alone for their first colleague."""
        form = AddColleagueForm(self.bench, self)
        form.written.connect(lambda _colleague: self._came(alone=False, page="people"))
        form.open()

    # Inside

    def _name_pages(self, *, alone: bool) -> None:
        names = [
            PageName("vault", self.tr("Vault"), "shield"),
            PageName("copies", self.tr("Copies"), "open"),
            PageName("retention", self.tr("Retention"), "clock"),
            PageName("log", self.tr("Audit log"), "marked"),
        ]
        if not alone:
            names.append(PageName("people", self.tr("People with keys"), "families"))
        self.side.set_names(names, self._shown or "vault")

    def _make(self, page_id: str) -> ServicePage:
        made: dict[str, Callable[[], ServicePage]] = {
            "vault": self._make_vault,
            "copies": lambda: CopiesPage(self.bench, today=self._today),
            "retention": lambda: RetentionPage(self.bench, today=self._today),
            "log": lambda: LogPage(self.bench, today=self._today),
            "people": lambda: PeoplePage(self.bench),
        }
        return made[page_id]()

    def _make_vault(self) -> VaultPage:
        page = VaultPage(self.bench, today=self._today)
        page.colleague_wanted.connect(self.add_colleague)
        return page

    def _ask_whether_alone(self) -> None:
        desk = self.bench.desk
        self.bench.jobs.call(
            desk.works_alone, owner=self, done=lambda alone: self._came(alone=alone), failed=self._failed
        )

    def _came(self, *, alone: bool, page: str = "") -> None:
        """Name the pages again where it is another thing now whether one works alone."""
        if alone != self._alone or page:
            self._alone = alone
            self._shown = page or self._shown
            self._name_pages(alone=alone)
            self.turn_to(self._shown)

    def _failed(self, error: BaseException) -> None:
        self.bench.workspace.untold.emit(error)

    def _read_shown(self) -> None:
        if self._shown and self.isVisible():
            self._made[self._shown].read()
