"""How a card of the reel is painted: still with its number and seconds, two lines of caption, goal and handle."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from vigtool.ui import icons, measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.reel.captions import is_right_to_left
from vigtool.ui.reel.card_model import CARD_ROLE, Card
from vigtool.ui.reel.stills import Stills, middle, paint_still
from vigtool.ui.style import paint_ring

CARD = QSize(188, 184)
STILL_HIGH = 106
GAP = 12
ROOM = 4
"""Around each card, for the ring."""
_ON_PICTURE, _BADGE = "#FFFFFF", "#16181D"


class CardDelegate(QStyledItemDelegate):
    """Paints the cards."""

    def __init__(self, stills: Stills, view: QWidget) -> None:
        super().__init__(view)
        self._stills, self._view = stills, view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002  # Qt's own signature
        """Cards are of one size."""
        return QSize(CARD.width() + GAP, CARD.height() + 2 * ROOM)

    def card_box(self, cell: QRect) -> QRect:
        """Where the card lies in its cell."""
        return self._placed(cell, QRect(ROOM, ROOM, CARD.width(), CARD.height()))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a card, or the place for the next one."""
        card = index.data(CARD_ROLE)
        if not isinstance(card, Card):
            return
        colours, box = theme.of(self._view), self.card_box(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if card.clip is None:
            self._paint_place(painter, box, colours)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_card(painter, box, card, colours, chosen=chosen)
            if chosen and self._view.hasFocus():
                paint_ring(painter, QRectF(box).adjusted(-4, -4, 4, 4), colours, measures.RADIUS_PANEL)
        painter.restore()

    def _paint_card(self, painter: QPainter, box: QRect, card: Card, colours: theme.Colours, *, chosen: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.surface))
        radius = measures.RADIUS_PANEL
        painter.drawRoundedRect(QRectF(box), radius, radius)
        still = QRect(box.x(), box.y(), box.width(), STILL_HIGH)
        assert card.clip is not None  # noqa: S101  # cards without a clip are painted elsewhere
        image = self._stills.image(card.clip.film, middle(card.clip.span))
        paint_still(painter, still, image, colours.sunken, radius=radius, square_foot=True)
        self._paint_badges(painter, still, card)
        self._paint_caption(painter, box, card, colours)
        self._paint_foot(painter, box, card, colours)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.accent if chosen else colours.line), 2 if chosen else 1))
        inset = 1.0 if chosen else 0.5
        painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, -inset, -inset), radius, radius)

    def _paint_badges(self, painter: QPainter, still: QRect, card: Card) -> None:
        ground = QColor(_BADGE)
        ground.setAlpha(225)
        font = measures.font(Type.LEAST, measures.SEMIBOLD, tabular=True)
        painter.setFont(font)
        wide = QFontMetrics(font).horizontalAdvance(card.seconds) + 14
        number = self._placed(still, QRect(10, 10, 20, 20))
        long = self._placed(still, QRect(still.width() - wide - 8, still.height() - 28, wide, 20))
        for box, text, radius in ((number, str(card.number), 10), (long, card.seconds, 5)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, radius, radius)
            painter.setPen(QColor(_ON_PICTURE))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_caption(self, painter: QPainter, box: QRect, card: Card, colours: theme.Colours) -> None:
        room = QRect(box.x() + 12, box.y() + STILL_HIGH + 8, box.width() - 24, 36)
        font = measures.font(Type.DENSE, measures.MEDIUM)
        if card.caption is None:
            text, colour, to_left = self.tr("No caption yet"), colours.quiet, None
            font = measures.font(Type.DENSE)
        else:
            text, colour = card.words, colours.ink
            to_left = is_right_to_left(card.caption.language)
        painter.setPen(QColor(colour))
        paint_lines(painter, room, text, font, right_to_left=self._mirrored if to_left is None else to_left)

    def _paint_foot(self, painter: QPainter, box: QRect, card: Card, colours: theme.Colours) -> None:
        foot = QRect(box.x(), box.bottom() - 30, box.width(), 26)
        serves = card.clip is not None and card.clip.answers_question
        tone = colours.accent if serves else colours.quiet
        sign = self._placed(foot, QRect(12, 5, 16, 16))
        icons.paint(painter, "link", tone, (sign.center().x() + 1, sign.center().y() + 1), 14)
        painter.setFont(measures.font(Type.LEAST))
        painter.setPen(QColor(tone))
        side = QStyle.visualAlignment(self._view.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        words = self.tr("question") if serves else self.tr("serves no goal yet")
        painter.drawText(
            self._placed(foot, QRect(32, 0, foot.width() - 64, 26)), side | Qt.AlignmentFlag.AlignVCenter, words
        )
        grip = self._placed(foot, QRect(foot.width() - 28, 5, 16, 16))
        icons.paint(painter, "drag", colours.quiet, (grip.center().x() + 1, grip.center().y() + 1), 16)

    def _paint_place(self, painter: QPainter, box: QRect, colours: theme.Colours) -> None:
        pen = QPen(QColor(colours.edge), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = measures.RADIUS_PANEL
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        icons.paint(painter, "plus", colours.quiet, (box.center().x() + 1, box.y() + 74), 20)
        painter.setFont(measures.font(Type.LEAST))
        painter.setPen(QColor(colours.quiet))
        room = box.adjusted(16, 94, -16, -16)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, self.tr("Drag a starred mark here, or press Enter on it"))

    @property
    def _mirrored(self) -> bool:
        return self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _placed(self, box: QRect, inner: QRect) -> QRect:
        return QStyle.visualRect(self._view.layoutDirection(), box, inner.translated(box.topLeft()))


def paint_lines(painter: QPainter, room: QRect, text: str, font: QFont, *, right_to_left: bool) -> None:
    """Paint a text into two lines, in its own direction; what does not fit ends with an ellipsis."""
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
    option.setAlignment(Qt.AlignmentFlag.AlignLeft if not right_to_left else Qt.AlignmentFlag.AlignRight)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    text = " ".join(text.split())
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(room.width())
    layout.endLayout()
    cut = first.textLength()
    metrics = QFontMetrics(font)
    lines = [text[:cut], metrics.elidedText(text[cut:], Qt.TextElideMode.ElideRight, room.width())]
    painter.setFont(font)
    side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
    painter.save()
    painter.setLayoutDirection(option.textDirection())
    for place, line in enumerate(lines):
        box = QRect(room.x(), room.y() + place * 18, room.width(), 18)
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(box, flags, line.strip())
    painter.restore()
