"""Settings of the chosen clip: its edges by whole frames, its captions, and whether it answers the question."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vigtool.annotate.reel import Clip
from vigtool.casework.film import Film, title_parts
from vigtool.errors import UsageError
from vigtool.timebase import FrameNumber, Span, parse_point, short_clock, to_seconds, to_ticks
from vigtool.ui import measures
from vigtool.ui.desk import FrameTimes
from vigtool.ui.measures import Type
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.stepper import Stepper
from vigtool.ui.parts.surface import Rule, Scroll, column, row
from vigtool.ui.parts.toggles import Switch
from vigtool.ui.parts.words import ElidedWords, Words
from vigtool.ui.parts.wrapping import let_wrap
from vigtool.ui.reel.caption_editor import CaptionEditor
from vigtool.ui.reel.said import film_words, seconds_words
from vigtool.ui.reel.work import ReelWork


class ClipPanel(Scroll):
    """The panel.

    Signals:
        edge_shown: film id and frame number: the frame under the edge that was moved is to be shown.
    """

    edge_shown = Signal(str, int)

    def __init__(self, work: ReelWork, parent: QWidget | None = None) -> None:
        super().__init__(gap=12, margins=(16, 14, 16, 16), parent=parent)
        self._work = work
        self._head, self._from = (
            Words("", size=Type.BODY, weight=measures.SEMIBOLD),
            ElidedWords("", size=Type.LEAST, tone="quiet"),
        )
        self._from.set_side(Qt.AlignmentFlag.AlignTrailing)
        head = row(gap=12)
        head.addWidget(self._head)
        head.addWidget(self._from, 1)
        self.body.addLayout(head)
        self.in_, self.out = Stepper(self.tr("In")), Stepper(self.tr("Out"))
        timed = QWidget()
        timed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time never turns round
        edges = row(timed, gap=8)
        for label, stepper in ((self.tr("In"), self.in_), (self.tr("Out"), self.out)):
            one = column(gap=4)
            one.addWidget(Words(label, size=Type.LEAST, tone="quiet"))
            one.addWidget(stepper)
            edges.addLayout(one, 1)
        self.body.addWidget(timed)
        self.length = Words("", size=Type.LEAST, tone="quiet", wrap=True)
        self.body.addWidget(self.length)
        self.body.addWidget(Rule())
        self.captions = CaptionEditor()
        self.body.addWidget(self.captions)
        self.body.addWidget(Rule())
        self.body.addLayout(self._make_goal())
        self.body.addStretch(1)
        let_wrap(self)
        self.in_.stepped.connect(self._step_in)
        self.out.stepped.connect(self._step_out)
        self.in_.typed.connect(self._type_in)
        self.out.typed.connect(self._type_out)
        self.captions.written.connect(work.set_caption)
        for signal in (work.reel_changed, work.chosen_changed, work.records_changed):
            signal.connect(self.refresh)
        work.open_films.opened.connect(lambda _film: self.refresh())

    def refresh(self) -> None:
        """Show the chosen clip as it now is."""
        clip, film = self._work.clip, None
        if clip is not None:
            film = self._work.records.film(clip.film)
        inner = self.widget()
        if inner is not None:
            inner.setVisible(clip is not None and film is not None)
        if clip is None or film is None:
            return
        number = [one.id for one in self._work.clips].index(clip.id) + 1
        self._head.setText(self.tr("Clip {0}").format(number))
        named = film_words(title_parts(film, self._work.records.session_of(film)))
        self._from.setText(self.tr("from the film of {0}").format(named))
        self._show_edges(clip, film)
        seconds = to_seconds(clip.span.length, film.time_base)
        self.captions.show_clip(clip, seconds, self._other_languages())
        if self.answers.isChecked() != clip.answers_question:
            self.answers.setChecked(clip.answers_question)
        cycle = self._work.bench.workspace.cycle
        self.question.setText(
            self.tr("“{0}”").format(cycle.helping_question) if cycle and cycle.helping_question else ""
        )
        self.question.setVisible(bool(self.question.text()))

    def commit(self) -> None:
        """Have what was typed written."""
        self.captions.commit()

    def _make_goal(self) -> QHBoxLayout:
        line = row(gap=8)
        line.addWidget(Sign("link", "accent", size=18), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(Words(self.tr("Answers the helping question"), weight=measures.MEDIUM, wrap=True))
        self.question = Words("", size=Type.LEAST, tone="quiet", wrap=True)
        words.addWidget(self.question)
        line.addLayout(words, 1)
        self.answers = Switch(words=self.tr("Answers the helping question"))
        self.answers.clicked.connect(self._answered)
        line.addWidget(self.answers, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _answered(self, checked: bool) -> None:
        clip = self._work.clip
        if clip is not None:
            self._work.set_answers(clip.id, yes=checked)

    def _other_languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(caption.language for clip in self._work.clips for caption in clip.captions))

    # Edges: `first` and `last` are frames, both shown; the span ends where the frame after `last` begins.

    def _times(self) -> tuple[Clip, FrameTimes] | None:
        clip = self._work.clip
        if clip is None:
            return None
        opened = self._work.open_films.get(clip.film)
        if opened is None:
            self._work.open_films.want(clip.film)
            return None
        return clip, opened.index

    def _frames(self) -> tuple[int, int] | None:
        known = self._times()
        if known is None:
            return None
        clip, index = known
        return index.number_at(clip.span.start), index.number_at(max(clip.span.start, clip.span.end - 1))

    def _show_edges(self, clip: Clip, film: Film) -> None:
        base = film.time_base
        self.in_.set_text(short_clock(to_seconds(clip.span.start - film.start, base)))
        self.out.set_text(short_clock(to_seconds(clip.span.end - film.start, base)))
        frames = self._frames()
        known = frames is not None
        for stepper in (self.in_, self.out):
            stepper.setEnabled(known)
        long = seconds_words(to_seconds(clip.span.length, base))
        if frames is None:
            self.length.setText(long)
        else:
            count = frames[1] - frames[0] + 1
            words = self.tr("1 frame") if count == 1 else self.tr("{0} frames").format(count)
            self.length.setText(f"{long} · {words}")

    def _step_in(self, by: int) -> None:
        frames = self._frames()
        if frames is not None:
            self._set_in(min(max(frames[0] + by, 0), frames[1]))

    def _step_out(self, by: int) -> None:
        frames, known = self._frames(), self._times()
        if frames is not None and known is not None:
            self._set_out(max(min(frames[1] + by, known[1].frames - 1), frames[0]))

    def _set_in(self, number: int) -> None:
        known, frames = self._times(), self._frames()
        if known is None or frames is None:
            return
        clip, index = known
        if index.pts(number) < clip.span.end:
            self._work.trim(clip.id, Span(index.pts(number), clip.span.end), edge="in")
        self.edge_shown.emit(clip.film, number)
        self.refresh()

    def _set_out(self, last: int) -> None:
        known = self._times()
        if known is None:
            return
        clip, index = known
        end = index.span(last, last).end
        if end > clip.span.start:
            self._work.trim(clip.id, Span(clip.span.start, end), edge="out")
        self.edge_shown.emit(clip.film, last)
        self.refresh()

    def _type_in(self, text: str) -> None:
        number = self._typed_frame(text, at_end=False)
        frames = self._frames()
        if number is not None and frames is not None:
            self._set_in(min(number, frames[1]))
        else:
            self.refresh()

    def _type_out(self, text: str) -> None:
        number = self._typed_frame(text, at_end=True)
        frames = self._frames()
        if number is not None and frames is not None:
            self._set_out(max(number, frames[0]))
        else:
            self.refresh()

    def _typed_frame(self, text: str, *, at_end: bool) -> int | None:
        """The frame a person typed: a time (an out point names where its last frame ends) or a number (f123)."""
        known = self._times()
        if known is None:
            return None
        clip, index = known
        try:
            point = parse_point(text)
        except UsageError:
            return None
        if isinstance(point, FrameNumber):
            return min(point.number, index.frames - 1)
        film = self._work.records.film(clip.film)
        # What is shown was cut to the millisecond: a typed time means all of that millisecond.
        tick = (film.start if film else 0) + to_ticks(point + Fraction(1, 1000), index.time_base) - 1
        if not at_end:
            return index.number_at(tick)
        return index.frames - 1 if tick >= index.end else index.number_at(tick) - 1
