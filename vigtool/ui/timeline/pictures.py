"""The small pictures of the strip: kept while they are of use, the nearest shown until the right one comes."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import OrderedDict

from PySide6.QtGui import QImage, QPixmap

from vigtool.ui.desk import FrameTimes

MOST = 400
_USUAL = 16 / 9


class Pictures:
    """Pictures by frame number; the oldest unused go first."""

    def __init__(self, index: FrameTimes) -> None:
        self._index = index
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()
        self._numbers: list[int] = []
        self._asked: set[int] = set()
        self._shape = _USUAL

    def width(self, height: int) -> int:
        """How wide a picture of that height is, by the shape of the last one that came."""
        return max(round(height * self._shape), 8)

    def give(self, frame: int, image: QImage) -> None:
        """Keep a picture."""
        if image.isNull():
            return
        self._shape = image.width() / image.height()
        if frame not in self._kept:
            insort(self._numbers, frame)
        self._kept[frame] = QPixmap.fromImage(image)
        self._asked.discard(frame)
        while len(self._kept) > MOST:
            oldest, _ = self._kept.popitem(last=False)
            self._numbers.remove(oldest)

    def missing(self, ticks: list[int]) -> list[int]:
        """The frames that show at these ticks, of which there is no picture and none was asked for."""
        frames = [self._index.number_at(tick) for tick in ticks]
        wanted = [frame for frame in dict.fromkeys(frames) if frame not in self._kept and frame not in self._asked]
        self._asked = {frame for frame in frames if frame not in self._kept}
        return wanted

    def near(self, tick: int, reach: int) -> QPixmap | None:
        """The picture of the frame at `tick`, or of the nearest there is that shows less than `reach` ticks away."""
        frame = self._index.number_at(tick)
        if frame in self._kept:
            self._kept.move_to_end(frame)
            return self._kept[frame]
        at = bisect_left(self._numbers, frame)
        near = self._numbers[max(at - 1, 0) : at + 1]
        found = min(near, key=lambda number: abs(number - frame), default=None)
        if found is None or abs(self._index.pts(found) - tick) >= reach:
            return None
        return self._kept[found]
