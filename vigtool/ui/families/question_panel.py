"""The helping question of the cycle, large; and what is softly due, beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from vigtool.casework.caseload import Due
from vigtool.ui import icons, measures, theme
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import due_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, IconButton, Kind
from vigtool.ui.parts.surface import Panel, Rule, column, empty, row
from vigtool.ui.parts.words import Words, isolated


class QuestionPanel(Panel):
    """The question.

    Signals:
        change_wanted: its wording shall be written or changed.
        cycle_wanted: the next cycle shall begin.
    """

    change_wanted = Signal()
    cycle_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, gap=8, parent=parent)
        head = row(gap=8)
        head.addWidget(Words(self.tr("Helping question"), size=Type.LEAST, weight=measures.MEDIUM, tone="quiet"))
        head.addStretch(1)
        self._cycle = Words("", size=Type.LEAST, tone="quiet")
        self.change = IconButton("pencil", self.tr("Change the wording"), size=measures.BUTTON_SMALL)
        self.change.clicked.connect(self.change_wanted)
        head.addWidget(self._cycle)
        head.addWidget(self.change)
        self._question = Words("", size=Type.TITLE, weight=measures.MEDIUM, wrap=True)
        self.begin = Button(self.tr("Begin the first cycle"), Kind.PRIMARY, icon="plus", height=measures.BUTTON_TOOL)
        self.begin.clicked.connect(self.cycle_wanted)
        self.body.addLayout(head)
        self.body.addWidget(self._question)
        self.body.addStretch(1)
        self.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeading)

    def show_page(self, page: FamilyPage) -> None:
        """Show the question of a page's cycle."""
        cycle = page.cycle
        asked = cycle.helping_question.strip() if cycle is not None else ""
        self.change.setVisible(cycle is not None)
        self._cycle.setText(
            "" if cycle is None else self.tr("cycle {0} of {1}").format(cycle.number, max(cycle.planned, cycle.number))
        )
        if asked:
            self._question.set_tone("ink")
            self._question.setText(self.tr("“{0}”").format(isolated(asked)))
        else:
            self._question.set_tone("quiet")
            nothing = self.tr("What would the parent like help with?")
            self._question.setText(nothing)
        self.begin.set_words(self.tr("Begin the first cycle") if cycle is None else self.tr("Begin the next cycle"))
        self.begin.kind = Kind.PRIMARY if cycle is None else Kind.PLAIN
        self.begin.setVisible(cycle is None or _is_over(page))


def _is_over(page: FamilyPage) -> bool:
    """Whether nothing waits in the current cycle any more: then the next one can begin."""
    cycle = page.cycle
    return cycle is not None and any(film.cycle == cycle.id for film in page.films) and not page.row.due


class _Tile(QWidget):
    """The icon of what is due, on its wash."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(32, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.caution_wash))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        icons.paint(painter, self._icon, colours.caution_ink, (16, 16), 18)


class DuePanel(Panel):
    """What waits.

    Signals:
        wanted (Due): the person goes there.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self.body.addWidget(Words(self.tr("What is due"), weight=measures.SEMIBOLD))
        self._lines = column(gap=8)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_page(self, page: FamilyPage) -> None:
        """Show what waits in a family."""
        empty(self._lines)
        for place, due in enumerate(page.row.due[:3]):
            if place:
                self._lines.addWidget(Rule())
            self._lines.addLayout(self._line(due, page))
        if not page.row.due:
            self._lines.addWidget(Words(self.tr("Nothing waits."), tone="quiet"))
        elif len(page.row.due) > 3:
            more = self.tr("and %n more", "", len(page.row.due) - 3)
            self._lines.addWidget(Words(more, size=Type.LEAST, tone="quiet"))

    def _line(self, due: Due, page: FamilyPage) -> QHBoxLayout:
        number = next((cycle.number for cycle in page.cycles if cycle.id == due.cycle), 0)
        title, by, word, icon = due_words(due, number)
        made = row(gap=12)
        made.addWidget(_Tile(icon))
        text = column(gap=0)
        text.addWidget(Words(title, weight=measures.MEDIUM, wrap=True))
        if by:
            text.addWidget(Words(by, size=Type.LEAST, tone="quiet"))
        made.addLayout(text, 1)
        button = Button(word, height=measures.BUTTON_SMALL)
        button.setAccessibleName(f"{word}: {title}")
        button.clicked.connect(lambda _=False: self.wanted.emit(due))
        made.addWidget(button)
        return made
