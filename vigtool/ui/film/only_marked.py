"""Playing only what is marked: the spans that the list of marks shows, one after the other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vigtool.errors import InvalidRecord
from vigtool.timebase import Span
from vigtool.ui.film.marking import Marking
from vigtool.ui.film.playback import Playback
from vigtool.ui.marks.panel import MarksPanel


class OnlyMarked(QObject):
    """The toggle. What is played follows the list: its filter, and marks that are made or changed meanwhile.

    A loop and this exclude each other; the one that was asked for last is played.

    Attributes:
        is_on: whether only marked spans are played.

    Signals:
        changed: it was switched on or off.
        refused: an error of what was asked, which changed nothing.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, marks: MarksPanel, marking: Marking, playback: Playback, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_on = False
        self._marks, self._marking, self._playback = marks, marking, playback
        marks.filtered.connect(self._follow)
        marking.saving.changed.connect(self._follow)
        marking.stretch.loop_changed.connect(self._yield_to_loop)

    def toggle(self) -> None:
        """Play only what is marked, or the whole film again."""
        if self.is_on:
            self._switch((), on=False)
            return
        spans = self._spans()
        if not spans:
            self.refused.emit(
                InvalidRecord(
                    self.tr("no marked span is in the list"),
                    self.tr("mark a span (I, O, Enter), or let the list show other marks; moments have no length"),
                )
            )
            return
        self._marking.stretch.set_loop(None)
        self._switch(spans, on=True)

    def _switch(self, spans: tuple[Span, ...], *, on: bool) -> None:
        self.is_on = on
        self._playback.set_only(spans)
        self.changed.emit()

    def _spans(self) -> tuple[Span, ...]:
        """What is kept of the marks in the list; what is only being drawn or held is not played yet."""
        kept = self._marking.saving.marks
        found = (kept.get(mark.id) for mark in self._marks.shown)
        return tuple(mark.span for mark in found if mark is not None and not mark.span.is_moment)

    def _follow(self) -> None:
        if self.is_on:
            spans = self._spans()
            self._switch(spans, on=bool(spans))

    def _yield_to_loop(self) -> None:
        if self.is_on and self._marking.stretch.loop is not None:
            self.is_on = False
            self.changed.emit()
