"""Buttons: primary (one a room), plain, quiet, and the one that takes something away.

They are Qt's push buttons, painted here: a stylesheet can neither tint an icon by state nor set a key's badge.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QWidget

from vigtool.ui import icons, measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.keys import HEIGHT as KEY_HEIGHT
from vigtool.ui.parts.keys import badge_width, paint_badge

GAP = 8


class Kind(Enum):
    """How loud a button is."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    LINK = "link"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Look:
    """What one button is painted with now; an empty string is nothing."""

    fill: str
    border: str
    text: str


def look(colours: theme.Colours, kind: Kind, *, enabled: bool, checked: bool) -> Look:
    """The colours of a button in one state."""
    if not enabled:
        return Look("" if kind in (Kind.QUIET, Kind.LINK) else colours.sunken, colours.line, colours.quiet)
    if checked:
        return Look(colours.accent_wash, colours.accent, colours.accent)
    return {
        Kind.PRIMARY: Look(colours.accent, "", colours.on_accent),
        Kind.PLAIN: Look(colours.surface, colours.edge, colours.ink),
        Kind.QUIET: Look("", "", colours.ink),
        Kind.LINK: Look("", "", colours.accent),
        Kind.DANGER: Look(colours.surface, colours.error, colours.error_ink),
    }[kind]


class Button(QPushButton):
    """A button with a word, perhaps an icon before it and a key's badge after it."""

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.PLAIN,
        *,
        icon: str = "",
        key: str = "",
        height: int = measures.BUTTON,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind, self._icon_name, self._key, self._height = kind, icon, key, height
        self.setText(text)
        self.setAutoDefault(False)
        self.setFont(self._own_font())
        self.setProperty("radius", measures.RADIUS_CONTROL if height > measures.BUTTON_SMALL else 7)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self.updateGeometry()
        self.update()

    def set_words(self, text: str) -> None:
        """Say something else."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Wide enough for all of it."""
        return QSize(self._content_width() + 2 * self._padding(), self._height)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than what it says."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, border, icon, word and badge."""
        colours = theme.of(self)
        shown = look(colours, self.kind, enabled=self.isEnabled(), checked=self.isChecked())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, colours, shown)
        self._paint_content(painter, colours, shown)

    def _own_font(self) -> QFont:
        small = self._height <= measures.BUTTON_TOOL
        loud = self.kind in (Kind.PRIMARY, Kind.LINK)
        return measures.font(
            Type.LEAST if small else Type.BODY, measures.SEMIBOLD if loud and not small else measures.MEDIUM
        )

    def _padding(self) -> int:
        return 14 if self._height > measures.BUTTON_TOOL else 10

    def _icon_size(self) -> int:
        return 18 if self._height > measures.BUTTON_TOOL else 16

    def _content_width(self) -> int:
        parts = []
        if self._icon_name:
            parts.append(self._icon_size())
        if self.text():
            parts.append(QFontMetrics(self.font()).horizontalAdvance(self.text()))
        if self._key:
            parts.append(badge_width(self._key))
        return sum(parts) + GAP * max(len(parts) - 1, 0)

    def _paint_ground(self, painter: QPainter, colours: theme.Colours, shown: Look) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = min(float(self.property("radius")), box.height() / 2)
        painter.setPen(QPen(QColor(shown.border), 1) if shown.border else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shown.fill) if shown.fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            veil = QColor(colours.ink)
            veil.setAlpha(36 if self.isDown() else 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(veil)
            painter.drawRoundedRect(box, radius, radius)

    def _paint_content(self, painter: QPainter, colours: theme.Colours, shown: Look) -> None:
        at = max((self.width() - self._content_width()) // 2, 0)
        if self._icon_name:
            size = self._icon_size()
            box = self._placed(at, size, size)
            centre = (box.x() + size / 2, box.y() + size / 2)
            icons.paint(painter, self._icon_name, shown.text, centre, size, self.layoutDirection())
            at += size + GAP
        if self.text():
            width = QFontMetrics(self.font()).horizontalAdvance(self.text())
            painter.setPen(QColor(shown.text))
            painter.setFont(self.font())
            box = self._placed(at, width + 1, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.text())
            at += width + GAP
        if self._key:
            paint_badge(painter, self._placed(at, badge_width(self._key), KEY_HEIGHT), self._key, colours)

    def _placed(self, at: int, width: int, height: int) -> QRect:
        box = QRect(at, (self.height() - height) // 2, width, height)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), box)


class IconButton(Button):
    """A square button that shows an icon and says its word to a tool tip and a screen reader."""

    def __init__(
        self,
        icon: str,
        words: str,
        *,
        kind: Kind = Kind.QUIET,
        size: int = measures.BUTTON_TOOL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", kind, icon=icon, height=size, parent=parent)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def set_words(self, text: str) -> None:
        """Say something else, to tool tip and screen reader."""
        self.setAccessibleName(text)
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._height, self._height)

    def _icon_size(self) -> int:
        return 20


class PlayButton(IconButton):
    """The round one: plays and pauses. Its picture says what a press would do."""

    def __init__(self, *, size: int = measures.PLAY, parent: QWidget | None = None) -> None:
        super().__init__("play", "", kind=Kind.PRIMARY, size=size, parent=parent)
        self.setProperty("radius", size / 2)
        self.set_playing(playing=False)

    def set_playing(self, *, playing: bool) -> None:
        """Show pause while it plays, play while it does not."""
        self.set_icon("pause" if playing else "play")
        self.set_words(self.tr("Pause") if playing else self.tr("Play"))

    def _icon_size(self) -> int:
        return 24
