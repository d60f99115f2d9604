"""What is open: the vault, a family, its cycle, a film, a reel; one signal for each kind of change.

It holds records, never widgets, and changes nothing by itself: a room that wrote something says so here, and every
other room hears it. What is open stands at the top of the window and stays when the room changes.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Signal

from vigtool.annotate.reel import Reel
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.ui.desk import Desk
from vigtool.ui.desk_returning import Back


class Use(Enum):
    """What counts as use while nobody touches anything, so that the vault does not lock meanwhile.

    A film that plays comes to its end by itself, and only after it the time is counted. What may go on for ever, a
    shared review or a loop, has a limit of its own: `settings.review_minutes`.
    """

    PLAYING = "playing"
    LOOPING = "looping"
    REVIEW = "shared review"


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
        uses_changed: something else counts as use now.
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
    uses_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk: Desk | None = None
        self.family: Family | None = None
        self.cycle: Cycle | None = None
        self.film: Film | None = None
        self.reel: Reel | None = None
        self.back: Back | None = None
        self._writes = 0
        self._uses: dict[QObject, Use] = {}

    def open_desk(self, desk: Desk | None, back: Back | None = None) -> None:
        """Another vault is open, or none: nothing of the one before stays. `back` is where the person was before."""
        self.open_family(None)
        self.desk, self.back = desk, back
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
    def uses(self) -> frozenset[Use]:
        """What counts as use now."""
        return frozenset(self._uses.values())

    def in_use(self, by: QObject, use: Use | None) -> None:
        """Say of a room or a player that what it does counts as use from now on; None: no longer.

        Whoever says it also takes it back, at the latest when it is closed.
        """
        before = self.uses
        if use is None:
            self._uses.pop(by, None)
        else:
            self._uses[by] = use
        if self.uses != before:
            self.uses_changed.emit()

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
