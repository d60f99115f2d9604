"""Pictures of a film's stand-in: the same frames, sooner, but not the film's own pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from vigtool.errors import FilmError
from vigtool.player.frame import Frame
from vigtool.player.frame_cache import FrameCache, Size, ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.looking_ahead import Aim
from vigtool.player.small_frame import SmallFrame
from vigtool.player.stand_in import StandIn

_BEHIND: Final = 8  # frames


class StandInPictures:
    """Reads a stand-in, for one thread. Whole groups are kept, so that going back costs no more than going on."""

    def __init__(self, stand_in: StandIn, index: FrameIndex, cache: FrameCache, cancelled: Callable[[], bool]) -> None:
        """Open the stand-in of the film that `index` is of; what is decoded goes into `cache`, which now is its own.

        Raises:
            FilmError: where it cannot be opened.
        """
        self._index = index
        self.of = stand_in
        self._cache = cache
        try:
            self._reader = FrameReader(stand_in.opener, stand_in.index, cancelled=cancelled)
        except BaseException:
            cache.clear()
            raise
        self._lost: set[int] = set()

    def picture(self, number: int, size: Size, overtaken: Callable[[Frame], None]) -> ViewPicture:
        """Frame `number` in that size.

        Args:
            number: from 0.
            size: width and height.
            overtaken: called after each frame that is decoded on the way; what it raises ends this.

        Raises:
            FilmError: where it cannot be had.
        """
        self._cache.aim(number)
        return self.ready(self._frame(number, overtaken), size)

    def run(self, first: int, *, around: bool) -> Iterator[Frame]:
        """Frame `first` and all that follow it, as `FrameReader.run` has it."""
        return self._reader.run(first, around=around)

    def ready(self, frame: Frame | SmallFrame, size: Size) -> ViewPicture:
        """A frame of the stand-in, as it is drawn."""
        return ViewPicture(frame.number, self._index.pts(frame.number), frame.bgra(*size), exact=False)

    def start_for(self, number: int) -> int:
        """The frame from which decoding towards `number` begins."""
        return self._reader.index.keyframe_before(number)

    def spare(self, aim: Aim, overtaken: Callable[[Frame], None]) -> Callable[[], None] | None:
        """What is worth decoding for one who goes back, before it is wished for; it raises what `picture` raises."""
        behind = range(aim.cursor, max(-1, aim.cursor - _BEHIND), -1) if aim.heading < 0 else range(0)
        missing = next((number for number in behind if not self._cache.holds(number)), None)
        return None if missing is None or missing in self._lost else lambda: self._fetch(missing, overtaken)

    def close(self) -> None:
        """Let the stand-in go."""
        self._cache.clear()
        self._reader.close()

    def _frame(self, number: int, overtaken: Callable[[Frame], None]) -> Frame | SmallFrame:
        found = self._cache.frame(number)
        if found is None:
            found = self._reader.get(number, partial(self._keep, overtaken))
            self._cache.keep(found)
        return found

    def _fetch(self, number: int, overtaken: Callable[[Frame], None]) -> None:
        try:
            self._frame(number, overtaken)
        except FilmError:
            self._lost.add(number)

    def _keep(self, overtaken: Callable[[Frame], None], frame: Frame) -> None:
        self._cache.keep(frame)
        overtaken(frame)
