"""The three pages of one family: the work, who agreed to what, and what keeps the family safe and its records kept."""

from __future__ import annotations

from datetime import date
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from vigtool.ids import Id
from vigtool.ui import measures
from vigtool.ui.families.consent_page import ConsentPage
from vigtool.ui.families.keeping_page import KeepingPage
from vigtool.ui.families.page import PageView
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import column, row


class Tab(Enum):
    """One of the pages."""

    WORK = "work"
    CONSENT = "consent"
    KEEPING = "keeping"


class FamilyTabs(QWidget):
    """The pages under their names. The same one stays open when another family is chosen.

    Signals:
        turned (Tab): another page is shown.
    """

    turned = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work, self.consent, self.keeping = PageView(today), ConsentPage(today), KeepingPage(today)
        self.names = Segments(
            [
                (Tab.WORK, self.tr("Work")),
                (Tab.CONSENT, self.tr("Consent")),
                (Tab.KEEPING, self.tr("Safety and keeping")),
            ],
            words=self.tr("Pages of this family"),
            height=measures.BUTTON_TOOL,
        )
        self.names.chosen.connect(self._turn)
        self._pages = QStackedWidget()
        for page in (self.work, self.consent, self.keeping):
            self._pages.addWidget(page)
        body = column(self)
        strip = row(gap=12, margins=(16, 12, 16, 0))
        strip.addWidget(self.names)
        strip.addStretch(1)
        body.addLayout(strip)
        body.addWidget(self._pages, 1)
        self._family: Id | None = None

    @property
    def tab(self) -> Tab:
        """Which page is shown."""
        return Tab(self.names.value)

    def open_tab(self, tab: Tab) -> None:
        """Show one of the pages."""
        self.names.set_value(tab)
        self._turn(tab)

    def show_page(self, page: FamilyPage) -> None:
        """Show a family on all of them; another family begins at the top of each."""
        for shown in (self.work, self.consent, self.keeping):
            shown.show_page(page)
            if page.family.id != self._family:
                shown.verticalScrollBar().setValue(0)
        self._family = page.family.id

    def _turn(self, tab: Tab) -> None:
        pages = {Tab.WORK: self.work, Tab.CONSENT: self.consent, Tab.KEEPING: self.keeping}
        self._pages.setCurrentWidget(pages[tab])
        self.turned.emit(tab)
