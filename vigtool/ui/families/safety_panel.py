"""Safety at home on the family's page: who may not receive, who may not be told, how they may be reached."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from vigtool.ui import measures
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.handover.safety_words import safety_lines
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Heading, Panel, empty, row
from vigtool.ui.parts.words import Words


class SafetyPanel(Panel):
    """The panel.

    Signals:
        wanted: it shall be written or changed.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=12, parent=parent)
        heading = Heading(self.tr("Safety at home"), self.tr("shown at every handover"))
        self.change = Button("", icon="pencil", height=measures.BUTTON_SMALL)
        self.change.clicked.connect(self.wanted)
        heading.add(self.change)
        self.body.addWidget(heading)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(16)
        self._lines.setVerticalSpacing(8)
        self._lines.setColumnStretch(2, 1)
        self.body.addLayout(self._lines)
        self._nothing = row(gap=8)
        self._said = Words("", tone="quiet", wrap=True)
        self._nothing.addWidget(self._said, 1)
        self.body.addLayout(self._nothing)

    def show_page(self, page: FamilyPage) -> None:
        """Show what is written for a family."""
        empty(self._lines)
        lines = safety_lines(page.safety, page.family, page.everyone)
        for place, line in enumerate(lines):
            sign = Sign(line.icon, line.tone, size=18)
            self._lines.addWidget(sign, place, 0, Qt.AlignmentFlag.AlignTop)
            label = Words(line.label, size=Type.DENSE, weight=measures.SEMIBOLD, tone=line.tone)
            self._lines.addWidget(label, place, 1, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(Words(line.words, size=Type.DENSE, tone=line.tone, wrap=True), place, 2)
        self._said.setVisible(not lines)
        self._said.setText(
            self.tr(
                "Nothing is written yet. Ask alone and in calm: who may not receive anything, who may not learn of it, "
                "when and how they may be reached, and whether a film would be safe at home."
            )
        )
        self.change.set_words(self.tr("Change") if lines else self.tr("Write down"))
        self.change.setAccessibleName(self.tr("Change what is said of safety at home"))
