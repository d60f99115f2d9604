"""A second film that follows the first by exact time: one transport drives both.

The first film leads: what it shows at the second t of its clock, the second shows at t + offset of its own, to the
fraction of a tick. While the first plays, the second shows the newest of its frames that is due within the frame of
the first that is on the screen; so at every picture of the first, early or late, the two belong together.
"""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from PySide6.QtCore import QObject, Signal

from vigtool.errors import VigtoolError
from vigtool.player.beside import frame_beside, offset_between
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.ui.desk import OpenFilm
from vigtool.ui.film.pictures import Pictures
from vigtool.ui.film.playback import Playback

_AHEAD = 30
"""Frames: what lies farther on than this was jumped to, not played to."""


class SecondFilm(QObject):
    """The film that follows. `close` waits for its thread.

    Attributes:
        index: its frames.
        picture: what is on the screen; none where it shows nothing at this moment.
        number: the frame it stands on; none where it has not begun yet, or has ended.
        is_alone: whether it is stepped by itself, until it is said what belongs together.

    Signals:
        shown: another picture, or none, is to be drawn.
        moved: it is somewhere else, or the offset is another.
        failed (VigtoolError): it cannot be shown there.
    """

    shown = Signal()
    moved = Signal()
    failed = Signal(object)

    def __init__(self, first: Playback, opened: OpenFilm, offset: Fraction | None, cache_bytes: int) -> None:
        """Open it; without an offset the two begin together."""
        super().__init__(first)
        self.opened = opened
        self.index = cast("FrameIndex", opened.index)  # every desk hands over the player's own
        self._first = first
        self._offset = offset_between(first.index, 0, self.index, 0) if offset is None else offset
        self.picture: ViewPicture | None = None
        self.number: int | None = None
        self.is_alone = False
        self._ran: int | None = None
        self._pictures = Pictures(opened.opener, self.index, cache_bytes, self)
        self._pictures.came.connect(self._take)
        self._pictures.missed.connect(self._miss)
        for signal in (first.frame_shown, first.position_changed, first.state_changed):
            signal.connect(self._follow)
        first.accompany(on=True)  # its frames need not change when those of the first do
        self._follow()

    @property
    def offset(self) -> Fraction:
        """Seconds; what the first film shows at second t of its clock, this one shows at t + offset of its own."""
        return self._offset

    def set_box(self, width: int, height: int) -> None:
        """Deliver pictures that fit into so many pixels of the screen from now on."""
        if self._pictures.set_box(width, height):
            self._ran = None
            self._go(self.number, again=True)

    def set_offset(self, offset: Fraction) -> None:
        """Follow by another offset."""
        self.is_alone, self._offset = False, offset
        self._follow()
        self.moved.emit()

    def step(self, frames: int) -> None:
        """Step this film alone, while the first stands."""
        self._first.pause()
        at = 0 if self.number is None else self.number + frames
        self.is_alone = True
        self._go(min(max(at, 0), self.index.frames - 1))
        self.moved.emit()

    def lay_together(self) -> Fraction | None:
        """What both show now is the same moment: the offset that follows; none where this film shows nothing."""
        if self.number is None:
            return None
        self.set_offset(offset_between(self._first.index, self._first.frame, self.index, self.number))
        return self._offset

    def close(self) -> None:
        """Let the film go."""
        for signal in (self._first.frame_shown, self._first.position_changed, self._first.state_changed):
            signal.disconnect(self._follow)
        self._first.accompany(on=False)
        self._pictures.close()

    def _follow(self) -> None:
        """Be where the first film is."""
        if self.is_alone:
            return
        first = self._first
        number = frame_beside(first.index, self._tick(), self.index, self._offset)
        if first.is_playing and first.rate > 0 and number is not None:
            self._run(number)
            return
        if self._ran is not None:
            self._ran = None
            self._pictures.rest()
            self._go(number, again=True)
        else:
            self._go(number)

    def _tick(self) -> int:
        """The place of the first film, within the frame of it that is on the screen."""
        index, frame = self._first.index, self._first.frame
        if not self._first.is_playing:
            return index.pts(frame)
        return min(max(self._first.tick, index.pts(frame)), index.after(frame) - 1)

    def _run(self, number: int) -> None:
        if self._ran is None or not self._ran <= number <= self._ran + _AHEAD:
            self._pictures.run(number)
        self._ran = self.number = number
        picture = self._pictures.due(number)
        if picture is not None:
            self._show(picture)

    def _go(self, number: int | None, *, again: bool = False) -> None:
        if number == self.number and not again:
            return
        self.number = number
        if number is None:
            self._show(None)
        else:
            self._pictures.wish(number)
            if self.picture is None:
                self.shown.emit()  # what stood there in place of a picture holds no longer
        self.moved.emit()

    def _take(self, picture: ViewPicture) -> None:
        if picture.number == self.number or (self.picture is None and self.number is not None):
            self._show(picture)

    def _show(self, picture: ViewPicture | None) -> None:
        if picture is not self.picture or picture is None:
            self.picture = picture
            self.shown.emit()

    def _miss(self, number: int, error: VigtoolError) -> None:
        if number == self.number:
            self.picture = None
            self.failed.emit(error)
