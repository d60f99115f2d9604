"""Getting a vault back, from the question to the way in: the form, the work, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.errors import Cancelled
from vigtool.practice.restoring import Restored
from vigtool.ui.at_work import WorkPart
from vigtool.ui.desk_restoring import GettingBack
from vigtool.ui.parts.surface import column, empty
from vigtool.ui.room import Bench
from vigtool.ui.vault.restore_page import RestorePage
from vigtool.ui.vault.restored_page import RestoredPage


class GettingBackPages(QWidget):
    """One after the other.

    Signals:
        back_wanted: the person changed their mind.
        open_wanted (Path): the vault is back, and shall be opened.
    """

    back_wanted = Signal()
    open_wanted = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.form = RestorePage(bench)
        self.at_work = WorkPart(bench.jobs)
        self._after = QWidget()
        self._place = column(self._after)
        body = column(self)
        body.addWidget(self.form)
        body.addWidget(self.at_work)
        body.addWidget(self._after)
        self._after.hide()
        self.form.back_wanted.connect(self.back_wanted)
        self.form.restore_wanted.connect(self._begin)

    def begin(self) -> None:
        """Show the empty form."""
        self.forget()
        self.form.begin()

    def forget(self) -> None:
        """Let nothing stay of what was typed, chosen or told."""
        self.form.forget()
        self._show_form()

    def _show_form(self) -> None:
        empty(self._place)
        self._after.hide()
        self.form.show()

    def _show_after(self, widget: QWidget) -> None:
        empty(self._place)
        self._place.addWidget(widget)
        self.form.hide()
        self._after.show()
        widget.show()

    def _begin(self, wanted: GettingBack) -> None:
        practice = self._bench.practice
        self.form.hide()
        self.at_work.run(
            self.tr("Getting the vault back"),
            lambda report, cancelled: practice.restore(wanted, report, cancelled),
            self._done,
            self._failed,
            promise=self.tr("If you cancel, nothing is left behind, and the backup is as it was."),
            take_keys=True,
        )

    def _done(self, done: Restored) -> None:
        self.form.forget()
        page = RestoredPage(done)
        page.open_wanted.connect(self.open_wanted)
        self._show_after(page)
        page.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: BaseException) -> None:
        self._show_form()
        if isinstance(error, Cancelled):
            self.form.go.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.show_error(error)
