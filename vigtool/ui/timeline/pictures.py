"""The small pictures of the strip: kept while they are of use, the nearest shown until the right one comes."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtGui import QImage, QPixmap

from vigtool.ui.desk import FrameTimes

MOST_BYTES = 24 << 20
"""Some 1,700 pictures of a usual screen: the whole film and a minute of single frames."""
_USUAL = 16 / 9


class Pictures:
    """Pictures by frame number; the oldest unused go first."""

    def __init__(self, index: FrameTimes) -> None:
        self._index = index
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()
        self._numbers: list[int] = []
        self._asked: set[int] = set()
        self._asked_exactly = False
        self._shape = _USUAL
        self._bytes = 0

    def width(self, height: int) -> int:
        """How wide a picture of that height is, by the shape of the last one that came."""
        return max(round(height * self._shape), 8)

    def give(self, frame: int, image: QImage) -> None:
        """Keep a picture."""
        if image.isNull():
            return
        self._shape = image.width() / image.height()
        if frame in self._kept:
            self._bytes -= _bytes_of(self._kept[frame])
        else:
            insort(self._numbers, frame)
        self._kept[frame] = QPixmap.fromImage(image)
        self._kept.move_to_end(frame)
        self._bytes += _bytes_of(self._kept[frame])
        self._asked.discard(frame)
        while self._bytes > MOST_BYTES and len(self._kept) > 1:
            oldest, gone = self._kept.popitem(last=False)
            self._bytes -= _bytes_of(gone)
            self._numbers.remove(oldest)

    def missing(self, frames: Iterable[int], within: int = 0) -> list[int]:
        """Which of these frames no picture is there for and none was asked for.

        Args:
            frames: that are to be seen.
            within: so many ticks away, another frame's picture is as good; 0 where each must be its own. Then what
                was asked for before counts no more: perhaps a neighbour is on its way.
        """
        if (within == 0) != self._asked_exactly:
            self._asked, self._asked_exactly = set(), within == 0
        lacking = [frame for frame in dict.fromkeys(frames) if not self._has(frame, within)]
        wanted = [frame for frame in lacking if frame not in self._asked]
        self._asked = set(lacking)
        return wanted

    def of(self, frame: int) -> QPixmap | None:
        """The picture of exactly that frame."""
        found = self._kept.get(frame)
        if found is not None:
            self._kept.move_to_end(frame)
        return found

    def near(self, frame: int, reach: int) -> QPixmap | None:
        """The picture of a frame, or of the nearest there is that begins less than `reach` ticks away."""
        found = self.nearest(frame)
        if found is None or abs(self._index.pts(found) - self._index.pts(frame)) >= max(reach, 1):
            return None
        return self.of(found)

    def nearest(self, frame: int) -> int | None:
        """The frame itself, or the nearest in time, of which there is a picture."""
        if frame in self._kept:
            return frame
        at = bisect_left(self._numbers, frame)
        tick = self._index.pts(frame)
        near = self._numbers[max(at - 1, 0) : at + 1]
        return min(near, key=lambda number: abs(self._index.pts(number) - tick), default=None)

    def _has(self, frame: int, within: int) -> bool:
        return frame in self._kept or (within > 0 and self.near(frame, within) is not None)


def _bytes_of(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
