"""Short lists on a page: as high as their rows, scrolled with the page, walked by the arrow keys."""

from __future__ import annotations

from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyledItemDelegate, QWidget

Index: TypeAlias = QModelIndex | QPersistentModelIndex
VALUE = int(Qt.ItemDataRole.UserRole)


class RowsModel(QAbstractListModel):
    """Values, each with the sentence a screen reader says."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Any, str]] = []

    def set_rows(self, rows: list[tuple[Any, str]]) -> None:
        """Show other rows: (value, sentence)."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The value, and its sentence."""
        if not index.isValid():
            return None
        value, sentence = self._rows[index.row()]
        if role == VALUE:
            return value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return sentence
        return None


class RowsInPage(QListView):
    """As high as its rows: the page scrolls, not the list.

    Signals:
        opened (value): a row was opened; how is the list's own matter.
    """

    opened = Signal(object)

    def __init__(
        self,
        words: str,
        delegate: QStyledItemDelegate,
        *,
        height: int,
        width: int,
        least_width: int,
        parent: QWidget | None = None,
    ) -> None:
        """Make it; sizes are pixels, `height` is that of one row."""
        super().__init__(parent)
        self._height, self._width, self._least_width = height, width, least_width
        self.rows = RowsModel(self)
        self.setAccessibleName(words)
        self.setModel(self.rows)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_values(self, rows: list[tuple[Any, str]]) -> None:
        """Show other rows: (value, sentence)."""
        self.rows.set_rows(rows)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(self._width, self._height * self.rows.rowCount())

    def minimumSizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(self._least_width, self._height * self.rows.rowCount())


class RowsView(RowsInPage):
    """The rows of a family's page: opened by Enter or a click."""

    def __init__(self, words: str, delegate: QStyledItemDelegate, height: int, parent: QWidget | None = None) -> None:
        super().__init__(words, delegate, height=height, width=160, least_width=80, parent=parent)
        self.clicked.connect(lambda at: self.opened.emit(at.data(VALUE)))

    def set_rows(self, rows: list[tuple[Any, str]]) -> None:
        """Show other rows: (value, sentence)."""
        self.show_values(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(VALUE))
        else:
            super().keyPressEvent(event)
