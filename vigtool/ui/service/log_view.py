"""The table of the audit log on the screen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from vigtool.ui import measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.words import isolated
from vigtool.ui.service.log_model import ABOUT, ENTRY, WHAT, WHEN, WHO, Index, LogModel

_PAD = 13


class _CellDelegate(QStyledItemDelegate):
    """Paints one cell: its text runs in its own direction, and is shortened at its own end."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        if not isinstance(view, QTableView):
            return
        colours, box = theme.of(view), option.rect
        painter.save()
        if view.selectionModel().isRowSelected(index.row(), QModelIndex()):
            painter.fillRect(box, QColor(colours.accent_wash))
        font = view.font()
        room = box.adjusted(_PAD, 0, -4, 0)
        text = str(index.data() or "")
        text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        direction = view.layoutDirection()
        side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(font)
        painter.setPen(QColor(colours.ink if index.column() in (WHAT, ABOUT) else colours.quiet))
        place = QStyle.visualRect(direction, box, room)
        painter.drawText(place, side | Qt.TextFlag.TextSingleLine, isolated(text))
        painter.restore()


_WIDTHS = {WHEN: 188, WHO: 124, WHAT: 188}


class LogView(QTableView):
    """Rows of 32, walked by the arrow keys.

    Signals:
        chosen (Entry): another entry is chosen; None where none is.
    """

    chosen = Signal(object)

    def __init__(self, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(self.tr("Audit log"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setFont(measures.font(Type.DENSE, tabular=True))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(measures.ROW_MARK)
        head = self.horizontalHeader()
        head.setAccessibleName(self.tr("Columns"))
        self.verticalHeader().setAccessibleName(self.tr("Rows"))
        head.setFont(measures.font(Type.LEAST))
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        for section, width in _WIDTHS.items():
            self.setColumnWidth(section, width)
        head.setSectionResizeMode(ABOUT, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(_CellDelegate(self))
        self.selectionModel().currentRowChanged.connect(self._tell)
        model.modelReset.connect(lambda: self.chosen.emit(None))

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(now.data(ENTRY) if now.isValid() else None)
