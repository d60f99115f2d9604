"""Quiet words over a corner of the picture: that one sees a part of it, brighter than it was filmed, or something else.

Each says one thing, is dark and half clear on any picture and in either theme, and where something can be undone by
it, it is a button. They are as few as can be: the picture is what one looks at.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QWidget

from vigtool.ui import icons, measures
from vigtool.ui.measures import Type
from vigtool.ui.parts.surface import column

Part = tuple[float, float, float, float]
"""Left, top, right, bottom of what is seen, as parts of the picture from 0 to 1."""
# The same in both themes: below them lies a picture of any colour. 10:1 on black and 8:1 on white.
_GROUND, _INK, _FRAME = QColor(13, 14, 17, 214), "#F4F5F7", "#8FE6DA"
_HEIGHT, _PAD, _GAP, _CROSS = 28, 10, 8, 14
_MAP = (40, 20)
_MARGIN = 10


class Note(QPushButton):
    """One of the words; with a cross, and pressed, where it can be taken back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape, self._part = (1, 1), (0.0, 0.0, 0.0, 0.0)
        self.is_undone = False
        self.setFont(measures.font(Type.LEAST, measures.MEDIUM, tabular=True))
        self.setProperty("radius", _HEIGHT / 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, words: str, undo: str = "") -> None:
        """Say `words`; `undo` tells what a press does, where it does something."""
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(undo)
        self.setToolTip(undo)
        self.is_undone = bool(undo)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if undo else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=not undo)
        self.setCursor(Qt.CursorShape.PointingHandCursor if undo else Qt.CursorShape.ArrowCursor)
        self.updateGeometry()
        self.update()

    def show_part(self, shape: tuple[int, int], part: Part) -> None:
        """Draw before the words which part is seen of a picture of that shape."""
        self._shape, self._part = shape, part
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as what it says."""
        across = [width for width in (self._map_size()[0], self._words_width(), _CROSS * self.is_undone) if width]
        return QSize(2 * _PAD + sum(across) + _GAP * (len(across) - 1), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, the small map, the words and the cross."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GROUND)
        painter.drawRoundedRect(QRectF(self.rect()), _HEIGHT / 2, _HEIGHT / 2)
        at = _PAD
        width, height = self._map_size()
        if width:
            self._paint_map(painter, self._placed(at, width, height))
            at += width + _GAP
        painter.setPen(QColor(_INK))
        painter.setFont(self.font())
        box = self._placed(at, self._words_width() + 1, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.text())
        if self.is_undone:
            cross = self._placed(self.width() - _PAD - _CROSS, _CROSS, _CROSS)
            icons.paint(painter, "cross", _INK, (cross.x() + _CROSS / 2, cross.y() + _CROSS / 2), _CROSS)

    def _words_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self.text())

    def _map_size(self) -> tuple[int, int]:
        """The largest box of the picture's shape that there is room for; none where all of it is seen."""
        if self._part[2] <= self._part[0]:
            return 0, 0
        scale = min(_MAP[0] / self._shape[0], _MAP[1] / self._shape[1])
        return max(6, round(self._shape[0] * scale)), max(6, round(self._shape[1] * scale))

    def _paint_map(self, painter: QPainter, box: QRect) -> None:
        left, top, right, bottom = self._part
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(_INK), 1))
        painter.drawRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))
        seen = QRectF(
            box.left() + left * box.width(),
            box.top() + top * box.height(),
            max(3.0, (right - left) * box.width()),
            max(3.0, (bottom - top) * box.height()),
        )
        painter.fillRect(seen, QColor(_FRAME))

    def _placed(self, at: int, width: int, height: int) -> QRect:
        box = QRect(at, (self.height() - height) // 2, width, height)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), box)


class PictureNotes(QWidget):
    """The words, one below the other in the corner where reading begins.

    Signals:
        undone (key): the person takes back what the words of that key say.
    """

    undone = Signal(str)

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._notes: dict[str, Note] = {}
        self._line = column(self, gap=6)
        self._line.setAlignment(Qt.AlignmentFlag.AlignLeading)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()

    def note(self, key: str) -> Note | None:
        """The words of a key, where it has any."""
        return self._notes.get(key)

    def say(self, key: str, words: str, undo: str = "") -> None:
        """Let a key say something else; no words take it away. `undo` tells what a press does."""
        note = self._notes.get(key)
        if not words:
            if note is not None:
                del self._notes[key]
                note.hide()
                self._line.removeWidget(note)
                note.deleteLater()
        elif note is None:
            note = Note(self)
            note.clicked.connect(lambda: self.undone.emit(key))
            self._notes[key] = note
            note.say(words, undo)
            self._line.addWidget(note, 0, Qt.AlignmentFlag.AlignLeading)
            note.show()
        elif (note.text(), note.toolTip()) != (words, undo):
            note.say(words, undo)
        self.place()

    def place(self) -> None:
        """Stand in the corner of the picture's view."""
        self.setVisible(bool(self._notes))
        size, view = self._line.sizeHint(), self._view
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = view.width() - _MARGIN - size.width() if mirrored else _MARGIN
        self.setGeometry(left, _MARGIN, size.width(), size.height())
        self.raise_()
