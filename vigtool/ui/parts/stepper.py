"""An exact value with a step back and a step forward: in and out points by whole frames, seconds of a still.

It holds words only. What a step means is for its owner, who knows frames; so no value is ever rounded here.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from vigtool.ui import measures, theme
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import IconButton
from vigtool.ui.parts.surface import row


class Stepper(QWidget):
    """The value between two arrows. It reads along time, from left to right, in every window.

    Signals:
        stepped: by how many steps, negative for back (arrows, or Up and Down, with Shift ten at once).
        typed: the text a person typed and finished.
    """

    stepped = Signal(int)
    typed = Signal(str)

    def __init__(self, words: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._kept = words, ""
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setFixedHeight(measures.STEPPER)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.input = QLineEdit(self)
        self.input.setObjectName("bare")
        self.input.setProperty("ring", "parent")
        self.input.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.input.setFont(measures.font(Type.BODY, measures.MEDIUM, tabular=True))
        self.input.setAccessibleName(words)
        self.input.setMinimumWidth(72)
        self.input.editingFinished.connect(self._finish)
        self._back = IconButton("back", self.tr("{0}: one back").format(words), size=measures.BUTTON_SMALL)
        self._forward = IconButton("forward", self.tr("{0}: one forward").format(words), size=measures.BUTTON_SMALL)
        for button, by in ((self._back, -1), (self._forward, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same in the field
            button.setAutoRepeat(True)
            button.clicked.connect(lambda _=False, by=by: self.stepped.emit(by))
        line = row(self, gap=0, margins=(2, 2, 2, 2))
        line.addWidget(self._back)
        line.addWidget(self.input, 1)
        line.addWidget(self._forward)
        self.setFocusProxy(self.input)

    @property
    def text(self) -> str:
        """What it shows."""
        return self.input.text()

    def set_text(self, text: str) -> None:
        """Show a value, without telling anybody."""
        self._kept = text
        self.input.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by Up and Down; Escape gives back what stood there."""
        by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if by is not None:
            self.stepped.emit(by * (10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1))
        elif event.key() == Qt.Key.Key_Escape and self.input.text() != self._kept:
            self.input.setText(self._kept)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame."""
        colours = theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _finish(self) -> None:
        if self.input.text() != self._kept:
            self._kept = self.input.text()
            self.typed.emit(self._kept)
