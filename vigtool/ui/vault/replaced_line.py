"""Whether the vault that is got back is still here itself: what was done in it since the backup is known from there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.ui import choosing, measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.surface import column
from vigtool.ui.parts.words import ElidedWords, Words


class ReplacedLine(QWidget):
    """The line: where that vault lies, or a quiet question.

    Signals:
        picked (Path): a person says that it lies there; whoever hears it looks, and calls `set_folder` or `refuse`.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        body = column(self, gap=2)
        self._title = Words(self.tr("The vault it replaces is still here:"), size=Type.LEAST, tone="quiet")
        self._where = ElidedWords(size=Type.DENSE)
        self._said = Words("", size=Type.LEAST, tone="quiet", wrap=True)
        self.act = Button("", Kind.LINK, height=measures.BUTTON_SMALL)
        self.act.clicked.connect(self._act)
        for widget in (self._title, self._where, self._said):
            body.addWidget(widget)
        body.addWidget(self.act, 0, Qt.AlignmentFlag.AlignLeading)
        self.set_folder(None)

    @property
    def error(self) -> str:
        """Why what was picked is of no use; empty where nothing is wrong."""
        return self._said.text() if self._said.property("tone") == "error" else ""

    def set_folder(self, folder: Path | None) -> None:
        """The folder of that vault; none where it is not here."""
        self.folder = folder
        here = folder is not None
        self._where.setText(str(folder or ""))
        self._title.setVisible(here)
        self._where.setVisible(here)
        self._said.set_tone("quiet")
        self._said.setText(
            self.tr("It is only looked at: what was erased in it since is erased again.") if here else ""
        )
        self._said.setVisible(here)
        self.act.set_words(self.tr("Leave it out") if here else self.tr("The vault it replaces is still here…"))

    def refuse(self) -> None:
        """Say that what was picked is another vault, or none."""
        self.set_folder(None)
        self._said.set_tone("error")
        self._said.setText(self.tr("In that folder lies another vault, or none that can be read."))
        self._said.show()

    def _act(self) -> None:
        if self.folder is not None:
            self.set_folder(None)
            return
        picked = choosing.choose_folder(self, self.tr("Where is the vault that it replaces?"))
        if picked is not None:
            self.picked.emit(picked)
