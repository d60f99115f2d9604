"""The films whose moments are shown: opened once each, by a job, and kept while the room is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from vigtool.ids import Id
from vigtool.ui.desk import OpenFilm
from vigtool.ui.play_note import PlayNote
from vigtool.ui.room import Bench


class OpenFilms(QObject):
    """Opens films on the vault thread.

    Signals:
        opened: a film (its id) can be read now.
        failed: a film (its id) cannot be opened, and the error.
    """

    opened = Signal(str)
    failed = Signal(str, object)

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._films: dict[Id, OpenFilm] = {}
        self._wanted: dict[Id, list[Callable[[OpenFilm], None]]] = {}
        self._round = 0
        self._note = PlayNote(bench.jobs, bench.workspace, self)

    def get(self, film: Id) -> OpenFilm | None:
        """The film, if it is open."""
        return self._films.get(film)

    def want(self, film: Id, then: Callable[[OpenFilm], None] | None = None) -> None:
        """Open a film, unless it is open or being opened; `then` is called once it is."""
        if (known := self._films.get(film)) is not None:
            if then is not None:
                then(known)
            return
        begun = film in self._wanted
        self._wanted.setdefault(film, []).extend([then] if then else [])
        if begun:
            return
        desk = self._bench.desk
        self._bench.jobs.run(
            lambda report, cancelled: desk.open_film(film, report, cancelled),
            owner=self,
            done=partial(self._done, self._round, film),
            failed=partial(self._failed, self._round, film),
        )

    def played(self, film: Id) -> None:
        """A moment of a film plays."""
        self._note.played(film)

    def forget(self) -> None:
        """Another family is open: nothing of the one before stays."""
        self._round += 1
        self._note.forget()
        self._films.clear()
        self._wanted.clear()

    def _done(self, round_: int, film: Id, opened: OpenFilm) -> None:
        if round_ != self._round:
            return
        self._films[film] = opened
        self.opened.emit(film)
        for then in self._wanted.pop(film, []):
            then(opened)

    def _failed(self, round_: int, film: Id, error: BaseException) -> None:
        if round_ == self._round:
            self._wanted.pop(film, None)
            self.failed.emit(film, error)
