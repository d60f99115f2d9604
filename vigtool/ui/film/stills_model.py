"""The stills of one film as a list that Qt can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage

from vigtool.casework.still import Still
from vigtool.ids import Id

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row holds besides its words."""

    STILL = Qt.ItemDataRole.UserRole + 1
    PICTURE = Qt.ItemDataRole.UserRole + 2
    WHEN = Qt.ItemDataRole.UserRole + 3


class StillsModel(QAbstractListModel):
    """The stills of one film.

    Signals:
        worded (Still, text): the person typed something else.
    """

    worded = Signal(object, str)

    def __init__(self, times: Mapping[int, str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stills: list[Still] = []
        self._times: Mapping[int, str] = times or {}
        self._pictures: dict[int, QImage] = {}

    def set_stills(self, stills: Sequence[Still], times: Mapping[int, str]) -> None:
        """Show others; `times` says when each tick is."""
        self.beginResetModel()
        self._stills, self._times = list(stills), times
        self.endResetModel()

    def give_picture(self, tick: int, picture: QImage) -> None:
        """Show the small picture of a frame."""
        self._pictures[tick] = picture
        for line, still in enumerate(self._stills):
            if still.tick == tick:
                self.dataChanged.emit(self.index(line), self.index(line))

    def lacking(self) -> list[Still]:
        """Those whose picture is not there yet."""
        return [still for still in self._stills if still.tick not in self._pictures]

    def line_of(self, still: Id) -> int | None:
        """The row of a still."""
        return next((line for line, found in enumerate(self._stills) if found.id == still), None)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._stills)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Their words can be typed."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a row holds."""
        still = self._stills[index.row()]
        when = self._times.get(still.tick, "")
        spoken = self.tr("Still at {0}, frame {1}").format(when, still.number)
        held: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: still.words,
            Qt.ItemDataRole.EditRole: still.words,
            Qt.ItemDataRole.AccessibleTextRole: f"{spoken}: {still.words}" if still.words else spoken,
            Role.STILL: still,
            Role.PICTURE: self._pictures.get(still.tick),
            Role.WHEN: when,
        }
        return held.get(role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed; it shows once it is written."""
        still = self._stills[index.row()]
        if role == Qt.ItemDataRole.EditRole and isinstance(value, str) and value.strip() != still.words:
            self.worded.emit(still, value.strip())
        return False
