"""Making a vault: where it shall lie, and its passphrase, which is typed once so that it is surely on paper."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from vigtool.errors import VigtoolError
from vigtool.ui import choosing, measures
from vigtool.ui.desk import Practice
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.field import Field, Line, Passphrase
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.vault.passphrase_words import PassphraseWords

FOLDER_NAME = "vigtool-vault"


def same(one: str, other: str) -> bool:
    """Whether two passphrases are one to the vault, which reads composed and decomposed letters alike."""
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


class MakePage(QWidget):
    """The form.

    Signals:
        back_wanted: the person changed their mind.
        make_wanted (folder, passphrase): everything typed is in order.
    """

    back_wanted = Signal()
    make_wanted = Signal(object, str)

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        body = column(self, gap=16)
        body.addWidget(Words(self.tr("Make a vault"), size=Type.HUGE, weight=measures.SEMIBOLD))
        panel = Panel(padding=20, gap=16)
        body.addWidget(panel)
        self.place = Field(
            self.tr("Folder"), Line(), hint=self.tr("A new folder on this computer, not on a network drive.")
        )
        choose = Button(self.tr("Choose…"))
        choose.clicked.connect(self._choose)
        line = row(gap=8)
        line.addWidget(self.place, 1)
        beside = column()
        beside.addSpacing(QFontMetrics(measures.font(Type.LEAST)).height() + 4)  # level with the input, not its label
        beside.addWidget(choose)
        beside.addStretch(1)
        line.addLayout(beside)
        panel.body.addLayout(line)
        self.kind = Segments(
            [(True, self.tr("Six offered words")), (False, self.tr("My own"))], words=self.tr("Passphrase")
        )
        self.kind.chosen.connect(self._show_kind)
        panel.body.addWidget(self.kind)
        self.offered = PassphraseWords(practice.suggest_passphrase())
        self.other = Button(self.tr("Other words"), Kind.LINK, icon="again", height=measures.BUTTON_SMALL)
        self.other.clicked.connect(lambda: self.offered.set_words(practice.suggest_passphrase()))
        self.own = Field(
            self.tr("Your passphrase"), Passphrase(), hint=self.tr("Fifteen signs at least; several words are best.")
        )
        self.again = Field(self.tr("Type it once, from your paper"), Passphrase())
        panel.body.addWidget(self.offered)
        panel.body.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeading)
        panel.body.addWidget(self.own)
        panel.body.addWidget(self.again)
        panel.body.addWidget(
            Words(
                self.tr("Write it on paper and keep that apart from this computer. Whoever loses it loses the vault."),
                size=Type.DENSE,
                tone="quiet",
                wrap=True,
            )
        )
        self.back, self.make = Button(self.tr("Back")), Button(self.tr("Make the vault"), Kind.PRIMARY)
        self.back.clicked.connect(self.back_wanted)
        self.make.clicked.connect(self._go)
        self.again.input.returnPressed.connect(self._go)
        foot = row(gap=12)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.make)
        body.addLayout(foot)
        self._show_kind(True)

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

    def _choose(self) -> None:
        chosen = choosing.choose_folder(self, self.tr("Where shall the vault lie?"))
        if chosen is not None:
            self.place.input.setText(str(chosen / FOLDER_NAME))

    def _go(self) -> None:
        passphrase = self.offered.passphrase if self.kind.value is True else self.own.input.text()
        wrong = False
        self.place.set_error("")
        self.own.set_error("")
        self.again.set_error("")
        if not self.place.input.text().strip():
            self.place.set_error(self.tr("Choose a folder for it."))
            wrong = True
        try:
            self._practice.check_passphrase(passphrase)
        except VigtoolError as error:
            said = words_of(error)
            self.own.set_error(f"{said.title}. {said.hint}")
            wrong = True
        if not same(self.again.input.text().strip(), passphrase.strip()):
            self.again.set_error(self.tr("That is not the same. Look at it letter by letter."))
            wrong = True
        if not wrong:
            self.make_wanted.emit(Path(self.place.input.text().strip()).expanduser(), passphrase)
