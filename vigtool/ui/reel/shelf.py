"""The shelf of starred marks: a still, who shows it, its words, when and how long; Enter or a drag puts it in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from vigtool.ui import icons, measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.words import isolated, tip
from vigtool.ui.reel.said import sentence
from vigtool.ui.reel.shelf_model import ROW_ROLE, ShelfModel, ShelfRow
from vigtool.ui.reel.signs import paint_sign
from vigtool.ui.reel.stills import Stills, middle, paint_still
from vigtool.ui.style import paint_ring

_STILL = QSize(89, 50)
_PAD, _GAP = 8, 12
_END = 36


class ShelfDelegate(QStyledItemDelegate):
    """Paints one row of the shelf."""

    def __init__(self, stills: Stills, view: QWidget) -> None:
        super().__init__(view)
        self._stills, self._view = stills, view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002  # Qt's own signature
        """Rows are of one height."""
        return QSize(200, measures.ROW_SHELF + 4)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint ground, still, sign, words, and whether it is in the reel."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, ShelfRow):
            return
        colours, box = theme.of(self._view), option.rect.adjusted(0, 2, 0, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, box, colours)
        still = self._placed(box, QRect(_PAD, (box.height() - 50) // 2, _STILL.width(), _STILL.height()))
        image = self._stills.image(row.mark.film, middle(row.mark.span))
        paint_still(painter, still, image, colours.sunken, radius=5)
        self._paint_words(painter, box, row, colours)
        end = self._placed(box, QRect(box.width() - _END, 4, 28, 28))
        sign, colour = ("check", colours.accent) if row.in_reel else ("plus", colours.quiet)
        icons.paint(painter, sign, colour, (end.center().x() + 1, end.center().y() + 1), 18)
        painter.restore()

    def add_box(self, row: QRect) -> QRect:
        """Where a click puts the mark in."""
        return self._placed(row, QRect(row.width() - _END, 4, 28, 28))

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, colours: theme.Colours
    ) -> None:
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.raised if colours.is_dark else colours.sunken))
            painter.drawRoundedRect(box, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            paint_ring(painter, box.toRectF().adjusted(1, 1, -1, -1), colours, 5)

    def _paint_words(self, painter: QPainter, box: QRect, row: ShelfRow, colours: theme.Colours) -> None:
        left = _PAD + _STILL.width() + _GAP
        width = box.width() - left - _END - 4
        lines = [(row.words, Type.BODY, measures.MEDIUM, colours.ink), (row.times, Type.LEAST, None, colours.quiet)]
        if row.below:
            tone = colours.accent if row.serves else colours.quiet
            lines.append((row.below, Type.LEAST, None, tone))
        heights = [20] + [17] * (len(lines) - 1)
        top = (box.height() - sum(heights)) // 2
        for place, (text, size, weight, colour) in enumerate(lines):
            sign = 18 if place == 0 else 0
            if sign:
                spot = self._placed(box, QRect(left, top, 12, heights[0]))
                paint_sign(painter, row.mark.lane, colours, spot.center().x() + 0.5, spot.center().y() + 1.0, 10)
            room = width - sign if place == 0 else box.width() - left - 4
            self._paint_line(
                painter,
                self._placed(box, QRect(left + sign, top, room, heights[place])),
                text,
                measures.font(size, weight or measures.REGULAR, tabular=place == 1),
                colour,
            )
            top += heights[place]

    def _paint_line(self, painter: QPainter, box: QRect, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        short = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        side = QStyle.visualAlignment(
            self._view.layoutDirection(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        painter.drawText(box, side | Qt.TextFlag.TextSingleLine, isolated(short))

    def _placed(self, box: QRect, inner: QRect) -> QRect:
        return QStyle.visualRect(self._view.layoutDirection(), box, inner.translated(box.topLeft()))


class Shelf(QListView):
    """The list.

    Signals:
        wanted: a mark (its `ShelfRow`) is to be put into the reel.
    """

    wanted = Signal(object)

    def __init__(self, model: ShelfModel, stills: Stills, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._rows = ShelfDelegate(stills, self)
        self.setItemDelegate(self._rows)
        self.setAccessibleName(self.tr("Starred marks"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        stills.ready.connect(self.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter puts the chosen mark into the reel."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._want(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the plus puts the mark in."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        box = self._rows.add_box(self.visualRect(index).adjusted(0, 2, 0, -2))
        if index.isValid() and box.contains(event.position().toPoint()):
            self._want(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """So does a double click on the row."""
        self._want(self.indexAt(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what the sign at the end does."""
        if event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())  # type: ignore[attr-defined]  # a QHelpEvent
            row = index.data(ROW_ROLE) if index.isValid() else None
            if isinstance(row, ShelfRow):
                said = "" if row.in_reel else self.tr("Enter puts it into the reel.")
                self.viewport().setToolTip(tip(f"{sentence(row.spoken)} {said}".strip()))
        return super().viewportEvent(event)

    def _want(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        if isinstance(row, ShelfRow) and not row.in_reel:
            self.wanted.emit(row)
