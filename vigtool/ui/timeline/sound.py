"""The sound as the timeline draws it: coarse for the whole film, fine for the stretch that is looked at closely."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vigtool.ui.timeline.scale import Scale

Levels: TypeAlias = NDArray[np.float32]
Places: TypeAlias = NDArray[np.float64]
_EACH = 8
_MOST_STRETCHES = 64
STRETCH = Fraction(2)
"""Fine sound is asked for and kept in stretches of about so many seconds."""
FINE_FROM = 1.5
"""Fine sound is drawn where one of the coarse peaks would be wider than so many pixels."""


class Loudness:
    """The loudest value of equal parts of a film, and the loudest of every 8, 64, 512 … of them.

    However much is in view, a column of the screen looks at no more than a few dozen values.
    """

    def __init__(self, peaks: Levels, covers: tuple[int, int], full: float = 1.0) -> None:
        """Make it.

        Args:
            peaks: 0 to 1.
            covers: first tick, and the tick after the last, of all of them together.
            full: the sample, up to 1, that a peak of 1 stands for: quiet films are drawn larger.
        """
        self.covers, self.full = covers, max(full, 1e-6)
        self._levels = [np.ascontiguousarray(peaks, np.float32)]
        while len(self._levels[-1]) > 4 * _EACH:
            below = self._levels[-1]
            whole = len(below) // _EACH * _EACH
            above = below[:whole:_EACH].copy()
            for place in range(1, _EACH):  # four times as quick as the same by rows of eight
                np.maximum(above, below[place:whole:_EACH], out=above)
            rest = below[whole:].max(keepdims=True) if whole < len(below) else below[:0]
            self._levels.append(np.concatenate([above, rest]))

    @property
    def peaks(self) -> Levels:
        """The finest parts, from 0 to 1."""
        return self._levels[0]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not len(self._levels[0]) or self.covers[1] <= self.covers[0]

    def peak_width(self, scale: Scale) -> float:
        """How wide one of the finest parts is drawn, in pixels."""
        ticks = (self.covers[1] - self.covers[0]) / max(len(self._levels[0]), 1)
        return ticks * scale.width / float(scale.length)

    def columns(self, scale: Scale, step: int = 3) -> tuple[Places, Levels]:
        """Where the columns of the view begin, every `step` pixels, and the loudest of the sound under each.

        Columns without any sound are left out.
        """
        xs = np.arange(0, scale.width, step, dtype=np.float64)
        # Places in the array as float: off by far less than a pixel, which is all they are for.
        edges = float(scale.first) + np.append(xs, xs[-1] + step) * (float(scale.length) / scale.width)
        count = len(self._levels[0])
        places = (edges - self.covers[0]) * (count / (self.covers[1] - self.covers[0]))
        low = np.clip(np.floor(places[:-1]), 0, count).astype(np.int64)
        high = np.clip(np.ceil(places[1:]), 0, count).astype(np.int64)
        kept = high > low
        xs, low, high = xs[kept], low[kept], high[kept]
        if not len(xs):
            return xs, self._levels[0][:0]
        level, size = 0, 1
        while level + 1 < len(self._levels) and int((high - low).max()) >= 4 * _EACH * size:
            level, size = level + 1, size * _EACH
        return xs, _largest(self._levels[level], low // size, -(-high // size))


def _largest(values: Levels, low: NDArray[np.int64], high: NDArray[np.int64]) -> Levels:
    """The largest of values[low:high], row by row; each `high` is above its `low`."""
    padded = np.append(values, np.float32(0))
    pairs = np.stack([low, np.minimum(high, len(values))], axis=1).reshape(-1)
    return np.asarray(np.maximum.reduceat(padded, pairs)[::2], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Fine:
    """A stretch of sound from near.

    Attributes:
        first: the tick at which it begins.
        part: ticks of one part, seldom a whole number.
        extremes: (parts, 2): lowest and highest sample of each, from -1 to 1.
    """

    first: int
    part: Fraction
    extremes: NDArray[np.float32]


class FineSound:
    """The stretches that were looked at; the oldest unused go first."""

    def __init__(self, start: int, end: int, time_base: Fraction) -> None:
        self._start, self._end = start, end
        self._ticks = max(round(STRETCH / time_base), 1)
        self._kept: OrderedDict[int, Fine] = OrderedDict()
        self._asked: set[int] = set()

    def give(self, fine: Fine) -> None:
        """Keep a stretch that was asked for."""
        place = (fine.first - self._start) // self._ticks
        self._kept[place] = fine
        self._asked.discard(place)
        while len(self._kept) > _MOST_STRETCHES:
            self._kept.popitem(last=False)

    def in_view(self, scale: Scale) -> list[Fine]:
        """What there is of the view."""
        found = []
        for place in self._places(scale):
            if place in self._kept:
                self._kept.move_to_end(place)
                found.append(self._kept[place])
        return found

    def missing(self, scale: Scale) -> list[tuple[int, int]]:
        """The stretches of the view, as ticks from and up to, that are not there and were not asked for."""
        lacking = [place for place in self._places(scale) if place not in self._kept]
        wanted = [place for place in lacking if place not in self._asked]
        self._asked = set(lacking)
        return [self._ticks_of(place) for place in wanted]

    def _places(self, scale: Scale) -> range:
        first = int(scale.first - self._start) // self._ticks
        return range(max(first, 0), int(min(scale.last, self._end) - self._start - 1) // self._ticks + 1)

    def _ticks_of(self, place: int) -> tuple[int, int]:
        first = self._start + place * self._ticks
        return first, min(first + self._ticks, self._end)


def fine_columns(fine: Fine, scale: Scale) -> tuple[Places, NDArray[np.float32]]:
    """Pixels of the view that a stretch reaches, and the lowest and highest of the sound under each: (columns, 2).

    Where a part is wider than a pixel, the pixels that it covers are all alike.
    """
    each = float(fine.part) * scale.width / float(scale.length)
    begin = scale.x(fine.first)
    count = len(fine.extremes)
    left, right = max(int(np.floor(begin)), 0), min(int(np.ceil(begin + count * each)), scale.width)
    xs = np.arange(left, right, dtype=np.float64)
    if not len(xs) or not count:
        return xs[:0], np.zeros((0, 2), np.float32)
    low = np.clip(np.floor((xs - begin) / each), 0, count - 1).astype(np.int64)
    high = np.clip(np.ceil((xs + 1 - begin) / each), low + 1, count).astype(np.int64)
    found = np.stack([-_largest(-fine.extremes[:, 0], low, high), _largest(fine.extremes[:, 1], low, high)], axis=1)
    return xs, found.astype(np.float32)
