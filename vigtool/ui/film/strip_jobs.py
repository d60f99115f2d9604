"""The pictures of the strip that are looked at now: made in the pool while one works, given up when looked elsewhere.

Small pictures from all over the film come from `background`; what lies between them is made here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from vigtool.errors import Cancelled, FrameUnreadable
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.stand_in import StandIn
from vigtool.player.waveform import PER_SECOND, Peaks
from vigtool.ui.film.guarded import guarded
from vigtool.ui.jobs import Job, Jobs, Where
from vigtool.ui.timeline.board import STRIP
from vigtool.ui.timeline.timeline import Timeline

_QUIETEST = 0.1
"""A film that never gets louder than this part of full is drawn as if this were its loudest."""


class StripJobs(QObject):
    """Feeds one timeline from `go` until `close`."""

    _made = Signal(object, int, object)

    def __init__(self, timeline: Timeline, opener: Opener, index: FrameIndex, jobs: Jobs) -> None:
        super().__init__(timeline)
        self._timeline, self._index, self._jobs = timeline, index, jobs
        self._film: tuple[Opener, FrameIndex] = (guarded(opener), index)
        self._pictures: Job[Any] | None = None
        self._held: list[int] | None = []  # frames wanted before `go`
        self._token = object()  # what a job that was given up had made is not shown
        self._waiting: dict[int, int] = {}  # frames wanted, and the frames that are decoded for them
        self._made.connect(self._give, Qt.ConnectionType.QueuedConnection)
        timeline.pictures_wanted.connect(self._begin)

    def go(self) -> None:
        """What was kept is there now: make what is still lacking of what was wanted so far, and all from now on."""
        held, self._held = self._held, None
        near = self._timeline.picture_spacing // 4
        lacking = [number for number in held or () if not self._is_there(number, near)]
        if lacking:
            self._begin(lacking)

    def show_sound(self, found: Peaks) -> None:
        """Draw how loud the film is, from its first frame on, as far as it is known."""
        if len(found):
            ticks = int(len(found) / PER_SECOND / self._index.time_base)
            self._timeline.set_sound(loudness(found), (self._index.start, self._index.start + ticks), measure(found))

    def use_stand_in(self, stand_in: StandIn) -> None:
        """Take the pictures from the small film that stands in: a frame has the same number there."""
        self._film = (guarded(stand_in.opener), stand_in.index)

    def close(self) -> None:
        """Nothing is needed any more."""
        self._timeline.pictures_wanted.disconnect(self._begin)
        if self._pictures is not None:
            self._pictures.cancel()
        self._pictures = None

    def _begin(self, numbers: Sequence[int]) -> None:
        """Make the pictures of these frames, then those wanted before that are still in view and not there yet."""
        if self._held is not None:
            self._held = list(dict.fromkeys((*self._held, *numbers)))
            return
        if self._pictures is not None:
            self._pictures.cancel()
        scale, pts = self._timeline.scale, self._index.pts
        before = {wanted: taken for wanted, taken in self._waiting.items() if scale.first <= pts(wanted) < scale.last}
        now = near_keys(self._film[1], numbers, self._timeline.picture_spacing)
        self._waiting = {**before, **now}
        order = [*coarse_first(list(now.values())), *(taken for wanted, taken in before.items() if wanted not in now)]
        ratio = self._timeline.devicePixelRatioF()
        height = round(STRIP * ratio)
        width = max(1, round(height * self._index.picture.width / self._index.picture.height))
        token = self._token = object()
        make = partial(read_pictures, *self._film, order, (width, height))
        self._pictures = self._jobs.run(
            lambda _report, cancelled: make(lambda number, image: self._made.emit(token, number, image), cancelled),
            owner=self,
            where=Where.POOL,
        )

    def _is_there(self, number: int, within: int) -> bool:
        found = self._timeline.nearest_picture(number)
        return found is not None and abs(self._index.pts(found[0]) - self._index.pts(number)) <= within

    def _give(self, token: object, number: int, image: QImage) -> None:
        if token is self._token and self._pictures is not None:
            self._waiting = {wanted: taken for wanted, taken in self._waiting.items() if taken != number}
            self._timeline.give_picture(number, image)


def loudness(found: Peaks) -> NDArray[np.float32]:
    """From 0 to 1, of each hundredth of a second; the loudest of the film is 1, unless it is very quiet."""
    loud = np.abs(found.astype(np.float32)).max(axis=1) / 128
    return np.asarray(loud / measure(found), np.float32)


def measure(found: Peaks) -> float:
    """The sample, up to 1, that is drawn as high as the row is."""
    return max(float(np.abs(found.astype(np.float32)).max()) / 128, _QUIETEST)


def near_keys(index: FrameIndex, numbers: Sequence[int], apart: int) -> dict[int, int]:
    """For each of `numbers` the frame to decode for its picture.

    The key frame before a frame is quicker to have; it is taken where it shows less than a quarter of `apart`, the
    ticks between two pictures, earlier, which nobody can see in a strip.
    """
    keys = {number: index.keyframe_before(number) for number in numbers}
    return {number: key if index.pts(number) - index.pts(key) <= apart // 4 else number for number, key in keys.items()}


def coarse_first(numbers: Sequence[int]) -> list[int]:
    """The same numbers, each once, so that each beginning of the list is spread over all of them."""
    order = sorted(range(len(numbers)), key=lambda place: int(f"{place:012b}"[::-1], 2))
    return list(dict.fromkeys(numbers[place] for place in order))


def read_pictures(
    opener: Opener,
    index: FrameIndex,
    numbers: Sequence[int],
    size: tuple[int, int],
    give: Callable[[int, QImage], None],
    cancelled: Callable[[], bool],
) -> None:
    """Read frames in a thread of the pool and give them one by one, width x height in `size`.

    Raises:
        Cancelled: when stopped.
        FilmMissing: where the film can no longer be read.
    """
    width, height = size
    with FrameReader(opener, index, threads=1, cancelled=cancelled) as reader:
        for number in numbers:
            if cancelled():
                raise Cancelled
            try:
                pixels = reader.get(number).bgra(width, height)
            except FrameUnreadable:
                continue
            give(number, QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy())
