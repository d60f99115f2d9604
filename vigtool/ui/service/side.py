"""The quiet list of pages at the left of the Service room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from vigtool.ui import icons, measures, style, theme
from vigtool.ui.families.rows_view import VALUE, Index, RowsModel
from vigtool.ui.measures import Type
from vigtool.ui.parts.surface import column
from vigtool.ui.parts.words import Words, isolated

WIDTH = 216
_ROW = 44


@dataclass(frozen=True, slots=True)
class PageName:
    """How the list knows a page: its name in code, its words, its icon."""

    id: str
    words: str
    icon: str


class _NameDelegate(QStyledItemDelegate):
    """Paints one name."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(WIDTH - 32, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, name = option.widget, index.data(VALUE)
        if not isinstance(view, QListView) or not isinstance(name, PageName):
            return
        colours, direction = theme.of(view), view.layoutDirection()
        box = option.rect.adjusted(0, 0, 0, -4)
        chosen = view.selectionModel().isRowSelected(index.row(), QModelIndex())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colours.accent_wash if chosen else colours.sunken))
            painter.drawRoundedRect(QRectF(box), 8, 8)
        if chosen and view.hasFocus():
            style.paint_ring(painter, QRectF(box), colours, 5)
        ink = colours.accent if chosen else colours.quiet
        sign = QStyle.visualRect(direction, box, QRect(box.left() + 10, box.top(), 20, box.height()))
        icons.paint(painter, name.icon, ink, (sign.x() + 10, sign.y() + sign.height() / 2), 18, direction)
        room = QRect(box.left() + 40, box.top(), box.width() - 48, box.height())
        font = measures.font(Type.BODY, measures.SEMIBOLD if chosen else measures.MEDIUM)
        painter.setFont(font)
        painter.setPen(QColor(colours.accent if chosen else colours.ink))
        side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        text = QFontMetrics(font).elidedText(name.words, Qt.TextElideMode.ElideRight, room.width())
        place = QStyle.visualRect(direction, box, room)
        painter.drawText(place, side | Qt.TextFlag.TextSingleLine, isolated(text))
        painter.restore()


class Side(QWidget):
    """The list, walked by the arrow keys.

    Signals:
        turned (id): another page is wanted.
    """

    turned = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.names = RowsModel(self)
        self.view = QListView()
        self.view.setAccessibleName(title)
        self.view.setModel(self.names)
        self.view.setItemDelegate(_NameDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.selectionModel().currentChanged.connect(self._tell)
        body = column(self, gap=12, margins=(16, 16, 16, 12))
        body.addWidget(Words(title, size=Type.LARGE, weight=measures.SEMIBOLD))
        body.addWidget(self.view, 1)
        self._telling = True

    def set_names(self, names: Sequence[PageName], chosen: str) -> None:
        """Show these pages, one of them chosen, without telling anybody."""
        self._telling = False
        self.names.set_rows([(name, name.words) for name in names])
        self._telling = True
        self.choose(chosen)

    def choose(self, page: str) -> None:
        """Show which page is open, without telling anybody."""
        self._telling = False
        for place in range(self.names.rowCount()):
            at = self.names.index(place, 0)
            if at.data(VALUE).id == page:
                flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.view.selectionModel().setCurrentIndex(at, flag)
        self._telling = True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the thin line towards the page."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = 0 if mirrored else self.width() - 1
        QPainter(self).fillRect(x, 0, 1, self.height(), QColor(theme.of(self).line))

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self._telling and now.isValid():
            self.turned.emit(now.data(VALUE).id)
