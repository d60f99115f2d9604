"""A room: one page of the window, with what it needs to do its work.

A room is made once, when a vault is open, and shown and hidden after that. It reads what is open from the workspace
and hears of changes by its signals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vigtool.ids import Id
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


@dataclass(frozen=True, slots=True)
class Spot:
    """Where within a room one looks: what leads back to the same picture after a lock.

    Attributes:
        tick: of the open film, where the picture stands.
        clip: the chosen clip of the open reel.
    """

    tick: int | None = None
    clip: Id | None = None


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

    def spot(self) -> Spot:
        """Where one looks now."""
        return Spot()

    def go_back(self, spot: Spot) -> None:
        """Look there again, as soon as what is open can be shown; called before the room is entered."""

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


@runtime_checkable
class Holder(Protocol):
    """A page before a vault is open that may hold one already, which nobody else knows of yet."""

    @property
    def holds_vault(self) -> bool:
        """Whether it does."""
        ...

    @property
    def folder(self) -> Path | None:
        """Where that vault, or the one that shall be opened, lies."""
        ...

    def let_go(self) -> None:
        """Close it; called once every job has ended."""
        ...
