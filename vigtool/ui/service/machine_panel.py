"""This computer: what of it is in order for families' films, and what to do if not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vigtool.practice.doctor.finding import Finding, State
from vigtool.ui import measures
from vigtool.ui.jobs import Where
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Heading, Panel, row
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.service.paging import Place
from vigtool.ui.service.rows import RowList
from vigtool.ui.service.vault_words import machine_row

_FIRST = (State.NOT_IN_ORDER, State.LOOK, State.UNKNOWN, State.IN_ORDER)


class MachinePanel(Panel):
    """The panel. It looks once by itself, and again when asked."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self._bench, self._looked = bench, False
        self.again = Button(self.tr("Look again"), Kind.QUIET, height=measures.BUTTON_TOOL)
        self.doing = Place(bench)
        self.list = RowList(self.tr("This computer"))
        self._advice = QWidget()
        line = row(self._advice, gap=8, margins=(10, 4, 10, 0))
        line.addWidget(Sign("info", "caution", size=16), 0, Qt.AlignmentFlag.AlignTop)
        self._advised = Words("", size=Type.DENSE, wrap=True)
        line.addWidget(self._advised, 1)
        head = Heading(self.tr("This computer"), self.tr("looked at without the network; nothing is written"))
        head.add(self.again)
        for widget in (head, self.doing, self.list, self._advice):
            self.body.addWidget(widget)
        self._advice.hide()
        self.again.clicked.connect(self._look)
        self.list.chosen.connect(self._chosen)

    def look_once(self) -> None:
        """Look, unless that was done already."""
        if not self._looked:
            self._look()

    def _look(self) -> None:
        self._looked = True
        desk = self._bench.desk
        self.doing.run(self.tr("Looking at this computer"), desk.examine_machine, self._show, where=Where.POOL)

    def _show(self, findings: Sequence[Finding]) -> None:
        ranked = sorted(findings, key=lambda finding: _FIRST.index(finding.state))
        self.list.set_rows([machine_row(finding) for finding in ranked])
        first = next((place for place, finding in enumerate(ranked) if finding.advice), None)
        if first is not None:
            self.list.choose(first)

    def _chosen(self, finding: Finding | None) -> None:
        advice = finding.advice if finding is not None else ""
        self._advice.setVisible(bool(advice))
        self._advised.setText(f"{advice[:1].upper()}{advice[1:]}." if advice else "")
