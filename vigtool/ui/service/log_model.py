"""The audit log as a table, the newest entry first; older ones are fetched when somebody scrolls to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from vigtool.ids import Id
from vigtool.practice.auditing import Entry
from vigtool.ui.desk_service import KnownNames
from vigtool.ui.service.act_words import act_words
from vigtool.ui.service.said import moment_words, user_words

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ENTRY = int(Qt.ItemDataRole.UserRole)
WHEN, WHO, WHAT, ABOUT = range(4)


class LogModel(QAbstractTableModel):
    """The entries that were read so far.

    Signals:
        more_wanted: somebody scrolled to the last of them, and there are older ones.
    """

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.names = KnownNames()
        self.has_more = False
        self._asked = False

    def start(self) -> None:
        """Begin anew, with nothing."""
        self.beginResetModel()
        self.entries, self.has_more, self._asked = [], False, False
        self.endResetModel()

    def add(self, entries: Sequence[Entry], *, has_more: bool) -> None:
        """Take what was read."""
        self.has_more, self._asked = has_more, False
        if entries:
            first = len(self.entries)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self.entries.extend(entries)
            self.endInsertRows()

    def set_names(self, names: KnownNames) -> None:
        """Know what ids stand for."""
        self.names = names
        if self.entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.entries) - 1, ABOUT))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """How many entries were read."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """When, who, what, about."""
        return 0 if parent.isValid() else ABOUT + 1

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802  # the name is Qt's
        """Whether there are older ones that nobody is fetching yet."""
        return not parent.isValid() and self.has_more and not self._asked

    def fetchMore(self, _parent: Index) -> None:  # noqa: N802  # the name is Qt's
        """Ask for them."""
        self._asked = True
        self.more_wanted.emit()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("About"))[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            column = index.column()
            if column == WHEN:
                return moment_words(entry.at)
            if column == WHO:
                return self.who(entry)
            return act_words(entry.act) if column == WHAT else self.about(entry)
        return None

    def who(self, entry: Entry) -> str:
        """Who did it."""
        if entry.by is None:
            return self.tr("nobody known")
        return user_words(entry.by, self.names.users.get(entry.by, ""), self.names.me)

    def about(self, entry: Entry) -> str:
        """What it was done to, in one line: what is known by name, else the first id."""
        named = [words for each in entry.objects if (words := self.name_of(each))]
        if named:
            longest = [words for words in named if not any(words != other and words in other for other in named)]
            return ", ".join(dict.fromkeys(longest))
        return entry.objects[0][:8] if entry.objects else ""

    def name_of(self, record: Id) -> str:
        """What a record is called; empty where this user cannot know."""
        names = self.names
        for known in (names.families, names.films, names.reels, names.people):
            if record in known:
                return known[record]
        return ""
