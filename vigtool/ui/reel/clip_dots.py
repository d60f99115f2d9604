"""Where in the reel it stands: one bar for each clip, as long as it lasts; filled as far as it was played."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ids import Id
from vigtool.ui import theme
from vigtool.ui.reel.reel_player import ReelPlayer

_GAP, _HIGH, _KNOB = 4, 4, 14


class ClipDots(QWidget):
    """The bars. Time runs from left to right in every window.

    Signals:
        sought: a clip and which part of it, 0 to 1, a person pointed to.
    """

    sought = Signal(str, object)

    def __init__(self, player: ReelPlayer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Place in the reel"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        player.place_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """High enough for a mouse."""
        return QSize(240, 28)

    def bars(self) -> list[tuple[Id, QRectF]]:
        """Each clip's bar."""
        cuts = self._player.cuts
        if cuts is None:
            return []
        frames = sum(cut.out_frames for cut in cuts.cuts)
        room = self.width() - _KNOB - _GAP * (len(cuts.cuts) - 1)
        at, made = _KNOB / 2, []
        for cut in cuts.cuts:
            wide = room * cut.out_frames / frames
            made.append((cut.clip, QRectF(at, (self.height() - _HIGH) / 2, wide, _HIGH)))
            at += wide + _GAP
        return made

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where a person points."""
        self._seek(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow a drag."""
        self._seek(event.position().x())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars and the knob."""
        colours, cut = theme.of(self), self._player.cut
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        over = cut is not None
        for clip, bar in self.bars():
            here = cut is not None and clip == cut.clip
            over = over and not here
            painter.setBrush(QColor(colours.quiet if over else colours.line))
            painter.drawRoundedRect(bar, 2, 2)
            if here and cut is not None:
                self._paint_here(painter, bar, cut.out_first, cut.out_frames, colours)

    def _paint_here(self, painter: QPainter, bar: QRectF, first: int, frames: int, colours: theme.Colours) -> None:
        part = (self._player.place - first) / max(frames - 1, 1)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(QRectF(bar.x(), bar.y(), max(bar.width() * part, 2.0), bar.height()), 2, 2)
        painter.setBrush(QColor(colours.ink))
        painter.drawEllipse(QPointF(bar.x() + bar.width() * part, bar.center().y()), _KNOB / 2, _KNOB / 2)

    def _seek(self, x: float) -> None:
        bars = self.bars()
        if not bars:
            return
        clip, bar = next(((clip, bar) for clip, bar in bars if x < bar.right() + _GAP / 2), bars[-1])
        part = Fraction(min(max((x - bar.x()) / bar.width(), 0.0), 1.0)) if bar.width() > 0 else Fraction(0)
        self.sought.emit(clip, part)
