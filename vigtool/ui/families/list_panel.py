"""The case load at the left: rows of 64, found by typing, those with something due by themselves."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from vigtool.casework.caseload import Overview
from vigtool.ids import Id
from vigtool.ui import icons, measures, style, theme
from vigtool.ui.actions import key_words
from vigtool.ui.families.list_model import ROW, FamiliesFilter, FamiliesModel, Index
from vigtool.ui.families.words import baby_words, cycle_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.chip import State, chip_width, paint_chip
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.field import Line
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import Rule, column, row
from vigtool.ui.parts.words import Words, isolated


class FamilyDelegate(QStyledItemDelegate):
    """Paints one row: sign, code and baby, where they stand, what is due."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows of one height, with a little air between."""
        return QSize(200, measures.ROW_FAMILY + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint it."""
        view, shown = option.widget, index.data(ROW)
        if not isinstance(view, QListView):
            return
        colours, direction = theme.of(view), view.layoutDirection()
        box = option.rect.adjusted(0, 0, 0, -4)
        chosen = view.selectionModel().isRowSelected(index.row(), QModelIndex())
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or hovered:
            painter.setBrush(QColor(colours.accent_wash if chosen else colours.sunken))
            painter.drawRoundedRect(QRectF(box), 12, 12)
        if chosen:
            painter.setBrush(QColor(colours.accent))
            stripe = QStyle.visualRect(direction, box, QRect(box.left(), box.top() + 14, 3, box.height() - 28))
            painter.drawRoundedRect(QRectF(stripe), 1.5, 1.5)
            if view.hasFocus():
                style.paint_ring(painter, QRectF(box), colours, 9)
        disc = QStyle.visualRect(direction, box, QRect(box.left() + 12, box.center().y() - 17, 36, 36))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.surface if chosen else colours.sunken))
        painter.drawEllipse(QRectF(disc))
        middle = QRectF(disc).center()
        icons.paint(painter, "families", colours.accent if chosen else colours.quiet, (middle.x(), middle.y()), 20)
        self._paint_words(painter, box, shown, colours, direction, index)
        painter.restore()

    def _paint_chip(
        self, painter: QPainter, box: QRect, shown: Overview, colours: theme.Colours, direction: Qt.LayoutDirection
    ) -> None:
        """Paint what is due, beside the line that says where they stand: the baby's name needs its own."""
        if shown.due:
            text = self.tr("%n due", "", len(shown.due))
            width = chip_width(text, State.DUE)
            place = QRect(box.right() - 10 - width, box.bottom() - 31, width, measures.CHIP)
            paint_chip(painter, QStyle.visualRect(direction, box, place), text, State.DUE, colours, direction)

    def _paint_words(
        self,
        painter: QPainter,
        box: QRect,
        shown: Overview,
        colours: theme.Colours,
        direction: Qt.LayoutDirection,
        index: Index,
    ) -> None:
        model = index.model()
        source = model.sourceModel() if isinstance(model, QSortFilterProxyModel) else model
        today = source.today if isinstance(source, FamiliesModel) else date.min
        side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        one = side | Qt.TextFlag.TextSingleLine
        loud = measures.font(Type.BODY, measures.SEMIBOLD)
        code = QFontMetrics(loud).horizontalAdvance(shown.code)
        left, top = box.left() + 60, box.top() + 10
        painter.setFont(loud)
        painter.setPen(QColor(colours.ink))
        painter.drawText(QStyle.visualRect(direction, box, QRect(left, top, code + 2, 22)), one, shown.code)
        room = QRect(left + code + 8, top, box.right() - 8 - left - code - 8, 22)
        painter.setFont(measures.font())
        painter.setPen(QColor(colours.quiet))
        baby = baby_words(shown, today)
        baby = QFontMetrics(measures.font()).elidedText(baby, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.drawText(QStyle.visualRect(direction, box, room), one, isolated(baby))
        painter.setFont(measures.font(Type.LEAST))
        below = QRect(left, top + 23, 140, 18)
        painter.drawText(QStyle.visualRect(direction, box, below), one, cycle_words(shown))
        self._paint_chip(painter, box, shown, colours, direction)


class FamiliesView(QListView):
    """The rows, walked by the arrow keys.

    Signals:
        opened (family id): another family is current.
    """

    opened = Signal(str)

    def __init__(self, rows: FamiliesFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._telling = True
        self.setAccessibleName(self.tr("Families"))
        self.setModel(rows)
        self.setItemDelegate(FamilyDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)

    def choose(self, family: Id | None) -> None:
        """Show which family is open, without telling anybody."""
        self._telling = False
        places = [self._rows.index(place, 0) for place in range(self._rows.rowCount())]
        at = next((place for place in places if place.data(ROW).family == family), QModelIndex())
        if at.isValid():
            self.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(at)
        else:
            self.clearSelection()
        self._telling = True

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self._telling and now.isValid():
            self.opened.emit(now.data(ROW).family)


class FamiliesList(QWidget):
    """The whole left side.

    Signals:
        opened (family id): another family was chosen.
        new_wanted: a new family shall be begun.
    """

    opened = Signal(str)
    new_wanted = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = FamiliesModel(today, self)
        self._rows = FamiliesFilter(self._source, self)
        self.view = FamiliesView(self._rows)
        self.view.opened.connect(self.opened)
        self.new = Button(self.tr("New family"), Kind.PRIMARY, icon="plus", height=measures.BUTTON_TOOL)
        self.new.clicked.connect(self.new_wanted)
        self.search = Line(placeholder=self.tr("Code, name or place"), icon="search", key=key_words("find"))
        self.search.setAccessibleName(self.tr("Find a family"))
        self.search.textChanged.connect(self._rows.set_text)
        self.which = Segments([(False, self.tr("All")), (True, self.tr("Due"))], words=self.tr("Which families"))
        self.which.chosen.connect(self._rows.set_due)
        self.nothing = Words(self.tr("No family is like that."), size=Type.DENSE, tone="quiet", wrap=True)
        for change in (
            self._rows.rowsInserted,
            self._rows.rowsRemoved,
            self._rows.modelReset,
            self._rows.layoutChanged,
        ):
            change.connect(self._count)
        self._lay_out()
        self._count()

    @property
    def count(self) -> int:
        """How many families there are in all."""
        return len(self._source.rows)

    def set_rows(self, rows: list[Overview], chosen: Id | None) -> None:
        """Show other rows, and which is open."""
        self._source.set_rows(rows)
        self.which.set_word(False, self.tr("All {0}").format(len(rows)))
        self.which.set_word(True, self.tr("Due {0}").format(sum(1 for found in rows if found.due)))
        self.view.choose(chosen)
        self._count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the search into the rows by Down or Enter; Escape empties it."""
        if self.search.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.view.currentIndex().isValid() and self._rows.rowCount():
                self.view.setCurrentIndex(self._rows.index(0, 0))
        elif self.search.hasFocus() and event.key() == Qt.Key.Key_Escape:
            self.search.clear()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        body = column(self, gap=12, margins=(16, 16, 16, 12))
        head = row()
        head.addWidget(Words(self.tr("Families"), size=Type.LARGE, weight=measures.SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self.new)
        body.addLayout(head)
        body.addWidget(self.search)
        line = row()
        line.addWidget(self.which)
        line.addStretch(1)
        line.addWidget(Words(self.tr("newest film first"), size=Type.LEAST, tone="quiet"))
        body.addLayout(line)
        body.addWidget(self.nothing)
        body.addWidget(self.view, 1)
        body.addWidget(Rule())
        foot = row(gap=8)
        foot.addWidget(Sign("key", "quiet", size=16), 0, Qt.AlignmentFlag.AlignTop)
        said = self.tr("Only families whose key you hold are listed.")
        foot.addWidget(Words(said, size=Type.LEAST, tone="quiet", wrap=True), 1)
        body.addLayout(foot)

    def _count(self) -> None:
        self.nothing.setVisible(self._rows.rowCount() == 0 and bool(self._source.rows))
