"""Opening a vault: whose passphrase where there are several users, or the words of a recovery sheet.

Whoever sees this page learns where the vault lies and the short names that its users gave themselves for it: nothing
of any family.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vigtool.errors import WrongPassphrase
from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.surface import Panel, column, empty, row
from vigtool.ui.parts.words import ElidedWords, Words
from vigtool.ui.vault.key_entry import KeyEntry


class UnlockPage(QWidget):
    """The form.

    Signals:
        back_wanted: the person changed their mind.
        open_wanted (folder, key, user): they typed a passphrase (str) or the words of a recovery key (RecoveryKey);
            the user is None where nobody was chosen.
    """

    back_wanted = Signal()
    open_wanted = Signal(object, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        body = column(self, gap=16)
        body.addWidget(Words(self.tr("Open the vault"), size=Type.HUGE, weight=measures.SEMIBOLD))
        panel = Panel(padding=20, gap=12)
        self._where = ElidedWords(tone="quiet")
        panel.body.addWidget(self._where)
        self.key = KeyEntry()
        self.key.entered.connect(self._go)
        panel.body.addWidget(self.key)
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

    @property
    def folder(self) -> Path:
        """Which vault it is."""
        return self._folder

    def set_folder(self, folder: Path) -> None:
        """Which vault it is."""
        self._folder = folder
        self._where.setText(str(folder))
        self.key.set_users(())
        self.key.show_words(on=False)
        self.forget()

    def forget(self) -> None:
        """Let nothing that was typed stay."""
        self.key.forget()
        empty(self._errors)

    def show_error(self, error: BaseException) -> None:
        """Say what went wrong: a wrong passphrase beside its field, all else below."""
        empty(self._errors)
        if isinstance(error, WrongPassphrase):
            self.key.show_wrong(error)
        else:
            self._errors.addWidget(ErrorPanel(words_of(error)))
            self.key.take_focus()

    def _go(self) -> None:
        key = self.key.typed()
        if key is not None:
            self.open_wanted.emit(self._folder, key, self.key.user)
