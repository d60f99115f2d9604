"""What the page of an open film shows: where the film stands, its marks, what is the matter with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from vigtool.annotate.mark import Mark
from vigtool.errors import FrameUnreadable, VigtoolError
from vigtool.timebase import short_clock
from vigtool.ui.film.code_keys import CodeKeys
from vigtool.ui.film.marking import Marking
from vigtool.ui.film.page import FilmPage
from vigtool.ui.film.playback import Playback
from vigtool.ui.notices import words_of


class Display:
    """Brings the page up to date. It changes nothing but what is seen, and tells marking that the film moved on."""

    def __init__(
        self, page: FilmPage, playback: Playback, marking: Marking, codes: CodeKeys, try_again: Callable[[], None]
    ) -> None:
        self._page, self._playback, self._marking, self._codes = page, playback, marking, codes
        self._try_again = try_again
        self._code: str | None = None

    def show_frame(self, number: int, _tick: int) -> None:
        """Show the picture that came."""
        picture, page = self._playback.picture, self._page
        if picture is not None:
            page.places.show_picture()
            page.picture.show_picture(picture.pixels)
            self._say_place(number)
        self.show_place()

    def show_place(self) -> None:
        """Say where the film stands."""
        play, page = self._playback, self._page
        number = play.frame
        page.transport.show_place(page.index.seconds(number), number, page.index.frames, play.rate)
        page.timeline.set_playhead(play.tick, follow=True)
        page.head.overview.set_playhead(play.tick)
        self._marking.moved_on()

    def show_state(self) -> None:
        """Say whether it plays, how fast, and whether it is heard."""
        play, bar = self._playback, self._page.transport
        bar.show_playing(playing=play.is_playing)
        bar.show_speed(play.speed)
        bar.show_sound(on=not play.is_muted, there=play.has_sound)
        missing = play.lacks_device and not play.is_muted
        self._page.picture.notes.say("device", _no_device() if missing else "")
        if not play.is_playing:
            self._marking.release_code()
            self._say_place(play.frame)
        self.show_place()

    def show_failure(self, error: VigtoolError) -> None:
        """Say what is the matter, in the picture's place."""
        if isinstance(error, FrameUnreadable):
            notice = words_of(error)
            self._page.picture.show_words(f"{notice.title}.\n{notice.hint}")
        else:
            self._page.places.show_error(error).answered.connect(lambda _place: self._try_again())

    def show_loop(self) -> None:
        """Say whether it goes round, and in what."""
        self._page.transport.show_loop(self._marking.stretch.loop, self._page.index.time_base)
        self.show_marks()

    def show_marks(self) -> None:
        """Show the marks, which one is chosen, and the points."""
        mark, page = self._marking, self._page
        points = mark.stretch.points
        shown = replace(
            page.timeline.model,
            marks=mark.marks,
            chosen=mark.chosen,
            points=(points.start, points.end),
            loop=mark.stretch.loop,
        )
        page.timeline.set_model(shown)
        page.head.overview.set_model(shown)
        page.head.show_choice(is_chosen=mark.chosen is not None)
        page.side.marks.set_model(shown)
        self._show_choice(mark.chosen_mark)

    def show_group(self) -> None:
        """Show the codes whose letter is awaited."""
        self._page.side.show_awaited(None if self._codes.group is None else self._codes.group.digit)

    def _say_place(self, number: int) -> None:
        if not self._playback.is_playing and self._playback.picture is not None:
            self._page.picture.say_place(number, short_clock(self._page.index.seconds(number)))

    def _show_choice(self, chosen: Mark | None) -> None:
        side, model = self._page.side, self._page.timeline.model
        code = None if chosen is None else chosen.code
        if code != self._code:
            self._code = code
            side.show_code(code)
        if chosen is None:
            side.note.show_mark(None, "")
            return
        when = short_clock((chosen.span.start - model.start) * model.time_base)
        words = " · ".join(part for part in (self._page.labels.get(chosen.code or "", ""), when) if part)
        side.note.show_mark(self._marking.saving.marks.get(chosen.id, chosen), words)


def _no_device() -> str:
    return QCoreApplication.translate("Display", "No sound device")
