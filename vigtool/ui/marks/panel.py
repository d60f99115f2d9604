"""The list of marks with its heading: how many there are, starred ones alone, whose, and what is looked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from vigtool.annotate.mark import Lane, Mark
from vigtool.ui import measures
from vigtool.ui.marks.list_model import MARK, MarksFilter, MarksModel
from vigtool.ui.marks.list_view import MarksView
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.field import Line
from vigtool.ui.parts.surface import Heading, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.timeline.ground_painter import lane_words
from vigtool.ui.timeline.model import TimelineModel


class MarksPanel(QWidget):
    """The list with its heading. Its `view` says what the person chose.

    Signals:
        left: Escape in the search line: the keys go back to the picture.
        filtered: other marks may be shown, or no longer.
    """

    left = Signal()
    filtered = Signal()

    def __init__(self, shown: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = MarksModel(shown, self)
        self._rows = MarksFilter(self._source, self)
        self.view = MarksView(self._rows, self._source)
        self.heading = Heading(self.tr("Marks"))
        self.starred = Button(self.tr("Starred"), Kind.QUIET, icon="star", height=measures.BUTTON_SMALL)
        self.starred.setCheckable(True)
        self.starred.toggled.connect(self._rows.set_starred)
        self.whose = Button("", Kind.QUIET, icon="filter", height=measures.BUTTON_SMALL)
        self.whose.setMenu(self._make_menu())
        self.heading.add(self.starred)
        self.heading.add(self.whose)
        self.search = Line(placeholder=self.tr("Word or note"), icon="search")
        self.search.setAccessibleName(self.tr("Find in marks"))
        self.search.textChanged.connect(self._rows.set_text)
        self.nothing = Words("", size=Type.DENSE, tone="quiet", wrap=True)
        body = column(self, gap=4)
        head = row(gap=8, margins=(12, 0, 8, 0))
        head.addWidget(self.heading)
        body.addLayout(head)
        self._held = QWidget()
        row(self._held, margins=(12, 0, 12, 4)).addWidget(self.search)
        self._held.hide()
        body.addWidget(self._held)
        self._empty = QWidget()
        row(self._empty, margins=(12, 8, 12, 8)).addWidget(self.nothing)
        body.addWidget(self._empty)
        body.addWidget(self.view, 1)
        body.addStretch(0)
        for change in (
            self._rows.rowsInserted,
            self._rows.rowsRemoved,
            self._rows.modelReset,
            self._rows.layoutChanged,
        ):
            change.connect(self._count)
        self._say_whose(None)
        self._count()

    @property
    def shown(self) -> tuple[Mark, ...]:
        """The marks that are in the list, in its order."""
        return tuple(self._rows.index(row, 0).data(MARK) for row in range(self._rows.rowCount()))

    def set_model(self, shown: TimelineModel) -> None:
        """Show other marks, and which one is chosen."""
        self._source.set_model(shown)
        self.view.choose(shown.chosen)
        self._count()

    def open_search(self) -> None:
        """Let the person type what they look for."""
        self._held.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the search by Escape, with every mark shown again; go into the list by Enter or Down."""
        if event.key() == Qt.Key.Key_Escape and self._held.isVisible():
            self.search.clear()
            self._held.hide()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Down) and self.search.hasFocus():
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _make_menu(self) -> QMenu:
        menu, group = QMenu(self), QActionGroup(self)
        for lane in (None, *Lane):
            act = QAction(self.tr("Everyone") if lane is None else lane_words(lane), menu)
            act.setCheckable(True)
            act.setChecked(lane is None)
            act.triggered.connect(lambda _=False, lane=lane: self._show_lane(lane))
            group.addAction(act)
            menu.addAction(act)
        return menu

    def _show_lane(self, lane: Lane | None) -> None:
        self._rows.set_lane(lane)
        self._say_whose(lane)

    def _say_whose(self, lane: Lane | None) -> None:
        self.whose.set_words(self.tr("Everyone") if lane is None else lane_words(lane))

    def _count(self) -> None:
        shown, whole = self._rows.rowCount(), self._source.rowCount()
        said = self.tr("%n in this film", "", whole) if shown == whole else self.tr("{0} of {1}").format(shown, whole)
        self.heading.beside.setText(said)
        self._empty.setVisible(shown == 0)
        self.view.setVisible(shown > 0)
        if whole == 0:
            self.nothing.setText(self.tr("No marks yet. S keeps a moment; a digit and then a letter put a code."))
        else:
            self.nothing.setText(self.tr("No mark is like that."))
        self.filtered.emit()
