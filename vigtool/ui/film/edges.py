"""The edges of a mark, drawn by whole frames."""

from __future__ import annotations

from dataclasses import replace

from vigtool.annotate.mark import Mark
from vigtool.timebase import Span
from vigtool.ui.film.playhead import Landing
from vigtool.ui.timeline.model import Which


def drawn(mark: Mark, edge: Which, boundary: int, landing: Landing) -> tuple[Mark, int]:
    """A mark with one edge at the beginning of frame `boundary` (the number of frames: at the end of the film).

    A span keeps one frame at least from its other edge, but for its end drawn before its first frame: that makes it a
    moment. A moment drawn at either edge becomes a span that holds its frame.

    Returns:
        the mark, and the frame under the edge: its first one, or its last.
    """
    index, span = landing.index, mark.span
    first, last = index.number_at(span.start), index.number_at(span.start if span.is_moment else span.end - 1)
    if edge is Which.START:
        number = min(boundary, last)
        still = span.is_moment and number == first
        made = span if still else Span(index.pts(number), landing.end_of(last) if span.is_moment else span.end)
        return replace(mark, span=made), number
    if boundary <= first:
        return replace(mark, span=Span(span.start, span.start)), first
    return replace(mark, span=Span(span.start, landing.end_of(boundary - 1))), boundary - 1
