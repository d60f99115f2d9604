"""The case load as a model, and the filter over it."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from vigtool.casework.caseload import Overview, matches
from vigtool.ui.families.words import baby_words, cycle_words

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
"""The role under which each row gives its `Overview`."""


class FamiliesModel(QAbstractListModel):
    """The rows, newest film first."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.rows: list[Overview] = []

    def set_rows(self, rows: list[Overview]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """How many families there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What a row says."""
        if not index.isValid():
            return None
        shown = self.rows[index.row()]
        if role == ROW:
            return shown
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = [shown.code, baby_words(shown, self.today), cycle_words(shown)]
            if shown.due:
                parts.append(self.tr("%n due", "", len(shown.due)))
            return ", ".join(parts)
        return None


class FamiliesFilter(QSortFilterProxyModel):
    """Shows the families that fit what was typed, and perhaps those alone that have something due."""

    def __init__(self, source: FamiliesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text, self._due = "", False
        self.setSourceModel(source)

    def set_text(self, text: str) -> None:
        """Look for code, name, baby or place."""
        self._text = text
        self.invalidate()

    def set_due(self, only: object) -> None:
        """Show those alone that have something due."""
        self._due = bool(only)
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Whether a family is shown."""
        shown: Overview = self.sourceModel().index(source_row, 0, source_parent).data(ROW)
        return (bool(shown.due) or not self._due) and matches(shown, self._text)
