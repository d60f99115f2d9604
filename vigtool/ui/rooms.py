"""The rooms there are, in the order of the rail. What is not built yet is absent."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vigtool.settings import load_settings
from vigtool.ui import theme
from vigtool.ui.families.room import FamiliesRoom
from vigtool.ui.film.room import FilmRoom
from vigtool.ui.reel.room import ReelRoom
from vigtool.ui.room import RoomKind
from vigtool.ui.service.room import ServiceRoom


def rooms() -> list[RoomKind]:
    """Each room's name, icon and theme. Light, and dark where the picture counts, unless the person chose one."""
    say = QCoreApplication.translate
    chosen = {"light": theme.LIGHT, "dark": theme.DARK}.get(load_settings().theme)
    return [
        RoomKind("families", say("Rooms", "Families"), "families", chosen or theme.LIGHT, FamiliesRoom),
        RoomKind("film", say("Rooms", "Film"), "film", chosen or theme.DARK, FilmRoom),
        RoomKind("reel", say("Rooms", "Reel"), "reel", chosen or theme.DARK, ReelRoom),
        RoomKind("service", say("Rooms", "Service"), "service", chosen or theme.LIGHT, ServiceRoom),
    ]
