"""The strip from very near: every frame's own picture and the wave of the sound, read where one looks.

Who moves along the film at a close look asks for a few frames more each time. So the film stays open between two
wishes, and goes on being decoded where it was; what went out of view before it was read is not read any more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from vigtool.errors import FrameUnreadable
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.sound import RATE, SoundReader
from vigtool.player.stand_in import StandIn
from vigtool.player.waveform import FINE_STEP, fine
from vigtool.ui.film.guarded import guarded
from vigtool.ui.film.wishes import Wishes
from vigtool.ui.jobs import Job, Jobs, Where
from vigtool.ui.timeline.layout import STRIP
from vigtool.ui.timeline.sound import Fine
from vigtool.ui.timeline.strip import frames_in_view
from vigtool.ui.timeline.timeline import Timeline

IsCancelled = Callable[[], bool]
Stretch = tuple[int, int]


class CloseStrip(QObject):
    """Feeds one timeline at a close look, until `close`."""

    _picture_came = Signal(int, object)
    _sound_came = Signal(object)

    def __init__(self, timeline: Timeline, opener: Opener, index: FrameIndex, jobs: Jobs) -> None:
        super().__init__(timeline)
        self._timeline, self._index, self._jobs = timeline, index, jobs
        self._opener = guarded(opener)
        self._film = (self._opener, index)
        self._frames: Wishes[int] = Wishes()
        self._stretches: Wishes[Stretch] = Wishes()
        self._under_way: dict[str, Job[Any]] = {}
        self._is_closed = False
        self._picture_came.connect(self._give_picture, Qt.ConnectionType.QueuedConnection)
        self._sound_came.connect(self._give_sound, Qt.ConnectionType.QueuedConnection)
        timeline.frames_wanted.connect(self._want_frames)
        timeline.sound_wanted.connect(self._want_sound)

    def use_stand_in(self, stand_in: StandIn) -> None:
        """Read the pictures from the small film that stands in from now on: a frame has the same number there."""
        self._film = (guarded(stand_in.opener), stand_in.index)

    def close(self) -> None:
        """Nothing is needed any more."""
        self._is_closed = True
        self._timeline.frames_wanted.disconnect(self._want_frames)
        self._timeline.sound_wanted.disconnect(self._want_sound)
        for job in self._under_way.values():
            job.cancel()

    def _want_frames(self, numbers: Sequence[int]) -> None:
        """Read these, and of those wished before what is still in view, from left to right as they are decoded."""
        seen = frames_in_view(self._timeline.scale, self._index)
        before = [number for number in self._frames.waiting if number in seen]
        if self._frames.put(sorted({*before, *numbers})):
            ratio = self._timeline.devicePixelRatioF()
            height = round(STRIP * ratio)
            picture = self._index.picture
            size = (max(1, round(height * picture.width / picture.height)), height)
            self._begin("pictures", self._frames, lambda cancelled: self._read_frames(size, cancelled))

    def _want_sound(self, stretches: Sequence[Stretch]) -> None:
        scale = self._timeline.scale
        before = [wish for wish in self._stretches.waiting if wish[0] < scale.last and wish[1] > scale.first]
        if self._stretches.put(sorted({*before, *stretches})):
            self._begin("sound", self._stretches, self._read_sound)

    def _begin(self, what: str, wishes: Wishes[Any], read: Callable[[IsCancelled], None]) -> None:
        def op(_report: object, cancelled: IsCancelled) -> None:
            try:
                read(cancelled)
            except BaseException:
                wishes.end()
                raise

        # What cannot be read here cannot be shown either: the picture's place says what is the matter.
        self._under_way[what] = self._jobs.run(op, owner=self, where=Where.POOL, failed=lambda _error: None)

    def _read_frames(self, size: tuple[int, int], cancelled: IsCancelled) -> None:
        width, height = size
        with FrameReader(*self._film, threads=1, cancelled=cancelled) as reader:
            while (number := self._frames.take(cancelled)) is not None:
                try:
                    pixels = reader.get(number).bgra(width, height)
                except FrameUnreadable:
                    continue
                image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
                self._picture_came.emit(number, image.copy())

    def _read_sound(self, cancelled: IsCancelled) -> None:
        part = Fraction(FINE_STEP, RATE) / self._index.time_base
        with SoundReader(self._opener, self._index) as reader:
            if reader.silent:
                self._stretches.end()
                return
            while (wish := self._stretches.take(cancelled)) is not None:
                found = fine(reader, *wish, self._index.time_base, cancelled)
                self._sound_came.emit(Fine(wish[0], part, found.astype(np.float32) / np.float32(32768)))

    def _give_picture(self, number: int, image: QImage) -> None:
        if not self._is_closed:
            self._timeline.give_picture(number, image)

    def _give_sound(self, found: Fine) -> None:
        if not self._is_closed:
            self._timeline.give_sound(found)
