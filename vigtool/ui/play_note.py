"""Has it entered in the audit log that a film is played: once for each opening, when it first plays."""

from __future__ import annotations

from PySide6.QtCore import QObject

from vigtool.ids import Id
from vigtool.ui.jobs import Jobs
from vigtool.ui.workspace import Workspace


class PlayNote(QObject):
    """Remembers what was entered since the films were opened; made anew, or told to `forget`, when they are closed."""

    def __init__(self, jobs: Jobs, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._workspace = jobs, workspace
        self._entered: set[Id] = set()

    def played(self, film: Id) -> None:
        """A film plays. Called as often as one likes."""
        desk = self._workspace.desk
        if film in self._entered or desk is None:
            return
        self._entered.add(film)
        self._jobs.call(lambda: desk.note_played(film), owner=self, failed=self._workspace.untold.emit)

    def forget(self) -> None:
        """The films were closed: the next opening is another one."""
        self._entered.clear()
