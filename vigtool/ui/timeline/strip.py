"""Which pictures the strip shows, and where: evenly spread over the film, or each frame's own where there is room.

Far away the strip is cut into places as wide as a picture. They stand on the film, so that scrolling moves them and
changes none; and the frame of each stands on a grid that doubles from step to step of the zoom, so that looking
closer finds most pictures at hand. From near, each frame has a place of its own, as wide as it lasts.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from vigtool.ui.desk import FrameTimes
from vigtool.ui.timeline.scale import Scale

OWN_PLACE = 36.0
"""A frame that is drawn at least so wide, in pixels, has a place of its own."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of the strip.

    Attributes:
        frame: the number of the frame that is shown there.
        x: where it begins, in pixels from the left end of the strip.
        width: in pixels.
    """

    frame: int
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The places in view.

    Attributes:
        slots: from left to right.
        reach: ticks within which another frame's picture may stand in.
        is_single: whether each frame has its own place; then nothing else is shown there as if it were that frame.
    """

    slots: tuple[Slot, ...]
    reach: int
    is_single: bool

    @classmethod
    def of(cls, scale: Scale, index: FrameTimes, picture_width: int) -> Strip:
        """The places of what a scale shows."""
        width = frame_width(scale, index)
        if width >= OWN_PLACE:
            reach = scale.ticks(4 * picture_width)
            return cls(slots=tuple(_single(scale, index)), reach=reach, is_single=True)
        each = max(scale.ticks(picture_width), 1)
        return cls(slots=tuple(_spread(scale, index, each)), reach=2 * each, is_single=False)


def frame_width(scale: Scale, index: FrameTimes) -> float:
    """How wide a frame of the film's mean length is drawn, in pixels."""
    return scale.width * (scale.end - scale.start) / max(index.frames, 1) / float(scale.length)


def frames_in_view(scale: Scale, index: FrameTimes) -> range:
    """The numbers of the frames that show in the view, be it in part."""
    first = max(floor(scale.first), scale.start)
    last = max(min(ceil(scale.last), scale.end) - 1, first)
    return range(index.number_at(first), index.number_at(last) + 1)


def _single(scale: Scale, index: FrameTimes) -> list[Slot]:
    found = []
    for number in frames_in_view(scale, index):
        x = scale.x(index.pts(number))
        after = index.pts(number + 1) if number + 1 < index.frames else index.end
        found.append(Slot(number, x, scale.x(after) - x))
    return found


def _spread(scale: Scale, index: FrameTimes, each: int) -> list[Slot]:
    step = max((scale.end - scale.start) // max(index.frames, 1), 1)
    while step * 2 <= each:
        step *= 2
    found = []
    place = floor((scale.first - scale.start) / each)
    while (tick := scale.start + place * each) < min(scale.last, scale.end):
        on_grid = scale.start - (scale.start - tick) // step * step
        frame = index.number_at(min(on_grid, scale.end - 1))
        x = scale.x(tick)
        found.append(Slot(frame, x, scale.x(min(tick + each, scale.end)) - x))
        place += 1
    return found
