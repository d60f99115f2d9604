"""Large pictures of the films that a reel shows: one decoding thread for each, as in the Film room."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QObject, Signal

from vigtool.ids import Id
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.ui.desk import OpenFilm
from vigtool.ui.film.pictures import Pictures

_CACHE_BYTES = 96 << 20


def film_pictures(film: OpenFilm, parent: QObject) -> Pictures:
    """The decoding thread of an open film."""
    return Pictures(film.opener, cast("FrameIndex", film.index), _CACHE_BYTES, parent)


class ReelPictures(QObject):
    """Gives pictures of whichever film is asked for.

    Signals:
        shown: film id, frame number and its pixels.
        failed: film id, frame number and the error.
    """

    shown = Signal(str, int, object)
    failed = Signal(str, int, object)

    def __init__(
        self, parent: QObject | None = None, *, open_: Callable[[OpenFilm, QObject], Pictures] = film_pictures
    ) -> None:
        super().__init__(parent)
        self._open = open_
        self._films: dict[Id, Pictures] = {}
        self._box: tuple[int, int] | None = None
        self._last: tuple[Id, int] | None = None

    def set_box(self, width: int, height: int) -> None:
        """From now on pictures are made to fit this room, in pixels of the screen."""
        self._box = (width, height)
        for pictures in self._films.values():
            pictures.set_box(width, height)

    def wish(self, film: OpenFilm, number: int) -> None:
        """Have one frame; the newest wish wins."""
        self._last = None
        self._of(film).wish(number)

    def run(self, film: OpenFilm, number: int) -> None:
        """Decode from a frame on, ahead of what is asked for by `due`."""
        self._last = None
        self._of(film).run(number)

    def due(self, film: OpenFilm, number: int) -> None:
        """Show the newest picture since `run` that is not later than frame `number`, once."""
        picture = self._of(film).due(number)
        if picture is not None and self._last != (film.film.id, picture.number):
            self._last = (film.film.id, picture.number)
            self.shown.emit(film.film.id, picture.number, picture.pixels)

    def rest(self) -> None:
        """Decode ahead no more."""
        for pictures in self._films.values():
            pictures.rest()

    def let_go(self) -> None:
        """Close every film; its thread has ended when this returns."""
        films, self._films = list(self._films.values()), {}
        for pictures in films:
            pictures.close()
            pictures.deleteLater()

    def _of(self, film: OpenFilm) -> Pictures:
        known = self._films.get(film.film.id)
        if known is None:
            known = self._open(film, self)
            known.came.connect(partial(self._came, film.film.id))
            known.missed.connect(partial(self.failed.emit, film.film.id))
            self._films[film.film.id] = known
            if self._box is not None:
                known.set_box(*self._box)
        return known

    def _came(self, film: Id, picture: ViewPicture) -> None:
        self.shown.emit(film, picture.number, picture.pixels)
