"""What is worth decoding before anybody asks for it: pure reckoning, from where the film is looked at and what is kept.

Going back is the hard way: a group of frames can only be decoded from its beginning, and what is wished for first is
its end. A group that does not fit into the memory beside what is being looked at is therefore fetched in parts, the
last part first. Each part is decoded from the group's beginning again, so parts are as large as they can be while one
is looked at and the next is fetched: half of what fits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from vigtool.player.frame_cache import FrameCache
from vigtool.player.frame_index import FrameIndex

_STEP: Final = 8  # frames from one wish to the next that still are steps, and no jump
_BEHIND: Final = 48  # frames behind that are kept ready while nobody goes back
_LONG: Final = 300  # frames of a group; one that is longer is fetched only for one who really goes back
_BEHIND_A_STEP: Final = 12  # and so many more for each step back in a row
_AT_ONCE: Final = 12  # so near that a part is fetched however small
_LEAST: Final = 4  # fewer are not worth decoding a group
_AHEAD: Final = 8  # frames ahead that are kept ready while nobody goes on
_AHEAD_A_STEP: Final = 6
_MOST_AHEAD: Final = 60


@dataclass(frozen=True, slots=True)
class Aim:
    """Where the film is looked at.

    Attributes:
        cursor: the frame that was wished for last.
        heading: -1 or 1 where the person goes back or on frame by frame, else 0.
        steps: how many steps that way there were in a row.
    """

    cursor: int
    heading: int = 0
    steps: int = 0

    def to(self, number: int) -> Aim:
        """The aim after a wish for frame `number`."""
        moved = number - self.cursor
        if not moved:
            return self
        heading = 0 if abs(moved) > _STEP else 1 if moved > 0 else -1
        return Aim(number, heading, self.steps + abs(moved) if heading == self.heading != 0 else abs(heading))


@dataclass(frozen=True, slots=True)
class Part:
    """Frames to be fetched in one go, from `first` to `last`; both belong to it."""

    first: int
    last: int

    def serves(self, aim: Aim) -> bool:
        """Whether it is still worth fetching: it is not passed yet, and not left for somewhere else."""
        far = _BEHIND if aim.heading else _BEHIND + _LONG
        return self.first <= aim.cursor and (aim.heading < 0 or aim.cursor - self.last <= far)


def part_behind(
    index: FrameIndex, cache: FrameCache, aim: Aim, each: int, lost: Callable[[int], bool], *, border: bool = False
) -> Part | None:
    """What to fetch for going back; none where nothing is missing, or it does not fit yet.

    Args:
        index: the film's frames.
        cache: what is kept.
        aim: where the film is looked at.
        each: bytes that a fetched frame takes.
        lost: whether a frame is known not to come.
        border: whether also one who only looks needs what lies beyond the beginning of the group.
    """
    deep = _BEHIND + (_BEHIND_A_STEP * aim.steps if aim.heading < 0 else 0)
    within = aim.cursor - index.keyframe_before(aim.cursor)
    if border and aim.heading <= 0 and within <= _LONG:
        deep = max(deep, within + _BEHIND)
    last = aim.cursor
    while last > max(0, aim.cursor - deep) and (cache.holds(last) or lost(last)):
        last -= 1
    if cache.holds(last) or lost(last):
        return None
    lowest = max(index.keyframe_before(last), last - cache.room_for(each))  # some films are one group from end to end
    first = last
    while first > lowest and not cache.holds(first - 1):
        first -= 1
    fitting = _fitting(cache, first, last, each)
    if fitting is None:
        return None
    worth = _LEAST if aim.cursor - last <= _AT_ONCE else cache.room_for(each) // 2
    if fitting > first and last - fitting < worth:
        return None
    return Part(fitting, last)


def next_ahead(
    index: FrameIndex, cache: FrameCache, aim: Aim, each: int, lost: Callable[[int], bool], most: int = _MOST_AHEAD
) -> int | None:
    """The next frame to decode for going on, of at most `most`; none where enough is kept."""
    far = _AHEAD + _AHEAD_A_STEP * aim.steps if aim.heading > 0 else 0 if aim.heading else _AHEAD
    for number in range(aim.cursor + 1, min(aim.cursor + min(far, most), index.frames - 1) + 1):
        if not cache.holds(number) and not lost(number):
            return number if cache.fits(number, number, each) else None
    return None


def _fitting(cache: FrameCache, first: int, last: int, each: int) -> int | None:
    """The lowest of these frames from which on all up to `last` fit; none where not even the last one does."""
    if not cache.fits(last, last, each):
        return None
    low, high = first, last
    while low < high:
        middle = (low + high) // 2
        if cache.fits(middle, last, each):
            high = middle
        else:
            low = middle + 1
    return high
