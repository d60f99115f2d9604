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

NARROW, WIDE = 600, 1064
"""Pixels: as wide as the other pages before a vault is open; and with room for two panels beside each other."""


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
        self._room = NARROW
        self.form = RestorePage(bench)
        self.at_work = WorkPart(bench.jobs)
        self._after = QWidget()
        self._place = column(self._after)
        body = column(self)
        body.addWidget(self.form)
        body.addWidget(self.at_work)
        body.addWidget(self._after)
        self._after.hide()
        self.form.grew.connect(self._take_width)
        self.form.back_wanted.connect(self.back_wanted)
        self._take_width()
        self.form.restore_wanted.connect(self._begin)

    def set_room(self, width: int) -> None:
        """So many pixels are there from side to side."""
        self._room = width
        self._take_width()

    def _take_width(self) -> None:
        """Everything that is asked lies side by side where there is room: so it is seen at once, without scrolling."""
        wide = self._room >= WIDE and self.form.asks_all and not self.form.isHidden()
        self.form.set_wide(wide=wide)
        self.setFixedWidth(WIDE if wide else NARROW)

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
        self._take_width()

    def _show_after(self, widget: QWidget) -> None:
        empty(self._place)
        self._place.addWidget(widget)
        self.form.hide()
        self._take_width()
        self._after.show()
        widget.show()

    def _begin(self, wanted: GettingBack) -> None:
        practice = self._bench.practice
        self.form.hide()
        self._take_width()
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
