"""What is made of an open film in the background: its sound drawn small, small pictures, a small film that stands in.

What the vault keeps of it already is there at once. The rest is made while one works, one after the other in a thread
that steps back for the others, shown as it fills in, and kept; the next opening finds it. Nothing of this is needed to
work, so that what fails is left for another time and nobody is told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from vigtool.player.footage import Opener
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.stand_in import StandIn, wants_stand_in
from vigtool.player.strip import Strip
from vigtool.player.thumbnails import make_strip
from vigtool.player.waveform import Peaks, peaks
from vigtool.ui.desk import Cancelled, KeptDesk, OpenFilm, Report
from vigtool.ui.film.guarded import guarded
from vigtool.ui.jobs import Job, Jobs, Where

T = TypeVar("T")


class FilmBackground(QObject):
    """The background work of one film, from `begin` to `close`.

    Signals:
        sound_came (Peaks): how loud the film is, as far as it is known.
        picture_came (frame number, QImage): a small picture.
        stand_in_came (StandIn): the film that stands in is whole.
        looked: whatever is kept has come.
        said (str): what goes on, in a few quiet words; empty when nothing does.
    """

    sound_came = Signal(object)
    picture_came = Signal(int, object)
    stand_in_came = Signal(object)
    looked = Signal()
    said = Signal(str)
    _part_came = Signal(object, object)

    def __init__(self, opened: OpenFilm, kept: KeptDesk, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opened, self._kept, self._jobs = opened, kept, jobs
        self._opener: Opener = guarded(opened.opener)
        self._index = cast("FrameIndex", opened.index)
        self._under_way: list[Job[Any]] = []
        self._is_closed = False
        self._part_came.connect(self._show_part, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Show what is kept, and make what is not, in this order."""
        kept, opened = self._kept, self._opened
        if opened.film.sound is not None:
            _Part(self, lambda: kept.kept_peaks(opened), self._make_peaks, self.sound_came.emit).begin()
        _Part(self, lambda: _unpacked(kept.kept_strip(opened)), self._make_strip, self._show_pictures).begin()
        if wants_stand_in(self._index):
            _Part(self, lambda: kept.kept_stand_in(opened), self._make_stand_in, self.stand_in_came.emit).begin()
        self.look(lambda: None, lambda _nothing: self.looked.emit())  # the vault answers in the order asked

    def close(self) -> None:
        """Nothing is needed any more. What is under way ends soon, and leaves nothing half-made."""
        self._is_closed = True
        for job in self._under_way:
            job.cancel()

    @property
    def is_closed(self) -> bool:
        """Whether it was closed."""
        return self._is_closed

    def look(self, read: Callable[[], T], done: Callable[[T | None], None]) -> None:
        """Ask the vault for what is kept; none where it cannot be had."""
        self._under_way.append(
            self._jobs.call(read, owner=self, done=done, failed=lambda _error: done(None)),
        )

    def _make_peaks(self, done: Callable[[Peaks], None]) -> None:
        def op(report: Report, cancelled: Cancelled) -> Peaks:
            return peaks(self._opener, self._index, report, cancelled, lambda part: self._part_came.emit("sound", part))

        self._run(op, done, keep=self._kept.keep_peaks)

    def _make_strip(self, done: Callable[[list[tuple[int, QImage]]], None]) -> None:
        def deliver(picture: ViewPicture) -> None:
            self._part_came.emit("picture", (picture.number, _image(picture.pixels)))

        def op(report: Report, cancelled: Cancelled) -> Strip:
            return make_strip(self._opener, self._index, deliver, report, cancelled)

        # Its pictures came one by one already.
        self._run(op, lambda _strip: done([]), keep=self._kept.keep_strip)

    def _make_stand_in(self, done: Callable[[StandIn], None]) -> None:
        def ended(made: StandIn | None) -> None:
            self.said.emit("")
            if made is not None:
                done(made)

        self._under_way.append(
            self._jobs.run(
                lambda report, cancelled: self._kept.make_stand_in(self._opened, report, cancelled),
                owner=self,
                where=Where.BACKGROUND,
                progress=self._say,
                done=ended,
                failed=lambda _error: ended(None),
            )
        )

    def _run(
        self,
        op: Callable[[Report, Cancelled], T],
        done: Callable[[T], None],
        keep: Callable[[OpenFilm, T], None],
    ) -> None:
        """Make something in the background, show it, and keep it."""

        def made(found: T) -> None:
            done(found)
            self._jobs.call(lambda: keep(self._opened, found), owner=self)

        self._under_way.append(self._jobs.run(op, owner=self, where=Where.BACKGROUND, done=made))

    def _say(self, done: int, total: int) -> None:
        if not self._is_closed:
            self.said.emit(self.tr("making this film quick: {0} %").format(100 * done // max(total, 1)))

    def _show_part(self, what: str, part: Any) -> None:
        if self._is_closed:
            return
        if what == "sound":
            self.sound_came.emit(part)
        else:
            self.picture_came.emit(*part)

    def _show_pictures(self, pictures: list[tuple[int, QImage]]) -> None:
        for number, image in pictures:
            self.picture_came.emit(number, image)


class _Part(Generic[T]):
    """One thing that is made of a film: shown if it is kept, else made and then shown."""

    def __init__(
        self,
        work: FilmBackground,
        read: Callable[[], T | None],
        make: Callable[[Callable[[T], None]], None],
        show: Callable[[T], None],
    ) -> None:
        self._work, self._read, self._make, self._show = work, read, make, show

    def begin(self) -> None:
        """Look for it in the vault."""
        self._work.look(self._read, self._looked)

    def _looked(self, found: T | None) -> None:
        if self._work.is_closed:
            return
        if found is None:
            self._make(self._came)
        else:
            self._show(found)

    def _came(self, found: T) -> None:
        if not self._work.is_closed:
            self._show(found)


def _unpacked(strip: Strip | None) -> list[tuple[int, QImage]] | None:
    """The pictures of a strip, ready to be drawn."""
    if strip is None:
        return None
    found = ((number, strip.pixels(number)) for number in strip.numbers)
    return [(number, _image(pixels)) for number, pixels in found if pixels is not None]


def _image(pixels: Any) -> QImage:
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
