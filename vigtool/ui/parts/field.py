"""Something to fill in: its label above, the input, and an error beside it, below the input it is about."""

from __future__ import annotations

from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import QDate, QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QWidget,
)

from vigtool.ui import icons, measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.keys import badge_width, paint_badge
from vigtool.ui.parts.surface import column
from vigtool.ui.parts.words import Words

W = TypeVar("W", bound=QWidget)


class Field(QWidget, Generic[W]):
    """A label, an input, and room for what is wrong with it. `input` is the Qt widget that is typed into."""

    def __init__(self, label: str, input_: W, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.input: W = input_
        self._label = Words(label, size=Type.LEAST, tone="quiet")
        self._label.setBuddy(input_)
        self._hint_text = hint
        self._below = Words(hint, size=Type.LEAST, tone="quiet", wrap=True)
        self._below.setVisible(bool(hint))
        body = column(self, gap=4)
        body.addWidget(self._label)
        body.addWidget(input_)
        body.addWidget(self._below)
        input_.setAccessibleName(label)
        input_.setAccessibleDescription(hint)
        self.setFocusProxy(input_)

    @property
    def error(self) -> str:
        """What is wrong; empty where nothing is."""
        return self._below.text() if self.input.property("wrong") else ""

    def set_hint(self, text: str) -> None:
        """Say something quiet below the input, in the place of what was wrong."""
        self._hint_text = text
        self.set_error("")

    def set_error(self, text: str) -> None:
        """Say what is wrong, beside the input; an empty text takes it away."""
        self.input.setProperty("wrong", bool(text))
        self.input.style().unpolish(self.input)
        self.input.style().polish(self.input)
        self._below.set_tone("error" if text else "quiet")
        self._below.setText(text or self._hint_text)
        self._below.setVisible(bool(text or self._hint_text))
        self.input.setAccessibleDescription(text or self._hint_text)
        if isinstance(self.input, Line):
            self.input.keep_room()
        self.input.update()


class Line(QLineEdit):
    """One line to type into, perhaps with an icon before and a key's badge after; a warning sign when it is wrong."""

    def __init__(
        self, text: str = "", *, placeholder: str = "", icon: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._icon_name, self._key = icon, key
        self.setFont(measures.font())
        self.setFixedHeight(measures.INPUT)
        self.setPlaceholderText(placeholder)
        self.setProperty("radius", measures.RADIUS_CONTROL)
        self.keep_room()

    def keep_room(self) -> None:
        """Keep the text clear of the signs that stand in the field."""
        before = 26 if self._icon_name else 0
        after = 24 if self.property("wrong") else badge_width(self._key) + 4 if self._key else 0
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            before, after = after, before
        self.setTextMargins(before, 0, after, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Let the signs change sides with the window's direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.keep_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the signs that stand in it."""
        super().paintEvent(event)
        colours = theme.of(self)
        painter = QPainter(self)
        if self._icon_name:
            box = self._placed(12, 18)
            icons.paint(painter, self._icon_name, colours.quiet, (box.x() + 9, self.height() / 2), 18)
        if self.property("wrong"):
            # The eye of a passphrase, where there is one, keeps the end of the line.
            box = self._placed(self.width() - 12 - 18 - (26 if self.actions() else 0), 18)
            icons.paint(painter, "warning", colours.error_ink, (box.x() + 9, self.height() / 2), 18)
        elif self._key and not self.text():
            width = badge_width(self._key)
            box = self._placed(self.width() - 12 - width, width)
            paint_badge(painter, box.adjusted(0, 8, 0, -8), self._key, colours)

    def _placed(self, at: int, width: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(at, 0, width, self.height()))


class Passphrase(Line):
    """A line whose letters are hidden until the person asks to see them. It keeps no history and offers no copy."""

    def __init__(self, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._show = QAction(self)
        self._show.setCheckable(True)
        self._show.toggled.connect(self._shown)
        self.addAction(self._show, QLineEdit.ActionPosition.TrailingPosition)
        self._shown(shown=False)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the eye again when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._show.setIcon(self._eye())

    def _shown(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.setInputMethodHints(  # each time: with letters that show, Qt takes what is typed for no secret any more
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | (Qt.InputMethodHint.ImhNone if shown else Qt.InputMethodHint.ImhHiddenText)
        )
        self._show.setText(self.tr("Hide the words") if shown else self.tr("Show the words"))
        self._show.setIcon(self._eye())

    def _eye(self) -> QIcon:
        colours = theme.of(self)
        return icons.icon("cover", colours.accent if self._show.isChecked() else colours.quiet)


class Paper(QPlainTextEdit):
    """A few lines to type into; the tab key leaves it, as everywhere."""

    def __init__(self, text: str = "", *, lines: int = 3, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFont(measures.font())
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setProperty("radius", measures.RADIUS_CONTROL)
        self.setFixedHeight(QFontMetrics(self.font()).lineSpacing() * lines + 24)


def _dress(box: QAbstractSpinBox) -> None:
    box.setFont(measures.font())
    box.setFixedHeight(measures.INPUT)
    box.setFrame(False)
    box.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
    box.setProperty("radius", measures.RADIUS_CONTROL)
    box.lineEdit().setTextMargins(11, 0, 11, 0)


def _paint_frame(box: QWidget) -> None:
    # A stylesheet's frame leaves Qt's date field a text of one pixel's width, so the frame is painted.
    colours = theme.of(box)
    painter = QPainter(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    border = colours.error if box.property("wrong") else colours.edge if box.isEnabled() else colours.line
    painter.setPen(QPen(QColor(border), 1))
    painter.setBrush(QColor(colours.surface if box.isEnabled() else colours.sunken))
    painter.drawRoundedRect(QRectF(box.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class Day(QDateEdit):
    """A day, typed or stepped by the arrow keys, written as the person's country writes it."""

    def __init__(self, day: date | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _dress(self)
        self.setDisplayFormat("d MMM yyyy")
        day = day or date.today()  # the person's own calendar day is what is meant
        self.setDate(QDate(day.year, day.month, day.day))

    @property
    def day(self) -> date:
        """The day."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame; the text is a field of its own."""
        _paint_frame(self)


class Number(QSpinBox):
    """A whole number, typed or stepped by the arrow keys."""

    def __init__(self, least: int, most: int, value: int, *, unknown: str = "", parent: QWidget | None = None) -> None:
        """Make the field; with `unknown` the least value is shown as that word."""
        super().__init__(parent)
        _dress(self)
        self.setRange(least, most)
        self.setSpecialValueText(unknown)
        self.setValue(value)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame; the text is a field of its own."""
        _paint_frame(self)


class Choice(QComboBox):
    """One of several, from a list that opens. Painted here, since a stylesheet cannot tint the arrow."""

    def __init__(self, *, height: int = measures.INPUT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self.setFont(measures.font(Type.BODY if height > measures.BUTTON_TOOL else Type.LEAST))
        self.setProperty("radius", measures.RADIUS_CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its longest word."""
        return QSize(super().sizeHint().width() + 24, self._height)

    def minimumSizeHint(self) -> QSize:
        """It may shorten its word."""
        return QSize(64, self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame, the chosen word and the arrow."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.error if self.property("wrong") else colours.edge), 1))
        painter.setBrush(QColor(colours.surface if self.isEnabled() else colours.sunken))
        box = self.rect()
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        direction = self.layoutDirection()
        arrow = QStyle.visualRect(direction, box, QRect(box.width() - 30, 0, 18, box.height()))
        icons.paint(painter, "chevron-down", colours.quiet, (arrow.x() + 9, box.height() / 2), 16)
        painter.setPen(QColor(colours.ink if self.isEnabled() else colours.quiet))
        room = QStyle.visualRect(direction, box, box.adjusted(12, 0, -36, 0))
        side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        text = QFontMetrics(self.font()).elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.TextFlag.TextSingleLine, text)
