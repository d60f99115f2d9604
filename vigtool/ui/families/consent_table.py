"""The table of a family's consent: what was asked at the side, people at the top, a sign and a word in each cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from vigtool.casework.consent import Scope
from vigtool.casework.family import Person
from vigtool.ui import measures, style, theme
from vigtool.ui.families.consent_cells import Cell
from vigtool.ui.families.consent_model import CELL, ConsentModel
from vigtool.ui.families.rows_view import Index
from vigtool.ui.families.words import scope_chip, scope_question
from vigtool.ui.measures import Type
from vigtool.ui.parts.chip import chip_width, paint_chip
from vigtool.ui.parts.words import isolated

HEAD, LINE = 44, 48
LEAST, ASKED, ASKED_WIDE = 102, 100, 260
_PAD = 6


class _CellDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        if not isinstance(view, QTableView):
            return
        colours, direction, box = theme.of(view), view.layoutDirection(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(colours.line))
        cell: Cell | None = index.data(CELL)
        if cell is None:
            _write_asked(painter, box, list(Scope)[index.row()], colours, direction)
        else:
            self._paint_cell(painter, view, option, index, cell)
        painter.restore()

    @staticmethod
    def _paint_cell(
        painter: QPainter, view: QTableView, option: QStyleOptionViewItem, index: Index, cell: Cell
    ) -> None:
        colours, direction, box = theme.of(view), view.layoutDirection(), option.rect
        inner = QRectF(box).adjusted(2, 3, -2, -4)
        chosen = view.selectionModel().isSelected(index)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.sunken))
            painter.drawRoundedRect(inner, 8, 8)
        if chosen:
            painter.setPen(QColor(colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            if view.hasFocus():
                style.paint_ring(painter, QRectF(box), colours, 3)
        width = min(chip_width(cell.word, cell.state), box.width() - 2 * _PAD)
        top = box.top() + (3 if cell.beside else (box.height() - measures.CHIP) // 2)
        place = QRect(box.left() + _PAD, top, width, measures.CHIP)
        paint_chip(painter, QStyle.visualRect(direction, box, place), cell.word, cell.state, colours, direction)
        if cell.beside:
            below = QRect(box.left() + _PAD + 4, top + measures.CHIP - 1, box.width() - 2 * _PAD, 15)
            font = measures.font(Type.LEAST)
            side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            painter.setFont(font)
            painter.setPen(QColor(colours.quiet))
            shown = QFontMetrics(font).elidedText(cell.beside, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(
                QStyle.visualRect(direction, box, below), side | Qt.TextFlag.TextSingleLine, isolated(shown)
            )


def _write_asked(
    painter: QPainter, box: QRect, scope: Scope, colours: theme.Colours, direction: Qt.LayoutDirection
) -> None:
    """What was asked: the word that chips use, and the question below where there is room for it."""
    side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    wide = box.width() >= ASKED_WIDE
    inner = box.adjusted(0, 0, -_PAD, 0)
    name = inner.adjusted(0, 3, 0, -inner.height() // 2 + 1) if wide else inner
    painter.setFont(measures.font(Type.DENSE, measures.MEDIUM))
    painter.setPen(QColor(colours.ink))
    painter.drawText(
        QStyle.visualRect(direction, box, name), side | Qt.TextFlag.TextSingleLine, isolated(scope_chip(scope))
    )
    if wide:
        font = measures.font(Type.LEAST)
        said = QFontMetrics(font).elidedText(scope_question(scope), Qt.TextElideMode.ElideRight, inner.width())
        painter.setFont(font)
        painter.setPen(QColor(colours.quiet))
        below = inner.adjusted(0, inner.height() // 2 - 2, 0, -4)
        painter.drawText(QStyle.visualRect(direction, box, below), side | Qt.TextFlag.TextSingleLine, isolated(said))


class _Names(QHeaderView):
    """The people at the top: shortened in their own direction, relation below."""

    def __init__(self, model: ConsentModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._persons = model
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(HEAD)
        self.setAccessibleName(self.tr("People"))

    def paintEvent(self, event: Any) -> None:
        """Paint the ground as the panel's, then the names."""
        QPainter(self.viewport()).fillRect(self.viewport().rect(), QColor(theme.of(self).surface))
        super().paintEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802  # the name is Qt's
        """Paint one name and what the person is to the work."""
        colours, direction = theme.of(self), self.layoutDirection()
        painter.save()
        painter.fillRect(rect, QColor(colours.surface))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.line))
        if 0 < section <= len(self._persons.persons):
            person = self._persons.persons[section - 1]
            inner = rect.adjusted(_PAD, 2, -4, -2)
            self._write(painter, rect, inner.adjusted(0, 0, 0, -18), person.name, direction, loud=True)
            self._write(painter, rect, inner.adjusted(0, 20, 0, 0), person.relation, direction, loud=False)
        painter.restore()

    def _write(
        self, painter: QPainter, rect: QRect, room: QRect, text: str, direction: Qt.LayoutDirection, *, loud: bool
    ) -> None:
        colours = theme.of(self)
        font = measures.font(Type.DENSE, measures.SEMIBOLD) if loud else measures.font(Type.LEAST)
        painter.setFont(font)
        painter.setPen(QColor(colours.ink if loud else colours.quiet))
        side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.drawText(QStyle.visualRect(direction, rect, room), side | Qt.TextFlag.TextSingleLine, isolated(shown))


class ConsentTable(QTableView):
    """The table, walked by the arrow keys; as high as its rows, since the page scrolls.

    Signals:
        chosen (Cell): another cell is current.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = ConsentModel(self)
        self.setModel(self.cells)
        self.setAccessibleName(self.tr("Who agreed to what"))
        self.setItemDelegate(_CellDelegate(self))
        self.setHorizontalHeader(_Names(self.cells, self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(LINE)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_cells(self, persons: tuple[Person, ...], cells: list[Cell]) -> None:
        """Show other cells; what was chosen stays chosen where it is still there."""
        before = self.currentIndex()
        place = (before.row(), before.column()) if before.isValid() else (0, 1)
        self.cells.set_cells(persons, cells)
        self._share_room()
        self.updateGeometry()
        if persons:
            column = min(max(place[1], 1), len(persons))
            at = self.cells.index(place[0], column)
            self.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        bar = self.horizontalScrollBar().sizeHint().height() if self._is_crowded() else 0
        return QSize(ASKED + LEAST, HEAD + LINE * len(Scope) + bar)

    def minimumSizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(ASKED + LEAST, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among people; where there are too many for it, the table goes along by itself."""
        super().resizeEvent(event)
        self._share_room()
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by the arrows; what was asked is no cell to stand on."""
        at = self.currentIndex()
        back = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        if event.key() in (back, Qt.Key.Key_Home) and at.column() <= 1:
            event.accept()
        else:
            super().keyPressEvent(event)

    def _is_crowded(self) -> bool:
        return self.width() < ASKED + LEAST * len(self.cells.persons)

    def _share_room(self) -> None:
        many = len(self.cells.persons)
        if not many:
            return
        room = self.viewport().width()
        asked = ASKED_WIDE if room >= ASKED_WIDE + many * (LEAST + 16) else ASKED
        each = max(min((room - asked) // many, 160), LEAST)
        self.setColumnWidth(0, asked)
        for column in range(1, many + 1):
            self.setColumnWidth(column, each)

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        cell = now.data(CELL) if now.isValid() else None
        if cell is not None:
            self.chosen.emit(cell)
