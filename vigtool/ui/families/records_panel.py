"""How long a family and its films are kept: closing, legal holds, erasing, and who saw each film."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vigtool.casework.film import Film
from vigtool.casework.legal_hold import LegalHold
from vigtool.ui import measures
from vigtool.ui.families.people_panel import link_button
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import film_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.parts.days import full_day
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Heading, Panel, Rule, column, empty, row
from vigtool.ui.parts.words import ElidedWords, Words, isolated


class FilmsKeptPanel(Panel):
    """Each film: whether everybody in it agreed to being filmed, until when it is kept, who saw it.

    Signals:
        history_wanted (Film): its page of who saw it shall be shown.
        erase_wanted (Film): it shall be erased.
    """

    history_wanted = Signal(object)
    erase_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self.body.addWidget(Heading(self.tr("Films"), self.tr("who saw them, and until when they are kept")))
        self._lines = column(gap=8)
        self.body.addLayout(self._lines)

    def show_page(self, page: FamilyPage) -> None:
        """Show the films of a family."""
        empty(self._lines)
        for place, film in enumerate(reversed(page.films)):
            if place:
                self._lines.addWidget(Rule())
            self._lines.addLayout(self._line(film, page))
        if not page.films:
            nothing = self.tr("No film yet. Each one will stand here with everybody who saw it.")
            self._lines.addWidget(Words(nothing, tone="quiet", wrap=True))

    def _line(self, film: Film, page: FamilyPage) -> QHBoxLayout:
        line, lines = row(gap=8), column(gap=2)
        title = film_words(film)
        lines.addWidget(ElidedWords(title, size=Type.DENSE, weight=measures.MEDIUM))
        until = page.keeping.until.get(film.id)
        said = self.tr("no day is set")
        if until is not None:
            said = self.tr("may go from {0}").format(full_day(until))
        lines.addWidget(ElidedWords(said, size=Type.LEAST, tone="quiet"))
        line.addLayout(lines, 1)
        missing = page.unagreed.get(film.id)
        if missing:
            line.addWidget(
                Chip(self.tr("consent missing"), State.DUE, said="; ".join(missing)), 0, Qt.AlignmentFlag.AlignTop
            )
        seen = Button(self.tr("Who saw it"), height=measures.BUTTON_SMALL)
        seen.setAccessibleName(self.tr("Who saw the film of {0}").format(title))
        seen.clicked.connect(lambda _=False: self.history_wanted.emit(film))
        line.addWidget(seen, 0, Qt.AlignmentFlag.AlignTop)
        erase = Button(self.tr("Erase…"), Kind.QUIET, height=measures.BUTTON_SMALL)
        erase.setAccessibleName(self.tr("Erase the film of {0}").format(title))
        erase.clicked.connect(lambda _=False: self.erase_wanted.emit(film))
        line.addWidget(erase, 0, Qt.AlignmentFlag.AlignTop)
        return line


class RecordsPanel(Panel):
    """Closing a family, legal holds, and erasing all of it.

    Signals:
        close_wanted: the work with them ends, or goes on.
        hold_wanted: a legal hold shall be placed.
        lift_wanted (LegalHold): one shall be lifted.
        erase_wanted: the family shall be erased.
    """

    close_wanted = Signal()
    hold_wanted = Signal()
    lift_wanted = Signal(object)
    erase_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=12, parent=parent)
        self.body.addWidget(Heading(self.tr("Records of this family")))
        self._open = Words("", size=Type.DENSE, wrap=True)
        self.close_it = Button("", height=measures.BUTTON_SMALL)
        self.close_it.clicked.connect(self.close_wanted)
        line = row(gap=12)
        line.addWidget(self._open, 1)
        line.addWidget(self.close_it, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self.body.addWidget(Rule())
        head = row(gap=12)
        head.addWidget(Words(self.tr("Legal hold"), size=Type.DENSE, weight=measures.MEDIUM), 1)
        self.hold = link_button(self.tr("Hold"))
        self.hold.setAccessibleName(self.tr("Place a legal hold"))
        self.hold.clicked.connect(self.hold_wanted)
        head.addWidget(self.hold)
        self.body.addLayout(head)
        self._holds = column(gap=8)
        self.body.addLayout(self._holds)
        self.body.addWidget(Rule())
        self._erasing = Words("", size=Type.DENSE, wrap=True)
        self.erase = Button(self.tr("Erase this family…"), Kind.DANGER, height=measures.BUTTON_SMALL)
        self.erase.clicked.connect(self.erase_wanted)
        line = row(gap=12)
        line.addWidget(self._erasing, 1)
        line.addWidget(self.erase, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)

    def show_page(self, page: FamilyPage) -> None:
        """Show how a family's records are kept."""
        closed = page.family.closed
        self._open.setText(
            self.tr("The work with them began {0} and goes on.").format(full_day(page.family.opened))
            if closed is None
            else self.tr("The work with them ended {0}. Rules that count from closing count from that day.").format(
                full_day(closed)
            )
        )
        self.close_it.set_words(self.tr("Close…") if closed is None else self.tr("Open again"))
        empty(self._holds)
        for story in page.keeping.standing_holds:
            self._holds.addLayout(self._line(story.hold, page))
        if not page.keeping.standing_holds:
            nothing = self.tr("None stands. A hold stops everything it covers from being erased.")
            self._holds.addWidget(Words(nothing, size=Type.LEAST, tone="quiet", wrap=True))
        held = bool(page.keeping.standing_holds)
        self._erasing.setText(
            self.tr("A legal hold stands: nothing that it covers can be erased.")
            if held
            else self.tr("Erasing destroys the keys of everything. It cannot be taken back.")
        )
        whole = any(story.hold.film is None for story in page.keeping.standing_holds)
        self.erase.setVisible(not held)
        self.hold.setVisible(not whole)

    def _line(self, hold: LegalHold, page: FamilyPage) -> QHBoxLayout:
        line, lines = row(gap=8), column(gap=2)
        line.addWidget(Sign("lock", "caution", size=18), 0, Qt.AlignmentFlag.AlignTop)
        film = next((film for film in page.films if film.id == hold.film), None)
        what = self.tr("Everything of this family") if film is None else film_words(film)
        title = self.tr("{0}, since {1}").format(what, full_day(hold.on))
        lines.addWidget(Words(title, size=Type.DENSE, weight=measures.MEDIUM, wrap=True))
        lines.addWidget(Words(isolated(hold.reason), size=Type.LEAST, tone="quiet", wrap=True))
        line.addLayout(lines, 1)
        lift = Button(self.tr("Lift…"), height=measures.BUTTON_SMALL)
        lift.setAccessibleName(self.tr("Lift the hold: {0}").format(title))
        lift.clicked.connect(lambda _=False: self.lift_wanted.emit(hold))
        line.addWidget(lift, 0, Qt.AlignmentFlag.AlignTop)
        return line
