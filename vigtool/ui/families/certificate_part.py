"""The certificate of an erasure as it will be printed, and the way onto paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from vigtool.casework.erasure import Erasure
from vigtool.ui import measures
from vigtool.ui.families import letter_print
from vigtool.ui.families.letter_part import LetterPaper
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.surface import column, empty
from vigtool.ui.parts.words import Words
from vigtool.ui.printing import ask_printer
from vigtool.ui.room import Bench


class CertificatePart(QWidget):
    """The text, and the button that prints it. That it is printed is entered first, as it is where it is saved."""

    def __init__(self, bench: Bench, erasure: Erasure, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._erasure, self._text = bench, erasure, text
        body = column(self, gap=12)
        body.addWidget(LetterPaper(text, words=self.tr("The certificate")))
        self.print_ = Button(self.tr("Print the certificate…"), icon="print", height=measures.BUTTON_SMALL)
        self.print_.clicked.connect(lambda: ask_printer(self, self._enter))
        body.addWidget(self.print_, 0, Qt.AlignmentFlag.AlignLeading)
        self._told = column(gap=8)
        body.addLayout(self._told)

    def _enter(self, printer: QPrinter) -> None:
        """Enter that it is printed; only once that is durable it goes to the printer."""
        empty(self._told)
        desk, erasure = self._bench.desk, self._erasure
        self.print_.setEnabled(False)
        self._bench.jobs.call(
            lambda: desk.note_certificate_print(erasure),
            owner=self,
            done=lambda _none: self._print(printer),
            failed=self._not_entered,
        )

    def _print(self, printer: QPrinter) -> None:
        self.print_.setEnabled(True)
        if letter_print.print_on(printer, self._text):
            self._told.addWidget(Words(self.tr("The printer has it."), weight=measures.MEDIUM, tone="accent"))
        else:
            said = self.tr("The printer did not take it: it was not printed.")
            self._told.addWidget(Words(said, weight=measures.MEDIUM, tone="caution", wrap=True))

    def _not_entered(self, error: BaseException) -> None:
        self.print_.setEnabled(True)
        kept = self.tr("It was not printed. The certificate stands under Service, Retention, too.")
        self._told.addWidget(ErrorPanel(words_of(error, kept=kept)))
