"""Another passphrase for whoever opened the vault, on one sheet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from vigtool.errors import WrongPassphrase
from vigtool.ui.jobs import Job
from vigtool.ui.notices import words_of
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.field import Field, Passphrase
from vigtool.ui.room import Bench
from vigtool.ui.vault.new_passphrase import NewPassphrase


class PassphraseSheet(Dialog):
    """The sheet: `PassphraseSheet(bench, window).open()`.

    Signals:
        changed: the new passphrase opens the vault, the old one no longer.
    """

    changed = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None, *, forgotten: bool = False) -> None:
        """Make it.

        Args:
            bench: what it works with; a vault is open.
            parent: the window.
            forgotten: the person came in with a recovery key: the old passphrase is not asked for.
        """
        super().__init__(
            QCoreApplication.translate("PassphraseSheet", "A new passphrase"),
            sentence=QCoreApplication.translate(
                "PassphraseSheet", "The old one opens nothing any more, except copies of the vault made before."
            ),
            go=QCoreApplication.translate("PassphraseSheet", "Change it"),
            width=560,
            parent=parent,
        )
        self._bench = bench
        self._job: Job[None] | None = None
        self.old = Field(self.tr("The passphrase so far"), Passphrase())
        self.old.setVisible(not forgotten)
        self._forgotten = forgotten
        self.new = NewPassphrase(bench.practice, bench.jobs)
        self.new.entered.connect(self.try_to_accept)
        self.body.addWidget(self.old)
        self.body.addWidget(self.new)

    def try_to_accept(self) -> None:
        """Change it on the vault thread; the sheet closes when that is done."""
        self.old.set_error("")
        self.show_error(None)
        if self._job is not None or not self._is_ready():
            return
        desk, old, new = self._bench.desk, self.old.input.text(), self.new.passphrase.strip()
        forgotten = self._forgotten
        self.go.setEnabled(False)
        self._job = self._bench.jobs.call(
            lambda: desk.set_passphrase(new) if forgotten else desk.change_passphrase(old, new),
            owner=self,
            done=lambda _: self._changed(),
            failed=self._failed,
        )

    def done(self, result: int) -> None:
        """Let nothing that was typed stay."""
        self.old.input.clear()
        self.new.forget()
        super().done(result)

    def _is_ready(self) -> bool:
        right = self.new.check()
        if not self._forgotten and not self.old.input.text():
            self.old.set_error(self.tr("Type the passphrase first."))
            right = False
        return right

    def _changed(self) -> None:
        self._job = None
        self.changed.emit()
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._job = None
        self.go.setEnabled(True)
        if isinstance(error, WrongPassphrase):
            said = words_of(error)
            self.old.set_error(f"{said.title}. {said.hint}".strip())
            self.old.input.setFocus()
        else:
            self.show_error(words_of(error, kept=self.tr("the passphrase so far goes on")))
