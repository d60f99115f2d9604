"""Rows of the Service room: a sign, two lines, something at the end and a chip; chosen by pointer or arrow keys.

A list is a model, a view and a delegate, whatever its length; what can be done with a row stands below its list, once
a row is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from vigtool.ui import icons, measures, style, theme
from vigtool.ui.families.rows_view import VALUE, Index, RowsInPage
from vigtool.ui.measures import Type
from vigtool.ui.parts.chip import State, chip_width, paint_chip
from vigtool.ui.parts.words import isolated, tip

HEIGHT = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row.

    Attributes:
        value: what it stands for.
        icon: the sign before it.
        title, below: its two lines.
        end: what stands at the end of the first line.
        chip: a state and its word; none for no chip.
    """

    value: Any
    title: str
    below: str = ""
    icon: str = ""
    end: str = ""
    chip: tuple[State, str] | None = None

    @property
    def said(self) -> str:
        """All of it as one sentence, for a screen reader."""
        chip = self.chip[1] if self.chip else ""
        return ", ".join(part for part in (self.title, self.below, self.end, chip) if part)


class RowDelegate(QStyledItemDelegate):
    """Paints one row."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows of one height."""
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint it."""
        view, row = option.widget, index.data(VALUE)
        if not isinstance(view, RowList) or not isinstance(row, Row):
            return
        colours, box = theme.of(view), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = view.selectionModel().isRowSelected(index.row(), QModelIndex())
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_wash if chosen else colours.sunken))
            painter.drawRoundedRect(QRectF(box), 8, 8)
        if chosen and view.hasFocus():
            style.paint_ring(painter, QRectF(box), colours, 5)
        _Painting(painter, box, row, view.layoutDirection(), colours).all()
        painter.restore()


class _Painting:
    """One row being painted."""

    def __init__(
        self, painter: QPainter, box: QRect, row: Row, direction: Qt.LayoutDirection, colours: theme.Colours
    ) -> None:
        self._painter, self._box, self._row = painter, box, row
        self._direction, self._colours = direction, colours

    def all(self) -> None:
        """Paint sign, chip, end and the two lines."""
        row, box = self._row, self._box
        left, right = box.left() + 10, box.right() - 10
        if row.icon:
            spot = self._placed(QRect(left, box.top(), 20, box.height()))
            centre = (spot.x() + 10.0, spot.y() + spot.height() / 2)
            icons.paint(self._painter, row.icon, self._colours.quiet, centre, 18, self._direction)
            left += 32
        if row.chip is not None:
            width = chip_width(row.chip[1], row.chip[0])
            top = box.top() + (box.height() - measures.CHIP) // 2
            place = self._placed(QRect(right - width, top, width, measures.CHIP))
            paint_chip(self._painter, place, row.chip[1], row.chip[0], self._colours, self._direction)
            right -= width + 12
        if row.end:
            quiet = measures.font(Type.LEAST, tabular=True)
            width = min(QFontMetrics(quiet).horizontalAdvance(row.end) + 2, max((right - left) // 2, 0))
            self._write(QRect(right - width, box.top(), width, box.height()), row.end, quiet, "quiet", at_end=True)
            right -= width + 12
        loud = measures.font(Type.BODY, measures.MEDIUM)
        if row.below:
            self._write(QRect(left, box.top() + 5, right - left, 22), row.title, loud, "ink")
            below = QRect(left, box.top() + 27, right - left, 18)
            self._write(below, row.below, measures.font(Type.LEAST), "quiet")
        else:
            self._write(QRect(left, box.top(), right - left, box.height()), row.title, loud, "ink")

    def _placed(self, part: QRect) -> QRect:
        return QStyle.visualRect(self._direction, self._box, part)

    def _write(self, part: QRect, text: str, font: QFont, tone: str, *, at_end: bool = False) -> None:
        flag = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
        side = QStyle.visualAlignment(self._direction, flag | Qt.AlignmentFlag.AlignVCenter)
        self._painter.setFont(font)
        self._painter.setPen(QColor(self._colours.ink if tone == "ink" else self._colours.quiet))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(part.width(), 0))
        self._painter.drawText(self._placed(part), side | Qt.TextFlag.TextSingleLine, isolated(shown))


class RowList(RowsInPage):
    """The rows, of which one can be chosen; opened by Enter or a double click.

    Signals:
        chosen (value): another row is chosen; None where none is.
    """

    chosen = Signal(object)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, RowDelegate(), height=HEIGHT, width=200, least_width=120, parent=parent)
        self.selectionModel().currentChanged.connect(lambda now, _before: self._tell(now))
        self.activated.connect(lambda at: self.opened.emit(at.data(VALUE).value))

    @property
    def value(self) -> Any:
        """What the chosen row stands for; None where none is chosen."""
        now = self.currentIndex()
        return now.data(VALUE).value if now.isValid() else None

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the one that was chosen stays chosen where it is still there."""
        kept = self.value
        self.show_values([(row, row.said) for row in rows])
        self.setVisible(bool(rows))
        place = next((place for place, row in enumerate(rows) if kept is not None and row.value == kept), None)
        if place is None:
            self.chosen.emit(None)
        else:
            self.choose(place)

    def choose(self, place: int) -> None:
        """Choose a row by its place."""
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.rows.index(place, 0), flag)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say a whole row in a tool tip: what does not fit into it is shortened."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.indexAt(event.pos())
            if at.isValid():
                QToolTip.showText(event.globalPos(), tip(at.data(VALUE).said), self)
                return True
        return super().viewportEvent(event)

    def _tell(self, now: QModelIndex) -> None:
        self.chosen.emit(now.data(VALUE).value if now.isValid() else None)
