"""Pointing at the film: what shows while strip, ruler, overview or an edge is drawn along, and what it is called.

A picture on the screen that is not the very frame on which the film stands says so, by a quiet word over the picture
with the time it is of.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from vigtool.player.frame_cache import ViewPicture
from vigtool.timebase import short_clock
from vigtool.ui.film.page import FilmPage
from vigtool.ui.film.playback import Playback
from vigtool.ui.timeline.model import Which

_GRACE_MS = 150
"""A key that steps need not say each time that the next frame is on its way; longer than that it must."""


class Pointing(QObject):
    """Joins what is drawn along to the playback of one film."""

    def __init__(self, page: FilmPage, playback: Playback, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._playback = page, playback
        self._held = self._held_edge = False
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_GRACE_MS)
        self._late.timeout.connect(lambda: self._say(at_once=True))
        playback.nearest.source = self._nearest
        for strip in (page.timeline, page.head.overview):
            strip.scrubbed.connect(self._follow)
            strip.scrub_ended.connect(self._let_go)
        page.timeline.edge_dragged.connect(self._hold_edge)
        page.timeline.edge_dropped.connect(lambda _mark, _edge, _tick: self._let_go())
        page.timeline.edge_cancelled.connect(lambda _mark: self._let_go())
        playback.frame_shown.connect(lambda _number, _tick: self._say())
        playback.position_changed.connect(self._say)
        playback.state_changed.connect(self._say)
        playback.failed.connect(lambda _error: self._say())

    def go(self, number: int) -> None:
        """Show a frame that marking asks for; while an edge is drawn, something true of it at once."""
        if self._held_edge:
            self._playback.scrub(number)
        else:
            self._playback.seek_frame(number)

    def _follow(self, tick: int) -> None:
        self._held = True
        self._playback.scrub(self._page.index.number_at(tick))

    def _hold_edge(self, _mark: str, _edge: Which, _tick: int) -> None:
        self._held = self._held_edge = True

    def _let_go(self) -> None:
        if self._held:
            self._held = self._held_edge = False
            self._playback.scrub_end()

    def _nearest(self, number: int) -> ViewPicture | None:
        """The nearest small picture of the strip."""
        found = self._page.timeline.nearest_picture(number)
        if found is None:
            return None
        of, image = found
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        rows = np.asarray(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        pixels = rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()
        return ViewPicture(of, self._page.index.pts(of), pixels, exact=False)

    def _say(self, *, at_once: bool = False) -> None:
        """Say what shows, where it is not the very frame."""
        words = self._words()
        said = self._page.picture.notes.note("about") is not None
        if not words or at_once or self._held or said:
            self._late.stop()
            self._page.picture.notes.say("about", words)
        elif not self._late.isActive():
            self._late.start()

    def _words(self) -> str:
        play, index = self._playback, self._page.index
        picture = play.picture
        if picture is None or play.is_playing:
            return ""
        if picture.number != play.frame:
            seconds = index.seconds(picture.number)
            is_near = abs(seconds - index.seconds(play.frame)) < 2
            return self.tr("about {0}").format(short_clock(seconds, millis=is_near))
        return "" if picture.exact else self.tr("quick picture")
