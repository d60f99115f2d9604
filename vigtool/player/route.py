"""What is played of a film, and in which order: all of it, a loop, or some stretches one after the other.

This only reckons. Time, sound and picture all go by the same route, so that they turn and jump at the same tick.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, chain, cycle

from vigtool.player.frame_index import FrameIndex
from vigtool.timebase import Span


@dataclass(frozen=True, slots=True)
class Route:
    """Stretches of one film in the order in which they are played forwards.

    Attributes:
        spans: at least one; none is empty, each begins at the end of the one before it or later.
        endless: whether the first one follows the last one.
    """

    spans: tuple[Span, ...]
    endless: bool = False

    @property
    def end(self) -> int:
        """The tick at which the last stretch ends."""
        return self.spans[-1].end

    def place(self, tick: int) -> int | None:
        """Which stretch holds that tick; none where it is not played."""
        found = bisect_right(self.spans, tick, key=lambda span: span.start) - 1
        return found if found >= 0 and tick < self.spans[found].end else None

    def entered(self, tick: int, *, forwards: bool = True) -> int | None:
        """Where playing begins when it is begun at a tick: there, or at the nearest stretch still to come.

        None where no stretch is still to come; an endless route has one always.
        """
        if self.place(tick) is not None:
            return tick
        if forwards:
            coming = [span.start for span in self.spans if span.start > tick]
            return coming[0] if coming else self.spans[0].start if self.endless else None
        gone = [span.end - 1 for span in self.spans if span.end <= tick]
        return gone[-1] if gone else self.end - 1 if self.endless else None

    def travelled(self, tick: Fraction, way: Fraction) -> Fraction | None:
        """Where one is after playing `way` ticks (negative: backwards) from a tick that is played.

        None where the route is over before that.
        """
        lengths = list(accumulate((span.length for span in self.spans), initial=0))
        place = self.place(int(tick // 1)) or 0
        gone = lengths[place] + tick - self.spans[place].start + way
        if self.endless:
            gone %= lengths[-1]
        elif not 0 <= gone < lengths[-1]:
            return None
        place = bisect_right(lengths, gone) - 1
        return self.spans[place].start + gone - lengths[place]

    def legs(self, tick: int) -> Iterator[Span]:
        """What is played forwards from a tick that is played, stretch by stretch, to the route's end."""
        place = self.place(tick) or 0
        first = Span(tick, self.spans[place].end)
        later = chain(self.spans[place + 1 :], cycle(self.spans) if self.endless else ())
        return chain((first,), later)

    def after(self, tick: int) -> Span | None:
        """The stretch that follows the one in which a tick lies; none after the last one."""
        place = (self.place(tick) or 0) + 1
        if place < len(self.spans):
            return self.spans[place]
        return self.spans[0] if self.endless else None


def whole(index: FrameIndex) -> Route:
    """All of a film, once."""
    return Route((Span(index.start, index.end),))


def loop_of(index: FrameIndex, span: Span) -> Route | None:
    """Round and round in a stretch, as far as it lies in the film; none where nothing of it does."""
    kept = _within(index, [span])
    return Route(tuple(kept), endless=True) if kept else None


def only(index: FrameIndex, spans: Iterable[Span]) -> Route | None:
    """Some stretches, each part of the film once and in its order, whatever overlaps; moments have no length.

    None where nothing is left.
    """
    merged: list[Span] = []
    for span in sorted(_within(index, spans)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return Route(tuple(merged)) if merged else None


def _within(index: FrameIndex, spans: Iterable[Span]) -> list[Span]:
    """What lies within the film and has a length."""
    cut = ((max(span.start, index.start), min(span.end, index.end)) for span in spans)
    return [Span(start, end) for start, end in cut if start < end]
