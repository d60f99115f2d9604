"""A new recovery key, shown to be written down or printed; then three of its words are typed from the paper."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QStackedWidget, QWidget

from vigtool.errors import WrongPassphrase
from vigtool.practice.ways_in import RecoveryKey, check_typed_back, new_recovery_key, places_to_type_back
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.field import Field, Line
from vigtool.ui.parts.qr import Qr
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.vault.recovery_paper import ask_and_print
from vigtool.ui.vault.recovery_words import RecoveryWords

_QR = 180


class RecoveryPart(QWidget):
    """The two steps. Nothing is kept before the words were typed back.

    Attributes:
        key: the new key; it opens nothing yet.

    Signals:
        stepped: the other step is shown now.
    """

    stepped = Signal()

    def __init__(self, *, organisation: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key: RecoveryKey = new_recovery_key()
        self._organisation = organisation
        self._places = places_to_type_back()
        self._steps = QStackedWidget()
        self._steps.addWidget(self._make_shown())
        self._steps.addWidget(self._make_asked())
        column(self).addWidget(self._steps)

    @property
    def is_asking(self) -> bool:
        """Whether the words are hidden and three of them asked for."""
        return self._steps.currentIndex() == 1

    def ask(self) -> None:
        """Hide the words, and ask for three of them."""
        self._steps.setCurrentIndex(1)
        self.fields[0].input.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stepped.emit()

    def show_again(self) -> None:
        """Show the words once more."""
        self._steps.setCurrentIndex(0)
        self.stepped.emit()

    def check(self) -> bool:
        """Whether the three words are those of the paper; what is wrong is said beside its field."""
        right = True
        for place, field in zip(self._places, self.fields, strict=True):
            field.set_error("")
            try:
                check_typed_back(self.key, {place: field.input.text()})
            except WrongPassphrase as error:
                field.set_error(f"{words_of(error).hint}".strip())
                right = False
        return right

    def forget(self) -> None:
        """Let nothing that was typed stay."""
        for field in self.fields:
            field.input.clear()

    def print_page(self) -> None:
        """Ask which printer, and print the page."""
        ask_and_print(self.window(), self.key.words(), date.today(), organisation=self._organisation)

    def _make_shown(self) -> QWidget:
        made = QWidget()
        body = column(made, gap=12)
        line = row(gap=20)
        line.addWidget(RecoveryWords(self.key.words()), 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(
            Qr(self.key.words().upper(), _QR, self.tr("The same words as a QR code")), 0, Qt.AlignmentFlag.AlignTop
        )
        body.addLayout(line)
        self.print = Button(self.tr("Print…"), icon="print")
        self.print.clicked.connect(self.print_page)
        self.print.setVisible(bool(QPrinterInfo.availablePrinterNames()))
        beside = row(gap=12)
        beside.addWidget(self.print)
        beside.addWidget(
            Words(
                self.tr(
                    "Write the words down, or print them. A printer and its queue keep a page for a while: where "
                    "others use it too, write by hand."
                )
                if not self.print.isHidden()
                else self.tr("Write the words down, in their order. No printer is set up on this computer."),
                size=Type.DENSE,
                tone="quiet",
                wrap=True,
            ),
            1,
        )
        body.addLayout(beside)
        body.addWidget(self._caution())
        body.addStretch(1)
        return made

    def _caution(self) -> Panel:
        caution = Panel(kind="caution", padding=12)
        line = row(gap=12)
        line.addWidget(Sign("info", "caution"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(
            Words(
                self.tr("Keep it apart from the vault. An earlier sheet opens nothing any more once this one is kept.")
                if self._organisation
                else self.tr(
                    "Whoever has this sheet and the vault can read everything. Keep them apart. An earlier sheet "
                    "opens nothing any more once this one is kept."
                ),
                size=Type.DENSE,
                wrap=True,
            ),
            1,
        )
        caution.body.addLayout(line)
        return caution

    def _make_asked(self) -> QWidget:
        made = QWidget()
        body = column(made, gap=16)
        body.addWidget(Words(self.tr("Type three words from the paper."), weight=measures.MEDIUM, wrap=True))
        line = row(gap=16)
        self.fields: list[Field[Line]] = []
        for place in self._places:
            field = Field(self.tr("Word {0}").format(place), Line())
            field.input.setInputMethodHints(
                Qt.InputMethodHint.ImhSensitiveData
                | Qt.InputMethodHint.ImhNoPredictiveText
                | Qt.InputMethodHint.ImhNoAutoUppercase
            )
            self.fields.append(field)
            line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        body.addLayout(line)
        self.again = Button(self.tr("Show the words again"), Kind.LINK, icon="back", height=measures.BUTTON_SMALL)
        self.again.clicked.connect(self.show_again)
        body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeading)
        body.addStretch(1)
        return made
