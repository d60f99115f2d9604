"""What tests read from the Reel room's screen and from the reel that was kept."""

from __future__ import annotations

from typing import cast

import numpy as np
from pytestqt.qtbot import QtBot

import makers
from reel_desk import ReelDesk, numbered
from vigtool.annotate.reel import Reel
from vigtool.ui.reel.room import ReelRoom
from vigtool.ui.reel.shelf_model import ROW_ROLE, ShelfRow


def kept(desk: ReelDesk) -> Reel:
    return cast("Reel", next(iter(desk.records[Reel].values())))


def rows(room: ReelRoom) -> list[ShelfRow]:
    model = room.shelf.model
    return [model.index(place).data(ROW_ROLE) for place in range(model.rowCount())]


def starts(desk: ReelDesk) -> list[int]:
    index = numbered()[1]
    return [index.number_at(clip.span.start) for clip in kept(desk).clips]


def settle(qtbot: QtBot, room: ReelRoom) -> None:
    qtbot.waitUntil(lambda: room.work.is_settled and not room.bench.workspace.is_saving)


def number_shown(room: ReelRoom) -> int:
    """The frame's number, read from the pixels that are on the screen."""
    screen = room.watch.screen_
    image = screen.grab(screen.film_area()).toImage().convertToFormat(screen.grab().toImage().Format.Format_RGB888)
    lines = np.frombuffer(bytes(image.constBits()), np.uint8).reshape(image.height(), image.bytesPerLine())
    picture = lines[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    wide = round(image.height() * 192 / 128)
    left = max((image.width() - wide) // 2, 0)
    return makers.read_number(picture[:, left : left + min(wide, image.width())])


def shows(room: ReelRoom, number: int) -> bool:
    try:
        return number_shown(room) == number
    except ValueError:
        return False
