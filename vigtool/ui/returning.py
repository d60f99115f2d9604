"""Where one is when the vault locks, and the way back there: to the same picture, never by way of the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vigtool.casework.draft import Draft
from vigtool.practice.returning import Place
from vigtool.ui.drafts_panel import DraftsPanel
from vigtool.ui.jobs import Jobs
from vigtool.ui.room import Room, RoomKind, Spot
from vigtool.ui.unsaved import unsaved_typing
from vigtool.ui.workspace import Workspace


class Window(Protocol):
    """What of the window is needed for it."""

    jobs: Jobs
    workspace: Workspace
    kinds: dict[str, RoomKind]

    @property
    def room(self) -> tuple[str, Room] | None:
        """The room that is shown, with its id."""
        ...

    def go_to(self, room_id: str, spot: Spot | None = None) -> None:
        """Show a room."""
        ...

    def show_above(self, panel: QWidget) -> None:
        """Show a panel above the room."""
        ...

    def take_away(self, panel: QWidget) -> None:
        """Take it away again."""
        ...


def keep_place(window: Window, hidden: Sequence[QWidget], owner: QObject) -> None:
    """Have it kept, sealed, where one is and what is half typed; called before the window closes to lock.

    Args:
        window: as it stands.
        hidden: windows that the cover took away.
        owner: of the call, which is awaited when the window closes.
    """
    workspace, desk, shown = window.workspace, window.workspace.desk, window.room
    if desk is None or shown is None:
        return
    spot = shown[1].spot()
    opened = {name: getattr(workspace, name) for name in ("family", "cycle", "film", "reel")}
    ids = {name: None if record is None else record.id for name, record in opened.items()}
    place = Place(room=shown[0], **ids, tick=spot.tick, clip=spot.clip)
    typed = unsaved_typing(hidden)
    window.jobs.call(lambda: desk.keep_place(place, typed), owner=owner)


def come_back(window: Window, first: str) -> None:
    """Show the first room of a vault that was opened, or the one that it was locked in, at the same picture."""
    workspace = window.workspace
    back, workspace.back = workspace.back, None
    if back is None:
        window.go_to(first)
        _go_where_the_work_is(window, first)
        return
    if back.family is not None:
        workspace.open_family(back.family)
        workspace.open_cycle(back.cycle)
        workspace.open_film(back.film)
        workspace.open_reel(back.reel)
    place = back.place
    window.go_to(place.room if place.room in window.kinds else first, Spot(place.tick, place.clip))
    if back.drafts:
        _show_drafts(window, back.drafts)


def _go_where_the_work_is(window: Window, first: str) -> None:
    """Show the Service room to whoever keeps keys for others and works with no family; unless they went on already."""
    desk = window.workspace.desk
    if desk is None or "service" not in window.kinds:
        return

    def go(wanted: bool) -> None:
        shown = window.room
        if wanted and shown is not None and shown[0] == first:
            window.go_to("service")

    window.jobs.call(desk.begins_in_service, owner=window.workspace, done=go)


def _show_drafts(window: Window, drafts: Sequence[Draft]) -> None:
    """Show what was half typed, until the person is done with it."""
    panel = DraftsPanel(drafts)

    def done() -> None:
        window.take_away(panel)
        desk = window.workspace.desk
        if desk is not None:
            window.jobs.call(lambda: desk.forget_drafts(drafts), owner=window.workspace)

    panel.done.connect(done)
    window.show_above(panel)
