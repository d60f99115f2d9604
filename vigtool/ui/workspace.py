"""What is open: the vault, a family, its cycle, a film, a reel; one signal for each kind of change.

It holds records, never widgets, and changes nothing by itself: a room that wrote something says so here, and every
other room hears it. What is open stands at the top of the window and stays when the room changes.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vigtool.annotate.reel import Reel
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.ui.desk import Desk


class Workspace(QObject):
    """What is open.

    Signals:
        desk_changed, family_changed, cycle_changed, film_changed, reel_changed: another one (or none) is open, or its
            record was written anew; the value is read from the attribute of that name.
        records_changed: something of the open family was written: lists that show it read it again.
        saving, saved: a write was begun; the last of those begun is durable.
        failed: a write did not succeed (carries the exception); what stood before is still there.
        untold: the same, where nobody has said so yet beside the thing it is about.
        preferences_changed (Settings): the person prefers something else from now on.
    """

    desk_changed = Signal()
    family_changed = Signal()
    cycle_changed = Signal()
    film_changed = Signal()
    reel_changed = Signal()
    records_changed = Signal()
    saving = Signal()
    saved = Signal()
    failed = Signal(object)
    untold = Signal(object)
    preferences_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk: Desk | None = None
        self.family: Family | None = None
        self.cycle: Cycle | None = None
        self.film: Film | None = None
        self.reel: Reel | None = None
        self._writes = 0

    def open_desk(self, desk: Desk | None) -> None:
        """Another vault is open, or none: nothing of the one before stays."""
        self.open_family(None)
        self.desk = desk
        self.desk_changed.emit()

    def open_family(self, family: Family | None) -> None:
        """Open a family; a cycle, film or reel of another one closes."""
        other = family is None or self.family is None or family.id != self.family.id
        self.family = family
        if other:
            self.open_cycle(None)
            self.open_film(None)
            self.open_reel(None)
        self.family_changed.emit()

    def open_cycle(self, cycle: Cycle | None) -> None:
        """Open a cycle of the family."""
        if cycle != self.cycle:
            self.cycle = cycle
            self.cycle_changed.emit()

    def open_film(self, film: Film | None) -> None:
        """Open a film of the family."""
        if film != self.film:
            self.film = film
            self.film_changed.emit()

    def open_reel(self, reel: Reel | None) -> None:
        """Open a reel of the family, or show it as it now is."""
        if reel != self.reel:
            self.reel = reel
            self.reel_changed.emit()

    @property
    def is_saving(self) -> bool:
        """Whether a write is under way: "saved" may not be said yet."""
        return self._writes > 0

    def write_begun(self) -> None:
        """A write was handed to the vault thread."""
        self._writes += 1
        self.saving.emit()

    def write_done(self) -> None:
        """A write is durable."""
        self._writes = max(self._writes - 1, 0)
        if not self._writes:
            self.saved.emit()

    def write_failed(self, error: BaseException, *, told: bool = False) -> None:
        """A write did not succeed; nothing of it is there. `told` where the person reads it already."""
        self._writes = max(self._writes - 1, 0)
        self.failed.emit(error)
        if not told:
            self.untold.emit(error)
