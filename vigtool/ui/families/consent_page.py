"""The consent of one family: who agreed to what, what was taken back, who can decide, what was given out."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from vigtool.ui import measures
from vigtool.ui.families.consent_cells import Cell, cells
from vigtool.ui.families.consent_history import HistoryPanel
from vigtool.ui.families.consent_lists import CapacityPanel, GivenPanel, WithdrawalsPanel
from vigtool.ui.families.consent_table import ConsentTable
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.surface import Heading, Panel, Scroll, row
from vigtool.ui.parts.words import Words
from vigtool.ui.parts.wrapping import let_wrap

_WIDE = 820
_BESIDE = 288
_ROOMY, _ROOMY_BESIDE = 1200, 400


class ConsentPage(Scroll):
    """The page.

    Signals:
        signature_wanted: an answer shall be written down.
        withdrawal_wanted: somebody takes something back.
        decision_wanted (Cell): a decision over a disagreement shall be written down.
    """

    signature_wanted = Signal()
    withdrawal_wanted = Signal()
    decision_wanted = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(margins=(16, 16, 16, 16), parent=parent)
        self._today = today
        self._page: FamilyPage | None = None
        self.table, self.history = ConsentTable(), HistoryPanel()
        self.withdrawals, self.capacity, self.given = WithdrawalsPanel(), CapacityPanel(), GivenPanel()
        self.signature = Button(self.tr("Signature"), icon="pencil", height=measures.BUTTON_SMALL)
        self.signature.setAccessibleName(self.tr("Write down a signature"))
        self.signature.clicked.connect(self.signature_wanted)
        self.withdraw = Button(self.tr("Withdraw…"), icon="cross", height=measures.BUTTON_SMALL)
        self.withdraw.setAccessibleName(self.tr("Somebody withdraws consent"))
        self.withdraw.clicked.connect(self.withdrawal_wanted)
        self.table.chosen.connect(self._show_cell)
        self.history.decision_wanted.connect(self.decision_wanted)
        self._lay_out()

    def show_page(self, page: FamilyPage) -> None:
        """Show a family."""
        self._page = page
        shown = cells(page.persons, page.everyone, page.consents, page.decisions, self._today)
        has_adults = any(not person.is_child for person in page.persons)
        self._nobody.setVisible(not page.persons)
        for part in (self.table, self.history):
            part.setVisible(bool(page.persons))
        self.signature.setVisible(has_adults)
        self.withdraw.setVisible(any(cell.counting for cell in shown))
        self.table.show_cells(page.persons, shown)
        if page.persons:
            self._show_cell(self.table.currentIndex().data(int(Qt.ItemDataRole.UserRole)))
        self.withdrawals.show_page(page)
        self.capacity.show_page(page, self._today)
        self.given.show_page(page)
        let_wrap(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what stands beside the table below it where there is less room."""
        super().resizeEvent(event)
        narrow = self.width() < _WIDE
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for pair in (self._both, self._pair):
            pair.setDirection(down if narrow else along)
        beside = _ROOMY_BESIDE if self.width() >= _ROOMY else _BESIDE
        self.history.setMinimumWidth(0 if narrow else beside)
        self.history.setMaximumWidth(16_777_215 if narrow else beside)

    def _lay_out(self) -> None:
        main = Panel(padding=16, gap=8)
        heading = Heading(self.tr("Who agreed to what"))
        heading.add(self.withdraw)
        heading.add(self.signature)
        main.body.addWidget(heading)
        said = self.tr(
            "Each answer stands by itself. A child is answered for by those who hold parental responsibility."
        )
        main.body.addWidget(Words(said, size=Type.LEAST, tone="quiet", wrap=True))
        nobody = self.tr("Nobody is written down yet. Add the people of the family on the page “Work”.")
        self._nobody = Words(nobody, tone="quiet", wrap=True)
        main.body.addWidget(self._nobody)
        self._both = row(gap=16)
        self._both.addWidget(self.table, 1, Qt.AlignmentFlag.AlignTop)
        self._both.addWidget(self.history)
        main.body.addLayout(self._both)
        self.body.addWidget(main)
        self._pair = row(gap=measures.GAP)
        self._pair.addWidget(self.withdrawals, 1, Qt.AlignmentFlag.AlignTop)
        self._pair.addWidget(self.capacity, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._pair)
        self.body.addWidget(self.given)
        self.body.addStretch(1)

    def _show_cell(self, cell: Cell | None) -> None:
        page = self._page
        if cell is not None and page is not None:
            self.history.show_cell(cell, page.everyone, page.decisions, may_decide=page.is_lead)
            let_wrap(self.history)
