"""The rows of the stills: painted by a delegate, walked by the arrows, their words typed in place."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from vigtool.ids import Id
from vigtool.ui import measures, theme
from vigtool.ui.film.stills_model import Index, Role, StillsModel
from vigtool.ui.measures import Type
from vigtool.ui.parts.words import isolated
from vigtool.ui.style import paint_ring

PICTURE = QSize(64, 40)
_ROW, _PAD, _GAP = 52, 12, 10
_LONGEST = 200
_SIDE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class StillDelegate(QStyledItemDelegate):
    """Paints one row, and lets its words be typed."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows of one height."""
        return QSize(200, _ROW)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """A line over the words."""
        line = QLineEdit(parent)
        line.setMaxLength(_LONGEST)
        line.setFont(measures.font(Type.DENSE))
        line.setAccessibleName(self.tr("What is said of the still"))
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Beside the picture."""
        left = _PAD + PICTURE.width() + _GAP - 8
        room = option.rect.width() - left - 8
        editor.setGeometry(_placed(option, QRect(left, (_ROW - 32) // 2, room, 32)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, the picture, when it is and what is said of it."""
        view: QWidget = option.widget
        colours = theme.of(view)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.accent_wash))
            painter.fillRect(_placed(option, QRect(0, 0, 3, _ROW)), QColor(colours.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(colours.raised if colours.is_dark else colours.sunken))
        top = (_ROW - PICTURE.height()) // 2
        _paint_picture(painter, _placed(option, QRect(_PAD, top, PICTURE.width(), PICTURE.height())), index, colours)
        left = _PAD + PICTURE.width() + _GAP
        room = option.rect.width() - left - 8
        words = str(index.data() or "")
        when = _placed(option, QRect(left, 7 if words else 16, room, 20))
        painter.setPen(QColor(colours.ink))
        _write(painter, when, str(index.data(Role.WHEN)), Type.DENSE, option)
        if words:
            painter.setPen(QColor(colours.quiet))
            _write(painter, _placed(option, QRect(left, 27, room, 18)), words, Type.LEAST, option)
        if state & QStyle.StateFlag.State_HasFocus and view.hasFocus():
            paint_ring(painter, QRectF(option.rect), colours, 2)
        painter.restore()


class StillsView(QListView):
    """The list.

    Signals:
        chosen (Still): another row is current, or the same was chosen again.
        removed (Still): it shall be kept no longer.
    """

    chosen = Signal(object)
    removed = Signal(object)

    def __init__(self, model: StillsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._telling = True
        self.setModel(model)
        self.setItemDelegate(StillDelegate(self))
        self.setAccessibleName(self.tr("Stills"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._choose)

    def show_current(self, still: Id) -> None:
        """Show which one was kept or chosen last, without going there."""
        model = self.model()
        line = model.line_of(still) if isinstance(model, StillsModel) else None
        if line is not None:
            self._telling = False
            self.setCurrentIndex(model.index(line, 0))
            self._telling = True

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802  # the name is Qt's
        """Walking with the arrows goes to each."""
        super().currentChanged(current, previous)
        if self._telling and self.hasFocus() and current.isValid():
            self._choose(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or N types what is said of it; Del keeps it no longer."""
        index, key = self.currentIndex(), event.key()
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # the line passes on the Return that ended it
        elif index.isValid() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_N):
            self.edit(index)
        elif index.isValid() and key == Qt.Key.Key_Delete:
            self.removed.emit(index.data(Role.STILL))
        else:
            super().keyPressEvent(event)

    def _choose(self, index: Index) -> None:
        self.chosen.emit(index.data(Role.STILL))


def _placed(option: QStyleOptionViewItem, inner: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, inner.translated(option.rect.topLeft()))


def _paint_picture(painter: QPainter, box: QRect, index: Index, colours: theme.Colours) -> None:
    painter.fillRect(box, QColor(colours.sunken))
    picture = index.data(Role.PICTURE)
    if isinstance(picture, QImage):
        size = picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(box.center())
        painter.drawImage(place, picture)


def _write(painter: QPainter, box: QRect, text: str, size: Type, option: QStyleOptionViewItem) -> None:
    painter.setFont(measures.font(size, tabular=True))
    short = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    mirrored = option.direction == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, side | _SIDE, isolated(short))
