"""What tests read from the Service room's screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtWidgets import QLabel, QWidget

from vigtool.ui.families.rows_view import VALUE
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.service.paging import ServicePage
from vigtool.ui.service.room import ServiceRoom
from vigtool.ui.service.rows import RowList

P = TypeVar("P", bound=ServicePage)
D = TypeVar("D", bound=QWidget)
Wait = Callable[[Callable[[], bool]], None]
"""Waits until something is so."""


def page(room: ServiceRoom, name: str, kind: type[P]) -> P:
    """One page, shown."""
    room.turn_to(name)
    found = room.page(name)
    assert isinstance(found, kind)
    return found


def titles(rows: RowList) -> list[str]:
    return [rows.rows.index(place, 0).data(VALUE).title for place in range(rows.rows.rowCount())]


def chips(rows: RowList) -> list[str]:
    found = [rows.rows.index(place, 0).data(VALUE).chip for place in range(rows.rows.rowCount())]
    return [chip[1] if chip else "" for chip in found]


def values(rows: RowList) -> list[Any]:
    return [rows.rows.index(place, 0).data(VALUE).value for place in range(rows.rows.rowCount())]


def names(room: ServiceRoom) -> list[str]:
    """The pages at the left."""
    model = room.side.names
    return [model.index(place, 0).data(VALUE).id for place in range(model.rowCount())]


def said(widget: QWidget) -> str:
    """All visible words of a part, one after the other."""
    shown = [label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(label.text() for label in shown if label.text())


def sheet(room: QWidget, kind: type[D]) -> D:
    """The sheet of a kind that is open."""
    (found,) = [one for one in room.window().findChildren(kind) if one.isVisible()]
    return found


def is_open(room: QWidget, kind: type[Dialog]) -> bool:
    return any(one.isVisible() for one in room.window().findChildren(kind))
