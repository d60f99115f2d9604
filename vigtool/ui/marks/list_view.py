"""The list of marks: rows of 32, painted by a delegate, chosen by key or pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from vigtool.annotate.mark import Mark
from vigtool.ids import Id
from vigtool.ui import icons, measures, style, theme
from vigtool.ui.marks.list_model import MARK, Column, Index, MarksFilter, MarksModel
from vigtool.ui.measures import Type
from vigtool.ui.parts.words import isolated
from vigtool.ui.timeline.shapes import paint_sign

_SIDE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class MarkDelegate(QStyledItemDelegate):
    """Paints one cell."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows of one height."""
        return QSize(40, measures.ROW_MARK)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, and what the column holds."""
        view, box, mark = option.widget, option.rect, index.data(MARK)
        if not isinstance(view, MarksView):
            return
        colours = theme.of(view)
        chosen = view.selectionModel().isRowSelected(index.row(), QModelIndex())
        painter.save()
        if chosen:
            painter.fillRect(box, QColor(colours.accent_wash))
        elif view.hovered == index.row():
            painter.fillRect(box, QColor(colours.raised if colours.is_dark else colours.sunken))
        self._paint_cell(painter, box, index, mark, colours, view)
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, box: QRect, index: Index, mark: Mark, colours: theme.Colours, view: QWidget
    ) -> None:
        mirrored = view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        column = Column(index.column())
        if column is Column.SIGN:
            paint_sign(painter, mark.lane, QPointF(QRectF(box).center()), colours)
        elif column is Column.STAR:
            centre = (box.center().x() + 1, box.center().y() + 1)
            icons.paint(
                painter, "star-full" if mark.star else "star", colours.star if mark.star else colours.quiet, centre, 18
            )
        else:
            loud = column is Column.WORD
            font = {
                Column.TIME: measures.font(Type.DENSE, tabular=True),
                Column.WORD: measures.font(Type.DENSE, measures.MEDIUM),
            }.get(column, measures.font(Type.LEAST))
            painter.setFont(font)
            painter.setPen(QColor(colours.ink if loud else colours.quiet))
            pad = 12 if column is Column.TIME else 4
            room = box.adjusted(pad, 0, -4, 0) if not mirrored else box.adjusted(4, 0, -pad, 0)
            text = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
            side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, side | _SIDE, text if column is Column.TIME else isolated(text))


class MarksView(QTableView):
    """The list.

    Signals:
        mark_chosen (id): another row is current.
        mark_opened (id): Enter, or two clicks.
        star_wanted (id): the star of a row was clicked.
    """

    mark_chosen = Signal(str)
    mark_opened = Signal(str)
    star_wanted = Signal(str)

    def __init__(self, rows: MarksFilter, source: MarksModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._source = rows, source
        self.hovered = -1
        self._telling = True
        self.setAccessibleName(self.tr("Marks"))
        self.setModel(rows)
        self.setItemDelegate(MarkDelegate(self))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        upright, level = self.verticalHeader(), self.horizontalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setDefaultSectionSize(measures.ROW_MARK)
        level.hide()
        level.setMinimumSectionSize(24)
        for column, width in ((Column.TIME, 88), (Column.SIGN, 24), (Column.WORD, 128), (Column.STAR, 40)):
            level.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        level.setSectionResizeMode(Column.NOTE, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._tell)

    def choose(self, mark: Id | None) -> None:
        """Show which mark is chosen, without telling anybody."""
        row = None if mark is None else self._source.row_of(mark)
        at = QModelIndex() if row is None else self._rows.mapFromSource(self._source.index(row, 0))
        self._telling = False
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        if at.isValid():
            self.selectionModel().setCurrentIndex(at, flags)
            self.scrollTo(at)
        else:
            self.clearSelection()
        self._telling = True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a star is about the star alone."""
        at = self.indexAt(event.position().toPoint())
        if at.isValid() and at.column() == Column.STAR:
            self.star_wanted.emit(at.data(MARK).id)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a mark; a second click on a star is one more click on it."""
        at = self.indexAt(event.position().toPoint())
        if at.isValid() and at.column() == Column.STAR:
            self.star_wanted.emit(at.data(MARK).id)
        elif at.isValid():
            self.mark_opened.emit(at.data(MARK).id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the row under the pointer."""
        super().mouseMoveEvent(event)
        self._light(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """Light none."""
        self._light(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; walk by the arrows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.mark_opened.emit(self.currentIndex().data(MARK).id)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, the stripe of the chosen one, and the ring while keys arrive here."""
        super().paintEvent(event)
        chosen = self.selectionModel().selectedRows()
        if not chosen:
            return
        box = QRect(0, self.rowViewportPosition(chosen[0].row()), self.viewport().width(), measures.ROW_MARK)
        painter = QPainter(self.viewport())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        stripe = QRect(box.right() - 2 if mirrored else box.left(), box.top(), 3, box.height())
        painter.fillRect(stripe, QColor(theme.of(self).accent))
        if self.hasFocus():
            style.paint_ring(painter, QRectF(box), theme.of(self), 2)

    def _light(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        if self._telling and now.isValid():
            self.mark_chosen.emit(now.data(MARK).id)
