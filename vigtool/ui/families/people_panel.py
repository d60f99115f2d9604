"""People and what they agreed to: a chip for each scope, told by sign, outline and word."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from vigtool.casework.consent import Scope
from vigtool.casework.family import Person
from vigtool.ui import measures
from vigtool.ui.families.consent_cells import cells
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import beside_name, scope_chip
from vigtool.ui.handover.safety_words import Line, safety_lines
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, IconButton, Kind
from vigtool.ui.parts.chip import Chip, State, chip_width, state_word
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.surface import Heading, Panel, column, empty, row
from vigtool.ui.parts.words import ElidedWords, Words

_WIDE, _ROOMY = 800, 960
_LEAST_BESIDE = 48
"""Pixels that the word beside a long name keeps: mother, father, or their beginning."""
_LEAST_NAME, _AROUND = 184, 108
"""Pixels that sign, name and margins take at least beside the chips; margins and gaps of the heading."""
_LEGEND = ((State.YES, "check"), (State.NO, "minus"), (State.UNASKED, "dots"), (State.WITHDRAWN, "cross"))
"""The signs that are met on every page; disagreement and expiry are rarer and say themselves in the table."""


class PeoplePanel(Panel):
    """The people of a family.

    Signals:
        person_wanted, consent_wanted, safety_wanted: something shall be added, written down, changed.
    """

    person_wanted = Signal()
    consent_wanted = Signal()
    safety_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=12, parent=parent)
        self._heading = heading = Heading(self.tr("People and what they agreed to"))
        self._legend = QWidget()
        signs = row(self._legend, gap=12)
        for state, icon in _LEGEND:
            sign = row(gap=4)
            sign.addWidget(Sign(icon, "quiet", size=14))
            sign.addWidget(Words(state_word(state), size=Type.LEAST, tone="quiet"))
            signs.addLayout(sign)
        heading.add(self._legend)
        self.consent = Button(self.tr("Consent"), icon="pencil", height=measures.BUTTON_SMALL)
        self.consent.clicked.connect(self.consent_wanted)
        self.person = Button(self.tr("Person"), icon="plus", height=measures.BUTTON_SMALL)
        self.person.clicked.connect(self.person_wanted)
        heading.add(self.consent)
        heading.add(self.person)
        self.body.addWidget(heading)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(12)
        self._page: FamilyPage | None = None
        self._today = date.min
        self._in_line = len(Scope)
        self.body.addLayout(self._grid)
        self._safety = column()
        self.body.addLayout(self._safety)

    def show_page(self, page: FamilyPage, today: date) -> None:
        """Show the people of a page."""
        self._page, self._today = page, today
        self._fill()
        self.consent.setVisible(any(not person.is_child for person in page.persons))
        self._show_safety(page)

    def set_room(self, width: int) -> None:
        """Break the chips into two lines where there is less room; the page knows how wide it may be."""
        in_line = len(Scope) if width >= _WIDE else len(Scope) // 2
        while in_line > 1 and _chips_width(in_line) > width - _LEAST_NAME:
            in_line = -(-in_line // 2)
        parts = (self._heading.title, self._legend, self.consent, self.person)
        needed = sum(part.sizeHint().width() for part in parts) + _AROUND
        self._legend.setVisible(width >= max(_WIDE, needed))
        self._grid.setColumnMinimumWidth(1, 220 if width >= _ROOMY else 0)
        if in_line != self._in_line:
            self._in_line = in_line
            self._fill()

    def _fill(self) -> None:
        empty(self._grid)
        if self._page is None:
            return
        lines = -(-len(Scope) // self._in_line)
        for place, person in enumerate(self._page.persons):
            top = place * lines
            self._grid.addWidget(Sign("baby" if person.is_child else "person", "quiet"), top, 0)
            self._grid.addWidget(_name(person, self._today), top, 1)
            for number, chip in enumerate(self._chips(person)):
                line, at = divmod(number, self._in_line)
                self._grid.addWidget(chip, top + line, 2 + at)
        self._grid.setColumnStretch(2 + len(Scope), 1)

    def _chips(self, person: Person) -> list[Chip]:
        made: list[Chip] = []
        page = self._page
        if page is None:
            return made
        for cell in cells([person], page.everyone, page.consents, page.decisions, self._today):
            said = self.tr("{0}, {1}: {2}").format(person.name, scope_chip(cell.scope), state_word(cell.state))
            made.append(Chip(scope_chip(cell.scope), cell.state, said=said))
        return made

    def _show_safety(self, page: FamilyPage) -> None:
        empty(self._safety)
        lines = safety_lines(page.safety, page.family, page.everyone)
        for place, line in enumerate(lines):
            self._safety.addWidget(self._safety_line(line, changes=place == 0))
        if not lines:
            nothing = self.tr("Nothing is written about safety at home: who may not receive, be told or be rung.")
            self._safety.addWidget(self._safety_line(Line("", nothing, "shield", "quiet"), changes=True))

    def _safety_line(self, said: Line, *, changes: bool) -> QWidget:
        """One thing that holds; the first line carries the button that changes all of them."""
        made = QWidget()
        line = row(made, gap=8)
        line.addWidget(_level(Sign(said.icon, said.tone, size=18)), 0, Qt.AlignmentFlag.AlignTop)
        if said.label:
            words = self.tr("{0}:").format(said.label)
            label = Words(words, size=Type.DENSE, weight=measures.SEMIBOLD, tone=said.tone)
            line.addWidget(_level(label), 0, Qt.AlignmentFlag.AlignTop)
        text = Words(said.words, size=Type.DENSE, tone=said.tone, wrap=True)
        text.setMinimumHeight(measures.BUTTON_SMALL)
        line.addWidget(text, 1)
        if changes:
            change = IconButton("pencil", self.tr("Change what is said of safety at home"), size=measures.BUTTON_SMALL)
            change.clicked.connect(self.safety_wanted)
            line.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        return made


def _chips_width(in_line: int) -> int:
    """Pixels that lines of so many chips take, each column as wide as its widest."""
    widths = [chip_width(scope_chip(scope), State.YES) + 4 for scope in Scope]
    return sum(max(widths[at::in_line]) for at in range(in_line))


def _level(widget: QWidget) -> QWidget:
    """As high as the small button at the end of the line, so that its first line is level with it."""
    made = QWidget()
    made.setFixedHeight(measures.BUTTON_SMALL)
    row(made).addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return made


def _name(person: Person, today: date) -> QWidget:
    made = QWidget()
    line = row(made, gap=6)
    line.addWidget(ElidedWords(person.name, weight=measures.MEDIUM))
    beside = ElidedWords(beside_name(person, today), size=Type.LEAST, tone="quiet")
    beside.setMinimumWidth(min(beside.sizeHint().width(), _LEAST_BESIDE))
    line.addWidget(beside, 1)
    return made


def link_button(text: str, icon: str = "plus") -> Button:
    """A small button in the accent's colour, for the end of a panel's heading."""
    return Button(text, Kind.LINK, icon=icon, height=measures.BUTTON_SMALL)
