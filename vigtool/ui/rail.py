"""The slim bar that names the rooms; Cover and Lock at its foot. What is not built yet is not on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QStyle, QWidget

from vigtool.ui import icons, measures, style, theme
from vigtool.ui.actions import key_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import IconButton
from vigtool.ui.parts.surface import column
from vigtool.ui.room import RoomKind


class RailItem(QPushButton):
    """One room, or Cover or Lock: icon above word, a stripe at the edge where it is the room one is in."""

    def __init__(self, words: str, icon: str, *, is_room: bool, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._icon_name = icon
        self._ringed = False
        self.setCheckable(is_room)
        self.setAutoDefault(False)
        self.setFont(measures.font(Type.LEAST, measures.MEDIUM))
        self.setFixedSize(*measures.RAIL_ITEM)
        self.setProperty("ring", "none")  # painted inside: there is no room for it outside
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show by a ring that keys arrive here, where they were led here by key."""
        super().focusInEvent(event)
        self._ringed = event.reason() in style.BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._ringed = False
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, stripe, icon and word."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        here = self.isChecked()
        if here or self.underMouse() or self.isDown():
            ground = QColor(colours.accent_wash if here else colours.line)
            ground.setAlpha(255 if here else 120)
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(self.rect()), measures.RADIUS_PANEL, measures.RADIUS_PANEL)
        text = colours.accent if here else colours.quiet
        if here:
            painter.setBrush(QColor(colours.accent))
            stripe = self.rect().adjusted(0, 18, 0, -18)
            stripe.setWidth(3)
            stripe = QStyle.visualRect(self.layoutDirection(), self.rect(), stripe)
            painter.drawRoundedRect(QRectF(stripe), 1.5, 1.5)
        wraps = QFontMetrics(self.font()).horizontalAdvance(self.text()) > self.width() - 2
        middle = QPointF(self.width() / 2, 19 if wraps else 24)
        icons.paint(painter, self._icon_name, text, (middle.x(), middle.y()), 22)
        if self._ringed:
            style.paint_ring(painter, QRectF(self.rect()), colours, measures.RADIUS_PANEL - style.RING_OFF - 1)
        painter.setPen(QColor(text))
        painter.setFont(self.font())
        room = self.rect().adjusted(0, round(middle.y()) + 12, 0, -6)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.text())


class Rail(QWidget):
    """The bar.

    Signals:
        room_wanted: the id of the room that was chosen.
        preferences_wanted, cover_wanted, lock_wanted: what stands at the foot was pressed.
    """

    room_wanted = Signal(str)
    preferences_wanted = Signal()
    cover_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, kinds: Sequence[RoomKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(measures.RAIL)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Rooms"))
        body = column(self, gap=6, margins=(4, 8, 5, 12))
        self._items: dict[str, RailItem] = {}
        self._group = QButtonGroup(self)
        for kind in kinds:
            item = RailItem(kind.words, kind.icon, is_room=True)
            item.clicked.connect(lambda _=False, room=kind.id: self.room_wanted.emit(room))
            self._items[kind.id] = item
            self._group.addButton(item)
            body.addWidget(item)
        body.addStretch(1)
        preferences = IconButton("sliders", self.tr("Preferences"), size=measures.BUTTON_TOOL)
        preferences.setToolTip(self.tr("Preferences ({0})").format(key_words("preferences")))
        preferences.clicked.connect(self.preferences_wanted)
        body.addWidget(preferences, 0, Qt.AlignmentFlag.AlignHCenter)
        cover = RailItem(self.tr("Cover"), "cover", is_room=False)
        cover.setToolTip(self.tr("Cover the screen at once ({0})").format(key_words("cover")))
        cover.clicked.connect(self.cover_wanted)
        lock = RailItem(self.tr("Lock"), "lock", is_room=False)
        lock.setToolTip(self.tr("Close the vault ({0})").format(key_words("lock")))
        lock.clicked.connect(self.lock_wanted)
        body.addWidget(cover)
        body.addWidget(lock)

    def sizeHint(self) -> QSize:
        """As wide as it always is."""
        return QSize(measures.RAIL, 400)

    def set_room(self, room: str) -> None:
        """Show which room one is in."""
        self._items[room].setChecked(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint its ground, and the thin line towards the room."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.sunken))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(0 if mirrored else self.width() - 1, 0, 1, self.height(), QColor(colours.line))
