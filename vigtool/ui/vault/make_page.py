"""Making a vault: where it shall lie, and its passphrase, which is typed once so that it is surely on paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from vigtool.ui import choosing, measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.field import Field, Line
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.vault.new_passphrase import NewPassphrase

FOLDER_NAME = "vigtool-vault"


class MakePage(QWidget):
    """The form.

    Signals:
        back_wanted: the person changed their mind.
        make_wanted (folder, passphrase): everything typed is in order.
    """

    back_wanted = Signal()
    make_wanted = Signal(object, str)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self.new = NewPassphrase(bench.practice, bench.jobs)
        self.new.entered.connect(self._go)
        panel.body.addWidget(self.new)
        self.back, self.make = Button(self.tr("Back")), Button(self.tr("Make the vault"), Kind.PRIMARY)
        self.back.clicked.connect(self.back_wanted)
        self.make.clicked.connect(self._go)
        foot = row(gap=12)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.make)
        body.addLayout(foot)

    def forget(self) -> None:
        """Let nothing that was typed stay, and offer fresh words."""
        self.new.forget()

    def _choose(self) -> None:
        chosen = choosing.choose_folder(self, self.tr("Where shall the vault lie?"))
        if chosen is not None:
            self.place.input.setText(str(chosen / FOLDER_NAME))

    def _go(self) -> None:
        right = self.new.check()
        self.place.set_error("")
        if not self.place.input.text().strip():
            self.place.set_error(self.tr("Choose a folder for it."))
            right = False
        if right:
            self.make_wanted.emit(Path(self.place.input.text().strip()).expanduser(), self.new.passphrase)
