"""The list of stills with its heading; choosing one goes back to exactly that frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vigtool.casework.still import Still
from vigtool.ui import measures
from vigtool.ui.actions import key_words
from vigtool.ui.film.stills_model import Role, StillsModel
from vigtool.ui.film.stills_view import StillsView
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.surface import Heading, column, row
from vigtool.ui.parts.words import Words


class StillsPanel(QWidget):
    """The list with its heading.

    Signals:
        marks_wanted: the marks shall show in its place.
    """

    marks_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = StillsModel(parent=self)
        self.view = StillsView(self.model)
        self.heading = Heading(self.tr("Stills"))
        self.to_marks = Button(self.tr("Marks"), Kind.QUIET, icon="flag", height=measures.BUTTON_SMALL)
        self.to_marks.clicked.connect(self.marks_wanted)
        self.heading.add(self.to_marks)
        self.nothing = Words(
            self.tr("No stills yet. {0} keeps the frame that shows; it stays in the vault.").format(
                key_words("keep-still")
            ),
            size=Type.DENSE,
            tone="quiet",
            wrap=True,
        )
        body = column(self, gap=4)
        head = row(gap=8, margins=(12, 0, 12, 0))  # margins of layouts do not mirror
        head.addWidget(self.heading)
        body.addLayout(head)
        self._empty = QWidget()
        row(self._empty, margins=(12, 8, 12, 8)).addWidget(self.nothing)
        body.addWidget(self._empty)
        body.addWidget(self.view, 1)
        body.addStretch(0)
        self.show_stills([], {})

    def show_stills(self, stills: Sequence[Still], times: Mapping[int, str]) -> None:
        """Show the stills as they stand now; the one that was current stays so."""
        current = self.view.currentIndex().data(Role.STILL) if self.view.currentIndex().isValid() else None
        self.model.set_stills(stills, times)
        self.heading.beside.setText(self.tr("%n in this film", "", len(stills)))
        self._empty.setVisible(not stills)
        self.view.setVisible(bool(stills))
        if current is not None:
            self.view.show_current(current.id)
