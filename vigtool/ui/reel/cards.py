"""The row of cards: chosen by click or arrow, ordered by drag or Alt and an arrow, taken out by Del."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from vigtool.ui import theme
from vigtool.ui.reel.card_model import CARD_ROLE, CLIP_MIME, Card, CardModel
from vigtool.ui.reel.card_paint import CARD, GAP, ROOM, CardDelegate
from vigtool.ui.reel.shelf_model import MARK_MIME
from vigtool.ui.reel.stills import Stills
from vigtool.ui.reel.work import ReelWork

_SCROLLBAR = 12


class Cards(QListView):
    """The reel's clips.

    Signals:
        mark_dropped: a mark's id and the place at which it is to stand.
        play_wanted: the chosen clip is to be played.
    """

    mark_dropped = Signal(str, int)
    play_wanted = Signal()

    def __init__(self, work: ReelWork, stills: Stills, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._cards = work, CardModel(work)
        self._drop_at = -1
        self.setModel(self._cards)
        self._paint = CardDelegate(stills, self)
        self.setItemDelegate(self._paint)
        self.setAccessibleName(self.tr("The reel's clips"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(CARD.height() + 2 * ROOM + _SCROLLBAR)
        self.selectionModel().currentChanged.connect(self._current_changed)
        work.chosen_changed.connect(self.show_chosen)
        stills.ready.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        """As high as a card and its ring."""
        return QSize(4 * (CARD.width() + GAP), CARD.height() + 2 * ROOM + _SCROLLBAR)

    def show_chosen(self) -> None:
        """Select the clip that is chosen, and bring it into sight."""
        row = self._cards.place_of(self._work.chosen)
        index = self._cards.index(row) if row >= 0 else QModelIndex()
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if index.isValid():
            self.scrollTo(index)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move the chosen clip; Del takes it out; Space plays it."""
        clip, key = self._work.clip, event.key()
        if clip is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._work.remove(clip.id)
        elif key == Qt.Key.Key_Space:
            self.play_wanted.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            forward = (key == Qt.Key.Key_Right) != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
            self.step(1 if forward else -1, move=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        else:
            super().keyPressEvent(event)

    def step(self, by: int, *, move: bool) -> None:
        """Choose the clip `by` places on, or move the chosen one there."""
        row = self._cards.place_of(self._work.chosen)
        clips = self._work.clips
        if row < 0 or not 0 <= row + by < len(clips):
            return
        if move:
            self._work.move(clips[row].id, row + by)
        else:
            self._work.choose(clips[row + by].id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """An ordinary wheel scrolls along the row."""
        by = event.angleDelta()
        if by.x() == 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - by.y())
            event.accept()
        else:
            super().wheelEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take marks and clips, nothing from elsewhere."""
        if event.mimeData().hasFormat(MARK_MIME) or event.mimeData().hasFormat(CLIP_MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would stand."""
        self._drop_at = self.place_at(event.position().toPoint())
        self.viewport().update()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is dropped."""
        self._drop_at = -1
        self.viewport().update()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the mark in, or move the clip."""
        place, self._drop_at = self.place_at(event.position().toPoint()), -1
        data = event.mimeData()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.viewport().update()
        if data.hasFormat(MARK_MIME):
            self.mark_dropped.emit(bytes(data.data(MARK_MIME).data()).decode(), place)
        elif data.hasFormat(CLIP_MIME):
            clip = bytes(data.data(CLIP_MIME).data()).decode()
            row = self._cards.place_of(clip)
            if row >= 0:
                self._work.move(clip, place - 1 if place > row else place)

    def place_at(self, point: QPoint) -> int:
        """Before which clip something dropped at `point` would stand; the number of clips for the end."""
        for row in range(len(self._work.clips)):
            cell = self._paint.card_box(self.visualRect(self._cards.index(row)))
            before = point.x() < cell.center().x()
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                before = point.x() > cell.center().x()
            if before:
                return row
        return len(self._work.clips)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards, and a bar where something would be dropped."""
        super().paintEvent(event)
        if self._drop_at < 0:
            return
        card = self._paint.card_box(self.visualRect(self._cards.index(self._drop_at)))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = card.right() + GAP // 2 if mirrored else card.left() - GAP // 2 - 1
        painter = QPainter(self.viewport())
        painter.fillRect(max(x, 0), card.top(), 3, card.height(), QColor(theme.of(self).accent))

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        card = current.data(CARD_ROLE) if current.isValid() else None
        if isinstance(card, Card) and card.clip is not None:
            self._work.choose(card.clip.id)
