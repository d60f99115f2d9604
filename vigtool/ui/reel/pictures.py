"""Large pictures of whole films, one after the other: the newest wish wins, and each is the exact frame asked for.

One job at a time decodes, in the pool; it keeps each film's reader, so that the next frame is decoded from the last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import QObject, Signal

from vigtool.errors import Cancelled
from vigtool.ids import Id
from vigtool.player.frame import fitted
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.ui.desk import OpenFilm, Pixels
from vigtool.ui.jobs import Where
from vigtool.ui.room import Bench

Box = tuple[int, int]


class Reading(Protocol):
    """Reads frames of one film; used by one job at a time."""

    def picture(self, number: int, box: Box) -> Pixels:
        """Frame `number`, as large as it fits into `box`."""
        ...

    def close(self) -> None:
        """Let the film go."""
        ...


class FilmReading:
    """Reads an open film."""

    def __init__(self, film: OpenFilm) -> None:
        self._reader = FrameReader(film.opener, cast("FrameIndex", film.index))

    def picture(self, number: int, box: Box) -> Pixels:
        """Frame `number`, as large as it fits into `box`.

        Raises:
            FilmError: where it cannot be read.
        """
        frame = self._reader.get(number)
        return frame.bgra(*fitted(frame.width, frame.height, *box))

    def close(self) -> None:
        """Let the film go."""
        self._reader.close()


@dataclass(frozen=True, slots=True)
class _Wish:
    film: OpenFilm
    number: int
    box: Box


class Pictures(QObject):
    """Gives pictures.

    Signals:
        shown: film id, frame number and its pixels.
        failed: film id, frame number and the error.
    """

    shown = Signal(str, int, object)
    failed = Signal(str, int, object)

    def __init__(
        self, bench: Bench, parent: QObject | None = None, *, open_: Callable[[OpenFilm], Reading] = FilmReading
    ) -> None:
        super().__init__(parent)
        self._bench, self._open = bench, open_
        self._readers: dict[Id, Reading] = {}
        self._box: Box = (640, 360)
        self._wanted: _Wish | None = None
        self._busy = False
        self._closing = False

    def set_box(self, width: int, height: int) -> None:
        """From now on pictures are made to fit this room, in pixels of the screen."""
        self._box = (width, height)

    def wish(self, film: OpenFilm, number: int) -> None:
        """Have a frame decoded; wishes that wait are forgotten for it."""
        self._wanted = _Wish(film, number, self._box)
        self._closing = False
        self._begin()

    def let_go(self) -> None:
        """Close every film, once nothing is decoded any more."""
        self._wanted, self._closing = None, True
        self._begin()

    def _begin(self) -> None:
        if self._busy:
            return
        if self._closing:
            for reader in self._readers.values():
                reader.close()
            self._readers.clear()
            return
        wish, self._wanted = self._wanted, None
        if wish is None:
            return
        self._busy = True
        self._bench.jobs.run(
            lambda _report, _cancelled: self._read(wish),
            owner=self,
            done=partial(self._done, wish),
            failed=partial(self._not_done, wish),
            where=Where.POOL,
        )

    def _read(self, wish: _Wish) -> Pixels:
        """Runs in the pool; never twice at a time."""
        film = wish.film.film.id
        if film not in self._readers:
            self._readers[film] = self._open(wish.film)
        return self._readers[film].picture(wish.number, wish.box)

    def _done(self, wish: _Wish, pixels: Pixels) -> None:
        self._busy = False
        if not self._closing:
            self.shown.emit(wish.film.film.id, wish.number, pixels)
        self._begin()

    def _not_done(self, wish: _Wish, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, Cancelled):
            return
        if not self._closing:
            self.failed.emit(wish.film.film.id, wish.number, error)
        self._begin()
