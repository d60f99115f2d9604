"""The row under two films: what the second one is, how the two lie to each other, and the ways to say so."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from vigtool.ui import measures
from vigtool.ui.actions import key_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, IconButton, Kind
from vigtool.ui.parts.surface import Panel, row
from vigtool.ui.parts.words import ElidedWords, Words

_ROOM_FOR_WORDS = 760


class Laid(Enum):
    """What is known of how two films lie to each other."""

    NOT = "not"
    ALONE = "alone"
    EYE = "eye"
    SOUND = "sound"


def offset_words(offset: Fraction) -> str:
    """An offset as people read it: +1.480 s, to the nearest thousandth."""
    thousandths = round(offset * 1000)
    return f"{'−' if thousandths < 0 else '+'}{abs(thousandths) / 1000:.3f} s"


class BesideBar(Panel):
    """The row.

    Signals:
        stepped (frames): the second film alone, so many frames on.
        same_pressed: what both show is the same moment.
        listen_pressed: find the offset by the sound, or stop looking for it.
        closed: take the second film away.
    """

    stepped = Signal(int)
    same_pressed = Signal()
    listen_pressed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, gap=0, parent=parent)
        self.setFixedHeight(measures.BUTTON_TOOL + 8)
        self.name = ElidedWords("", size=Type.LEAST, weight=measures.MEDIUM)
        self.laid = Words("", size=Type.LEAST, tone="quiet", tabular=True)
        self.back = self._step("step-back", self.tr("Second film one frame back"), "beside-back", -1)
        self.forward = self._step("step-forward", self.tr("Second film one frame on"), "beside-forward", 1)
        self.same = Button(self.tr("Same moment"), key=key_words("same-moment"), height=measures.BUTTON_SMALL)
        self.same.setToolTip(self.tr("Both show the same moment now: keep them in step from here"))
        self.listen = Button(self.tr("By sound"), Kind.QUIET, icon="ear", height=measures.BUTTON_SMALL)
        self.close_it = IconButton("cross", self.tr("Take the second film away"), size=measures.BUTTON_SMALL)
        line = row(gap=8, margins=(10, 3, 10, 3))
        line.addWidget(self.name, 1)
        line.addWidget(self.laid)
        steps = QWidget()
        steps.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # along time, as everywhere
        pair = row(steps, gap=0)
        pair.addWidget(self.back)
        pair.addWidget(self.forward)
        for widget in (steps, self.same, self.listen, self.close_it):
            line.addWidget(widget)
        self.body.addLayout(line)
        self._pressed(self.same, self.same_pressed)
        self._pressed(self.listen, self.listen_pressed)
        self._pressed(self.close_it, self.closed)

    def show_film(self, words: str, *, heard: bool) -> None:
        """Say which film it is; only two films that both sound can be laid by sound."""
        self.name.setText(words)
        self.listen.setVisible(heard)

    def show_laid(self, laid: Laid, offset: Fraction) -> None:
        """Say how they lie to each other."""
        words = {
            Laid.NOT: self.tr("not laid together yet"),
            Laid.ALONE: self.tr("stepped alone"),
            Laid.EYE: self.tr("laid by eye: {0}"),
            Laid.SOUND: self.tr("laid by sound: {0}"),
        }[laid]
        self.laid.setText(words.format(offset_words(offset)))
        self.laid.set_tone("accent" if laid is Laid.ALONE else "quiet")
        self.same.kind = Kind.PRIMARY if laid is Laid.ALONE else Kind.PLAIN
        self.same.update()

    def show_listening(self, percent: int | None) -> None:
        """Say how far the listening is; none when there is no more of it."""
        self.listen.set_words(self.tr("By sound") if percent is None else self.tr("Stop ({0} %)").format(percent))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room: the offset stands in the tool tip then."""
        super().resizeEvent(event)
        self.laid.setVisible(self.width() >= _ROOM_FOR_WORDS)
        self.name.setVisible(self.width() >= _ROOM_FOR_WORDS // 2)

    def _step(self, icon: str, words: str, action: str, by: int) -> IconButton:
        button = IconButton(icon, f"{words} ({key_words(action)})", size=measures.BUTTON_SMALL)
        button.setAccessibleName(words)
        button.setAutoRepeat(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.stepped.emit(by))
        return button

    def _pressed(self, button: Button, signal: SignalInstance) -> None:
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the picture
        button.clicked.connect(signal)
