"""What every handover shows and asks: who may not receive or be told, and whether it is safe to have at home."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.ui.handover.safety_words import Line
from vigtool.ui.measures import Type
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.segments import Segments, choose_none
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import Words


class Safe(Enum):
    """Whether it is safe for somebody to have a copy at home."""

    YES = "yes"
    NOT_SURE = "not sure"
    NO = "no"


class SafetyLines(QWidget):
    """The lines of the family's page, small."""

    def __init__(self, lines: Sequence[Line], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = column(self, gap=4)
        for line in lines:
            said = row(gap=8)
            said.addWidget(Sign(line.icon, line.tone, size=16), 0, Qt.AlignmentFlag.AlignTop)
            words = self.tr("{0}: {1}").format(line.label, line.words)
            said.addWidget(Words(words, size=Type.LEAST, tone=line.tone, wrap=True), 1)
            body.addLayout(said)
        self.setVisible(bool(lines))


class AtHome(QWidget):
    """The question, with nothing answered for anybody, and what is written of the family's safety.

    Signals:
        changed: another answer.
    """

    changed = Signal()

    def __init__(self, lines: Sequence[Line], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Safe | None = None
        body = column(self, gap=8)
        ask = row(gap=12)
        self.question = Words("", wrap=True)
        ask.addWidget(self.question, 1)
        self.safe = Segments(
            [(Safe.YES, self.tr("Yes, we talked")), (Safe.NOT_SURE, self.tr("Not sure")), (Safe.NO, self.tr("No"))],
            words=self.tr("Is it safe to have this at home?"),
        )
        choose_none(self.safe)
        self.safe.chosen.connect(self._answered)
        ask.addWidget(self.safe)
        body.addLayout(ask)
        self.advice = Panel(kind="caution", padding=12)
        self._advice = Words("", tone="caution", wrap=True)
        self.advice.body.addWidget(self._advice)
        self.advice.hide()
        body.addWidget(self.advice)
        self.lines = SafetyLines(lines)
        body.addWidget(self.lines)
        self.set_name("")

    @property
    def answer(self) -> Safe | None:
        """What was answered; none as long as nothing was."""
        return self._answer

    def set_name(self, name: str) -> None:
        """Ask about somebody."""
        self.question.setText(
            self.tr("Is it safe for {0} to have this at home?").format(name)
            if name
            else self.tr("Is it safe to have this at home?")
        )

    def set_locked(self, *, locked: bool) -> None:
        """Let nothing be changed while something is made."""
        self.safe.setEnabled(not locked)

    def _answered(self, value: object) -> None:
        self._answer = value if isinstance(value, Safe) else None
        self.advice.setVisible(self.answer in (Safe.NO, Safe.NOT_SURE))
        self._advice.setText(
            self.tr("Then look at it here for now, and ask again another day. Nothing has to be taken home.")
            if self.answer is Safe.NOT_SURE
            else self.tr("Then nothing is made. Looking at it here keeps nothing.")
        )
        self.changed.emit()
