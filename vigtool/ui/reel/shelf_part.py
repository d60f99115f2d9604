"""The left side of the room: the shelf under its title, with the segments that say whose starred marks are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vigtool.casework.film import FilmKind
from vigtool.ui.measures import Type
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import Heading, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.reel.shelf import Shelf
from vigtool.ui.reel.shelf_model import Scope, ShelfModel
from vigtool.ui.reel.stills import Stills
from vigtool.ui.reel.work import ReelWork


class ShelfPart(QWidget):
    """The shelf and what stands around it."""

    def __init__(self, work: ReelWork, stills: Stills, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.model = ShelfModel(work)
        self.list = Shelf(self.model, stills)
        self.segments: Segments | None = None
        self._offered: tuple[Scope, ...] = ()
        body = column(self, gap=10, margins=(8, 18, 8, 16))
        self.heading = Heading(self.tr("Starred marks"))
        head = row(margins=(8, 0, 8, 0))
        head.addWidget(self.heading)
        body.addLayout(head)
        self._scopes = row(gap=0, margins=(8, 0, 8, 0))
        self._scopes.addStretch(1)
        body.addLayout(self._scopes)
        self.none = Words("", size=Type.LEAST, tone="quiet", wrap=True)
        nothing = row(margins=(8, 0, 8, 0))
        nothing.addWidget(self.none)
        body.addLayout(nothing)
        body.addWidget(self.list, 1)
        self._review = QWidget()
        line = row(self._review, gap=8, margins=(8, 0, 8, 0))
        line.addWidget(Sign("shield", "quiet", size=16), 0, Qt.AlignmentFlag.AlignTop)
        said = self.tr("The film of the shared review stays out of the parent’s reel.")
        line.addWidget(Words(said, size=Type.LEAST, tone="quiet", wrap=True), 1)
        body.addWidget(self._review)
        self.model.modelReset.connect(self._say)
        self.model.dataChanged.connect(lambda *_: self._say())
        work.records_changed.connect(self._say)
        self.read_scope()

    def read_scope(self) -> None:
        """Offer what there is to choose from: a film or a cycle that is not open is not offered."""
        workspace = self._work.bench.workspace
        offered = tuple(
            scope
            for scope, there in (
                (Scope.FILM, workspace.film is not None),
                (Scope.CYCLE, workspace.cycle is not None),
                (Scope.ALL, True),
            )
            if there
        )
        if offered == self._offered:
            self.model.refresh()
            return
        self._offered = offered
        if self.segments is not None:
            self._scopes.removeWidget(self.segments)
            self.segments.hide()
            self.segments.deleteLater()
        words = {
            Scope.FILM: self.tr("This film"),
            Scope.CYCLE: self.tr("This cycle"),
            Scope.ALL: self.tr("All films"),
        }
        self.segments = Segments([(scope, words[scope]) for scope in offered], words=self.tr("Whose starred marks"))
        self.segments.chosen.connect(self._choose)
        self.segments.setVisible(len(offered) > 1)
        self._scopes.insertWidget(0, self.segments)
        self._choose(offered[0])

    def _choose(self, scope: object) -> None:
        if isinstance(scope, Scope):
            self.model.set_scope(scope)
            self._say()

    def _say(self) -> None:
        many = self.model.rowCount()
        scope = self.model.scope
        where = {
            Scope.FILM: self.tr("{0} in this film"),
            Scope.CYCLE: self.tr("{0} in cycle {1}"),
            Scope.ALL: self.tr("{0} in all films"),
        }[scope]
        cycle = self._work.bench.workspace.cycle
        self.heading.beside.setText(where.format(many, cycle.number if cycle else ""))
        self.none.setText(self.tr("No starred mark here yet. Press S on a mark in the Film room."))
        self.none.setVisible(many == 0)
        self._review.setVisible(any(film.kind is FilmKind.SHARED_REVIEW for film in self._work.records.films))
