"""Paints the way through the cycles: a filled disc is done, a ringed one is now, a dashed one is planned."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ui import icons, measures, theme
from vigtool.ui.families.path import Stage, Standing, Step
from vigtool.ui.measures import Type
from vigtool.ui.parts.days import short_day

_HEAD, _DISC, _HEIGHT = 24, 38, 116
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PathView(QWidget):
    """The way, in the direction of reading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_steps(self, steps: list[Step]) -> None:
        """Show other steps."""
        self._steps = steps
        said = [f"{self._cycle_words(step)}: {self._name(step)}, {self._standing(step)}" for step in steps]
        self.setAccessibleName("; ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """One line of discs with words below."""
        return QSize(600, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """It may be narrower; the words then shorten."""
        return QSize(320, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint lines, discs and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.of(self)
        places = self._places()
        for place in range(1, len(self._steps)):
            walked = Standing.PLANNED not in {step.standing for step in self._steps[place - 1 : place + 1]}
            self._paint_line(painter, colours, places[place - 1], places[place], walked=walked)
        for step, middle in zip(self._steps, places, strict=True):
            self._paint_disc(painter, colours, step, middle)
            self._paint_words(painter, colours, step, middle)

    def _places(self) -> list[QPointF]:
        """Where the discs stand: those of a cycle nearer to each other than to the next cycle's."""
        count = len(self._steps)
        cycles = max(count // 3, 1)
        # Between two cycles lies a part of a step more, where there is room for it.
        more = 0.5 if self.width() > 110 * count else 0.15
        unit = self.width() / (count + more * (cycles - 1)) if count else 0.0
        xs = [(place + 0.5 + more * (place // 3)) * unit for place in range(count)]
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            xs = [self.width() - x for x in xs]
        return [QPointF(x, _HEAD + 8 + _DISC / 2) for x in xs]

    def _room(self) -> float:
        places = self._places()
        return abs(places[1].x() - places[0].x()) - 4 if len(places) > 1 else float(self.width())

    def _paint_line(
        self, painter: QPainter, colours: theme.Colours, start: QPointF, end: QPointF, *, walked: bool
    ) -> None:
        pen = QPen(QColor(colours.accent if walked else colours.edge), 2)
        if not walked:
            pen.setDashPattern([0.5, 2.5])
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        way = QLineF(start, end)
        gap = (_DISC / 2 + 5) / way.length() if way.length() else 0
        painter.drawLine(QLineF(way.pointAt(gap), way.pointAt(1 - gap)))

    def _paint_disc(self, painter: QPainter, colours: theme.Colours, step: Step, middle: QPointF) -> None:
        radius = _DISC / 2
        icon = colours.accent
        if step.standing is Standing.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            icon = colours.on_accent
        elif step.standing is Standing.NOW:
            halo = QColor(colours.accent)
            halo.setAlpha(110)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(halo, 1.5))
            painter.drawEllipse(middle, radius + 3.5, radius + 3.5)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(QColor(colours.surface))
            radius -= 1
        else:
            pen = QPen(QColor(colours.edge), 1.5)
            pen.setDashPattern([2.5, 2])
            painter.setPen(pen)
            painter.setBrush(QColor(colours.surface))
            icon = colours.quiet
            radius -= 1
        painter.drawEllipse(middle, radius, radius)
        names = {Stage.FILM: "film", Stage.REEL: "reel", Stage.REVIEW: "review"}
        icons.paint(painter, names[step.stage], icon, (middle.x(), middle.y()), 20)

    def _paint_words(self, painter: QPainter, colours: theme.Colours, step: Step, middle: QPointF) -> None:
        room = self._room()
        if step.stage is Stage.FILM:
            painter.setFont(measures.font(Type.LEAST, measures.MEDIUM))
            here = any(s.cycle == step.cycle and s.standing is Standing.NOW for s in self._steps)
            painter.setPen(QColor(colours.accent if here else colours.quiet))
            start = middle.x() - min(room / 2, 48)
            box = QRectF(start, 0, room * 2, 20)
            side = _LEFT
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                box = QRectF(middle.x() + min(room / 2, 48) - room * 2, 0, room * 2, 20)
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, side, self._cycle_words(step))
        top = _HEAD + 8 + _DISC + 8
        for line, (text, font, colour) in enumerate(
            (
                (self._name(step), measures.font(Type.LEAST, measures.MEDIUM), colours.ink),
                (self._beside(step), measures.font(Type.LEAST), colours.quiet),
            )
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(middle.x() - room / 2, top + 17 * line, room, 17), _MIDDLE, shown)

    def _cycle_words(self, step: Step) -> str:
        own = [found.standing for found in self._steps if found.cycle == step.cycle]
        if Standing.NOW in own:
            return self.tr("Cycle {0}, now").format(step.cycle)
        # An earlier cycle without a film here is not planned any more: it was gone through elsewhere.
        reached = max((found.cycle for found in self._steps if found.standing is not Standing.PLANNED), default=0)
        if step.cycle > reached and all(standing is Standing.PLANNED for standing in own):
            return self.tr("Cycle {0}, planned").format(step.cycle)
        return self.tr("Cycle {0}").format(step.cycle)

    def _name(self, step: Step) -> str:
        return {
            Stage.FILM: self.tr("Film"),
            Stage.REEL: self.tr("Reel"),
            Stage.REVIEW: self.tr("Shared review"),
        }[step.stage]

    def _standing(self, step: Step) -> str:
        words = {
            Standing.DONE: self.tr("done"),
            Standing.NOW: self.tr("now"),
            Standing.PLANNED: self.tr("planned"),
        }[step.standing]
        beside = self._beside(step)
        return f"{words}, {beside}" if beside else words

    def _beside(self, step: Step) -> str:
        if step.stage is Stage.REEL and step.clips:
            if step.standing is Standing.DONE:
                return self.tr("{0} clips, {1} s").format(step.clips, round(step.seconds))
            return self.tr("{0} clips so far").format(step.clips)
        if step.on is None:
            return ""
        if step.standing is not Standing.DONE and step.stage is Stage.REVIEW:
            return self.tr("by {0}").format(short_day(step.on))
        return short_day(step.on)
