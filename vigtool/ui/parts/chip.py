"""A chip: a sign and a word about how something stands. Its state is told by sign, outline and word, then by colour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from vigtool.ui import icons, measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.words import tip

_PAD, _BEFORE_SIGN, _SIGN, _GAP = 9, 7, 14, 2


class State(Enum):
    """How something stands. The value is for programs; `state_word` says it to people."""

    YES = "yes"
    NO = "no"
    UNASKED = "not asked yet"
    WITHDRAWN = "withdrawn"
    DISAGREE = "disagree"
    EXPIRED = "expired"
    DUE = "due"
    OPEN = "open"
    AGREED = "agreed"
    DONE = "done"
    NOTE = "note"


def state_word(state: State) -> str:
    """The word of a state, for a legend and a screen reader."""
    say = QCoreApplication.translate
    return {
        State.YES: say("Chip", "yes"),
        State.NO: say("Chip", "no"),
        State.UNASKED: say("Chip", "not asked yet"),
        State.WITHDRAWN: say("Chip", "withdrawn"),
        State.DISAGREE: say("Chip", "disagree"),
        State.EXPIRED: say("Chip", "expired"),
        State.DUE: say("Chip", "due"),
        State.OPEN: say("Chip", "open"),
        State.AGREED: say("Chip", "agreed"),
        State.DONE: say("Chip", "done"),
        State.NOTE: say("Chip", "note"),
    }[state]


@dataclass(frozen=True, slots=True)
class _Look:
    sign: str
    fill: str
    border: str
    text: str
    dashed: bool = False


def _look(state: State, c: theme.Colours) -> _Look:
    return {
        State.YES: _Look("check", c.accent_wash, "", c.accent),
        State.NO: _Look("minus", "", c.edge, c.quiet),
        State.UNASKED: _Look("dots", "", c.edge, c.quiet, dashed=True),
        State.WITHDRAWN: _Look("cross", c.caution_wash, c.caution, c.caution_ink),
        State.DISAGREE: _Look("differ", c.caution_wash, c.caution, c.caution_ink),
        State.EXPIRED: _Look("clock", c.caution_wash, c.caution, c.caution_ink, dashed=True),
        State.DUE: _Look("clock", c.caution_wash, "", c.caution_ink),
        State.OPEN: _Look("", c.accent_wash, "", c.accent),
        State.AGREED: _Look("check", c.surface, c.edge, c.ink),
        State.DONE: _Look("check", c.sunken, "", c.quiet),
        State.NOTE: _Look("info", "", c.line, c.quiet),
    }[state]


def chip_width(text: str, state: State) -> int:
    """How wide a chip with this word is."""
    before = _BEFORE_SIGN + _SIGN + _GAP if _look(state, theme.LIGHT).sign else _PAD
    return before + QFontMetrics(measures.font(Type.LEAST, measures.MEDIUM)).horizontalAdvance(text) + _PAD


def paint_chip(
    painter: QPainter, box: QRect, text: str, state: State, colours: theme.Colours, direction: Qt.LayoutDirection
) -> None:
    """Paint a chip into `box`; views use it where a row holds one."""
    shown = _look(state, colours)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(shown.border), 1) if shown.border else QPen(Qt.PenStyle.NoPen)
    if shown.dashed:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(QColor(shown.fill) if shown.fill else Qt.BrushStyle.NoBrush)
    radius = box.height() / 2
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    at = _PAD
    if shown.sign:
        spot = QStyle.visualRect(direction, box, QRect(box.x() + _BEFORE_SIGN, box.y(), _SIGN, box.height()))
        icons.paint(painter, shown.sign, shown.text, (spot.x() + _SIGN / 2, spot.y() + spot.height() / 2), _SIGN)
        at = _BEFORE_SIGN + _SIGN + _GAP
    painter.setFont(measures.font(Type.LEAST, measures.MEDIUM))
    painter.setPen(QColor(shown.text))
    room = QStyle.visualRect(direction, box, box.adjusted(at, 0, -_PAD // 2, 0))
    side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(room, side | Qt.TextFlag.TextSingleLine, text)
    painter.restore()


class Chip(QWidget):
    """A chip by itself. A screen reader hears `said`, or word and state where nothing else is given."""

    def __init__(self, text: str, state: State, *, said: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._state = text, state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said or f"{text}: {state_word(state)}")
        self.setToolTip(tip(said))

    @property
    def state(self) -> State:
        """How it stands."""
        return self._state

    def sizeHint(self) -> QSize:
        """Wide enough for sign and word."""
        return QSize(chip_width(self._text, self._state), measures.CHIP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        paint_chip(QPainter(self), self.rect(), self._text, self._state, theme.of(self), self.layoutDirection())
