"""The letter of a withdrawal as it will be printed, and how it leaves: printed, saved, or read out and not kept."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from vigtool.casework.withdrawal import Withdrawal
from vigtool.errors import HandoverError
from vigtool.ids import Id
from vigtool.ui import measures, theme
from vigtool.ui.families import letter_print
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.handover.at_home import AtHome, Safe
from vigtool.ui.handover.place_part import PlacePart
from vigtool.ui.handover.safety_words import safety_lines
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.surface import column, empty, row
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.printing import ask_printer
from vigtool.ui.room import Bench

NAME = "a-letter.txt"
"""What the file is called unless somebody says otherwise: it tells nothing of anybody."""


class LetterPaper(QWidget):
    """The letter on paper: white in every theme, as it will be."""

    def __init__(self, text: str, parent: QWidget | None = None, *, words: str = "") -> None:
        """Make it of a text; `words` say what it is where it is no letter."""
        super().__init__(parent)
        theme.dress(self, theme.LIGHT)
        self.text = Words(text, size=Type.DENSE, wrap=True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName(words or self.tr("The letter"))
        column(self, margins=(28, 24, 28, 24)).addWidget(self.text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the paper: nearly square corners, as paper has."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.LIGHT.edge), 1))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


class LetterPart(QWidget):
    """The letter, the question whether it is safe at home, and the ways out."""

    def __init__(self, bench: Bench, page: FamilyPage, taken: Withdrawal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._taken = bench, taken
        self._barred = page.safety is not None and taken.signed_by in page.safety.not_to
        body = column(self, gap=12)
        self.paper = LetterPaper(taken.letter)
        body.addWidget(self.paper)
        self.at_home = AtHome(safety_lines(page.safety, page.family, page.everyone))
        self.at_home.set_name(page.name_of(taken.signed_by))
        self.at_home.changed.connect(self._refresh)
        body.addWidget(self.at_home)
        self.place = PlacePart(NAME, ".txt")
        self.place.changed.connect(self._refresh)
        body.addWidget(self.place)
        line = row(gap=8)
        said = self.tr("Or read it out together here, and keep nothing.")
        if self._barred:
            said = self.tr("It is written down that {0} may not receive anything. Read it out together here.")
            said = said.format(isolated(page.name_of(taken.signed_by)))
        line.addWidget(Words(said, tone="quiet", wrap=True), 1)
        self.print_ = Button(self.tr("Print…"), icon="print")
        self.print_.clicked.connect(self._print)
        self.save = Button(self.tr("Save the letter"), icon="folder")
        self.save.clicked.connect(self._save)
        line.addWidget(self.print_)
        line.addWidget(self.save)
        body.addLayout(line)
        self._told = column(gap=8)
        body.addLayout(self._told)
        self._refresh()

    def _refresh(self) -> None:
        safe = self.at_home.answer is Safe.YES and not self._barred
        self.print_.setEnabled(safe)
        self.save.setEnabled(safe and self.place.is_ready)

    def _print(self) -> None:
        ask_printer(self, self._begin_print)

    def _begin_print(self, printer: QPrinter) -> None:
        """Enter that it leaves; only once that is durable it goes to the printer."""
        empty(self._told)
        desk, taken = self._bench.desk, self._taken
        self.print_.setEnabled(False)
        self._bench.jobs.call(
            lambda: desk.begin_letter_print(taken, safe=True),
            owner=self,
            done=lambda begun: self._hand_to(printer, begun),
            failed=self._not_printed,
        )

    def _hand_to(self, printer: QPrinter, begun: Id) -> None:
        desk, printed = self._bench.desk, letter_print.print_on(printer, self._taken.letter)
        self._bench.jobs.call(
            lambda: desk.end_letter_print(begun, printed=printed),
            owner=self,
            done=lambda _none: self._printed(taken=printed),
            failed=self._not_printed,
        )

    def _printed(self, *, taken: bool) -> None:
        self._refresh()
        if taken:
            said = self.tr("The printer has it. It stands in the register of copies.")
            self._told.addWidget(Words(said, weight=measures.MEDIUM, tone="accent", wrap=True))
        else:
            said = self.tr("The printer did not take it: it was not printed, and that is written down.")
            self._told.addWidget(Words(said, weight=measures.MEDIUM, tone="caution", wrap=True))
        self._bench.workspace.records_changed.emit()

    def _not_printed(self, error: BaseException) -> None:
        self._refresh()
        self._told.addWidget(ErrorPanel(words_of(error, kept=self.tr("The letter stays here."))))

    def _save(self) -> None:
        empty(self._told)
        desk, taken, target = self._bench.desk, self._taken, self.place.target
        self.save.setEnabled(False)
        self._bench.jobs.call(
            lambda: desk.save_letter(taken, target, safe=True), owner=self, done=self._saved, failed=self._not_saved
        )

    def _saved(self, _copy: Any) -> None:
        said = self.tr("Saved as {0}. It stands in the register of copies.").format(self.place.target.name)
        self._told.addWidget(Words(said, weight=measures.MEDIUM, tone="accent", wrap=True))
        self._bench.workspace.records_changed.emit()

    def _not_saved(self, error: BaseException) -> None:
        self._refresh()
        if isinstance(error, HandoverError):
            notice = words_of(error)
            self.place.show_error(f"{notice.title}. {notice.hint}".strip())
        else:
            self._told.addWidget(ErrorPanel(words_of(error, kept=self.tr("The letter stays here."))))
