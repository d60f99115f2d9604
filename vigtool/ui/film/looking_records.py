"""What is kept of looking at one film, read and written on the vault thread: its stills, and the film beside it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from vigtool.casework.film import Film
from vigtool.casework.film_pair import FilmPair, PairedBy
from vigtool.casework.still import Still
from vigtool.ids import Id
from vigtool.ui.desk import Cancelled, Desk, OpenFilm, Report
from vigtool.ui.jobs import Job, Jobs
from vigtool.ui.workspace import Workspace


class LookingRecords(QObject):
    """The records of one open film. It is deleted with the film's page, and tells nothing afterwards.

    Signals:
        still_kept (Still): one more is kept.
        stills_changed (list of Still): as they stand now, in the order of the film.
        films_there (list of (Film, Session or None)): those that can lie beside it, the nearest first.
        beside_opened (OpenFilm, FilmPair or None): the second film, and how the two lie to each other.
        paired (FilmPair): it was said how they lie to each other.
        refused (error): something could not be read or written.
    """

    still_kept = Signal(object)
    stills_changed = Signal(object)
    films_there = Signal(object)
    beside_opened = Signal(object, object)
    paired = Signal(object)
    refused = Signal(object)

    def __init__(self, jobs: Jobs, workspace: Workspace, desk: Desk, film: Film, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._workspace, self._desk, self._film = jobs, workspace, desk, film
        self._opening: Job[tuple[OpenFilm, FilmPair | None]] | None = None

    def load(self) -> None:
        """Read the stills, and which films can lie beside this one."""
        self._read_stills()

        def films() -> object:
            sessions = {session.id: session for session in self._desk.sessions(self._film.family)}
            return [(film, sessions.get(film.session or "")) for film in self._desk.films_beside(self._film.id)]

        self._jobs.call(films, owner=self, done=self.films_there.emit, failed=self.refused.emit)

    # Stills

    def keep_still(self, tick: int) -> None:
        """Keep exactly the frame that begins at `tick`."""
        self._write(lambda: self._desk.keep_still(self._film.id, tick), lambda still: self._read_stills(kept=still))

    def word_still(self, still: Still, words: str) -> None:
        """Say something else of a still."""
        self._write(lambda: self._desk.word_still(still, words), lambda _still: self._read_stills())

    def remove_still(self, still: Still) -> None:
        """Keep it no longer."""
        self._write(lambda: self._desk.remove_still(still), lambda _nothing: self._read_stills())

    # The film beside

    def open_beside(self, film: Id) -> None:
        """Open a second film, and read how the two lie to each other."""
        if self._opening is not None:
            self._opening.cancel()

        def op(report: Report, cancelled: Cancelled) -> tuple[OpenFilm, FilmPair | None]:
            return self._desk.open_film(film, report, cancelled), self._desk.film_pair(self._film.id, film)

        self._opening = self._jobs.run(
            op, owner=self, done=lambda found: self.beside_opened.emit(*found), failed=self.refused.emit
        )

    def lay_beside(self, film: Id, offset: Fraction, how: PairedBy) -> None:
        """What this film shows at second t of its clock, `film` shows at t + `offset` of its own."""
        self._write(lambda: self._desk.lay_beside(self._film.id, film, offset, how), self.paired.emit)

    # Inside

    def _read_stills(self, *, kept: object = None) -> None:
        def read(stills: object) -> None:
            self.stills_changed.emit(stills)
            if kept is not None:
                self.still_kept.emit(kept)

        self._jobs.call(lambda: self._desk.stills(self._film.id), owner=self, done=read, failed=self.refused.emit)

    def _write(self, call: Callable[[], object], done: Callable[[object], None]) -> None:
        """Write; also after the film was closed, when the window says what could not be written."""
        workspace = self._workspace

        def written(value: object) -> None:
            workspace.write_done()
            if isValid(self):
                done(value)

        def refused(error: BaseException) -> None:
            there = isValid(self)
            workspace.write_failed(error, told=there)
            if there:
                self.refused.emit(error)
                self._read_stills()

        workspace.write_begun()
        self._jobs.call(call, owner=workspace, done=written, failed=refused)
