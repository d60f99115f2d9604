"""Small pictures of moments, decoded by a job and kept in memory alone, the oldest forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import cast

import numpy as np
from PySide6.QtCore import QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from vigtool.errors import FrameUnreadable
from vigtool.ids import Id
from vigtool.player.frame import fitted
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.timebase import Span
from vigtool.ui.desk import OpenFilm, Pixels
from vigtool.ui.jobs import Where
from vigtool.ui.reel.open_films import OpenFilms
from vigtool.ui.room import Bench

Key = tuple[Id, int]
"""A film and a tick of it."""

Reading = Callable[[OpenFilm, list[int], Callable[[], bool]], dict[int, Pixels]]

WIDE, HIGH = 376, 212
"""Twice a card's still, so that it is sharp on a dense screen too."""
_MOST = 240


def middle(span: Span) -> int:
    """The tick that stands for a stretch: its middle."""
    return span.start + span.length // 2


def read_stills(film: OpenFilm, ticks: list[int], cancelled: Callable[[], bool]) -> dict[int, Pixels]:
    """Pictures of one film at `ticks`, whole, within `WIDE` by `HIGH`; those too damaged to be seen are left out.

    Raises:
        FilmError: where the film cannot be read.
    """
    index = cast("FrameIndex", film.index)
    made: dict[int, Pixels] = {}
    with closing(FrameReader(film.opener, index)) as reader:
        for tick in sorted(ticks):
            if cancelled():
                break
            try:
                frame = reader.get(index.number_at(tick))
            except FrameUnreadable:
                continue
            made[tick] = frame.bgra(*fitted(frame.width, frame.height, WIDE, HIGH))
    return made


def as_image(pixels: Pixels) -> QImage:
    """A picture of our own as Qt's, with its own memory."""
    held = np.ascontiguousarray(pixels)
    height, width = held.shape[:2]
    return QImage(held.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


class Stills(QObject):
    """The pictures there are. Asking for one that is not there has it made.

    Signals:
        ready: more pictures are there.
    """

    ready = Signal()

    def __init__(self, bench: Bench, films: OpenFilms, *, read: Reading = read_stills) -> None:
        super().__init__(films)
        self._bench, self._films, self._read = bench, films, read
        self._made: OrderedDict[Key, QImage] = OrderedDict()
        self._wished: list[Key] = []
        self._hopeless: set[Key] = set()
        self._round = 0
        self._busy = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._begin)
        films.opened.connect(lambda _film: self._begin())

    def image(self, film: Id, tick: int) -> QImage | None:
        """The picture of `film` at `tick`, or none yet."""
        key = (film, tick)
        found = self._made.get(key)
        if found is not None:
            self._made.move_to_end(key)
        elif key not in self._hopeless and key not in self._wished:
            self._wished.append(key)
            self._soon.start()
        return found

    def try_again(self) -> None:
        """What could not be made before may be made now."""
        self._hopeless.clear()

    def forget(self) -> None:
        """Another family is open: nothing of the one before stays."""
        self._round += 1
        self._soon.stop()
        self._made.clear()
        self._wished.clear()
        self._hopeless.clear()

    def _begin(self) -> None:
        if self._busy or not self._wished:
            return
        for film, _ in self._wished:
            self._films.want(film)
        opened = next((found for film, _ in self._wished if (found := self._films.get(film))), None)
        if opened is None:
            return
        ticks = [tick for film, tick in self._wished if film == opened.film.id]
        self._busy = True
        self._bench.jobs.run(
            lambda _report, cancelled: self._read(opened, ticks, cancelled),
            owner=self,
            done=partial(self._done, self._round, opened.film.id, ticks),
            failed=lambda _error: self._done(self._round, opened.film.id, ticks, {}),
            where=Where.POOL,
        )

    def _done(self, round_: int, film: Id, ticks: list[int], made: dict[int, Pixels]) -> None:
        self._busy = False
        if round_ == self._round:
            self._wished = [key for key in self._wished if key[0] != film or key[1] not in ticks]
            for tick in ticks:
                if tick in made:
                    self._made[film, tick] = as_image(made[tick])
                else:
                    self._hopeless.add((film, tick))
            while len(self._made) > _MOST:
                self._made.popitem(last=False)
            self.ready.emit()
        self._begin()


def paint_still(
    painter: QPainter, box: QRect, image: QImage | None, empty: str, *, radius: float = 6, square_foot: bool = False
) -> None:
    """Paint a still into `box`: a wide picture fills it, a tall one stands whole on black.

    Args:
        painter: where to.
        box: where.
        image: the picture; none leaves the colour `empty` (#RRGGBB).
        empty: what lies there until the picture is made.
        radius: of the corners.
        square_foot: whether the two lower corners stay square, as on top of a card.
    """
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    shape = QPainterPath()
    shape.setFillRule(Qt.FillRule.WindingFill)
    shape.addRoundedRect(QRectF(box), radius, radius)
    if square_foot:
        shape.addRect(QRectF(box).adjusted(0, radius, 0, 0))
    tall = image is not None and image.height() > image.width()
    painter.fillPath(shape, QColor("#000000" if tall else empty))
    if image is not None:
        painter.setClipPath(shape)
        mode = Qt.AspectRatioMode.KeepAspectRatio if tall else Qt.AspectRatioMode.KeepAspectRatioByExpanding
        ratio = painter.device().devicePixelRatio()
        fit = image.scaled(box.size() * ratio, mode, Qt.TransformationMode.SmoothTransformation)
        fit.setDevicePixelRatio(ratio)
        at = box.center() - QRect(0, 0, round(fit.width() / ratio), round(fit.height() / ratio)).center()
        painter.drawImage(at, fit)
    painter.restore()
