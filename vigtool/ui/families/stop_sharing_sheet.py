"""A colleague shall open a family no longer: what that can do, and what nobody can."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.errors import Cancelled
from vigtool.ui.desk_keeping import Sharer
from vigtool.ui.families.asking import TallForm
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.jobs import Job
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.progress import ProgressPanel
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.toggles import Radio
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.room import Bench


class StopSharingSheet(TallForm):
    """The sheet; the deep way takes as long as reading and writing all films of the family once."""

    def __init__(self, bench: Bench, page: FamilyPage, one: Sharer, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("StopSharing", "Stop sharing with {0}").format(isolated(one.name)),
            go=say("StopSharing", "Stop sharing"),
            width=560,
            parent=parent,
        )
        self._page, self._one = page, one
        self._job: Job[Any] | None = None
        self._progress: ProgressPanel | None = None
        self.future, self.deep = Radio(self.tr("Stop future access")), Radio(self.tr("Deep re-key"))
        self.future.setChecked(True)
        for radio, told in (
            (self.future, self.tr("What is written from now on has another key. Done at once; usually enough.")),
            (
                self.deep,
                self.tr(
                    "All films and notes of this family are sealed anew under another key, and the keys before it are "
                    "destroyed. It takes as long as copying all its films."
                ),
            ),
        ):
            self.inner.addWidget(radio)
            below = row(gap=0)
            below.addSpacing(28)
            below.addWidget(Words(told, size=Type.LEAST, tone="quiet", wrap=True), 1)
            self.inner.addLayout(below)
        honest = Panel(kind="caution", padding=12)
        said = self.tr("What {0} has already seen or copied cannot be taken back, either way.")
        honest.body.addWidget(Words(said.format(isolated(one.name)), tone="caution", wrap=True))
        self.inner.addWidget(honest)
        self._doing = column()
        self.inner.addLayout(self._doing)

    def try_to_accept(self) -> None:
        """Stop sharing."""
        if self._job is not None:
            return
        self.show_error(None)
        desk, family, user, deep = self.bench.desk, self._page.family.id, self._one.user, self.deep.isChecked()
        if deep:  # what is open of it would be read while it is sealed anew
            self.bench.workspace.open_film(None)
            self.bench.workspace.open_reel(None)
        self._progress = ProgressPanel(self.tr("Sealing everything anew") if deep else self.tr("Taking the key back"))
        self._progress.cancelled.connect(self._stop)
        self._doing.addWidget(self._progress)
        for part in (self.go, self.stop, self.future, self.deep):
            part.setEnabled(False)
        self.refit()
        self.bench.workspace.write_begun()
        self._job = self.bench.jobs.run(
            lambda report, cancelled: desk.stop_share(family, user, deep=deep, report=report, cancelled=cancelled),
            owner=self,
            done=self._stopped,
            failed=self._not_stopped,
            progress=self._progress.set_progress,
        )

    def reject(self) -> None:
        """Leave; while it works this stops it first."""
        if self._job is not None:
            self._stop()
        else:
            super().reject()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _stopped(self, value: object) -> None:
        self._job = None
        self._done(value)

    def _not_stopped(self, error: BaseException) -> None:
        self._job = None
        self.bench.workspace.write_done()
        if self._progress is not None:
            self._progress.hide()
            self._progress.deleteLater()
            self._progress = None
        for part in (self.go, self.stop, self.future, self.deep):
            part.setEnabled(True)
        kept = self.tr("The key was taken back all the same; only sealing everything anew was stopped.")
        self.show_error(words_of(error, kept=kept if isinstance(error, Cancelled) else ""))
        self.bench.workspace.records_changed.emit()
