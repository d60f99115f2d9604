"""What stands below the consent table: what was taken back, notes of capacity, and what was given out."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vigtool.casework.capacity import CapacityNote, last_note
from vigtool.casework.copy import Copy
from vigtool.casework.disclosure import Disclosure
from vigtool.casework.withdrawal import Withdrawal
from vigtool.ui import measures
from vigtool.ui.families.copy_words import basis_words, copy_words, for_whom, outcome_words
from vigtool.ui.families.people_panel import link_button
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import scope_chip
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.parts.days import full_day
from vigtool.ui.parts.surface import Heading, Panel, Rule, column, empty, row
from vigtool.ui.parts.words import Words, isolated


class WithdrawalsPanel(Panel):
    """What was taken back.

    Signals:
        opened (Withdrawal): one shall be shown with its copies and its letter.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self.body.addWidget(Heading(self.tr("Withdrawn")))
        self._lines = column(gap=8)
        self.body.addLayout(self._lines)

    def show_page(self, page: FamilyPage) -> None:
        """Show what was taken back in a family."""
        empty(self._lines)
        for taken in sorted(page.withdrawals, key=lambda one: one.entered, reverse=True):
            self._lines.addLayout(self._line(taken, page))
        if not page.withdrawals:
            nothing = self.tr("Nothing was withdrawn. Whoever signed may withdraw at any time, without a reason.")
            self._lines.addWidget(Words(nothing, tone="quiet", wrap=True))

    def _line(self, taken: Withdrawal, page: FamilyPage) -> QHBoxLayout:
        name = page.name_of(taken.signed_by)
        title = self.tr("{0}, {1}").format(isolated(name), full_day(taken.on))
        scopes = ", ".join(scope_chip(scope) for scope in taken.scopes)
        line, button = _line(title, scopes, self.tr("Show"), self.tr("Show what {0} withdrew").format(name))
        button.clicked.connect(lambda _=False: self.opened.emit(taken))
        return line


class CapacityPanel(Panel):
    """Notes of whether people can decide, apart from what they decided.

    Signals:
        wanted: a note shall be made.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        heading = Heading(self.tr("Capacity to decide"))
        self.add = link_button(self.tr("Note"))
        self.add.clicked.connect(self.wanted)
        heading.add(self.add)
        self.body.addWidget(heading)
        self._lines = column(gap=8)
        self.body.addLayout(self._lines)

    def show_page(self, page: FamilyPage, today: date) -> None:
        """Show the notes of a family, the newest of each person first among theirs."""
        empty(self._lines)
        self.add.setVisible(any(not person.is_child for person in page.persons))
        for note in sorted(page.capacity, key=lambda one: (one.on, one.entered), reverse=True):
            newest = last_note(note.person, page.capacity, today)
            self._lines.addLayout(self._line(note, page, counts=newest is not None and newest.id == note.id))
        if not page.capacity:
            nothing = self.tr("Noted only where there is a doubt. It may change, so each note has its day.")
            self._lines.addWidget(Words(nothing, tone="quiet", wrap=True))

    def _line(self, note: CapacityNote, page: FamilyPage, *, counts: bool) -> QHBoxLayout:
        line, lines = row(gap=8), column(gap=2)
        title = self.tr("{0}, {1}").format(isolated(page.name_of(note.person)), full_day(note.on))
        lines.addWidget(Words(title, size=Type.DENSE, weight=measures.MEDIUM, wrap=True))
        lines.addWidget(Words(isolated(note.words), size=Type.LEAST, tone="quiet", wrap=True))
        line.addLayout(lines, 1)
        if counts:
            word, state = {
                True: (self.tr("can decide"), State.YES),
                False: (self.tr("cannot decide now"), State.DUE),
                None: (self.tr("not sure"), State.DUE),
            }[note.has]
            line.addWidget(Chip(word, state, said=word), 0, Qt.AlignmentFlag.AlignTop)
        return line


class GivenPanel(Panel):
    """The register of copies of a family, and what went through the second door.

    Signals:
        film_wanted, photograph_wanted: a film, or a picture from one, shall be given out.
        disclosure_wanted: a film shall go through the second door.
        opened (Copy): what became of a copy shall be written down.
    """

    film_wanted = Signal()
    photograph_wanted = Signal()
    disclosure_wanted = Signal()
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self.heading = heading = Heading(self.tr("Given out"), self.tr("the register of copies"))
        self.film, self.disclosure = link_button(self.tr("A whole film")), link_button(self.tr("Disclosure"))
        self.film.setAccessibleName(self.tr("Give a whole film out"))
        self.disclosure.setAccessibleName(self.tr("Disclose a film because somebody has to have it"))
        self.film.clicked.connect(self.film_wanted)
        self.photograph = link_button(self.tr("A photograph"))
        self.photograph.setAccessibleName(self.tr("Give a photograph out"))
        self.photograph.clicked.connect(self.photograph_wanted)
        self.disclosure.clicked.connect(self.disclosure_wanted)
        heading.add(self.photograph)
        heading.add(self.film)
        heading.add(self.disclosure)
        self.body.addWidget(heading)
        self._lines = column(gap=8)
        self.body.addLayout(self._lines)

    def show_page(self, page: FamilyPage) -> None:
        """Show what was given out of a family."""
        empty(self._lines)
        self.film.setVisible(bool(page.films))
        self.photograph.setVisible(bool(page.films))
        self.disclosure.setVisible(bool(page.films) and page.is_lead)
        doors = {one.copy: one for one in page.disclosures}
        for place, copy in enumerate(sorted(page.copies, key=lambda one: one.made, reverse=True)):
            if place:
                self._lines.addWidget(Rule())
            self._lines.addLayout(self._line(copy, doors.get(copy.id), page))
        if not page.copies:
            nothing = self.tr("Nothing readable was given out. A copy of a reel is made in the Reel room.")
            self._lines.addWidget(Words(nothing, tone="quiet", wrap=True))

    def _line(self, copy: Copy, door: Disclosure | None, page: FamilyPage) -> QHBoxLayout:
        title = self.tr("{0} for {1}").format(copy_words(copy, page), isolated(for_whom(copy, page)))
        below = [full_day(copy.made.date())]
        if door is not None:
            below.append(self.tr("second door: {0}").format(basis_words(door.basis)))
        outcome = page.outcome(copy.id)
        if outcome is not None:
            below.append(outcome_words(outcome))
        words = self.tr("What became of it…")
        line, button = _line(title, " · ".join(below), words, self.tr("What became of: {0}").format(title))
        button.clicked.connect(lambda _=False: self.opened.emit(copy))
        return line


def _line(title: str, below: str, word: str, said: str) -> tuple[QHBoxLayout, Button]:
    """A line of such a list: a title, what stands below it, and a small button at its end."""
    line, lines = row(gap=12), column(gap=2)
    lines.addWidget(Words(title, size=Type.DENSE, weight=measures.MEDIUM, wrap=True))
    lines.addWidget(Words(below, size=Type.LEAST, tone="quiet", wrap=True))
    button = Button(word, height=measures.BUTTON_SMALL)
    button.setAccessibleName(said)
    line.addLayout(lines, 1)
    line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return line, button
