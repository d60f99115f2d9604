"""Opening a vault: its passphrase, with what is wrong beside the field."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.errors import WrongPassphrase
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.notices import Notice, words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.field import Field, Passphrase
from vigtool.ui.parts.surface import Panel, column, empty, row
from vigtool.ui.parts.words import ElidedWords, Words


class UnlockPage(QWidget):
    """The form.

    Signals:
        back_wanted: the person changed their mind.
        open_wanted (folder, passphrase): they typed it.
    """

    back_wanted = Signal()
    open_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        body = column(self, gap=16)
        body.addWidget(Words(self.tr("Open the vault"), size=Type.HUGE, weight=measures.SEMIBOLD))
        panel = Panel(padding=20, gap=12)
        self._where = ElidedWords(tone="quiet")
        panel.body.addWidget(self._where)
        self.passphrase = Field(self.tr("Passphrase"), Passphrase())
        self.passphrase.input.returnPressed.connect(self._go)
        panel.body.addWidget(self.passphrase)
        self._errors = column()
        panel.body.addLayout(self._errors)
        body.addWidget(panel)
        self.back, self.open = Button(self.tr("Back")), Button(self.tr("Open"), Kind.PRIMARY)
        self.back.clicked.connect(self.back_wanted)
        self.open.clicked.connect(self._go)
        foot = row(gap=12)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.open)
        body.addLayout(foot)

    def set_folder(self, folder: Path) -> None:
        """Which vault it is."""
        self._folder = folder
        self._where.setText(str(folder))
        self.forget()

    def forget(self) -> None:
        """Let nothing that was typed stay."""
        self.passphrase.input.clear()
        self.passphrase.set_error("")
        empty(self._errors)

    def show_error(self, error: BaseException) -> None:
        """Say what went wrong: a wrong passphrase beside its field, all else below."""
        empty(self._errors)
        notice: Notice = words_of(error)
        if isinstance(error, WrongPassphrase):
            self.passphrase.set_error(f"{notice.title}. {notice.hint}".strip())
            self.passphrase.input.selectAll()
        else:
            self.passphrase.set_error("")
            self._errors.addWidget(ErrorPanel(notice))
        self.passphrase.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        if self.passphrase.input.text():
            self.open_wanted.emit(self._folder, self.passphrase.input.text())
        else:
            self.passphrase.set_error(self.tr("Type the passphrase first."))
