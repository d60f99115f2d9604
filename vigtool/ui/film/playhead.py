"""Where the film stands, as marking sees it, and which frame a key pressed there means."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

from vigtool.timebase import Span, to_ticks
from vigtool.ui.desk import FrameTimes


class Playhead(Protocol):
    """`playback.Playback` is one."""

    @property
    def frame(self) -> int:
        """The frame that shows."""
        ...

    @property
    def tick(self) -> int:
        """The exact place: of the shown frame while it stands still, of the clock while it plays."""
        ...

    @property
    def is_playing(self) -> bool:
        """Whether it plays, in either direction."""
        ...

    @property
    def rate(self) -> Fraction:
        """Seconds of film for a second of the person's time; negative backwards."""
        ...


class Landing:
    """Which frames of a film a key means.

    Attributes:
        lead: seconds that the person needs to see and to press; a key pressed while the film plays means the frame
            that showed so long before. The same reaction takes more of the film where it plays faster.
    """

    def __init__(self, index: FrameTimes, head: Playhead) -> None:
        self.index, self.head = index, head
        self.lead = Fraction(2, 5)

    @property
    def frame(self) -> int:
        """The frame meant by a key pressed now."""
        if not self.head.is_playing:
            return self.head.frame
        return self.index.number_at(self.head.tick - to_ticks(self.lead * self.head.rate, self.index.time_base))

    @property
    def moment(self) -> Span:
        """The moment meant."""
        tick = self.index.pts(self.frame)
        return Span(tick, tick)

    @property
    def end(self) -> int:
        """The tick at which the frame meant ends."""
        return self.end_of(self.frame)

    def end_of(self, number: int) -> int:
        """The tick at which a frame ends."""
        return self.index.span(number, number).end

    def own_seconds(self, ticks: int) -> Fraction:
        """Ticks of film, at the present speed, as seconds of the person's time."""
        return ticks * self.index.time_base / (self.head.rate or 1)

    def number_of_boundary(self, tick: int) -> int:
        """The number of the frame that begins at `tick`; the number of frames stands for the film's end."""
        return self.index.frames if tick >= self.index.end else self.index.number_at(tick)
