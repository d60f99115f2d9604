"""A room: one page of the window, with what it needs to do its work.

A room is made once, when a vault is open, and shown and hidden after that. It reads what is open from the workspace
and hears of changes by its signals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.ui import theme
from vigtool.ui.desk import Desk, Practice
from vigtool.ui.jobs import Jobs
from vigtool.ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Bench:
    """What every room works with.

    Attributes:
        jobs: runs every call of the desk and all long work.
        workspace: what is open.
        practice: what can be done without a vault.
        go_to: shows another room, by its id.
    """

    jobs: Jobs
    workspace: Workspace
    practice: Practice
    go_to: Callable[[str], None]

    @property
    def desk(self) -> Desk:
        """The open vault.

        Raises:
            RuntimeError: where none is open; no room is shown then.
        """
        desk = self.workspace.desk
        if desk is None:
            message = "no vault is open"
            raise RuntimeError(message)
        return desk


class Room(QWidget):
    """One room.

    Signals:
        header_changed: what it says at the top of the window is different now.
    """

    header_changed = Signal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = bench
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def header_items(self) -> Sequence[str]:
        """What stands at the top beside the family's code, from general to particular."""
        return ()

    def header_question(self) -> str:
        """The helping question at the top; empty where the room itself shows it."""
        cycle = self.bench.workspace.cycle
        return "" if cycle is None else cycle.helping_question

    def header_buttons(self) -> Sequence[QWidget]:
        """Buttons at the end of the header while this room is shown; made once, kept by the room."""
        return ()

    def entered(self) -> None:
        """The room is shown now."""

    def left(self) -> None:
        """Another room is shown now, or the screen is covered: what plays, stops."""


@dataclass(frozen=True, slots=True)
class RoomKind:
    """How the window knows a room.

    Attributes:
        id: its name in code.
        words: its name on the rail, already in the person's language.
        icon: its icon on the rail.
        colours: the theme of its widgets, and of rail and header while it is shown.
        make: makes it.
    """

    id: str
    words: str
    icon: str
    colours: theme.Colours
    make: Callable[[Bench], Room]
