"""A recovery sheet for whoever opened the vault, or for the organisation: shown, put on paper, typed back, kept."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from vigtool.ui.jobs import Job
from vigtool.ui.notices import words_of
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.room import Bench
from vigtool.ui.vault.recovery_part import RecoveryPart


class RecoverySheet(Dialog):
    """The sheet: `RecoverySheet(bench, window).open()`.

    Signals:
        kept: the key on the paper opens the vault from now on.
    """

    kept = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None, *, organisation: bool = False) -> None:
        """Make it.

        Args:
            bench: what it works with; a vault is open.
            parent: the window.
            organisation: the key shall be the organisation's; it opens no family by itself.
        """
        say = QCoreApplication.translate
        super().__init__(
            say("RecoverySheet", "The organisation's recovery sheet")
            if organisation
            else say("RecoverySheet", "Recovery sheet"),
            sentence=say("RecoverySheet", "24 words on paper with which a family can be given to a colleague.")
            if organisation
            else say("RecoverySheet", "24 words on paper that open the vault where the passphrase is lost."),
            go=say("RecoverySheet", "It is on paper"),
            width=760,
            parent=parent,
        )
        self._bench, self._organisation = bench, organisation
        self._job: Job[None] | None = None
        self.part = RecoveryPart(organisation=organisation)
        self.part.stepped.connect(self._stepped)
        for field in self.part.fields:
            field.input.returnPressed.connect(self.try_to_accept)
        self.body.addWidget(self.part)

    def try_to_accept(self) -> None:
        """Go on to the three words; when they are right, keep the key on the vault thread and close."""
        self.show_error(None)
        if not self.part.is_asking:
            self.part.ask()
        elif self._job is None and self.part.check():
            desk, key = self._bench.desk, self.part.key
            keep = desk.keep_organisation_key if self._organisation else desk.keep_recovery_key
            self.go.setEnabled(False)
            self._job = self._bench.jobs.call(
                lambda: keep(key), owner=self, done=lambda _: self._kept(), failed=self._failed
            )

    def done(self, result: int) -> None:
        """Let nothing that was typed stay."""
        self.part.forget()
        super().done(result)

    def _stepped(self) -> None:
        say = QCoreApplication.translate
        self.go.set_words(
            say("RecoverySheet", "Keep it") if self.part.is_asking else say("RecoverySheet", "It is on paper")
        )

    def _kept(self) -> None:
        self._job = None
        self.kept.emit()
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._job = None
        self.go.setEnabled(True)
        self.show_error(words_of(error, kept=self.tr("nothing was changed: the new sheet opens nothing yet")))
