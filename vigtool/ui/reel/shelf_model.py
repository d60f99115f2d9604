"""The starred marks as a list: which are shown, what is said of each, and what is dragged from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from vigtool.annotate.mark import Lane, Mark
from vigtool.casework.film import title_parts
from vigtool.timebase import short_clock, to_seconds
from vigtool.ui.reel.said import film_words, seconds_words
from vigtool.ui.reel.work import ReelWork

MARK_MIME = "application/x-vigtool-mark"
ROW_ROLE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class Scope(Enum):
    """Whose starred marks are shown."""

    FILM = "this film"
    CYCLE = "this cycle"
    ALL = "all films"


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """What is said of one mark."""

    mark: Mark
    words: str
    times: str
    below: str
    serves: bool
    in_reel: bool

    @property
    def spoken(self) -> str:
        """As a screen reader says it."""
        say = QCoreApplication.translate
        there = say("Shelf", "in the reel") if self.in_reel else say("Shelf", "not in the reel")
        return ", ".join(
            part for part in (lane_word(self.mark.lane), self.words, self.times, self.below, there) if part
        )


def lane_word(lane: Lane) -> str:
    """Who shows it, in a word."""
    say = QCoreApplication.translate
    return {
        Lane.BABY: say("Shelf", "Baby"),
        Lane.PARENT: say("Shelf", "Parent"),
        Lane.TOGETHER: say("Shelf", "Together"),
        Lane.NOTES: say("Shelf", "Notes"),
    }[lane]


class ShelfModel(QAbstractListModel):
    """The rows of the shelf."""

    def __init__(self, work: ReelWork) -> None:
        super().__init__(work)
        self._work = work
        self._scope = Scope.ALL
        self._rows: list[ShelfRow] = []
        work.records_changed.connect(self.refresh)
        work.reel_changed.connect(self.refresh)

    @property
    def scope(self) -> Scope:
        """Whose marks are shown."""
        return self._scope

    def set_scope(self, scope: Scope) -> None:
        """Show other marks."""
        self._scope = scope
        self.refresh()

    def row(self, index: Index) -> ShelfRow | None:
        """What is said in a row."""
        return self._rows[index.row()] if index.isValid() else None

    def refresh(self) -> None:
        """Read the work anew; rows that stay are kept, so that choice and place are too."""
        rows = [self._say(mark) for mark in self._work.records.offered(self._work.scheme) if self._is_shown(mark)]
        if [row.mark.id for row in rows] == [row.mark.id for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is said in a row, for the eye (the row itself) and for a screen reader."""
        row = self.row(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be chosen and dragged."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """One kind of our own."""
        return [MARK_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The mark's id; nothing that another program could read as words."""
        data = QMimeData()
        row = self.row(indexes[0]) if indexes else None
        if row is not None:
            data.setData(MARK_MIME, QByteArray(row.mark.id.encode()))
        return data

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802  # the name is Qt's
        """The mark stays on the shelf."""
        return Qt.DropAction.CopyAction

    def _is_shown(self, mark: Mark) -> bool:
        workspace = self._work.bench.workspace
        if self._scope is Scope.FILM:
            return workspace.film is not None and mark.film == workspace.film.id
        if self._scope is Scope.CYCLE:
            film = self._work.records.film(mark.film)
            return workspace.cycle is not None and film is not None and film.cycle == workspace.cycle.id
        return True

    def _say(self, mark: Mark) -> ShelfRow:
        film = self._work.records.film(mark.film)
        base = film.time_base if film else Fraction(0)
        start = to_seconds(mark.span.start - (film.start if film else 0), base)
        clip = next((clip for clip in self._work.clips if clip.mark == mark.id), None)
        serves = clip is not None and clip.answers_question
        if clip is not None:
            below = self.tr("answers the question") if serves else self.tr("no goal yet")
        else:
            below = (
                ""
                if film is None or self._scope is Scope.FILM
                else film_words(title_parts(film, self._work.records.session_of(film)))
            )
        long = self.tr("a moment") if mark.span.is_moment else seconds_words(to_seconds(mark.span.length, base))
        times = f"{short_clock(start)[:-2]} · {long}"
        return ShelfRow(mark, self._words(mark), times, below, serves, clip is not None)

    def _words(self, mark: Mark) -> str:
        if mark.code is not None and self._work.scheme.has(mark.code):
            return self._work.scheme.code(mark.code).label
        return " ".join(mark.note.split()) or self.tr("a kept moment")
