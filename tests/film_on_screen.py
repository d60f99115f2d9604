"""A film in a picture on the screen: what is shown is read back from the pixels that were grabbed from the widget."""

from __future__ import annotations

import io
from fractions import Fraction
from functools import cache
from typing import BinaryIO

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import makers
from vigtool.errors import VigtoolError
from vigtool.player.frame import fitted
from vigtool.player.frame_index import FrameIndex
from vigtool.player.look import look_at
from vigtool.ui.film.picture_view import PictureView
from vigtool.ui.film.playback import Playback

PLAIN = makers.Film(frames=60, gop=12)
UNEVEN = makers.Film(times=makers.vary(50, (3, 3, 4, 3, 11)), time_base=Fraction(1, 90), gop=10, last=4)
LARGE = makers.Film(codec="mjpeg", container="matroska", size=(384, 256), frames=400, pixel_format="yuvj420p")
"""Too large to be read ahead by any buffer."""
SOUNDING = makers.Film(frames=75, gop=12, sound=True)


def grabbed(widget: QWidget) -> makers.Rgb:
    """What a widget shows, red first."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.asarray(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def seen(view: PictureView) -> int:
    """The number of the frame that is on the screen, read from its pixels; the film is three by two.

    Where no number can be read an assertion fails, so that one can wait for it.
    """
    pixels = grabbed(view)
    height, width = pixels.shape[:2]
    wide, high = fitted(3, 2, width, height)
    left, top = (width - wide) // 2, (height - high) // 2
    try:
        return makers.read_number(pixels[top : top + high, left : left + wide])
    except ValueError as nothing:
        raise AssertionError(str(nothing)) from nothing


class Screen:
    """A view, and a playback that fills it."""

    def __init__(self, qtbot: QtBot, playback: Playback) -> None:
        self.playback, self.qtbot = playback, qtbot
        self.view = PictureView()
        qtbot.addWidget(self.view)
        self.view.resize(384, 256)
        self.shown: list[int] = []
        self.failed: list[VigtoolError] = []
        self.view.size_wanted.connect(playback.set_box)
        playback.frame_shown.connect(self._show)
        playback.failed.connect(self.failed.append)
        self.view.show()

    def _show(self, number: int, _tick: int) -> None:
        assert self.playback.picture is not None
        self.view.show_picture(self.playback.picture.pixels)
        self.shown.append(number)

    def awaits(self, number: int) -> None:
        """Wait until exactly that frame can be read from the screen."""

        def right() -> None:
            assert self.shown
            assert self.shown[-1] == number
            assert seen(self.view) == number

        self.qtbot.waitUntil(right, timeout=10_000)


class Breaking:
    """A film that can break while it is being read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.error: VigtoolError | None = None
        self.opened = 0

    def opener(self) -> BinaryIO:
        if self.error is not None:
            raise self.error
        self.opened += 1
        return _BreakingFile(self)


class _BreakingFile(io.BytesIO):
    def __init__(self, film: Breaking) -> None:
        super().__init__(film.data)
        self._film = film

    def read(self, size: int | None = -1, /) -> bytes:
        if self._film.error is not None:
            raise self._film.error
        return super().read(size)


def processed(times: int = 5) -> None:
    """Let what was queued arrive."""
    for _ in range(times):
        QApplication.processEvents()


@cache
def index_of(film: makers.Film) -> FrameIndex:
    """The frames of a film."""
    return look_at(makers.opener(makers.make(film))).index
