"""The Service room: the vault itself, what is out of it, how long things are kept, who did what, who has a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from vigtool.ids import Id
from vigtool.ui.parts.surface import row
from vigtool.ui.room import Bench, Room
from vigtool.ui.service.film_page import FilmPage
from vigtool.ui.service.log_page import LogPage
from vigtool.ui.service.paging import ServicePage
from vigtool.ui.service.side import PageName, Side


class ServiceRoom(Room):
    """The room. Its pages are made when they are first shown."""

    def __init__(self, bench: Bench, *, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self._today = today
        self._made: dict[str, ServicePage] = {}
        self._shown = ""
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
        names = self._names()
        known = [name.id for name in names]
        page = self._shown if self._shown in known else known[0]
        self.side.set_names(names, page)
        self.turn_to(page)
        self.side.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_to(self, page_id: str) -> None:
        """Show a page; it is read each time."""
        page = self._made.get(page_id)
        if page is None:
            page = self._made[page_id] = self._make(page_id)
            page.film_wanted.connect(self.show_film)
            self._pages.addWidget(page)
        self._shown = page_id
        self._pages.setCurrentWidget(page)
        page.read()

    def page(self, page_id: str) -> ServicePage:
        """One of the pages that were shown."""
        return self._made[page_id]

    def show_film(self, film: Id) -> None:
        """Show where one film has been."""
        FilmPage(self.bench, film, self, today=self._today).open()

    def _names(self) -> list[PageName]:
        return [PageName("log", self.tr("Audit log"), "marked")]

    def _make(self, page_id: str) -> ServicePage:
        made: dict[str, Callable[[], ServicePage]] = {
            "log": lambda: LogPage(self.bench, today=self._today),
        }
        return made[page_id]()

    def _read_shown(self) -> None:
        if self._shown and self.isVisible():
            self._made[self._shown].read()
