"""The decoding thread of one open film, as the thread that draws sees it: wishes go out, pictures come as signals."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from vigtool.errors import VigtoolError
from vigtool.player.decoding import CACHE_BYTES, FilmDecoder
from vigtool.player.footage import Opener
from vigtool.player.frame import fitted
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.stand_in import StandIn
from vigtool.ui.film.guarded import guarded, undressed
from vigtool.ui.film.memory import PICTURES


class Pictures(QObject):
    """Pictures of one film in the size of one view.

    Signals:
        came (ViewPicture): a picture that was wished for.
        missed (number, VigtoolError): one that cannot be had.
    """

    came = Signal(object)
    missed = Signal(int, object)
    _came = Signal(object, object)
    _missed = Signal(object, int, object)

    def __init__(
        self, opener: Opener, index: FrameIndex, cache_bytes: int = CACHE_BYTES, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._opener, self._index, self._cache_bytes = guarded(opener), index, cache_bytes
        self._size: tuple[int, int] | None = None
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._missed.connect(self._miss, Qt.ConnectionType.QueuedConnection)
        self._stand_in: StandIn | None = None
        self._decoder: FilmDecoder | None = None
        self.open()

    def open(self) -> None:
        """Open the film, once more where it is open."""
        self.close()
        token = object()  # what an earlier decoder had sent is not taken any more
        self._token: object = token
        self._decoder = FilmDecoder(
            self._opener,
            self._index,
            lambda picture: self._came.emit(token, picture),
            lambda number, error: self._missed.emit(token, number, error),
            self._cache_bytes,
            self._stand_in,
            budget=PICTURES,
        )

    def set_box(self, width: int, height: int) -> bool:
        """From now on pictures fit into so many pixels; whether they are of another size."""
        size = fitted(self._index.picture.width, self._index.picture.height, width, height)
        changed, self._size = size != self._size, size
        return changed

    def wish(self, number: int) -> None:
        """Have one frame; the newest wish wins."""
        if self._decoder is not None and self._size is not None:
            self._decoder.show(number, *self._size)

    def glance(self, number: int) -> None:
        """Have something true of one frame at once, while dragging or while a key is held; then the frame itself."""
        if self._decoder is not None and self._size is not None:
            self._decoder.glance(number, *self._size)

    def use_stand_in(self, stand_in: StandIn | None) -> None:
        """Take pictures that must come quickly from this film from now on, or from none."""
        self._stand_in = stand_in and StandIn(guarded(stand_in.opener), stand_in.index)
        if self._decoder is not None:
            self._decoder.use_stand_in(self._stand_in)

    def at_hand(self, number: int) -> ViewPicture | None:
        """The picture of a frame in the present size, where it was decoded already."""
        return None if self._decoder is None else self._decoder.cached(number)

    def run(self, number: int) -> None:
        """Decode from a frame on, ahead of what is asked for by `due`."""
        if self._decoder is not None and self._size is not None:
            self._decoder.play(number, *self._size)

    def due(self, number: int) -> ViewPicture | None:
        """The newest picture since `run` that is not later than frame `number`, where the film is now."""
        return None if self._decoder is None else self._decoder.at(number)

    def rest(self) -> None:
        """Decode ahead no more."""
        if self._decoder is not None:
            self._decoder.rest()

    def close(self) -> None:
        """Let the film go: the thread has ended when this returns, and nothing comes any more."""
        self._token = object()
        decoder, self._decoder = self._decoder, None
        if decoder is not None:
            decoder.close()

    def _take(self, token: object, picture: ViewPicture) -> None:
        if token is self._token:
            self.came.emit(picture)

    def _miss(self, token: object, number: int, error: VigtoolError) -> None:
        if token is self._token:
            self.missed.emit(number, undressed(error))
