"""Words on the screen: labels in the type scale, labels that shorten themselves, and running times.

What people type is never read as markup: every label shows plain text.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from vigtool.ui import measures
from vigtool.ui.measures import Type

TONES = ("ink", "quiet", "accent", "caution", "error")


def tip(text: str) -> str:
    """Typed text for a tool tip: escaped, since Qt reads a tool tip as markup wherever it looks like some."""
    return f"<qt>{escape(text)}</qt>" if text else ""


def isolated(text: str) -> str:
    """Typed text as a part of a line, running in its own direction whatever the line's (Unicode FSI … PDI, UAX 9)."""
    return f"\u2068{text}\u2069" if text else ""


_WORD = re.compile(r"(\s+)")
_LONG, _PIECE = 20, 6
_MAY_BREAK = "\u200b"
"""ZERO WIDTH SPACE: shown as nothing, a line may end there (UAX 14, class ZW)."""


def breakable(text: str) -> str:
    """Text whose words may be broken where one of them is longer than a line: a name of one word, a path.

    Words of up to 20 letters are as they are. A longer one may be broken every six letters, never before a sign that
    belongs to the letter before it.
    """
    return "".join(_in_pieces(part) if len(part) > _LONG else part for part in _WORD.split(text))


def _in_pieces(word: str) -> str:
    made, since = [], 0
    for letter in word:
        if since >= _PIECE and not unicodedata.category(letter).startswith(("M", "C")):
            made.append(_MAY_BREAK)
            since = 0
        made.append(letter)
        since += 1
    return "".join(made)


class Words(QLabel):
    """A label in one size, weight and tone of the scale.

    Where it wraps, a word longer than the line is broken, so that nothing of it is lost.
    """

    def __init__(
        self,
        text: str = "",
        *,
        size: Type = Type.BODY,
        weight: QFont.Weight = measures.REGULAR,
        tone: str = "ink",
        wrap: bool = False,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._said, self._names_itself = "", False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(measures.font(size, weight, tabular=tabular))
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if wrap:
            # A wrapped label asks for the height its width needs.
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self._side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self._align()
        self.setText(text)

    def text(self) -> str:
        """What it says, without the places where a line may break."""
        return self._said

    def setText(self, text: str) -> None:  # noqa: N802  # the name is Qt's
        """Say something else."""
        shown = breakable(text) if self.wordWrap() else text
        self._said = text
        super().setText(shown)
        if self._names_itself or (shown != text and not self.accessibleName()):
            self._names_itself = shown != text
            self.setAccessibleName(text if self._names_itself else "")

    def setWordWrap(self, on: bool) -> None:  # noqa: N802  # the name is Qt's
        """Break lines, or do not."""
        super().setWordWrap(on)
        self.setText(self._said)

    def set_side(self, side: Qt.AlignmentFlag) -> None:
        """Align to the side where lines begin or end (AlignLeading, AlignTrailing), or to the middle."""
        self._side = side | Qt.AlignmentFlag.AlignVCenter
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        """Change sides with the window's direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        # Left alone, Qt would align each label by the script of its text: a column of names would be ragged.
        side = self.style().visualAlignment(self.layoutDirection(), self._side)
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)

    def set_tone(self, tone: str) -> None:
        """Change the colour by the name of a tone."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedWords(Words):
    """One line that shortens itself with an ellipsis and tells the whole to a tool tip and a screen reader.

    The ellipsis stands at the end of the text in its own direction, whatever the direction of the window, so that a
    long Arabic name in an English window keeps its beginning.
    """

    def setText(self, text: str) -> None:  # noqa: N802  # the name is Qt's
        """Show `text`, made one line."""
        self._whole = " ".join(text.split())
        super().setText(self._whole)
        self.setAccessibleName(self._whole)
        self._tell()

    def minimumSizeHint(self) -> QSize:
        """It can always be narrower."""
        return QSize(QFontMetrics(self.font()).horizontalAdvance("…") + 2, super().minimumSizeHint().height())

    def shown(self) -> str:
        """What is really shown in the room there is."""
        return QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole in a tool tip only where it does not fit."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shortened line."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        alignment = self.style().visualAlignment(self.layoutDirection(), self.alignment())
        painter.drawText(self.rect(), alignment | Qt.TextFlag.TextSingleLine, isolated(self.shown()))

    def _tell(self) -> None:
        self.setToolTip("" if self.shown() == self._whole else tip(self._whole))


class TimeWords(Words):
    """A time whose figures have one width; it reads from left to right in every window."""

    def __init__(
        self,
        text: str = "",
        *,
        size: Type = Type.BODY,
        weight: QFont.Weight = measures.REGULAR,
        tone: str = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, size=size, weight=weight, tone=tone, tabular=True, parent=parent)

    def set_time(self, text: str) -> None:
        """Show another time; the label never gets narrower, so that nothing beside it moves."""
        self.setText(text)
        self.setMinimumWidth(max(self.minimumWidth(), self.sizeHint().width()))
