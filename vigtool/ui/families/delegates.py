"""How a meeting and a film are painted in the short lists of a family's page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vigtool.casework.film import Film
from vigtool.casework.session import Session
from vigtool.ids import Id
from vigtool.ui import icons, measures, style, theme
from vigtool.ui.families.rows_view import VALUE, Index
from vigtool.ui.families.words import film_words, session_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.chip import State, chip_width, paint_chip
from vigtool.ui.parts.days import short_day
from vigtool.ui.parts.words import isolated

POSTER = (80, 44)


class RowDelegate(QStyledItemDelegate):
    """What both share: the ground of a row, and words in it."""

    height = 32

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows of one height."""
        return QSize(80, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, then what the row says."""
        view = option.widget
        if not isinstance(view, QListView):
            return
        colours = theme.of(view)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = view.hasFocus() and view.selectionModel().isRowSelected(index.row(), QModelIndex())
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_wash if chosen else colours.sunken))
            painter.drawRoundedRect(QRectF(option.rect), 6, 6)
        if chosen:
            style.paint_ring(painter, QRectF(option.rect), colours, 3)
        self.paint_row(painter, option.rect, index, colours, view.layoutDirection())
        painter.restore()

    def paint_row(
        self, painter: QPainter, box: QRect, index: Index, colours: theme.Colours, direction: Qt.LayoutDirection
    ) -> None:
        """Paint what the row says."""
        raise NotImplementedError

    @staticmethod
    def write(
        painter: QPainter,
        box: QRect,
        part: QRect,
        text: str,
        font: QFont,
        colour: str,
        direction: Qt.LayoutDirection,
        *,
        at_end: bool = False,
    ) -> None:
        """Write one line into `part` of the row `box`, shortened where it does not fit."""
        flag = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
        side = QStyle.visualAlignment(direction, flag | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(part.width(), 0))
        place = QStyle.visualRect(direction, box, part)
        painter.drawText(place, side | Qt.TextFlag.TextSingleLine, isolated(shown))


class SessionDelegate(RowDelegate):
    """Number, day, what for, where."""

    height = measures.ROW_MARK

    def paint_row(
        self, painter: QPainter, box: QRect, index: Index, colours: theme.Colours, direction: Qt.LayoutDirection
    ) -> None:
        """Paint one meeting."""
        session: Session = index.data(VALUE)
        words, icon = session_words(session.kind)
        left, top, height = box.left(), box.top(), box.height()
        figures = measures.font(Type.DENSE, tabular=True)
        self.write(
            painter, box, QRect(left + 4, top, 24, height), str(session.number), figures, colours.quiet, direction
        )
        self.write(
            painter, box, QRect(left + 32, top, 60, height), short_day(session.on), figures, colours.ink, direction
        )
        sign = QStyle.visualRect(direction, box, QRect(left + 96, top, 20, height))
        icons.paint(painter, icon, colours.quiet, (sign.x() + 10, sign.y() + height / 2), 18)
        end = max(box.width() * 2 // 5, 80)
        width = box.width() - 124 - end
        self.write(
            painter,
            box,
            QRect(left + 122, top, width, height),
            words,
            measures.font(Type.DENSE),
            colours.ink,
            direction,
        )
        where = QRect(box.right() - end, top, end - 2, height)
        self.write(painter, box, where, session.place, measures.font(Type.LEAST), colours.quiet, direction, at_end=True)


class FilmDelegate(RowDelegate):
    """A picture, what the film is called, how long it is and how many marks it has."""

    height = measures.ROW_FILM

    def __init__(self, beside: Callable[[Film], str], flag: Callable[[Film], str]) -> None:
        """Make it.

        Args:
            beside: what stands below a film's name.
            flag: what is missing for it, in a word or two; empty where nothing is.
        """
        super().__init__()
        self._beside, self._flag = beside, flag
        self._posters: dict[Id, QPixmap] = {}

    def set_poster(self, film: Id, image: QImage) -> None:
        """Take the picture of a film."""
        self._posters[film] = QPixmap.fromImage(image)

    def paint_row(
        self, painter: QPainter, box: QRect, index: Index, colours: theme.Colours, direction: Qt.LayoutDirection
    ) -> None:
        """Paint one film."""
        film: Film = index.data(VALUE)
        left, top = box.left(), box.top()
        room = QStyle.visualRect(direction, box, QRect(left, top + 4, *POSTER))
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(room), 6, 6)
        painter.save()
        painter.setClipPath(shape)
        poster = self._posters.get(film.id)
        painter.fillRect(room, QColor(colours.sunken))
        if poster is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(room, poster)
        else:
            icons.paint(painter, "film", colours.quiet, (room.center().x() + 0.5, room.center().y() + 0.5), 20)
        painter.restore()
        at, width = left + POSTER[0] + 12, box.width() - POSTER[0] - 14
        flag = self._flag(film)
        if flag:
            wide = chip_width(flag, State.DUE)
            room = QRect(box.right() - wide - 2, top + (box.height() - measures.CHIP) // 2, wide, measures.CHIP)
            paint_chip(painter, QStyle.visualRect(direction, box, room), flag, State.DUE, colours, direction)
            width -= wide + 8
        loud, still = measures.font(Type.BODY, measures.MEDIUM), measures.font(Type.LEAST)
        self.write(painter, box, QRect(at, top + 5, width, 22), film_words(film), loud, colours.ink, direction)
        self.write(painter, box, QRect(at, top + 27, width, 18), self._beside(film), still, colours.quiet, direction)
