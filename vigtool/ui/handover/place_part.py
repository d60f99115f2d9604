"""Where a file goes that leaves the vault: a folder, and a name that tells nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.ui import choosing, measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.field import Field, Line
from vigtool.ui.parts.surface import column, row
from vigtool.ui.parts.words import ElidedWords, Words


class PlacePart(QWidget):
    """Folder and name.

    Signals:
        changed: another folder or name.
    """

    changed = Signal()

    def __init__(self, name: str, ending: str, parent: QWidget | None = None) -> None:
        """Make it; `name` is offered, `ending` (with its dot) is put where it was left out."""
        super().__init__(parent)
        self._ending = ending
        self.folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or ".")
        line = row(self, gap=12)
        self.name = Field(self.tr("Name of the file"), Line(name))
        self.name.input.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self.name.input.textChanged.connect(lambda _text: self._renamed())
        line.addWidget(self.name, 3, Qt.AlignmentFlag.AlignTop)
        place = column(gap=4)
        place.addWidget(Words(self.tr("Into the folder"), size=Type.LEAST, tone="quiet"))
        where = row(gap=8)
        where.addWidget(Sign("folder", "quiet", size=18))
        self.folder_words = ElidedWords("", weight=measures.MEDIUM)
        where.addWidget(self.folder_words, 1)
        self.change = Button(self.tr("Change…"))
        self.change.setAccessibleName(self.tr("Change the folder"))
        self.change.clicked.connect(self._choose)
        where.addWidget(self.change)
        place.addLayout(where)
        line.addLayout(place, 4)
        self.set_folder(self.folder)

    @property
    def target(self) -> Path:
        """The file to make."""
        name = self.name.input.text().strip()
        return self.folder / (name if name.lower().endswith(self._ending) or not name else name + self._ending)

    @property
    def is_ready(self) -> bool:
        """Whether there is a name that could be one."""
        name = self.name.input.text().strip()
        return bool(name) and "/" not in name and "\\" not in name

    def set_ending(self, ending: str) -> None:
        """Another kind of file: `ending` with its dot, or nothing where it is not known."""
        name = self.name.input.text().strip()
        if self._ending and name.lower().endswith(self._ending):
            self.name.input.setText(name[: -len(self._ending)])
        self._ending = ending
        self._renamed()

    def set_folder(self, folder: Path) -> None:
        """Put it into another folder."""
        self.folder = folder
        self.folder_words.setText(folder.name or str(folder))
        self._renamed()

    def set_locked(self, *, locked: bool) -> None:
        """Let nothing be changed while it is made."""
        self.name.input.setEnabled(not locked)
        self.change.setEnabled(not locked)

    def show_error(self, text: str) -> None:
        """Say beside the name why it could not be written there."""
        self.name.set_error(text)

    def _renamed(self) -> None:
        self.name.set_error("")
        self.changed.emit()

    def _choose(self) -> None:
        chosen = choosing.choose_folder(self, self.tr("Where it goes"))
        if chosen is not None:
            self.set_folder(chosen)
