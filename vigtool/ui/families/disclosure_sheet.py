"""The second door: a film that somebody has to have, whatever consent says; written down for good."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from vigtool.casework.disclosure import Basis
from vigtool.practice.disclosure import goes_as_brought_in
from vigtool.ui import measures
from vigtool.ui.choosing import FILMS
from vigtool.ui.families.copy_words import basis_words
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import film_words
from vigtool.ui.handover.at_home import SafetyLines
from vigtool.ui.handover.leaving import LeavingSheet
from vigtool.ui.handover.place_part import PlacePart
from vigtool.ui.handover.safety_words import safety_lines
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.field import Choice, Field, Line, Paper
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.toggles import Check
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench

NAME = "a-film"


class DisclosureSheet(LeavingSheet):
    """The sheet. It asks for everything the entry needs before it goes past a refusal."""

    def __init__(self, bench: Bench, page: FamilyPage, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("DisclosureSheet", "Disclosure"),
            sentence=say("DisclosureSheet", "A film goes to somebody who has to have it."),
            go=say("DisclosureSheet", "Disclose"),
            width=680,
            parent=parent,
        )
        self.prepare(PlacePart(NAME, ".mp4"))
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
        self.film, self.basis = Field(self.tr("Which film"), Choice()), Field(self.tr("On which ground"), Choice())
        for film in reversed(page.films):
            self.film.input.addItem(film_words(film), film.id)
        for basis in Basis:
            self.basis.input.addItem(basis_words(basis), basis)
        head = row(gap=12)
        head.addWidget(self.film, 1)
        head.addWidget(self.basis, 1)
        self.asked.addLayout(head)
        self.recipient = Field(self.tr("Who receives it"), Line())
        self.reason = Field(self.tr("Why they have to have it"), Paper(lines=3))
        self.hold = Check(
            self.tr("Place a legal hold, so that nothing of the family is erased meanwhile"), checked=True
        )
        for widget in (self.recipient, self.reason, self.hold):
            self.asked.addWidget(widget)
        self.asked.addWidget(SafetyLines(safety_lines(page.safety, page.family, page.everyone)))
        below = column(gap=4)
        below.addWidget(Words(self.tr("Where it goes"), weight=measures.MEDIUM))
        below.addWidget(self.place)
        self.asked.addLayout(below)
        self.place.changed.connect(self.refresh)
        self._names = {film.id: film.original_name for film in page.films}
        for field in (self.film, self.basis):
            field.input.currentIndexChanged.connect(lambda _place: self._name_kind())
        self._name_kind()
        self.refresh()

    def _name_kind(self) -> None:
        """Let the file be named as what it is: what goes out byte for byte may be no MP4."""
        basis, film = self.basis.input.currentData(), self.film.input.currentData()
        ending = ".mp4"
        if basis is not None and goes_as_brought_in(basis):
            own = PurePath(self._names.get(film, "")).suffix.lower()
            ending = own if own.removeprefix(".") in FILMS else ""
        self.place.set_ending(ending)

    def answer(self) -> None:
        """Disclose it."""
        recipient, reason = self.recipient.input.text().strip(), self.reason.input.toPlainText().strip()
        self.recipient.set_error("" if recipient else self.tr("Say who receives it: a name and an office."))
        self.reason.set_error("" if reason else self.tr("Say why: the entry needs a reason."))
        for field in (self.recipient, self.reason):
            if field.error:
                field.input.setFocus()
                return
        desk, film, target = self.bench.desk, self.film.input.currentData(), self.place.target
        basis, hold = self.basis.input.currentData(), self.hold.isChecked()
        self.make(
            self.tr("Writing the film"),
            lambda report, cancelled: desk.disclose_film(
                film,
                target,
                basis=basis,
                recipient=recipient,
                reason=reason,
                hold=hold,
                report=report,
                cancelled=cancelled,
            ),
        )
