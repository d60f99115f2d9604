"""Choosing a passphrase: six words are offered first, one's own otherwise; typed once, to be surely on paper."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.errors import VigtoolError
from vigtool.ui import measures
from vigtool.ui.desk import Practice
from vigtool.ui.jobs import Jobs
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.field import Field, Passphrase
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import column
from vigtool.ui.parts.words import Words
from vigtool.ui.vault.passphrase_words import PassphraseWords
from vigtool.ui.vault.strength_meter import StrengthMeter


def same(one: str, other: str) -> bool:
    """Whether two passphrases are one to the vault, which reads composed and decomposed letters alike."""
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


class NewPassphrase(QWidget):
    """The choice and its fields.

    Signals:
        entered: Enter was pressed in the last field.
    """

    entered = Signal()

    def __init__(self, practice: Practice, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        body = column(self, gap=16)
        self.kind = Segments(
            [(True, self.tr("Six offered words")), (False, self.tr("My own"))], words=self.tr("Passphrase")
        )
        self.kind.chosen.connect(self._show_kind)
        self.offered = PassphraseWords(practice.suggest_passphrase())
        self.other = Button(self.tr("Other words"), Kind.LINK, icon="again", height=measures.BUTTON_SMALL)
        self.other.clicked.connect(lambda: self.offered.set_words(practice.suggest_passphrase()))
        self.own = Field(
            self.tr("Your passphrase"), Passphrase(), hint=self.tr("Fifteen signs at least; several words are best.")
        )
        self.meter = StrengthMeter(jobs)
        self.own.input.textChanged.connect(self.meter.weigh)
        self.again = Field(self.tr("Type it once, from your paper"), Passphrase())
        self.again.input.returnPressed.connect(self.entered)
        body.addWidget(self.kind)
        body.addWidget(self.offered)
        body.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeading)
        body.addWidget(self.own)
        body.addWidget(self.meter)
        body.addWidget(self.again)
        body.addWidget(
            Words(
                self.tr("Write it on paper and keep that apart from this computer."),
                size=Type.DENSE,
                tone="quiet",
                wrap=True,
            )
        )
        self._show_kind(True)

    @property
    def passphrase(self) -> str:
        """What was chosen, whether it is in order or not."""
        return self.offered.passphrase if self.kind.value is True else self.own.input.text()

    def check(self) -> bool:
        """Whether it can be taken; what is wrong is said beside its field."""
        self.own.set_error("")
        self.again.set_error("")
        right = True
        try:
            self._practice.check_passphrase(self.passphrase)
        except VigtoolError as error:
            said = words_of(error)
            self.own.set_error(f"{said.title}. {said.hint}")
            right = False
        if not same(self.again.input.text().strip(), self.passphrase.strip()):
            self.again.set_error(self.tr("That is not the same. Look at it letter by letter."))
            right = False
        return right

    def forget(self) -> None:
        """Let nothing that was typed stay, and offer fresh words."""
        for field in (self.own, self.again):
            field.input.clear()
            field.set_error("")
        self.offered.set_words(self._practice.suggest_passphrase())

    def _show_kind(self, offered: object) -> None:
        self.offered.setVisible(bool(offered))
        self.other.setVisible(bool(offered))
        self.own.setVisible(not offered)
        self.meter.setVisible(not offered)
