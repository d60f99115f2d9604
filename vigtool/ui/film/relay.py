"""Two decoding threads of one film that take turns, so that no jump in what is played has to be waited for.

While one plays a stretch, the other goes to where the next one begins and decodes some pictures of it. Where playing
gets there they change places: the round of a loop, or the way from mark to mark, costs the screen nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vigtool.errors import VigtoolError
from vigtool.player.footage import Opener
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.stand_in import StandIn
from vigtool.ui.film.pictures import Pictures


class Relay(QObject):
    """Pictures of one film in the size of one view, as `Pictures` gives them, and a second one that goes ahead.

    Signals:
        came (ViewPicture): a picture that was wished for.
        missed (number, VigtoolError): one that cannot be had.
    """

    came = Signal(object)
    missed = Signal(int, object)

    def __init__(self, opener: Opener, index: FrameIndex, cache_bytes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opener, self._index, self._cache_bytes = opener, index, cache_bytes
        self._box: tuple[int, int] | None = None
        self._stand_in: StandIn | None = None
        self._ready: int | None = None  # the frame that the spare one began with
        self._spare: Pictures | None = None
        self._front = self._made()

    def set_box(self, width: int, height: int) -> bool:
        """From now on pictures fit into so many pixels; whether they are of another size."""
        self._box, self._ready = (width, height), None
        if self._spare is not None:
            self._spare.set_box(width, height)
        return self._front.set_box(width, height)

    def use_stand_in(self, stand_in: StandIn | None) -> None:
        """Take pictures that must come quickly from this film from now on, or from none."""
        self._stand_in = stand_in
        for one in self._both():
            one.use_stand_in(stand_in)

    def wish(self, number: int) -> None:
        """Have one frame; the newest wish wins."""
        self._front.wish(number)

    def glance(self, number: int) -> None:
        """Have something true of one frame at once; then the frame itself."""
        self._front.glance(number)

    def at_hand(self, number: int) -> ViewPicture | None:
        """The picture of a frame in the present size, where it was decoded already."""
        return self._front.at_hand(number)

    def prepare(self, number: int) -> None:
        """Playing will come to frame `number` by a jump: decode from there on meanwhile."""
        if self._ready == number:
            return
        if self._spare is None:
            self._spare = self._made()
        self._spare.run(number)
        self._ready = number

    def run(self, number: int) -> None:
        """Decode from a frame on; at once, where it was prepared."""
        if self._spare is not None and self._ready == number:
            self._front.rest()
            self._front, self._spare = self._spare, self._front
            self._ready = None
        else:
            self._front.run(number)

    def due(self, number: int) -> ViewPicture | None:
        """The newest picture since `run` that is not later than frame `number`, where the film is now."""
        return self._front.due(number)

    def rest(self) -> None:
        """Decode ahead no more."""
        self._ready = None
        for one in self._both():
            one.rest()

    def alone(self) -> None:
        """Playing will not jump any more: one thread is enough."""
        self._let_spare_go()

    def open(self) -> None:
        """Open the film once more."""
        self._let_spare_go()
        self._front.open()

    def close(self) -> None:
        """Let the film go: the threads have ended when this returns, and nothing comes any more."""
        self._let_spare_go()
        self._front.close()

    def _both(self) -> tuple[Pictures, ...]:
        return (self._front,) if self._spare is None else (self._front, self._spare)

    def _made(self) -> Pictures:
        # Both hold as much: after a turn the other one is looked at. What all hold together has a limit of its own.
        made = Pictures(self._opener, self._index, self._cache_bytes, self)
        if self._box is not None:
            made.set_box(*self._box)
        if self._stand_in is not None:
            made.use_stand_in(self._stand_in)
        made.came.connect(self.came)
        made.missed.connect(lambda number, error: self._miss(made, number, error))
        return made

    def _let_spare_go(self) -> None:
        self._ready = None
        spare, self._spare = self._spare, None
        if spare is not None:
            spare.close()
            spare.deleteLater()

    def _miss(self, which: Pictures, number: int, error: VigtoolError) -> None:
        if which is self._front:
            self.missed.emit(number, error)
        else:
            self._ready = None  # it is said when playing gets there
