"""Points in a film as they are typed, turned into ticks and frames."""

from __future__ import annotations

from fractions import Fraction

from vigtool.errors import UsageError
from vigtool.player.frame_index import FrameIndex
from vigtool.timebase import FrameNumber, Span, parse_point


def boundary(index: FrameIndex, text: str) -> int:
    """The tick at which the frame named by `text` begins; the film's end may be named too.

    Raises:
        UsageError, NoSuchFrame.
    """
    point = parse_point(text)
    ends = point.number == index.frames if isinstance(point, FrameNumber) else index.tick(point) == index.end
    return index.end if ends else index.pts(index.frame_at(point))


def span_between(index: FrameIndex, start: str, end: str | None) -> Span:
    """The span from one point to another, which it no longer holds; a moment without an end.

    Raises:
        UsageError, NoSuchFrame.
    """
    first = index.pts(index.frame_at(parse_point(start)))
    if end is None:
        return Span(first, first)
    last = boundary(index, end)
    if last <= first:
        message = "the end does not come after the beginning"
        raise UsageError(message, "--to names the first frame that no longer belongs to it")
    return Span(first, last)


def seconds_at(index: FrameIndex, tick: int) -> Fraction:
    """Seconds from the film's first frame."""
    return (tick - index.start) * index.time_base
