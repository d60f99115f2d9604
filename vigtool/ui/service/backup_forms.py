"""What is asked before a backup is made, and before one is tried out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.practice.backups import KEEP_DAYS, BackupOutlook
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.field import Field, Number, Passphrase
from vigtool.ui.parts.words import ElidedWords, Words
from vigtool.ui.service.vault_words import outlook_words

_LONGEST = 3650


class BackupForm(Dialog):
    """For how long a backup is kept, and what is to be known of its place."""

    def __init__(self, outlook: BackupOutlook, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        go = say("BackupForm", "Put it there all the same") if outlook.warning else say("BackupForm", "Make the backup")
        super().__init__(say("BackupForm", "Make a backup"), go=go, width=520, parent=parent)
        self.body.addWidget(ElidedWords(str(outlook.folder)))
        for tone, said in outlook_words(outlook):
            self.body.addWidget(Words(said, tone=tone, wrap=True))
        hint = self.tr(
            "What you erase can come back from a backup until its last day. Shorter is safer, longer kinder."
        )
        self._days = Field(self.tr("Kept for so many days"), Number(1, _LONGEST, KEEP_DAYS), hint=hint)
        self.body.addWidget(self._days)

    @property
    def days(self) -> int:
        """For how many days."""
        return self._days.input.value()


class TrialForm(Dialog):
    """The passphrase, typed as it would have to be typed on the day on which all else is lost."""

    def __init__(self, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            say("TrialForm", "Try the backup out"), go=say("TrialForm", "Try it out"), width=480, parent=parent
        )
        self.words = Field(
            self.tr("Your passphrase"),
            Passphrase(),
            hint=self.tr("Typed as on the day on which this computer is lost. Nothing is written anywhere."),
        )
        self.words.input.returnPressed.connect(self.try_to_accept)
        self.body.addWidget(self.words)

    def try_to_accept(self) -> None:
        """Accept once something was typed."""
        if self.words.input.text().strip():
            self.accept()
        else:
            self.words.set_error(self.tr("Type your passphrase."))

    def take(self) -> str:
        """What was typed; it does not stay."""
        typed: str = self.words.input.text().strip()
        self.words.input.clear()
        return typed
