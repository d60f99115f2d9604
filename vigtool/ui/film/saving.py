"""Steps of marks, shown at once and handed over to be written in the same moment, in the order made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from vigtool.annotate.history import History
from vigtool.annotate.mark import Mark
from vigtool.annotate.mark_set import Marks, Step
from vigtool.errors import RecordError
from vigtool.ui.film.ledger import Entry, Ledger

Keep: TypeAlias = Callable[
    [Sequence[Mark], Sequence[Mark], Callable[[], None], Callable[[BaseException], None]],
    None,
]
"""Write (before, after) in the order of the calls; call the third once durable, or the fourth with what failed."""


class Saving(QObject):
    """The ledger of one film, and its way to the vault.

    Signals:
        changed: the marks on the screen are different now.
        lost: a step could not be written and was taken off the screen, with all that was built on it: what failed,
            and the entries, which `again` takes.
    """

    changed = Signal()
    lost = Signal(object, object)

    def __init__(self, marks: Marks, keep: Keep, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger = Ledger(marks)
        self._keep = keep

    @property
    def marks(self) -> Marks:
        """As on the screen."""
        return self._ledger.marks

    @property
    def history(self) -> History[Step]:
        """As on the screen."""
        return self._ledger.history

    @property
    def is_saving(self) -> bool:
        """Whether something is on its way that may not be called saved yet."""
        return self._ledger.is_saving

    def do(self, step: Step) -> bool:
        """Show and write a step; whether it changed anything.

        Raises:
            RecordChanged: where it does not follow from what is on the screen.
        """
        return self._hand_over(self._ledger.do(step))

    def undo(self) -> bool:
        """Take the last step back; whether there was one."""
        return self._hand_over(self._ledger.undo())

    def redo(self) -> bool:
        """Do again what was taken back last; whether there was anything."""
        return self._hand_over(self._ledger.redo())

    def again(self, entries: Sequence[Entry]) -> int:
        """Take lost steps once more, in their order; how many no longer follow from what is there."""
        refused = 0
        for entry in entries:
            try:
                self._hand_over(self._ledger.again(entry))
            except RecordError:
                refused += 1
        return refused

    def _hand_over(self, entry: Entry | None) -> bool:
        if entry is None:
            return False
        self.changed.emit()
        self._keep(
            entry.before,
            entry.after,
            lambda: self._ledger.succeeded(entry),
            lambda error: self._fail(entry, error),
        )
        return True

    def _fail(self, entry: Entry, error: BaseException) -> None:
        lost = self._ledger.failed(entry)
        if lost and isValid(self):  # the film may have been closed meanwhile
            self.changed.emit()
            self.lost.emit(error, lost)
