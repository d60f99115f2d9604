"""Keeping stills of an open film: the key, the list beside the film, and the small pictures in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from vigtool.casework.still import Still
from vigtool.player.footage import Opener
from vigtool.player.frame import fitted
from vigtool.player.frame_index import FrameIndex
from vigtool.timebase import short_clock
from vigtool.ui.film.guarded import guarded
from vigtool.ui.film.looking_records import LookingRecords
from vigtool.ui.film.page import FilmPage
from vigtool.ui.film.playback import Playback
from vigtool.ui.film.stills_view import PICTURE
from vigtool.ui.film.strip_jobs import read_pictures
from vigtool.ui.jobs import Job, Jobs, Where

_SAID_MS = 2500


class StillJobs(QObject):
    """Joins the list of stills to the film. What is kept is the frame's own timestamp, never what the view shows."""

    _made = Signal(object, object)

    def __init__(self, page: FilmPage, playback: Playback, records: LookingRecords, jobs: Jobs) -> None:
        super().__init__(page)
        self._page, self._playback, self._records, self._jobs = page, playback, records, jobs
        self._opener = guarded(page.opened.opener)
        self._job: Job[None] | None = None
        self._closed = False
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(_SAID_MS)
        self._said.timeout.connect(lambda: page.picture.notes.say("kept", ""))
        panel = page.side.stills
        records.stills_changed.connect(self._show)
        records.still_kept.connect(self._say_kept)
        panel.view.chosen.connect(self._go)
        panel.view.removed.connect(records.remove_still)
        panel.model.worded.connect(records.word_still)
        self._made.connect(self._give)

    def keep(self) -> None:
        """Keep exactly the frame that shows."""
        self._records.keep_still(self._page.index.pts(self._playback.frame))

    def close(self) -> None:
        """Make no more pictures."""
        self._closed = True
        self._said.stop()
        if self._job is not None:
            self._job.cancel()

    def _go(self, still: Still) -> None:
        number = self._page.index.number_of(still.tick)
        if number is not None:
            self._playback.pause()
            self._playback.seek_frame(number)

    def _say_kept(self, still: Still) -> None:
        self._page.picture.notes.say("kept", self.tr("still kept in the vault"))
        self._said.start()
        self._page.side.show_stills()
        self._page.side.stills.view.show_current(still.id)

    def _show(self, stills: Sequence[Still]) -> None:
        index, side = self._page.index, self._page.side
        times = {still.tick: short_clock((still.tick - index.start) * index.time_base) for still in stills}
        side.stills.show_stills(stills, times)
        side.say_stills(len(stills))
        self._make_pictures([still.tick for still in side.stills.model.lacking()])

    def _make_pictures(self, ticks: Sequence[int]) -> None:
        if self._job is not None:
            self._job.cancel()
        if not ticks or self._closed:
            return
        opener, index, give = self._opener, self._page.index, self._made.emit

        def op(_report: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
            _read(opener, index, ticks, give, cancelled)

        self._job = self._jobs.run(op, owner=self, where=Where.POOL, failed=lambda _error: None)

    def _give(self, tick: int, picture: QImage) -> None:
        self._page.side.stills.model.give_picture(tick, picture)


def _read(
    opener: Opener,
    index: FrameIndex,
    ticks: Sequence[int],
    give: Callable[[int, QImage], None],
    cancelled: Callable[[], bool],
) -> None:
    """Make the small pictures in a thread of the pool; a frame too damaged to be shown has none.

    Raises:
        Cancelled: when stopped.
        FilmMissing: where the film can no longer be read.
    """
    shown = {index.number_at(tick): tick for tick in ticks}
    picture = index.picture
    size = fitted(picture.width, picture.height, 2 * PICTURE.width(), 2 * PICTURE.height())
    read_pictures(opener, index, list(shown), size, lambda number, image: give(shown[number], image), cancelled)
