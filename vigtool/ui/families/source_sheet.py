"""Taking away the file that a film was brought in from: compared once more, then erased."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.errors import Cancelled
from vigtool.ids import Id
from vigtool.ui import measures
from vigtool.ui.families.working import WorkingForm
from vigtool.ui.notices import words_of
from vigtool.ui.parts.words import ElidedWords
from vigtool.ui.room import Bench


class SourceSheet(WorkingForm):
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
        self.asked.addWidget(ElidedWords(path.name, weight=measures.MEDIUM))
        self.asked.addWidget(ElidedWords(str(path.parent), size=measures.Type.LEAST, tone="quiet"))

    def answer(self) -> None:
        """Compare and erase."""
        desk, film, path = self.bench.desk, self._film, self._path
        self.bench.workspace.write_begun()
        self.work(
            self.tr("Comparing"),
            lambda report, cancelled: desk.erase_card(film, path, report, cancelled),
            self._done,
            self._not_erased,
        )

    def _not_erased(self, error: BaseException) -> None:
        self.bench.workspace.write_done()
        if not isinstance(error, Cancelled):
            kept = self.tr("The film is in the vault, and the file is where it was.")
            self.show_error(words_of(error, kept=kept))
