"""The row under the picture: step, jump and play, where the film stands, its speed, the loop, the sound."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QLayout, QSizePolicy, QWidget

from vigtool.timebase import Span, clock
from vigtool.ui import measures
from vigtool.ui.actions import key_words
from vigtool.ui.film.speed_menu import SpeedMenu
from vigtool.ui.film.speeds import SPEEDS, speed_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, IconButton, Kind, PlayButton
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import row
from vigtool.ui.parts.words import TimeWords, Words


@dataclass(frozen=True, slots=True)
class _Fullness:
    """How much the row says."""

    size: Type
    along: bool = True
    jumps: bool = True
    loop_words: bool = True
    all_speeds: bool = True


# From the fullest on; the row takes the first one for which there is room.
_FULLNESS = (
    _Fullness(Type.HUGE),
    _Fullness(Type.TITLE),
    _Fullness(Type.LARGE, along=False),
    _Fullness(Type.LARGE, along=False, jumps=False),
    _Fullness(Type.LARGE, along=False, jumps=False, loop_words=False),
    _Fullness(Type.LARGE, along=False, jumps=False, loop_words=False, all_speeds=False),
)
_SPARE = 40


def counted(number: int) -> str:
    """A number with its thousands set apart: 4 812."""
    return f"{number:,}".replace(",", "\u202f")


class TransportBar(QWidget):
    """The row. It reads along time, from left to right, in every window.

    Signals:
        play_pressed: play, or pause.
        frames_stepped, seconds_stepped, marks_stepped: by how many, negative for back.
        speed_chosen: a Fraction of `SPEEDS`.
        loop_pressed: go round, or no longer.
        only_pressed: play only what is marked, or the whole film again.
        sound_pressed: be silent, or no longer.
    """

    play_pressed = Signal()
    frames_stepped = Signal(int)
    seconds_stepped = Signal(int)
    marks_stepped = Signal(int)
    speed_chosen = Signal(object)
    loop_pressed = Signal()
    only_pressed = Signal()
    sound_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fullness = _FULLNESS[0]
        self._place = (Fraction(0), 0, 0, Fraction(1))
        self._looped: tuple[Span | None, Fraction] = (None, Fraction(1))
        self.play = PlayButton()
        self.play.clicked.connect(self.play_pressed)
        self._make_steps()
        self.time = TimeWords("00:00:00.000", size=Type.HUGE, weight=measures.SEMIBOLD)
        self.frame = Words("", size=Type.LEAST, tone="quiet", tabular=True)
        self.speed = Segments([(rate, speed_words(rate)) for rate in SPEEDS], words=self.tr("Speed"))
        self.speed.set_value(Fraction(1))
        self.speed.chosen.connect(self.speed_chosen)
        self.speeds = SpeedMenu()
        self.speeds.chosen.connect(self.speed_chosen)
        self.loop = Button(self.tr("Loop"), icon="loop", height=measures.BUTTON_TOOL)
        self.loop.setCheckable(True)
        self.loop.clicked.connect(self.loop_pressed)
        self.loop.setToolTip(
            self.tr("Go round between in and out, or in the chosen mark ({0})").format(key_words("loop"))
        )
        self.only = IconButton("marked", self.tr("Play only the marked spans"), kind=Kind.PLAIN)
        self.only.setToolTip(
            self.tr("Play only the marked spans in the list, one after the other ({0})").format(
                key_words("only-marked")
            )
        )
        self.only.setCheckable(True)
        self.only.clicked.connect(self.only_pressed)
        self.sound = IconButton("sound", self.tr("Sound off"))
        self.sound.clicked.connect(self.sound_pressed)
        self._lay_out()
        self._leave_the_keys_to_the_picture()
        # Measured once, with long figures in it, so that nothing jumps while the film plays.
        self.show_place(Fraction(0), 88_888, 88_888, Fraction(2))
        self.show_loop(Span(0, 888), Fraction(1, 10))
        self._widths = {fullness: self._measure(fullness) for fullness in _FULLNESS}
        self.show_place(Fraction(0), 0, 0, Fraction(1))
        self.show_loop(None, Fraction(1))

    def show_place(self, seconds: Fraction, number: int, frames: int, rate: Fraction) -> None:
        """Say where the film stands: `seconds` from its beginning, frame `number` of `frames`.

        A speed that is on no button (4×, or backwards) is said beside it.
        """
        self.time.set_time(clock(seconds))
        other = "" if rate in SPEEDS else " · " + speed_words(rate)
        first = self.tr("frame {0}").format(counted(number))
        rest = self.tr("of {0}").format(counted(frames)) + other
        self.frame.setText(first + ("\n" if self._fullness.along else " ") + rest)
        self._place = (seconds, number, frames, rate)

    def show_playing(self, *, playing: bool) -> None:
        """Show what the round button would do."""
        self.play.set_playing(playing=playing)

    def show_speed(self, rate: Fraction) -> None:
        """Show the chosen speed, where it is one of the row's."""
        if rate in SPEEDS:
            self.speed.set_value(rate)
            self.speeds.show_speed(rate)

    def show_loop(self, loop: Span | None, time_base: Fraction) -> None:
        """Show whether the film goes round, and in how long a stretch."""
        self._looped = (loop, time_base)
        words = self.tr("Loop")
        if loop is not None:
            words = self.tr("Loop {0} s").format(f"{float(loop.length * time_base):.1f}")
        self.loop.setChecked(loop is not None)
        self.loop.set_words(words if self._fullness.loop_words else "")
        self.loop.setAccessibleName(words)

    def show_only(self, *, on: bool) -> None:
        """Show whether only what is marked is played."""
        self.only.setChecked(on)

    def show_sound(self, *, on: bool, there: bool) -> None:
        """Show whether the film sounds; a film without sound has no such button."""
        self.sound.setVisible(there)
        self.sound.set_icon("sound" if on else "mute")
        self.sound.set_words(self.tr("Sound off") if on else self.tr("Sound on"))

    def minimumSizeHint(self) -> QSize:
        """Its parts say less before they leave the row."""
        return QSize(self._widths[_FULLNESS[-1]], measures.PLAY)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room."""
        super().resizeEvent(event)
        self._arrange()

    # Inside

    def _make_steps(self) -> None:
        def step(icon: str, words: str, action: str, signal: SignalInstance, by: int) -> IconButton:
            button = IconButton(icon, f"{words} ({key_words(action)})")
            button.setAccessibleName(words)
            button.setAutoRepeat(True)
            button.clicked.connect(lambda: signal.emit(by))
            return button

        self._before = [
            step("back", self.tr("Mark before"), "previous-mark", self.marks_stepped, -1),
            step("skip-back", self.tr("One second back"), "second-back", self.seconds_stepped, -1),
            step("step-back", self.tr("One frame back"), "frame-back", self.frames_stepped, -1),
        ]
        self._after = [
            step("step-forward", self.tr("One frame on"), "frame-forward", self.frames_stepped, 1),
            step("skip-forward", self.tr("One second on"), "second-forward", self.seconds_stepped, 1),
            step("forward", self.tr("Next mark"), "next-mark", self.marks_stepped, 1),
        ]

    def _lay_out(self) -> None:
        self._line = whole = row(self, gap=4)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for button in (*self._before, self.play, *self._after):
            whole.addWidget(button)
        whole.addStretch(1)
        self._where = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._where.addWidget(self.time)
        self._where.addWidget(self.frame)
        whole.addLayout(self._where)
        whole.addStretch(1)
        self._ends = row(gap=12)
        for widget in (self.speed, self.speeds, self.loop, self.only, self.sound):
            self._ends.addWidget(widget)
        whole.addLayout(self._ends)

    def _leave_the_keys_to_the_picture(self) -> None:
        """A click here does not take the focus: the keys of the picture go on acting."""
        segments = self.speed.findChildren(QAbstractButton)
        single = (self.play, self.speeds, self.loop, self.only, self.sound)
        for button in (*single, *self._before, *self._after, *segments):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _arrange(self) -> None:
        """Say as much as there is room for."""
        fitting = (fullness for fullness, width in self._widths.items() if width <= self.width())
        fullness = next(fitting, _FULLNESS[-1])
        if fullness != self._fullness:
            self._say(fullness)

    def _measure(self, fullness: _Fullness) -> int:
        """How wide the row is with that much in it, at its longest."""
        self._say(fullness)
        return self._line.minimumSize().width() + (_SPARE if fullness.size is Type.HUGE else 0)

    def _say(self, fullness: _Fullness) -> None:
        self._fullness = fullness
        self.time.setMinimumWidth(0)
        self.time.setFont(measures.font(fullness.size, measures.SEMIBOLD, tabular=True))
        for button in (self._before[0], self._after[2]):
            button.setVisible(fullness.jumps)
        self.speed.setVisible(fullness.all_speeds)
        self.speeds.setVisible(not fullness.all_speeds)
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._where.setDirection(along if fullness.along else down)
        self._where.setSpacing(16 if fullness.along else 0)
        self._ends.setSpacing(12 if fullness.along else 8)
        self.show_place(*self._place)
        self.show_loop(*self._looped)
        self._line.invalidate()
