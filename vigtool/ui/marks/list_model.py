"""The marks of a film as a table: time, whose sign, word, note, star; and the filter over it."""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from vigtool.annotate.chain import place, place_words
from vigtool.annotate.mark import Lane, Mark
from vigtool.ids import Id
from vigtool.timebase import clock
from vigtool.ui.timeline.accessible import sentence
from vigtool.ui.timeline.ground_painter import lane_words
from vigtool.ui.timeline.model import TimelineModel

Index: TypeAlias = QModelIndex | QPersistentModelIndex
MARK = int(Qt.ItemDataRole.UserRole)
"""The role under which every cell gives its mark."""


class Column(IntEnum):
    """What stands in which column."""

    TIME = 0
    SIGN = 1
    WORD = 2
    NOTE = 3
    STAR = 4


class MarksModel(QAbstractTableModel):
    """One row a mark, in order of time."""

    def __init__(self, shown: TimelineModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._rows: tuple[Mark, ...] = shown.marks.ordered

    def set_model(self, shown: TimelineModel) -> None:
        """Show other marks. Where only values changed the rows stay, and with them what is chosen and scrolled."""
        if [mark.id for mark in shown.marks.ordered] == [mark.id for mark in self._rows]:
            self._shown, self._rows = shown, shown.marks.ordered
            if self._rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self._shown, self._rows = shown, shown.marks.ordered
        self.endResetModel()

    def row_of(self, mark: Id) -> int | None:
        """In which row a mark stands."""
        return next((row for row, found in enumerate(self._rows) if found.id == mark), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """How many marks there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Five."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What a cell says to the eye and to a screen reader."""
        if not index.isValid():
            return None
        mark = self._rows[index.row()]
        if role == MARK:
            return mark
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(mark, Column(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            # The first cell says all of it; the others repeat nothing.
            return sentence(self._shown, mark) if index.column() == Column.TIME else self._said(mark, index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """The columns' names, for a screen reader."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("Time"), self.tr("Who"), self.tr("What"), self.tr("Note"), self.tr("Star"))[section]

    def _text(self, mark: Mark, column: Column) -> str:
        match column:
            case Column.TIME:
                seconds = (mark.span.start - self._shown.start) * self._shown.time_base
                text = clock(seconds)
                return text.removeprefix("00:")
            case Column.WORD:
                if mark.code is not None:
                    return self._shown.words(mark)
                return self.tr("a note") if mark.note else self.tr("a moment")
            case Column.NOTE:
                return self._note(mark)
            case _:
                return ""

    def _note(self, mark: Mark) -> str:
        if mark.note:
            return " ".join(mark.note.split())
        where = place(self._shown.marks, mark.id)
        return "" if where is None else place_words(where)

    def _said(self, mark: Mark, column: int) -> str:
        if column == Column.SIGN:
            return lane_words(mark.lane)
        if column == Column.STAR:
            return self.tr("starred") if mark.star else self.tr("not starred")
        return self._text(mark, Column(column))


class MarksFilter(QSortFilterProxyModel):
    """Shows some of the marks: starred ones, those of a lane, those whose word or note holds what was typed."""

    def __init__(self, source: MarksModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._starred = False
        self._lane: Lane | None = None
        self._words: tuple[str, ...] = ()
        self.setSourceModel(source)

    def set_starred(self, only: bool) -> None:
        """Show starred marks alone."""
        self._starred = only
        self.invalidate()

    def set_lane(self, lane: Lane | None) -> None:
        """Show the marks of one lane alone."""
        self._lane = lane
        self.invalidate()

    def set_text(self, text: str) -> None:
        """Show marks whose word or note holds every typed word, whatever the case or the accents."""
        self._words = tuple(_folded(text).split())
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Whether a mark is shown."""
        source = self.sourceModel()
        mark: Mark = source.index(source_row, 0, source_parent).data(MARK)
        if (self._starred and not mark.star) or (self._lane is not None and mark.lane is not self._lane):
            return False
        if not self._words:
            return True
        cells = (Column.WORD, Column.NOTE)
        text = _folded(" ".join(str(source.index(source_row, column, source_parent).data()) for column in cells))
        return all(word in text for word in self._words)


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
