"""Small pictures of a film, evenly spread, for a strip under the picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vigtool.errors import Cancelled, FrameUnreadable
from vigtool.player.footage import Opener
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader


def strip_numbers(index: FrameIndex, count: int) -> list[int]:
    """The frames of a strip of `count` pictures: evenly spread in time, moved to a key frame where one is near."""
    ticks = [index.start + (index.end - index.start) * (2 * place + 1) // (2 * count) for place in range(count)]
    numbers = [index.number_at(tick) for tick in ticks]
    return [_near_key(index, number, ticks, count) for number in numbers]


def strip(
    opener: Opener,
    index: FrameIndex,
    count: int,
    size: tuple[int, int],
    deliver: Callable[[int, ViewPicture], None],
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Make a strip, coarse first: the middle ones of ever smaller parts, so that it soon shows something everywhere.

    Args:
        opener: of the film.
        index: its frames.
        count: how many pictures.
        size: width and height of each.
        deliver: is given the place in the strip and the picture, in this thread.
        cancelled: whether to stop.

    Raises:
        FilmMissing: where the film can no longer be read.
        Cancelled: when stopped.
    """
    numbers = strip_numbers(index, count)
    made: dict[int, ViewPicture] = {}
    with FrameReader(opener, index, cancelled=cancelled) as reader:
        for place in _coarse_first(count):
            if cancelled():
                raise Cancelled
            number = numbers[place]
            if number not in made:
                try:
                    frame = reader.get(number)
                except FrameUnreadable:
                    continue
                made[number] = ViewPicture(number, frame.pts, frame.bgra(*size))
            deliver(place, made[number])


def _near_key(index: FrameIndex, number: int, ticks: list[int], count: int) -> int:
    """The key frame before a frame, which is quicker to have, if it is less than half a picture of the strip away."""
    key = index.keyframe_before(number)
    apart = (ticks[-1] - ticks[0]) // max(1, count - 1) if count > 1 else 0
    return key if index.pts(number) - index.pts(key) <= apart // 2 else number


def _coarse_first(count: int) -> list[int]:
    """0 to `count` - 1, so that each beginning of the list is spread over all of them."""
    order = np.argsort([int(f"{place:016b}"[::-1], 2) for place in range(count)], kind="stable")
    return [int(place) for place in order]
