"""Frames of films that do not exist: for everything that only reckons with times."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from vigtool.player.clock import FakeClock
from vigtool.player.frame_index import UNKNOWN, FrameIndex, KeyTable
from vigtool.player.picture import Picture
from vigtool.player.transport import Transport


def index_of(gaps: list[int], start: int = 0, base: Fraction = Fraction(1, 600)) -> FrameIndex:
    """Frames that are shown for so many ticks each."""
    shown = np.cumsum([start, *gaps[:-1]]).astype(np.int64)
    return FrameIndex(
        picture=Picture(stream=0, codec="h264", stored_width=16, stored_height=16),
        format="mov",
        size=1,
        time_base=base,
        shown=shown,
        end=int(shown[-1]) + gaps[-1],
        keys=KeyTable(pts=shown[:1], dts=np.array([UNKNOWN]), pos=np.array([0])),
    )


EVEN = index_of([20] * 90, start=-40)
"""Thirty frames a second, three seconds."""
UNEVEN = index_of([20, 20, 60, 20, 1200, 20, 5])


def at(index: FrameIndex) -> tuple[Transport, FakeClock]:
    """One who stands on the first frame, and the clock that is gone by."""
    clock = FakeClock(Fraction(1000, 7))
    return Transport(index, clock), clock
