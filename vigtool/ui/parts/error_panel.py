"""What happened, what was kept, what to do next: a panel that stands beside the thing it is about."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vigtool.ui import icons, measures, theme
from vigtool.ui.measures import BUTTON_SMALL
from vigtool.ui.notices import Notice
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.surface import Panel, column, row
from vigtool.ui.parts.words import Words


class Sign(QWidget):
    """One icon in one tone, as part of a sentence; a screen reader passes over it."""

    def __init__(self, icon: str, tone: str = "ink", *, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone, self._size = icon, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square of the icon's size."""
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon."""
        colours = theme.of(self)
        tones = {"quiet": colours.quiet, "accent": colours.accent, "caution": colours.caution_ink}
        colour = tones.get(self._tone, colours.error_ink if self._tone == "error" else colours.ink)
        half = self._size / 2
        icons.paint(QPainter(self), self._icon, colour, (half, half), self._size, self.layoutDirection())


class ErrorPanel(Panel):
    """A named error beside its thing.

    Signals:
        answered: the place (0, 1, …) of the button that was pressed.
    """

    answered = Signal(int)

    def __init__(self, notice: Notice, buttons: tuple[str, ...] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(kind="error", padding=16, gap=0, parent=parent)
        line = row(gap=12)
        line.addWidget(Sign("warning", "error"), 0, Qt.AlignmentFlag.AlignTop)
        text = column(gap=2)
        line.addLayout(text, 1)
        self.body.addLayout(line)
        text.addWidget(Words(notice.title, weight=measures.SEMIBOLD, tone="error", wrap=True))
        for sentence in (notice.kept, notice.hint):
            if sentence:
                text.addWidget(Words(sentence, wrap=True))
        if buttons:
            text.addSpacing(8)
            foot = row(gap=8)
            for place, word in enumerate(buttons):
                kind = Kind.PLAIN if place == 0 else Kind.QUIET
                button = Button(word, kind, height=BUTTON_SMALL)
                button.clicked.connect(lambda _=False, place=place: self.answered.emit(place))
                foot.addWidget(button)
            foot.addStretch(1)
            text.addLayout(foot)
        self.setAccessibleName(notice.spoken)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
