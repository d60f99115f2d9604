"""What will be made, and where it goes: one film so far; a folder, and a name that tells nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.field import Field, Line
from vigtool.ui.parts.surface import Panel, Rule, column, row
from vigtool.ui.parts.words import ElidedWords, Words
from vigtool.ui.reel.captions import language_name
from vigtool.ui.reel.copy_facts import NAME, CopyFacts
from vigtool.ui.reel.said import megabytes

ENDING = ".mp4"


class MakingPart(Panel):
    """The film, its folder and its name.

    Signals:
        changed: another folder or name.
    """

    changed = Signal()

    def __init__(self, facts: CopyFacts, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, gap=0, parent=parent)
        self.folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or ".")
        film = row(gap=12, margins=(14, 10, 14, 10))
        film.addWidget(Sign("film", "accent", size=22))
        words = column(gap=0)
        words.addWidget(Words(self.tr("Film for any phone"), weight=measures.MEDIUM))
        words.addWidget(Words(_captions_words(facts), size=Type.LEAST, tone="quiet", wrap=True))
        film.addLayout(words, 1)
        about = self.tr("about {0}, MP4").format(megabytes(facts.about_bytes, decimals=0))
        self.size_words = Words(about, size=Type.LEAST, tone="quiet")
        film.addWidget(self.size_words)
        self.made = row(gap=6)
        film.addLayout(self.made)
        self.body.addLayout(film)
        self._place = QWidget()
        self.body.addWidget(self._place)
        place = column(self._place, gap=10)
        place.addWidget(Rule())
        where = row(gap=12, margins=(14, 4, 14, 14))
        place.addLayout(where)
        self.name = Field(self.tr("Name of the file"), Line(NAME))
        self.name.input.textChanged.connect(lambda _text: self._renamed())
        self.name.input.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        where.addWidget(self.name, 3, Qt.AlignmentFlag.AlignTop)
        folder = column(gap=4)
        folder.addWidget(Words(self.tr("Into the folder"), size=Type.LEAST, tone="quiet"))
        line = row(gap=8)
        line.addWidget(Sign("folder", "quiet", size=18))
        self.folder_words = ElidedWords("", weight=measures.MEDIUM)
        line.addWidget(self.folder_words, 1)
        self.change = Button(self.tr("Change…"))
        self.change.setAccessibleName(self.tr("Change the folder"))
        self.change.clicked.connect(self._choose)
        line.addWidget(self.change)
        folder.addLayout(line)
        where.addLayout(folder, 4)
        self.set_folder(self.folder)

    @property
    def target(self) -> Path:
        """The file to make; its ending is put there where it was left out."""
        name = self.name.input.text().strip()
        return self.folder / (name if name.lower().endswith(ENDING) or not name else name + ENDING)

    @property
    def is_ready(self) -> bool:
        """Whether there is a name that could be one."""
        name = self.name.input.text().strip()
        return bool(name) and "/" not in name and "\\" not in name

    def set_folder(self, folder: Path) -> None:
        """Put it into another folder."""
        self.folder = folder
        self.folder_words.setText(folder.name or str(folder))
        self.folder_words.setToolTip(str(folder))
        self.name.set_error("")
        self.changed.emit()

    def set_locked(self, *, locked: bool) -> None:
        """Let nothing be changed while the copy is made."""
        self.name.input.setEnabled(not locked)
        self.change.setEnabled(not locked)

    def show_error(self, text: str) -> None:
        """Say beside the name why it could not be written there."""
        self.name.set_error(text)

    def show_made(self, size: int) -> None:
        """Say that it was made, and how large it is."""
        self._place.hide()
        self.size_words.setText(megabytes(size))
        self.made.addWidget(Sign("check", "accent", size=18))
        self.made.addWidget(Words(self.tr("made"), size=Type.LEAST, weight=measures.MEDIUM, tone="accent"))

    def _renamed(self) -> None:
        self.name.set_error("")
        self.changed.emit()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where the copy goes"), str(self.folder))
        if chosen:
            self.set_folder(Path(chosen))


def _captions_words(facts: CopyFacts) -> str:
    names = [language_name(tag) for tag in facts.languages]
    if not names:
        return QCoreApplication.translate("MakingPart", "without captions")
    return QCoreApplication.translate("MakingPart", "captions below the picture: {0}").format(", ".join(names))
