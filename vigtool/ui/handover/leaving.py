"""A sheet by which one file leaves the vault: the work, its progress, what refused it, and what was made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.casework.copy import Copy
from vigtool.errors import Cancelled, ConsentMissing, HandoverError, UnsafeRecipient, VigtoolError
from vigtool.practice.progress import Cancelled as MayStop
from vigtool.practice.progress import Report
from vigtool.ui import measures
from vigtool.ui.families.working import WorkingForm
from vigtool.ui.handover.place_part import PlacePart
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.error_panel import ErrorPanel, Sign
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.reel.receipt import grouped
from vigtool.ui.reel.said import megabytes, sentence


class LeavingSheet(WorkingForm):
    """What such sheets share. What is asked is disabled while the file is made, and gone once it is.

    Signals:
        made (Copy): a copy was made and stands in the register.
    """

    made = Signal(object)
    place: PlacePart

    def prepare(self, place: PlacePart) -> None:
        """Take the place that the file goes to; what else is asked goes into `asked`."""
        self.place = place

    def ask_where(self) -> None:
        """Ask where it goes, below what was asked so far."""
        below = column(gap=4)
        below.addWidget(Words(self.tr("Where it goes"), weight=measures.MEDIUM))
        below.addWidget(self.place)
        self.asked.addLayout(below)

    def refresh(self) -> None:
        """Look again whether it may be made."""
        super().refresh()
        self.go.setEnabled(self.go.isEnabled() and (self.is_over or self.place.is_ready))

    def make(self, title: str, op: Callable[[Report, MayStop], Copy]) -> None:
        """Make the file."""
        self.place.show_error("")
        self.work(title, op, self._made, self._not_made, promise=self.tr("If you cancel, nothing is left behind."))

    def _made(self, copy: Copy) -> None:
        self.finish()
        self.told.addWidget(_receipt(self, copy))
        self.made.emit(copy)
        self.bench.workspace.records_changed.emit()

    def _not_made(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            said = Words(self.tr("Stopped. Nothing was made, nothing is left behind."), tone="quiet", wrap=True)
            self.told.addWidget(said)
        elif isinstance(error, HandoverError) and not isinstance(error, UnsafeRecipient):
            self.place.show_error(f"{sentence(error.message)} {sentence(error.hint)}".strip())
        else:
            self._refused(error)

    def _refused(self, error: BaseException) -> None:
        reasons = error.reasons if isinstance(error, ConsentMissing) else ()
        shown = VigtoolError(error.message) if isinstance(error, ConsentMissing) else error
        self.told.addWidget(ErrorPanel(words_of(shown, kept=self.tr("Nothing was made."))))
        for reason in reasons:
            line = row(gap=8)
            line.addWidget(Sign("cross", "error", size=16), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(sentence(reason), size=Type.DENSE, tone="error", wrap=True), 1)
            self.told.addLayout(line)


def _receipt(sheet: QWidget, copy: Copy) -> Panel:
    """What was made, in words that tell nothing of service, program or method."""
    made = Panel(padding=16, gap=6)
    head = row(gap=8)
    head.addWidget(Sign("check", "accent", size=18))
    head.addWidget(Words(sheet.tr("Made, and in the register of copies"), weight=measures.SEMIBOLD), 1)
    made.body.addLayout(head)
    name = copy.target.replace("\\", "/").rsplit("/", 1)[-1]
    for words in (
        sheet.tr("{0}, {1}").format(name, megabytes(copy.size)),
        sheet.tr("Fingerprint {0}").format(grouped(copy.sha256)),
    ):
        made.body.addWidget(Words(words, size=Type.DENSE, wrap=True))
    return made
