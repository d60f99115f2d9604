"""A sheet by which one file leaves the vault: the work, its progress, what refused it, and what was made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.casework.copy import Copy
from vigtool.errors import Cancelled, ConsentMissing, HandoverError, UnsafeRecipient, VigtoolError
from vigtool.practice.progress import Cancelled as MayStop
from vigtool.practice.progress import Report
from vigtool.ui import measures
from vigtool.ui.families.asking import TallForm
from vigtool.ui.handover.place_part import PlacePart
from vigtool.ui.jobs import Job
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.error_panel import ErrorPanel, Sign
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.surface import Panel, column, empty, row
from vigtool.ui.parts.words import Words
from vigtool.ui.reel.receipt import grouped
from vigtool.ui.reel.said import megabytes, sentence


class LeavingSheet(TallForm):
    """What such sheets share. What is asked is disabled while the file is made, and gone once it is.

    Signals:
        made (Copy): a copy was made and stands in the register.
    """

    made = Signal(object)

    def prepare(self, place: PlacePart) -> None:
        """Lay out what every such sheet has; what it asks goes into `asked`."""
        self._job: Job[Any] | None = None
        self._progress: ProgressPanel | None = None
        self._is_made = False
        self.place = place
        self._asked = QWidget()
        self.asked = column(self._asked, gap=16)
        self.inner.addWidget(self._asked)
        self._below = column(gap=8)
        self.inner.addLayout(self._below)

    def may_go(self) -> bool:
        """Whether everything that is asked was answered so that the file may be made."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Look again whether it may be made."""
        self.go.setEnabled(self._is_made or (self._job is None and self.may_go() and self.place.is_ready))

    def make(self, title: str, op: Callable[[Report, MayStop], Copy]) -> None:
        """Make the file."""
        empty(self._below)
        self.place.show_error("")
        self._progress = ProgressPanel(title, promise=self.tr("If you cancel, nothing is left behind."))
        self._progress.cancelled.connect(self._cancel)
        self._below.addWidget(self._progress)
        self._asked.setEnabled(False)
        self.stop.setEnabled(False)
        self._job = self.bench.jobs.run(
            op, owner=self, done=self._made, failed=self._not_made, progress=self._progress.set_progress
        )
        self.refresh()
        self.refit()
        self._scroll.ensureWidgetVisible(self._progress)

    def reject(self) -> None:
        """Leave; while the file is made this stops it first."""
        if self._job is not None:
            self._cancel()
        elif self._is_made:
            self.accept()
        else:
            super().reject()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _end_work(self) -> None:
        self._job = self._progress = None
        empty(self._below)
        self._asked.setEnabled(True)
        self.stop.setEnabled(True)

    def _made(self, copy: Copy) -> None:
        self._end_work()
        self._is_made = True
        self._asked.hide()
        self.stop.hide()
        self.go.set_words(self.tr("Done"))
        self._below.addWidget(_receipt(self, copy))
        self.refresh()
        self.refit()
        self.made.emit(copy)
        self.bench.workspace.records_changed.emit()

    def _not_made(self, error: BaseException) -> None:
        self._end_work()
        self.refresh()
        if isinstance(error, Cancelled):
            said = Words(self.tr("Stopped. Nothing was made, nothing is left behind."), tone="quiet", wrap=True)
            self._below.addWidget(said)
        elif isinstance(error, HandoverError) and not isinstance(error, UnsafeRecipient):
            self.place.show_error(f"{sentence(error.message)} {sentence(error.hint)}".strip())
        else:
            self._refused(error)
        self.refit()

    def _refused(self, error: BaseException) -> None:
        reasons = error.reasons if isinstance(error, ConsentMissing) else ()
        shown = VigtoolError(error.message) if isinstance(error, ConsentMissing) else error
        self._below.addWidget(ErrorPanel(words_of(shown, kept=self.tr("Nothing was made."))))
        for reason in reasons:
            line = row(gap=8)
            line.addWidget(Sign("cross", "error", size=16), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(sentence(reason), size=Type.DENSE, tone="error", wrap=True), 1)
            self._below.addLayout(line)


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
