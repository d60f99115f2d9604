"""What is on the screen: which picture is wished for, which one is due while the film plays, and which one came."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vigtool.errors import VigtoolError
from vigtool.player.footage import Opener
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.transport import Transport
from vigtool.timebase import Span
from vigtool.ui.film.relay import Relay
from vigtool.ui.film.scrubbing import Nearest


class Screening(QObject):
    """The pictures of one film at the place where its transport is.

    Attributes:
        picture: what is on the screen; none until the first picture came.
        pictures: where they come from.
        nearest: what is shown under a pointer that is held down until the frame itself comes.

    Signals:
        shown (number, tick): another picture is there to be drawn: `picture`.
        missed (VigtoolError): what should be on the screen cannot be had.
    """

    shown = Signal(int, object)
    missed = Signal(object)

    def __init__(
        self,
        opener: Opener,
        index: FrameIndex,
        transport: Transport,
        cache_bytes: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.picture: ViewPicture | None = None
        self.pictures = Relay(opener, index, cache_bytes, self)
        self.pictures.came.connect(self._take)
        self.pictures.missed.connect(self._miss)
        self.nearest = Nearest(index, lambda: self.picture, self._show, self)
        self._index, self._transport = index, transport
        self._room = cache_bytes
        self._wished = -1
        self._leg: int | None = None  # of the route, in which the pictures that are decoded lie
        self._is_hurried = False

    def ask(self) -> None:
        """Ask for what should be on the screen now."""
        self.nearest.rest()
        self._is_hurried = False
        self._wished = self._transport.number
        if self._transport.loop is None and not self._transport.only:
            self.pictures.alone()
        if self._transport.playing and self._transport.rate > 0:
            self._leg = self._transport.route.place(self._transport.tick)
            self.pictures.run(self._wished)
        else:
            self.pictures.wish(self._wished)

    def hurry(self) -> None:
        """Ask for something true of the present frame at once, since a next wish follows soon; then for the frame."""
        self._is_hurried = True
        self._wished = self._transport.number
        self.pictures.glance(self._wished)
        if (picture := self.pictures.at_hand(self._wished)) is not None:
            self._show(picture)

    def follow(self, number: int) -> None:
        """While the film plays: show what is due, frame `number` or the last one before it that is there."""
        before, self._wished = self._wished, number
        if self._transport.rate < 0:
            if number != before:
                self.hurry()
            return
        self._take_the_turn(before, number)
        picture = self.pictures.due(number)
        if picture is not None:
            self._show(picture)

    def clear(self) -> None:
        """There is nothing to be shown."""
        self.picture = None

    def _take_the_turn(self, before: int, number: int) -> None:
        """Where playing jumps, go on with what was prepared; where it will jump, prepare it."""
        route, tick = self._transport.route, self._transport.tick
        leg = route.place(tick)
        if leg != self._leg or number < before:
            self._leg = leg
            first = number if leg is None else self._index.number_at(route.spans[leg].start)
            self.pictures.run(first)
        following = route.after(tick)
        if following is not None and not self._is_kept(following):
            self.pictures.prepare(self._index.number_at(following.start))

    def _is_kept(self, following: Span) -> bool:
        """Whether a stretch is the loop that one is in, and its pictures are all at hand after the first round."""
        if self._transport.loop != following:
            return False
        if self.picture is None:
            return True  # it is not known yet how large pictures are
        frames = self._index.number_at(following.end - 1) - self._index.number_at(following.start) + 1
        return 2 * frames * self.picture.pixels.nbytes < self._room

    def _take(self, picture: ViewPicture) -> None:
        right = picture.number == self._wished or self.picture is None
        if right or self._is_nearer(picture) or self.nearest.is_better(picture):
            self._show(picture)

    def _is_nearer(self, picture: ViewPicture) -> bool:
        """Whether a picture that comes late, while newer ones are wished for in quick succession, is worth showing."""
        if not self._is_hurried or self.picture is None:
            return False
        return abs(picture.number - self._wished) < abs(self.picture.number - self._wished)

    def _show(self, picture: ViewPicture) -> None:
        if picture is not self.picture:
            self.picture = picture
            self.shown.emit(picture.number, picture.pts)

    def _miss(self, number: int, error: VigtoolError) -> None:
        if self._transport.playing or number == self._wished:
            self.missed.emit(error)
