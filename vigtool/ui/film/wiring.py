"""An open film at work: the parts of its page joined to playback, marking, keys and the jobs of its timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from vigtool.annotate.scheme import Scheme
from vigtool.player.clock import Clock
from vigtool.settings import Settings, load_settings, save_settings
from vigtool.ui.desk import KeptDesk
from vigtool.ui.film.acts import acts_of, held_acts_of
from vigtool.ui.film.background import FilmBackground
from vigtool.ui.film.close_strip import CloseStrip
from vigtool.ui.film.code_keys import CodeKeys
from vigtool.ui.film.display import Display
from vigtool.ui.film.keys import FilmKeys
from vigtool.ui.film.looking import Looking
from vigtool.ui.film.looking_records import LookingRecords
from vigtool.ui.film.lost_steps import LostSteps
from vigtool.ui.film.marking import Marking
from vigtool.ui.film.memory import cache_bytes
from vigtool.ui.film.only_marked import OnlyMarked
from vigtool.ui.film.page import FilmPage
from vigtool.ui.film.playback import Playback
from vigtool.ui.film.pointing import Pointing
from vigtool.ui.film.saving import Keep
from vigtool.ui.film.sound_device import Device, system_device
from vigtool.ui.film.strip_jobs import StripJobs
from vigtool.ui.jobs import Jobs
from vigtool.ui.timeline.model import Which


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a film is worked on with.

    Attributes:
        jobs: where filmstrip and sound are made.
        kept: what is made of the film once and kept.
        keep: writes a step of marks.
        records: what is kept of looking at this film.
        settings: the person's preferences.
        clock: the time to go by where no sound device counts it; the wall clock if none.
        make_device: what sound is heard from.
    """

    jobs: Jobs
    kept: KeptDesk
    keep: Keep
    records: LookingRecords
    settings: Settings
    clock: Clock | None = None
    make_device: Callable[[QObject], Device | None] = system_device


