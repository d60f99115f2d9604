"""Taking away the file that a film was brought in from: compared once more, then erased."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.errors import Cancelled
from vigtool.ids import Id
from vigtool.ui import measures
from vigtool.ui.families.asking import Form
from vigtool.ui.jobs import Job
from vigtool.ui.notices import words_of
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.words import ElidedWords
from vigtool.ui.room import Bench


class SourceSheet(Form):
    """The sheet."""

    def __init__(self, bench: Bench, film: Id, path: Path, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("SourceSheet", "Erase the file it came from"),
            sentence=say("SourceSheet", "It is read and compared with the vault once more; only then it is erased."),
            go=say("SourceSheet", "Compare and erase"),
            width=520,
            parent=parent,
        )
        self._film, self._path = film, path
        self._job: Job[Any] | None = None
        self._progress: ProgressPanel | None = None
        self.body.addWidget(ElidedWords(path.name, weight=measures.MEDIUM))
        self.body.addWidget(ElidedWords(str(path.parent), size=measures.Type.LEAST, tone="quiet"))

    def try_to_accept(self) -> None:
        """Compare and erase."""
        if self._job is not None:
            return
        self.show_error(None)
        desk, film, path = self.bench.desk, self._film, self._path
        self._progress = ProgressPanel(self.tr("Comparing"))
        self._progress.cancelled.connect(self._cancel)
        self.body.addWidget(self._progress)
        self.go.setEnabled(False)
        self.bench.workspace.write_begun()
        self._job = self.bench.jobs.run(
            lambda report, cancelled: desk.erase_card(film, path, report, cancelled),
            owner=self,
            done=self._erased,
            failed=self._not_erased,
            progress=self._progress.set_progress,
        )
        self.adjustSize()

    def reject(self) -> None:
        """Leave; while it compares this stops it first."""
        if self._job is not None:
            self._cancel()
        else:
            super().reject()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _erased(self, value: object) -> None:
        self._job = None
        self._done(value)

    def _not_erased(self, error: BaseException) -> None:
        self._job = None
        if self._progress is not None:
            self._progress.hide()
            self._progress.deleteLater()
            self._progress = None
        self.bench.workspace.write_done()
        self.go.setEnabled(True)
        if not isinstance(error, Cancelled):
            kept = self.tr("The film is in the vault, and the file is where it was.")
            self.show_error(words_of(error, kept=kept))
