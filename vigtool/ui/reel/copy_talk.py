"""Two quiet parts of the sheet: what is good to talk about together, and to whom the copy was given."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vigtool.ui import measures
from vigtool.ui.handover.at_home import SafetyLines
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.reel.copy_facts import CopyFacts, Recipient
from vigtool.ui.reel.sheet_frame import INDENT


class TalkPart(QWidget):
    """What holds for a copy once it is given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = row(self, gap=0, margins=(0, 4, 0, 0))
        outer.addSpacing(INDENT)
        box = Panel(kind="caution", padding=16, gap=4)
        head = row(gap=10)
        head.addWidget(Sign("info", "caution", size=18))
        head.addWidget(Words(self.tr("Good to talk about together"), weight=measures.SEMIBOLD, tone="caution"), 1)
        box.body.addLayout(head)
        below, lines = row(gap=0), column(gap=2)
        below.addSpacing(INDENT)
        below.addLayout(lines, 1)
        self._yours = Words("", wrap=True)
        lines.addWidget(self._yours)
        lines.addWidget(Words(self.tr("The film has no lock: anyone who holds it can watch it."), wrap=True))
        box.body.addLayout(below)
        outer.addWidget(box, 1)
        self.set_name("")

    def set_name(self, name: str) -> None:
        """Say whose it will be."""
        self._yours.setText(
            self.tr("Once given, this copy is {0}’s to keep; it cannot be called back.").format(name)
            if name
            else self.tr("Once given, a copy cannot be called back.")
        )


class GivenPart(QWidget):
    """To whom the copy was given, and how they may be reached."""

    def __init__(self, recipient: Recipient, facts: CopyFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = column(self, gap=6)
        line = row(gap=8)
        line.addWidget(Sign("person", "accent", size=20))
        person = recipient.person
        whole = self.tr("{0}, {1}").format(person.name, person.relation) if person.relation else person.name
        line.addWidget(Words(whole, weight=measures.SEMIBOLD))
        line.addWidget(Words(self.tr("safe at home: yes, we talked"), tone="quiet"), 1)
        body.addLayout(line)
        body.addWidget(SafetyLines(facts.safety))