class FilmAtWork(QObject):
    """Everything of one open film that moves; when `close` returns, every thread of it has ended."""

    def __init__(self, page: FilmPage, scheme: Scheme, means: Means) -> None:
        super().__init__(page)
        self.page = page
        has_sound = page.opened.film.sound is not None
        self.playback = Playback(
            page.opened.opener,
            page.index,
            has_sound=has_sound,
            clock=means.clock,
            make_device=means.make_device,
            cache_bytes=cache_bytes(means.settings.memory_mb),
            parent=self,
        )
        self.looking = Looking(page, self.playback, means.records, means.jobs, cache_bytes(means.settings.memory_mb))
        self.marking = Marking(page.opened, scheme, self.playback, means.keep, self)
        self.codes = CodeKeys(scheme, self)
        self.only_marked = OnlyMarked(page.side.marks, self.marking, self.playback, self)
        self.keys = FilmKeys(
            acts_of(self), self.codes, held=held_acts_of(self), let_go=self.playback.step_end, parent=self
        )
        self.keys.watch(page.picture)
        self.keys.watch(page.timeline)
        self.looking.view_came.connect(self.keys.watch)
        self.keys.watch(page.side.marks.view, frozenset({"remove"}))
        self._close_strip = CloseStrip(page.timeline, page.opened.opener, page.index, means.jobs)
        self._strip = StripJobs(page.timeline, page.opened.opener, page.index, means.jobs)
        self.background = FilmBackground(page.opened, means.kept, means.jobs, self)
        self.display = Display(page, self.playback, self.marking, self.codes, self._try_again)
        self.pointing = Pointing(page, self.playback, self)
        self._lost = LostSteps(self.marking.saving, page.side, self)
        self._connect_film()
        self._connect_background()
        self._connect_timeline()
        self._connect_side()
        self._connect_marking()
        self.prefer(means.settings)
        self.display.show_marks()
        self.display.show_state()
        self.display.show_place()

    def settle(self) -> None:
        """Somebody else has the screen now: stand still, and keep what is held or half typed."""
        self.codes.let_go()
        self.marking.drop()
        self.page.side.note.commit()
        self.playback.pause()

    def close(self) -> None:
        """Let the film go. Steps that are on their way go on being written."""
        self.settle()
        self.looking.close()
        self.background.close()
        self._strip.close()
        self._close_strip.close()
        self.playback.close()

    def find(self) -> None:
        """Look for a word among the marks."""
        self.page.side.show_marks()
        self.page.side.marks.open_search()

    def leave(self) -> None:
        """Escape: leave one thing that is going on, and give the keys back to the picture."""
        if self.codes.group is not None:
            self.codes.await_letter(None)
        else:
            self.marking.cancel()
        self.page.side.show_refusal(None)
        self._look()

    def begin_note(self) -> None:
        """Let the person write a note on the chosen mark."""
        if self.marking.chosen is not None:
            self.page.side.note.begin()

    def prefer(self, settings: Settings) -> None:
        """Go by what the person prefers from now on."""
        self._set_lead(settings.mark_lead_ms)
        self.playback.hear_slow(on=settings.slow_sound)

    def show_mark(self) -> None:
        """Have the chosen mark fill the timeline."""
        mark, timeline = self.marking.chosen_mark, self.page.timeline
        if mark is not None:
            timeline.set_scale(timeline.scale.around(mark.span.start, mark.span.end))

    # Joining

    def _connect_film(self) -> None:
        play, bar = self.playback, self.page.transport
        self.page.picture.size_wanted.connect(play.set_box)
        play.frame_shown.connect(self.display.show_frame)
        play.position_changed.connect(self.display.show_place)
        play.state_changed.connect(self.display.show_state)
        play.failed.connect(self.display.show_failure)
        bar.play_pressed.connect(play.toggle)
        bar.frames_stepped.connect(play.step)
        bar.seconds_stepped.connect(play.step_seconds)
        bar.marks_stepped.connect(self.marking.choose_beside)
        bar.speed_chosen.connect(play.set_speed)
        bar.loop_pressed.connect(self._press_loop)
        bar.only_pressed.connect(self._press_only)
        self.only_marked.changed.connect(lambda: bar.show_only(on=self.only_marked.is_on))
        self.only_marked.refused.connect(self.page.side.show_refusal)
        bar.sound_pressed.connect(lambda: play.set_muted(muted=not play.is_muted))

    def _connect_background(self) -> None:
        work = self.background
        work.sound_came.connect(self._strip.show_sound)
        work.picture_came.connect(self.page.timeline.give_picture)
        work.stand_in_came.connect(self.playback.use_stand_in)
        work.stand_in_came.connect(self._strip.use_stand_in)
        work.stand_in_came.connect(self._close_strip.use_stand_in)
        work.looked.connect(self._strip.go)
        work.said.connect(self.page.head.say)
        work.begin()

    def _connect_timeline(self) -> None:
        timeline, head = self.page.timeline, self.page.head
        timeline.seek_wanted.connect(self.playback.seek_tick)
        timeline.mark_chosen.connect(self._choose_in_timeline)
        timeline.mark_opened.connect(lambda _mark: self.begin_note())
        timeline.edge_dragged.connect(self._drag)
        timeline.edge_dropped.connect(lambda _mark, _edge, _tick: self.marking.drop())
        timeline.edge_cancelled.connect(lambda _mark: self.marking.cancel())
        head.link_pressed.connect(self.marking.link)
        head.mark_pressed.connect(self.show_mark)

    def _connect_side(self) -> None:
        side = self.page.side
        side.codes.code_wanted.connect(self.marking.put_code)
        side.codes.find_wanted.connect(self.find)
        side.marks.view.mark_chosen.connect(lambda mark: self.marking.choose(mark, go=True))
        side.marks.view.mark_opened.connect(self._open_mark)
        side.marks.view.star_wanted.connect(self.marking.star_of)
        side.marks.left.connect(self._look)
        side.note.written.connect(self.marking.write_note)
        side.note.done.connect(self._look)
        for lead in side.leads:
            lead.chosen.connect(self._choose_lead)

    def _connect_marking(self) -> None:
        mark = self.marking
        for signal in (mark.marks_changed, mark.chosen_changed, mark.stretch.points_changed):
            signal.connect(self.display.show_marks)
        mark.stretch.loop_changed.connect(self._change_loop)
        mark.go_to.connect(self.pointing.go)
        mark.refused.connect(self.page.side.show_refusal)
        mark.saving.changed.connect(lambda: self.page.side.show_refusal(None))
        self.codes.pressed.connect(mark.press_code)
        self.codes.released.connect(mark.release_code)
        self.codes.group_changed.connect(self.display.show_group)
        self.codes.refused.connect(self.page.side.show_refusal)

    # Acting

    def _look(self) -> None:
        if QApplication.focusWidget() not in (self.page.picture, self.page.timeline):
            self.page.picture.setFocus()

    def _open_mark(self, mark_id: str) -> None:
        self.marking.choose(mark_id, go=True)
        self._look()

    def _choose_in_timeline(self, mark_id: str | None) -> None:
        # Over an edge the pointer is about to draw it: the frame under the edge will show, not the mark's first.
        on_edge = self.page.timeline.cursor().shape() == Qt.CursorShape.SplitHCursor
        self.marking.choose(mark_id, go=not on_edge)

    def _drag(self, mark_id: str, edge: Which, tick: int) -> None:
        self.playback.pause()
        self.marking.drag(mark_id, edge, tick)

    def _press_loop(self) -> None:
        self.marking.toggle_loop()
        self._change_loop()

    def _press_only(self) -> None:
        self.only_marked.toggle()
        self.page.transport.show_only(on=self.only_marked.is_on)

    def _change_loop(self) -> None:
        self.playback.set_loop(self.marking.stretch.loop)
        self.display.show_loop()

    def _choose_lead(self, milliseconds: int) -> None:
        self._set_lead(milliseconds)
        save_settings(replace(load_settings(), mark_lead_ms=milliseconds))

    def _set_lead(self, milliseconds: int) -> None:
        self.marking.landing.lead = Fraction(milliseconds, 1000)
        self.page.side.show_lead(milliseconds)

    def _try_again(self) -> None:
        self.page.places.show_picture()
        self.playback.try_again()
