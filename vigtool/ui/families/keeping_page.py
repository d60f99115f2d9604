"""What keeps a family safe and its records kept: safety at home, who can open it, what lies outside, erasing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from vigtool.ui import measures
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.records_panel import FilmsKeptPanel, RecordsPanel
from vigtool.ui.families.safety_panel import SafetyPanel
from vigtool.ui.families.sharing_panel import SharingPanel
from vigtool.ui.families.strays_panel import StraysPanel
from vigtool.ui.parts.surface import Scroll, column, row
from vigtool.ui.parts.wrapping import let_wrap

_NARROW = 760


class KeepingPage(Scroll):
    """The page; each panel says by its own signals what is wanted."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(margins=(16, 16, 16, 16), parent=parent)
        self._today = today
        self.safety, self.sharing, self.strays = SafetyPanel(), SharingPanel(), StraysPanel()
        self.films, self.records = FilmsKeptPanel(), RecordsPanel()
        self.body.addWidget(self.safety)
        self._pair = row(gap=measures.GAP)
        left, right = column(gap=measures.GAP), column(gap=measures.GAP)
        for place, panels in ((left, (self.films, self.strays)), (right, (self.sharing, self.records))):
            for panel in panels:
                place.addWidget(panel, 0, Qt.AlignmentFlag.AlignTop)
            place.addStretch(1)
            self._pair.addLayout(place, 1)
        self.body.addLayout(self._pair)
        self.body.addStretch(1)

    def show_page(self, page: FamilyPage) -> None:
        """Show a family."""
        for panel in (self.safety, self.sharing, self.strays, self.films, self.records):
            panel.show_page(page)
        let_wrap(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what stands side by side below each other where there is less room."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._pair.setDirection(down if narrow else along)
