"""A form whose answer is written to the vault: it waits for that, and says beside itself what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.ui.notices import words_of
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.room import Bench


class Form(Dialog):
    """A form.

    Signals:
        written (value): what the call gave back, once it is durable; the form is closed then.
    """

    written = Signal(object)

    def __init__(
        self,
        bench: Bench,
        title: str,
        *,
        sentence: str = "",
        go: str = "",
        width: int = 480,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, sentence=sentence, go=go, width=width, parent=parent)
        self.bench = bench
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def write(self, call: Callable[[], Any]) -> None:
        """Have `call` made on the vault thread; close when it is durable, else say what went wrong and stay."""
        self.show_error(None)
        self.go.setEnabled(False)
        self.bench.workspace.write_begun()
        self.bench.jobs.call(call, owner=self, done=self._done, failed=self._failed)

    def _done(self, value: object) -> None:
        self.bench.workspace.write_done()
        self.accept()
        self.written.emit(value)
        self.bench.workspace.records_changed.emit()

    def _failed(self, error: BaseException) -> None:
        # What went wrong stands here in the form; the window need not say it again.
        self.bench.workspace.write_done()
        self.go.setEnabled(True)
        self.show_error(words_of(error, kept=self.tr("what you typed is still here")))
