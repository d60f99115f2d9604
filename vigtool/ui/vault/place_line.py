"""A folder, typed or chosen: its field with the button beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from vigtool.ui import choosing, measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.field import Field, Line
from vigtool.ui.parts.surface import column, row


class PlaceLine(QWidget):
    """The line.

    Signals:
        chosen: another folder stands in it: picked, or typed and ended by Enter or by going on.
    """

    chosen = Signal()

    def __init__(
        self, label: str, question: str, *, hint: str = "", inside: str = "", parent: QWidget | None = None
    ) -> None:
        """Make the line.

        Args:
            label: above the field.
            question: the title of the dialog.
            hint: below the field.
            inside: the name of a new folder that is offered inside the one that was picked.
            parent: Qt's.
        """
        super().__init__(parent)
        self._question, self._inside, self._told = question, inside, ""
        self.place = Field(label, Line(), hint=hint)
        self.place.input.editingFinished.connect(self._tell)
        self.choose = Button(self.tr("Choose…"))
        self.choose.setAccessibleDescription(label)
        self.choose.clicked.connect(self._ask)
        line = row(self, gap=8)
        line.addWidget(self.place, 1)
        beside = column()
        beside.addSpacing(QFontMetrics(measures.font(Type.LEAST)).height() + 4)  # level with the input, not its label
        beside.addWidget(self.choose)
        beside.addStretch(1)
        line.addLayout(beside)
        self.setFocusProxy(self.choose)

    @property
    def folder(self) -> Path | None:
        """The folder; none where the field is empty."""
        text = self.place.input.text().strip()
        return Path(text).expanduser() if text else None

    def set_folder(self, folder: Path | None) -> None:
        """Put one in; nobody is told."""
        self._told = "" if folder is None else str(folder)
        self.place.input.setText(self._told)
        self.place.input.setCursorPosition(0)
        self.place.set_error("")

    def _ask(self) -> None:
        picked = choosing.choose_folder(self, self._question)
        if picked is not None:
            self.set_folder(picked / self._inside if self._inside else picked)
            self.chosen.emit()

    def _tell(self) -> None:
        text = self.place.input.text().strip()
        if text != self._told:
            self._told = text
            self.chosen.emit()
