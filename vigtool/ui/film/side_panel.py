"""What stands beside the picture: the codes, the marks, the chosen mark's note; on a narrow screen as tabs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from vigtool.annotate.scheme import Scheme
from vigtool.errors import VigtoolError
from vigtool.ui import measures
from vigtool.ui.film.note_editor import CLOSED, NoteEditor
from vigtool.ui.film.stills_panel import StillsPanel
from vigtool.ui.marks.code_panel import CodePanel
from vigtool.ui.marks.panel import MarksPanel
from vigtool.ui.measures import Type
from vigtool.ui.notices import Notice, words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import ErrorPanel
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import Panel, Rule, Scroll, column, empty, row
from vigtool.ui.parts.words import Words
from vigtool.ui.timeline.model import TimelineModel

_LEADS = (0, 200, 400, 600, 800, 1000)
LEAST_WIDTH = 316
_PAD, _HEAD, _FOOT, _ANY = 12, 8, 6, 16_777_215
_ROOM_FOR_MARKS = 48 + 2 * measures.ROW_MARK + CLOSED
"""The heading, two rows and the note: with less of them one cannot find one's way."""


class LeadButton(Button):
    """How far back a mark lands that was made while the film plays.

    Signals:
        chosen: milliseconds.
    """

    chosen = Signal(int)

    def __init__(self, *, short: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("", Kind.QUIET, icon="chevron-down", height=measures.BUTTON_SMALL, parent=parent)
        self._short = short
        self.setToolTip(
            self.tr("Seeing and pressing takes a moment; marks made while the film plays land so much back")
        )
        menu, group = QMenu(self), QActionGroup(self)
        self._acts: dict[int, QAction] = {}
        for lead in _LEADS:
            act = QAction(self.tr("{0} s back").format(_seconds(lead)), menu)
            act.setCheckable(True)
            act.triggered.connect(lambda _=False, lead=lead: self.chosen.emit(lead))
            group.addAction(act)
            menu.addAction(act)
            self._acts[lead] = act
        self.setMenu(menu)

    def show_lead(self, milliseconds: int) -> None:
        """Say how far back it is."""
        if milliseconds in self._acts:
            self._acts[milliseconds].setChecked(True)
        seconds = _seconds(milliseconds)
        words = self.tr("marks land {0} s back").format(seconds)
        self.set_words(self.tr("{0} s back").format(seconds) if self._short else words)
        self.setAccessibleName(words)


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:g}"


