"""The second door: what somebody has to have, whatever consent says; written down for good."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from vigtool.casework.copy import Copy
from vigtool.practice.progress import Cancelled as MayStop
from vigtool.practice.progress import Report
from vigtool.ui.families.disclosed_part import DisclosedPart
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.handover.at_home import SafetyLines
from vigtool.ui.handover.leaving import LeavingSheet
from vigtool.ui.handover.place_part import PlacePart
from vigtool.ui.handover.safety_words import safety_lines
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.field import Field, Line, Paper
from vigtool.ui.parts.surface import Panel, row
from vigtool.ui.parts.toggles import Check
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench

NAME, TABLE_NAME = "a-film", "a-table"
"""What the file is called unless somebody says otherwise: it tells nothing of anybody."""


class DisclosureSheet(LeavingSheet):
    """The sheet. It asks for everything the entry needs before it goes past a refusal."""

    def __init__(self, bench: Bench, page: FamilyPage, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("DisclosureSheet", "Disclosure"),
            sentence=say("DisclosureSheet", "A film, or what was marked in it, goes to somebody who has to have it."),
            go=say("DisclosureSheet", "Disclose"),
            width=760,
            parent=parent,
        )
        self.prepare(PlacePart(NAME, ".mp4"))
        self._add_warning()
        self.disclosed = DisclosedPart(page)
        self.recipient = Field(self.tr("Who receives it"), Line())
        self.reason = Field(self.tr("Why they have to have it"), Paper(lines=2))
        self.hold = Check(self.tr("Place a legal hold on this film, so that it is not erased meanwhile"), checked=True)
        whom = row(gap=12)
        for field in (self.recipient, self.reason):  # beside each other: every line counts in a small window
            whom.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.asked.addWidget(self.disclosed)
        self.asked.addLayout(whom)
        self.asked.addWidget(self.hold)
        self.asked.addWidget(SafetyLines(safety_lines(page.safety, page.family, page.everyone)))
        self.ask_where()
        self.place.changed.connect(self.refresh)
        self.disclosed.changed.connect(self._name_kind)
        self._name_kind()

    def answer(self) -> None:
        """Disclose it, once nothing is missing."""
        recipient, reason = self.recipient.input.text().strip(), self.reason.input.toPlainText().strip()
        self.recipient.set_error("" if recipient else self.tr("Say who receives it: a name and an office."))
        self.reason.set_error("" if reason else self.tr("Say why: the entry needs a reason."))
        for field in (self.recipient, self.reason):
            if field.error:
                field.input.setFocus()
                return
        if not self.disclosed.is_complete():
            return
        desk, part, target = self.bench.desk, self.disclosed, self.place.target
        film, basis, hold = part.film.input.currentData(), part.basis.input.currentData(), self.hold.isChecked()
        original, table = part.original, part.table

        def film_out(report: Report, cancelled: MayStop) -> Copy:
            made: Copy = desk.disclose_film(
                film, target, basis=basis, recipient=recipient, reason=reason, hold=hold, original=original,
                report=report, cancelled=cancelled,
            )  # fmt: skip
            return made

        def marks_out(_report: Report, _cancelled: MayStop) -> Copy:
            made: Copy = desk.disclose_marks(
                film, target, form=table, basis=basis, recipient=recipient, reason=reason, hold=hold
            )
            return made

        if part.is_marks:
            self.make(self.tr("Writing the table"), marks_out)
        else:
            self.make(self.tr("Writing the film"), film_out)

    def _add_warning(self) -> None:
        said = Panel(kind="caution", padding=12)
        line = row(gap=10)
        line.addWidget(Sign("info", "caution", size=18), 0, Qt.AlignmentFlag.AlignTop)
        told = self.tr(
            "This goes past a “no” and past consent that was taken back. It is written down for good: who did it, on "
            "which ground, for whom and why. It is for what the law asks for, and for nothing else."
        )
        line.addWidget(Words(told, tone="caution", wrap=True), 1)
        said.body.addLayout(line)
        self.asked.addWidget(said)

    def _name_kind(self) -> None:
        """Let the file be named as what it is."""
        self.place.set_ending(self.disclosed.ending)
        offered, other = (TABLE_NAME, NAME) if self.disclosed.is_marks else (NAME, TABLE_NAME)
        name = self.place.name.input.text().strip()
        if name in (other, other + self.disclosed.ending):
            self.place.name.input.setText(offered)
        self.refresh()
        self.refit()
