"""Which frame of a second film belongs to a place in the first, by exact time."""

from __future__ import annotations

from fractions import Fraction

from vigtool.player.frame_index import FrameIndex


def frame_beside(first: FrameIndex, tick: int, second: FrameIndex, offset: Fraction) -> int | None:
    """The frame the second film shows at `tick` of the first; None where it has not begun yet, or has ended.

    Args:
        first: frames of the film that leads.
        tick: of the first film's clock.
        second: frames of the film that follows.
        offset: seconds; what the first shows at second t of its own clock, the second shows at t + offset.
    """
    tick_beside = (tick * first.time_base + offset) // second.time_base
    if not second.start <= tick_beside < second.end:
        return None
    return second.number_at(int(tick_beside))


def offset_between(first: FrameIndex, number: int, second: FrameIndex, number_beside: int) -> Fraction:
    """The offset by which the second film shows the one frame exactly when the first begins to show the other."""
    return second.pts(number_beside) * second.time_base - first.pts(number) * first.time_base
