"""At the top of the Film room: that somebody in this film has not agreed to being filmed, as things stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vigtool.ids import Id
from vigtool.ui.parts.chip import Chip, State
from vigtool.ui.parts.surface import row
from vigtool.ui.room import Bench


class FilmFlag(QWidget):
    """The flag. It says what is missing to a tool tip and a screen reader."""

    def __init__(self, bench: Bench, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        """Make it, and read at once; `changed` is called when it is there now, or no longer."""
        super().__init__(parent)
        self._changed = changed
        self._bench = bench
        self.missing: tuple[str, ...] = ()
        self._line = row(self, gap=0)
        self._chip: Chip | None = None
        bench.workspace.film_changed.connect(self.read)
        bench.workspace.records_changed.connect(self.read)
        bench.workspace.desk_changed.connect(self.read)
        self.read()

    def read(self) -> None:
        """Read again what is missing for the film that is open."""
        desk, film = self._bench.workspace.desk, self._bench.workspace.film
        if desk is None or film is None:
            self._show("", ())
            return
        wanted = film.id
        self._bench.jobs.call(
            lambda: tuple(desk.missing_to_film(wanted)), owner=self, done=lambda missing: self._show(wanted, missing)
        )

    def _show(self, film: Id, missing: Sequence[str]) -> None:
        now = self._bench.workspace.film
        if film and (now is None or now.id != film):
            return  # another film was opened meanwhile
        if tuple(missing) == self.missing:
            return
        self.missing = tuple(missing)
        if self._chip is not None:
            self._line.removeWidget(self._chip)
            self._chip.hide()
            self._chip.deleteLater()
            self._chip = None
        if missing:
            said = self.tr("Not everybody in this film has agreed to being filmed: {0}").format("; ".join(missing))
            self._chip = Chip(self.tr("consent missing"), State.DUE, said=said)
            self._line.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self._changed()
