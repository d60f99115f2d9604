"""Small pictures of a film, evenly spread, for a strip under the picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from vigtool.errors import Cancelled, FrameUnreadable
from vigtool.player.footage import Opener
from vigtool.player.frame import fitted
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import THREADS, FrameReader
from vigtool.player.strip import Strip, jpeg

_SIDE: Final = 160
_SECONDS: Final = 2
_MOST: Final = 300


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
    threads: int = THREADS,
) -> None:
    """Make a strip, coarse first: the middle ones of ever smaller parts, so that it soon shows something everywhere.

    Args:
        opener: of the film.
        index: its frames.
        count: how many pictures.
        size: width and height of each.
        deliver: is given the place in the strip and the picture, in this thread.
        cancelled: whether to stop.
        threads: how many the decoder may use.

    Raises:
        FilmMissing: where the film can no longer be read.
        Cancelled: when stopped.
    """
    numbers = strip_numbers(index, count)
    made: dict[int, ViewPicture] = {}
    with FrameReader(opener, index, threads=threads, cancelled=cancelled) as reader:
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


def make_strip(
    opener: Opener,
    index: FrameIndex,
    deliver: Callable[[ViewPicture], None] = lambda _picture: None,
    report: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Strip:
    """The strip that is kept of a film: a picture every two seconds, at most some hundred, 160 pixels long.

    Args:
        opener: of the film.
        index: its frames.
        deliver: is given each picture as it is made, coarse first, in this thread.
        report: pictures done, pictures in all.
        cancelled: whether to stop.

    Raises:
        FilmMissing: where the film can no longer be read.
        Cancelled: when stopped.
    """
    count = min(_MOST, index.frames, max(1, int(index.duration / _SECONDS)))
    size = fitted(index.picture.width, index.picture.height, _SIDE, _SIDE)
    made: dict[int, bytes] = {}
    done = 0

    def take(_place: int, picture: ViewPicture) -> None:
        nonlocal done
        done += 1
        if picture.number not in made:
            made[picture.number] = jpeg(picture.pixels)
            deliver(picture)
        report(done, count)

    strip(opener, index, count, size, take, cancelled, threads=1)
    return Strip(*size, dict(sorted(made.items())))


def _near_key(index: FrameIndex, number: int, ticks: list[int], count: int) -> int:
    """The key frame before a frame, which is quicker to have, if it is less than half a picture of the strip away."""
    key = index.keyframe_before(number)
    apart = (ticks[-1] - ticks[0]) // max(1, count - 1) if count > 1 else 0
    return key if index.pts(number) - index.pts(key) <= apart // 2 else number


def _coarse_first(count: int) -> list[int]:
    """0 to `count` - 1, so that each beginning of the list is spread over all of them."""
    order = np.argsort([int(f"{place:016b}"[::-1], 2) for place in range(count)], kind="stable")
    return [int(place) for place in order]
