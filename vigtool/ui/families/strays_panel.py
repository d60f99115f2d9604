"""What lies outside the vault: copies that the program cannot reach, until somebody says that they are gone."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vigtool.casework.film import Film
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.ui import measures
from vigtool.ui.families.people_panel import link_button
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.stray_words import place_words
from vigtool.ui.families.words import film_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.days import full_day
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Heading, Panel, Rule, column, empty, row
from vigtool.ui.parts.words import ElidedWords, Words, isolated


class StraysPanel(Panel):
    """The list.

    Signals:
        gone (StrayCopy): somebody says that it is gone.
        erase_wanted (StrayCopy): the file that the film came from shall be taken away.
        note_wanted: another one shall be written down.
    """

    gone = Signal(object)
    erase_wanted = Signal(object)
    note_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        heading = Heading(self.tr("Still outside the vault"))
        self.add = link_button(self.tr("Another place"))
        self.add.clicked.connect(self.note_wanted)
        heading.add(self.add)
        self.body.addWidget(heading)
        self._lines = column(gap=8)
        self.body.addLayout(self._lines)

    def show_page(self, page: FamilyPage) -> None:
        """Show what lies outside of one family."""
        empty(self._lines)
        self.add.setVisible(bool(page.films))
        films = {film.id: film for film in page.films}
        for place, stray in enumerate(page.keeping.strays):
            if place:
                self._lines.addWidget(Rule())
            self._lines.addLayout(self._line(stray, films.get(stray.film)))
        if not page.keeping.strays:
            nothing = self.tr("Nothing is known to lie outside. Think of the phone, its bin and its cloud, too.")
            self._lines.addWidget(Words(nothing, tone="quiet", wrap=True))

    def _line(self, stray: StrayCopy, film: Film | None) -> QHBoxLayout:
        line, lines = row(gap=12), column(gap=2)
        line.addWidget(Sign("folder" if stray.source else "warning", "caution", size=18), 0, Qt.AlignmentFlag.AlignTop)
        what = self.tr("a film") if film is None else film_words(film)
        title = self.tr("{0}: {1}").format(place_words(stray.where), what)
        lines.addWidget(ElidedWords(title, size=Type.DENSE, weight=measures.MEDIUM))
        noted = self.tr("noted {0}").format(full_day(stray.noted))
        where = PurePath(stray.words).name if stray.source else stray.words
        lines.addWidget(ElidedWords(f"{isolated(where)} · {noted}" if where else noted, size=Type.LEAST, tone="quiet"))
        line.addLayout(lines, 1)
        if stray.source and stray.where is not StrayPlace.BIN:
            erase = Button(self.tr("Erase it…"), height=measures.BUTTON_SMALL)
            erase.setAccessibleName(self.tr("Erase the file: {0}").format(title))
            erase.clicked.connect(lambda _=False: self.erase_wanted.emit(stray))
            line.addWidget(erase, 0, Qt.AlignmentFlag.AlignTop)
        gone = Button(self.tr("It is gone"), height=measures.BUTTON_SMALL)
        gone.setAccessibleName(self.tr("It is gone: {0}").format(title))
        gone.clicked.connect(lambda _=False: self.gone.emit(stray))
        line.addWidget(gone, 0, Qt.AlignmentFlag.AlignTop)
        return line
