"""The row over the timeline: the whole film at a glance, linking, and how closely one looks."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from vigtool.ui import measures
from vigtool.ui.actions import key_words
from vigtool.ui.film.zoom_slider import ZoomSlider
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, IconButton, Kind
from vigtool.ui.parts.surface import Rule, row
from vigtool.ui.parts.words import Words
from vigtool.ui.timeline.board import LABELS
from vigtool.ui.timeline.overview import Overview
from vigtool.ui.timeline.scale import Scale
from vigtool.ui.timeline.strip import frames_in_view
from vigtool.ui.timeline.timeline import ZOOM_STEP, Timeline

HEIGHT = 40
_OVERVIEW = (120, 420)
_FEW = 30
"""So few frames are counted; of more one says how long they last."""
_ROOM_FOR_WORDS, _ROOM_FOR_SLIDER = 1060, 900


class TimelineHead(QWidget):
    """The row. It reads along time, as the timeline below does.

    Signals:
        link_pressed: link the chosen mark.
        mark_pressed: show the chosen mark closely.
    """

    link_pressed = Signal()
    mark_pressed = Signal()

    def __init__(self, timeline: Timeline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self.setFixedHeight(HEIGHT)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.overview = Overview(timeline.model, timeline.scale)
        self.overview.setMinimumWidth(_OVERVIEW[0])
        self.overview.setMaximumWidth(_OVERVIEW[1])
        self.overview.scale_wanted.connect(timeline.set_scale)
        self.link = Button(
            self.tr("Link"), Kind.QUIET, icon="link", key=key_words("link"), height=measures.BUTTON_SMALL
        )
        self.link.setToolTip(self.tr("Link the chosen mark to the turn before it; once more, and it is free again"))
        self.link.clicked.connect(self.link_pressed)
        self.slider = ZoomSlider()
        self.slider.length_wanted.connect(self._show_length)
        self.in_view = Words("", size=Type.LEAST, weight=measures.MEDIUM, tabular=True)
        self.whole = Button(self.tr("Whole film"), height=measures.BUTTON_SMALL)
        self.whole.clicked.connect(timeline.show_whole)
        self.to_mark = Button(self.tr("To mark"), key=key_words("zoom-mark"), height=measures.BUTTON_SMALL)
        self.to_mark.clicked.connect(self.mark_pressed)
        self.said = Words("", size=Type.LEAST, tone="quiet", tabular=True)
        self._lay_out()
        timeline.scale_changed.connect(self.show_scale)
        self.show_scale(timeline.scale)

    def show_scale(self, scale: Scale) -> None:
        """Show how much is in view."""
        self.overview.set_scale(scale)
        self.slider.show_length(round(scale.length), scale.end - scale.start, scale.least)
        frames = len(frames_in_view(scale, self._timeline.model.index))
        words = _length_words(scale.seconds) if frames > _FEW else self.tr("{0} frames").format(frames)
        self.in_view.setText(self.tr("{0} in view").format(words))

    def say(self, words: str) -> None:
        """Say quietly what goes on meanwhile; nothing where it is empty."""
        self.said.setText(words)
        # While a number counts up, what stands beside it does not move to and fro.
        self.said.setMinimumWidth(max(self.said.minimumWidth(), self.said.sizeHint().width()) if words else 0)

    def show_choice(self, *, is_chosen: bool) -> None:
        """Only a chosen mark can be linked, or looked at closely."""
        self.link.setEnabled(is_chosen)
        self.to_mark.setEnabled(is_chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room; every part that goes has a key or a wheel."""
        super().resizeEvent(event)
        self.in_view.setVisible(self.width() >= _ROOM_FOR_WORDS)
        self.said.setVisible(self.width() >= _ROOM_FOR_WORDS)
        self.slider.setVisible(self.width() >= _ROOM_FOR_SLIDER)

    def _lay_out(self) -> None:
        line = row(self, gap=8, margins=(0, 0, 8, 0))
        label = Words(self.tr("Whole film"), size=Type.LEAST, tone="quiet")
        label.setFixedWidth(LABELS - 20)
        line.addSpacing(12)
        line.addWidget(label)
        line.addWidget(self.overview, 1)
        line.addWidget(self.said)
        line.addStretch(1)
        line.addWidget(self.link)
        rule = Rule(upright=True)
        rule.setFixedHeight(20)
        line.addWidget(rule)
        for icon, words, factor in (
            ("zoom-out", self.tr("Show more of the film"), ZOOM_STEP),
            ("zoom-in", self.tr("Look closer"), 1 / ZOOM_STEP),
        ):
            lens = IconButton(icon, words, size=measures.BUTTON_SMALL)
            lens.setAutoRepeat(True)
            lens.clicked.connect(lambda _=False, factor=factor: self._timeline.zoom(factor))
            line.addWidget(lens)
            if icon == "zoom-out":
                line.addWidget(self.slider)
        for widget in (self.in_view, self.whole, self.to_mark):
            line.addWidget(widget)
        for button in self.findChildren(Button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _show_length(self, length: int) -> None:
        self._timeline.zoom(Fraction(length, self._timeline.scale.length))


def _length_words(seconds: Fraction) -> str:
    """A length as it is said: 30 s, 4.5 s, 12 min."""
    if seconds >= 600:
        return f"{round(seconds / 60)} min"
    return f"{round(seconds)} s" if seconds >= 20 else f"{float(seconds):.1f} s"
