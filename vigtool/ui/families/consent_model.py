"""The table of a family's consent as a model: rows are what was asked, columns people."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from vigtool.casework.consent import Scope
from vigtool.casework.family import Person
from vigtool.ui.families.consent_cells import Cell
from vigtool.ui.families.rows_view import Index
from vigtool.ui.families.words import scope_chip, scope_question
from vigtool.ui.parts.words import tip

CELL = int(Qt.ItemDataRole.UserRole)
"""The role under which a cell gives its `Cell`; none in the column that says what was asked."""


class ConsentModel(QAbstractTableModel):
    """Rows are scopes, columns what was asked and then people."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.persons: tuple[Person, ...] = ()
        self._cells: dict[tuple[str, Scope], Cell] = {}

    def set_cells(self, persons: tuple[Person, ...], cells: list[Cell]) -> None:
        """Show other people and what they said."""
        self.beginResetModel()
        self.persons = persons
        self._cells = {(cell.person.id, cell.scope): cell for cell in cells}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """One for each thing that is asked."""
        return 0 if parent.isValid() else len(Scope)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """What was asked, then one for each person."""
        return 0 if parent.isValid() else 1 + len(self.persons)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells can be chosen; what was asked cannot."""
        return super().flags(index) if index.column() else Qt.ItemFlag.ItemIsEnabled

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """People at the top."""
        named = orientation == Qt.Orientation.Horizontal and 0 < section <= len(self.persons)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.persons[section - 1].name if named else ""
        if role == Qt.ItemDataRole.ToolTipRole and named:
            return tip(self.persons[section - 1].name)
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        scope = list(Scope)[index.row()]
        cell = self.cell(index.row(), index.column())
        if role == CELL:
            return cell
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = scope_question(scope) if cell is None else cell.said
            return said if role == Qt.ItemDataRole.AccessibleTextRole else tip(said)
        if role == Qt.ItemDataRole.DisplayRole:
            return scope_chip(scope) if cell is None else cell.words
        return None

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell at a place; none where what was asked stands."""
        if not 0 < column <= len(self.persons):
            return None
        return self._cells.get((self.persons[column - 1].id, list(Scope)[row]))
