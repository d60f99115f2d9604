"""Which frames of a film cannot be shown since some of its bytes cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from vigtool.errors import Cancelled
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.timebase import Span


def unreadable_spans(
    opener: Opener, index: FrameIndex, holes: Sequence[tuple[int, int]], cancelled: Callable[[], bool]
) -> tuple[Span, ...]:
    """The stretches of a film whose frames do not come out, in order and apart.

    Only the groups of frames are decoded that lie where the bytes are damaged; where the container does not tell where
    that is, the whole film.

    Args:
        opener: of the film; its reads fail in the holes.
        index: its frames.
        holes: half-open stretches of the film's bytes.
        cancelled: asked at every read.

    Raises:
        FilmError: the film does not open any more: nothing of it can be shown. Cancelled.
    """
    lost: list[int] = []
    with FrameReader(opener, index, threads=1, cancelled=cancelled) as reader:
        for first, last in _groups(index, holes):
            lost += _missing(reader, first, last, cancelled)
    return tuple(_spans(index, lost))


def _missing(reader: FrameReader, first: int, last: int, cancelled: Callable[[], bool]) -> list[int]:
    """Frames from `first` to `last` that do not come out."""
    missing = set(range(first, last + 1))
    for frame in reader.run(first, around=True):
        if cancelled():
            raise Cancelled
        missing.discard(frame.number)
        if frame.number >= last:
            break
    return sorted(missing)


def _groups(index: FrameIndex, holes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """First and last frames of the stretches to be looked at, in order and apart.

    Frames lie in the file about where their key frame does; one group more is looked at on either side, since sound
    and picture are interleaved by the camera's own rule.
    """
    keys = index.keys
    if not holes:
        return
    if len(keys.pos) < 2 or np.any(keys.pos < 0) or np.any(np.diff(keys.pos) <= 0):
        yield 0, index.frames - 1
        return
    until = -1
    for start, end in holes:
        row = max(0, int(np.searchsorted(keys.pos, start, side="right")) - 2)
        after = int(np.searchsorted(keys.pos, end, side="left")) + 1
        first = 0 if row == 0 else index.number_at(int(keys.pts[row]))
        last = index.number_at(int(keys.pts[after])) - 1 if after < len(keys.pts) else index.frames - 1
        if last > until:
            yield max(first, until + 1), last
            until = last


def _spans(index: FrameIndex, frames: list[int]) -> Iterator[Span]:
    """Frames in order, as stretches of those that follow each other."""
    first = 0
    for place, number in enumerate(frames):
        if place + 1 == len(frames) or frames[place + 1] != number + 1:
            yield index.span(frames[first], number)
            first = place + 1
