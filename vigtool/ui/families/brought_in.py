"""After a film was brought in: it is verified, the card may be erased, and what lies elsewhere stays listed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.casework.film import Film
from vigtool.casework.stray_copy import StrayPlace
from vigtool.errors import Cancelled
from vigtool.ui import measures
from vigtool.ui.families.stray_words import place_words
from vigtool.ui.families.words import film_words
from vigtool.ui.jobs import Job
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.parts.error_panel import ErrorPanel, Sign
from vigtool.ui.parts.flow import Flow
from vigtool.ui.parts.progress import Bar
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.toggles import Check
from vigtool.ui.parts.words import ElidedWords, Words
from vigtool.ui.room import Bench

ELSEWHERE = (StrayPlace.PHONE, StrayPlace.BIN, StrayPlace.CLOUD, StrayPlace.DOWNLOADS, StrayPlace.MAIL)
"""Where a film may lie besides, which the program cannot see."""


class BroughtInPanel(Panel):
    """What can be done now with the file that the film came from.

    Signals:
        closed: the person is done with it.
    """

    closed = Signal()

    def __init__(self, bench: Bench, film: Film, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self._bench, self._film, self._path = bench, film, path
        self._job: Job[Any] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        head = row(gap=10)
        head.addWidget(Sign("check", "accent"), 0, Qt.AlignmentFlag.AlignTop)
        titles = column(gap=2)
        titles.addWidget(ElidedWords(self.tr("Brought in: {0}").format(film_words(film)), weight=measures.SEMIBOLD))
        said = self.tr("The sealed film was read back and compared, byte for byte. You may erase the card.")
        self.said = Words(said, size=Type.DENSE, wrap=True)
        titles.addWidget(self.said)
        head.addLayout(titles, 1)
        self._flag = row(gap=0)
        head.addLayout(self._flag)
        self.close_it = Button(self.tr("Done"), Kind.PRIMARY, height=measures.BUTTON_TOOL)
        self.close_it.clicked.connect(self._close)
        head.addWidget(self.close_it, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self._add_source()
        self._add_elsewhere()
        self._troubles = column(gap=8)
        self.body.addLayout(self._troubles)
        desk = bench.desk
        bench.jobs.call(lambda: desk.missing_to_film(film.id), owner=self, done=self._show_flag)

    def _add_source(self) -> None:
        line = row(gap=12)
        line.addSpacing(30)
        self.source = ElidedWords(self._path.name, size=Type.DENSE, weight=measures.MEDIUM)
        line.addWidget(self.source, 1)
        self.bar = Bar()
        self.bar.setMaximumWidth(160)
        self.bar.setAccessibleName(self.tr("Comparing the file once more"))
        self.bar.hide()
        line.addWidget(self.bar)
        self.erase = Button(self.tr("Compare once more and erase it"), height=measures.BUTTON_SMALL)
        self.erase.clicked.connect(self._erase)
        line.addWidget(self.erase)
        self.body.addLayout(line)

    def _add_elsewhere(self) -> None:
        line = row(gap=12)
        line.addSpacing(30)
        words = column(gap=4)
        said = self.tr(
            "It may lie elsewhere too, where the program cannot reach. Tick where; it stays listed until gone."
        )
        words.addWidget(Words(said, size=Type.LEAST, tone="quiet", wrap=True))
        places = Flow(gap=16)
        self.places: dict[StrayPlace, Check] = {}
        for place in ELSEWHERE:
            check = Check(place_words(place))
            self.places[place] = check
            places.addWidget(check)
        words.addLayout(places)
        line.addLayout(words, 1)
        self.body.addLayout(line)

    def _show_flag(self, missing: Sequence[str]) -> None:
        if missing:
            chip = Chip(self.tr("consent missing"), State.DUE, said="; ".join(missing))
            self._flag.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
            self.said.setText(
                self.tr(
                    "{0} Not everybody in it has agreed to being filmed: until they have, it can be neither shown to "
                    "others, shared nor copied."
                ).format(self.said.text())
            )

    def _erase(self) -> None:
        desk, film, path = self._bench.desk, self._film.id, self._path
        self.erase.setEnabled(False)
        self.close_it.setEnabled(False)
        self.bar.show()
        self._job = self._bench.jobs.run(
            lambda report, cancelled: desk.erase_card(film, path, report, cancelled),
            owner=self,
            done=lambda _none: self._erased(),
            failed=self._not_erased,
            progress=self._progressed,
        )

    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setValue(done * 1000 // max(total, 1))

    def _erased(self) -> None:
        self._end_work()
        self.erase.hide()
        self.source.setText(self.tr("The file was compared and erased."))
        self._bench.workspace.records_changed.emit()

    def _not_erased(self, error: BaseException) -> None:
        self._end_work()
        if not isinstance(error, Cancelled):
            kept = self.tr("The film is in the vault, and the file is where it was.")
            self._troubles.addWidget(ErrorPanel(words_of(error, kept=kept)))

    def _end_work(self) -> None:
        self._job = None
        self.bar.hide()
        self.erase.setEnabled(True)
        self.close_it.setEnabled(True)

    def _close(self) -> None:
        desk, film = self._bench.desk, self._film.id
        places = [place for place, check in self.places.items() if check.isChecked()]
        workspace = self._bench.workspace

        def note() -> None:
            for place in places:
                desk.note_stray_copy(film, place, "")

        if places:
            workspace.write_begun()
            self._bench.jobs.call(
                note, owner=workspace, done=lambda _none: _noted(self._bench), failed=_failed(self._bench)
            )
        self.closed.emit()


def _noted(bench: Bench) -> None:
    bench.workspace.write_done()
    bench.workspace.records_changed.emit()


def _failed(bench: Bench) -> Any:
    return bench.workspace.write_failed
