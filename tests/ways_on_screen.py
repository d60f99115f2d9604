"""The real window on the desk of long words, and the way from a new window into its rooms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from desk_in_memory import MemoryPractice
from long_words import long_desk
from reel_desk import ReelDesk
from vigtool.ui.main_window import MainWindow
from vigtool.ui.rooms import rooms
from vigtool.ui.vault.start_pages import StartPages

Until = Callable[[Callable[[], bool]], None]
Way = Callable[[MainWindow, Until], None]
P = TypeVar("P", bound=QWidget)


def window_of(make: Callable[[], ReelDesk] = long_desk) -> MainWindow:
    """The real window on a desk that was not opened yet."""
    return MainWindow(MemoryPractice(make()), rooms(), start=StartPages)


def desk_of(window: MainWindow) -> ReelDesk:
    practice = window.bench.practice
    assert isinstance(practice, MemoryPractice)
    assert isinstance(practice.desk, ReelDesk)
    return practice.desk


def enter(window: MainWindow, until: Until) -> ReelDesk:
    """Open the vault, its family, the newest cycle, a film and the reel."""
    desk = desk_of(window)
    if window.workspace.desk is not None:
        return desk
    window.workspace.open_desk(desk)
    family = next(one for one in desk.families() if one.code == "F-0007")
    window.workspace.open_family(family)
    window.workspace.open_cycle(desk.cycles(family.id)[-1])
    window.workspace.open_film(desk.films(family.id)[0])
    until(lambda: not window.jobs._running)
    return desk


def only(window: MainWindow, kind: type[P]) -> P:
    (found,) = window.findChildren(kind)
    return found