class SidePanel(Panel):
    """The panel.

    Signals:
        again_wanted: what could not be written shall be tried once more.
        left_lost: it shall be let go.
    """

    again_wanted = Signal()
    left_lost = Signal()

    def __init__(self, scheme: Scheme, shown: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, gap=0, parent=parent)
        self._scheme = scheme
        self.codes, self.marks, self.note = CodePanel(scheme), MarksPanel(shown), NoteEditor()
        self.stills = StillsPanel()
        self.to_stills = Button("", Kind.QUIET, icon="still", height=measures.BUTTON_SMALL)
        self.to_stills.clicked.connect(self.show_stills)
        self.stills.marks_wanted.connect(self.show_marks)
        self.marks.heading.add(self.to_stills)
        self.leads = (LeadButton(), LeadButton(short=True))
        self.codes.heading.add(self.leads[0])
        self.hint = Words("", size=Type.LEAST, tone="accent")
        self.tabs = Segments(
            [("codes", self.tr("Codes")), ("marks", self.tr("Marks"))], words=self.tr("Beside the film")
        )
        self.tabs.chosen.connect(lambda _value: self._show_tab())
        self._is_narrow = self._is_tabbed = False
        self._codes_most, self._width = 0, LEAST_WIDTH
        self._lay_out()
        self._show_tab()
        self.say_stills(0)
        for widget in (self.codes, self._said):
            widget.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """As wide as the page gives it."""
        return QSize(self._width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """It never keeps the window from being made narrower, or lower."""
        return QSize(LEAST_WIDTH, 120)

    def set_width(self, width: int, *, narrow: bool) -> None:
        """Be so wide; on a narrow screen codes and marks are shown one at a time."""
        self._is_narrow, self._width = narrow, width
        self.setMaximumWidth(width)
        self.updateGeometry()
        # A scroll bar that comes and goes would change the width, with it the columns of the codes, and so the height.
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if narrow else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._upper.setVerticalScrollBarPolicy(policy)
        self._choose_tabs()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where both do not fit one above the other, they are shown one at a time."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._codes_most = 0
        self._choose_tabs()
        self._place_said()
        self.marks.view.scrollTo(self.marks.view.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room when the codes are others, or something else is said."""
        if event.type() == QEvent.Type.LayoutRequest:
            if watched is self._said:
                self._place_said()
            else:
                self._choose_tabs()
        return False

    def show_marks(self) -> None:
        """Bring the marks to the front."""
        self._lists.setCurrentWidget(self.marks)
        self.tabs.set_value("marks")
        self._show_tab()

    def show_stills(self) -> None:
        """Bring the stills to the front, in the place of the marks."""
        self._lists.setCurrentWidget(self.stills)
        self.tabs.set_value("marks")
        self._show_tab()

    def say_stills(self, count: int) -> None:
        """Say how many stills there are, on the button that shows them; without any there is no button."""
        self.to_stills.setVisible(count > 0)
        self.to_stills.setText(str(count))
        words = self.tr("Show the stills ({0})").format(count)
        self.to_stills.setAccessibleName(words)
        self.to_stills.setToolTip(words)
        self.to_stills.updateGeometry()

    def show_code(self, code: str | None) -> None:
        """Show which code the chosen mark has, among the others of its group."""
        group = next((group for group in self._scheme.groups if code in {one.id for one in group.codes}), None)
        if group is not None:
            self.codes.set_group(group.digit)
        self.codes.set_active({code} if code is not None else set())

    def show_awaited(self, digit: int | None) -> None:
        """Show the codes of a group whose letter is awaited, and say so."""
        if digit is not None:
            self.codes.set_group(digit)
            self.tabs.set_value("codes")
            self._show_tab()
        beside, hint = self.codes.heading.beside, "" if digit is None else self.tr("now a letter …")
        self.hint.setText(hint)
        beside.set_tone("accent" if hint else "quiet")
        beside.setText(hint or self.tr("version {0}").format(self._scheme.version))

    def show_lead(self, milliseconds: int) -> None:
        """Say how far back marks land that are made while the film plays."""
        for button in self.leads:
            button.show_lead(milliseconds)

    def show_refusal(self, error: VigtoolError | None) -> None:
        """Say why nothing came of what was asked; none takes it away."""
        empty(self._refused)
        if error is not None:
            panel = Panel(kind="caution", padding=10, gap=0)
            notice = words_of(error)
            panel.body.addWidget(
                Words(notice.title, size=Type.LEAST, weight=measures.MEDIUM, tone="caution", wrap=True)
            )
            if notice.hint:
                panel.body.addWidget(Words(notice.hint, size=Type.LEAST, wrap=True))
            panel.setAccessibleName(notice.spoken)
            self._refused.addWidget(panel)
        self._place_said()

    def show_lost(self, notice: Notice | None) -> None:
        """Say what was taken off the screen since it could not be written, and offer to try again."""
        empty(self._lost)
        if notice is not None:
            panel = ErrorPanel(notice, (self.tr("Do it again"), self.tr("Leave it")))
            panel.answered.connect(lambda place: (self.again_wanted, self.left_lost)[place].emit())
            self._lost.addWidget(panel)
        self._place_said()

    def _lay_out(self) -> None:
        self._tab_row = QWidget()
        tab_line = row(self._tab_row, margins=(_PAD, _PAD, _PAD, 0))
        tab_line.addWidget(self.tabs)
        tab_line.addWidget(self.hint)
        tab_line.addStretch(1)
        tab_line.addWidget(self.leads[1])
        # What is said in between lies over the foot of the panel, so that nothing jumps under the pointer.
        self._said = QWidget(self)
        said = column(self._said, gap=8)
        self._refused, self._lost = column(), column()
        said.addLayout(self._refused)
        said.addLayout(self._lost)
        self._said.hide()
        self._upper, self._rule = Scroll(margins=(_PAD, _HEAD, _PAD, _FOOT)), Rule()
        self._upper.body.addWidget(self.codes)
        self._upper.body.addStretch(1)
        self._lower = QWidget()
        lower = column(self._lower, margins=(0, 8, 0, 4))
        self._lists = QStackedWidget()
        self._lists.addWidget(self.marks)
        self._lists.addWidget(self.stills)
        lower.addWidget(self._lists, 1)
        self.marks.view.setMinimumHeight(measures.ROW_MARK)
        self.body.addWidget(self._tab_row)
        self.body.addWidget(self._upper, 100)  # the codes come first; the marks take what is left
        self.body.addWidget(self._rule)
        self.body.addWidget(self._lower, 1)
        self.body.addWidget(self.note)

    def _place_said(self) -> None:
        """Lay what was said over the foot of the panel, as high as its words need."""
        self._said.setVisible(bool(self._refused.count() or self._lost.count()))
        width = self.width() - 2 * _PAD
        layout = self._said.layout()
        if layout is not None:
            layout.activate()
            height = max(layout.totalHeightForWidth(width), layout.totalSizeHint().height())
            self._said.setGeometry(_PAD, max(self.height() - height - _PAD, 0), width, height)
        self._said.raise_()

    def _choose_tabs(self) -> None:
        tabbed = self._is_narrow or self.height() < self._codes_height() + _ROOM_FOR_MARKS
        if tabbed != self._is_tabbed:
            self._is_tabbed = tabbed
            self._show_tab()
        elif not tabbed:
            self._upper.setMaximumHeight(self._codes_height())

    def _codes_height(self) -> int:
        """What the codes take with their heading, without being scrolled: of the largest group that was shown."""
        heading = 0 if self.codes.heading.isVisibleTo(self.codes) else self.codes.heading.sizeHint().height() + 8
        self._codes_most = max(self._codes_most, self.codes.sizeHint().height() + heading + _HEAD + _FOOT)
        return self._codes_most

    def _show_tab(self) -> None:
        both = not self._is_tabbed
        self._tab_row.setVisible(self._is_tabbed)
        self.codes.heading.setVisible(both)
        self._upper.setMaximumHeight(self._codes_height() if both else _ANY)
        self._upper.setVisible(both or self.tabs.value == "codes")
        self._rule.setVisible(both)
        self._lower.setVisible(both or self.tabs.value == "marks")
