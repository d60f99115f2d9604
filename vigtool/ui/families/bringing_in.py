"""Bringing a film in: choosing it, saying what it is, sealing it while one works on; and what to do about the card."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vigtool.casework.film import Film
from vigtool.errors import Cancelled
from vigtool.practice.films import FilmWords
from vigtool.ui import choosing
from vigtool.ui.families.brought_in import BroughtInPanel
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.work_forms import FilmForm
from vigtool.ui.notices import words_of
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.surface import empty
from vigtool.ui.room import Bench


class BringingIn(QObject):
    """What is done with a film file from its choice to the empty card; it shows one panel at a time in `place`."""

    def __init__(self, bench: Bench, over: QWidget, place: QVBoxLayout, page: Callable[[], FamilyPage | None]) -> None:
        """Make it.

        Args:
            bench: what the room works with.
            over: the widget that its sheets stand over.
            place: where its panels are shown.
            page: the family that is open.
        """
        super().__init__(over)
        self._bench, self._over, self._place, self._page = bench, over, place, page

    def choose(self) -> None:
        """Ask which film, and what it is."""
        page = self._page()
        if page is None:
            return
        path = choosing.choose_film(self._over, self.tr("Which film?"))
        if path is not None:
            form = FilmForm(self._bench, page, path, self._over)
            form.chosen.connect(self._bring_in)
            form.open()

    def _bring_in(self, path: Path, words: FilmWords) -> None:
        page = self._page()
        if page is None:
            return
        desk, family = self._bench.desk, page.family
        title = self.tr("Sealing a film of {0}").format(family.code)
        panel = ProgressPanel(title, promise=self.tr("You can go on working. If you cancel, nothing is left behind."))
        self._show(panel)
        job = self._bench.jobs.run(
            lambda report, cancelled: desk.add_film(path, family.id, words, report, cancelled),
            owner=self,
            done=lambda film: self.show_end(film, path),
            failed=self._not_brought_in,
            progress=panel.set_progress,
        )
        panel.cancelled.connect(job.cancel)

    def show_end(self, film: Film, path: Path) -> None:
        """Say that a film was brought in, and what may be done now with the file it came from."""
        panel = BroughtInPanel(self._bench, film, path)
        panel.closed.connect(lambda: self._show(None))
        self._show(panel)
        self._bench.workspace.records_changed.emit()

    def _not_brought_in(self, error: BaseException) -> None:
        self._show(None)
        if isinstance(error, Cancelled):
            return
        kept = self.tr("Nothing of it was kept. The file itself was not touched.")
        panel = ErrorPanel(words_of(error, kept=kept), (self.tr("Choose another film"), self.tr("Close")))
        panel.answered.connect(self._answered)
        self._show(panel)

    def _answered(self, place: int) -> None:
        self._show(None)
        if place == 0:
            self.choose()

    def _show(self, panel: QWidget | None) -> None:
        empty(self._place)
        self._place.setContentsMargins(16, 16 if panel is not None else 0, 16, 0)
        if panel is not None:
            self._place.addWidget(panel)
