"""Exact time: whole ticks of a film's clock, and fractions of a second between films.

Nothing here is ever a float. A film's time base is the length of one tick in seconds (a `Fraction`, for instance
1/90000); a place in a film is a whole number of ticks, and times of different films meet as `Fraction` seconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from vigtool.errors import UsageError

_CLOCK = re.compile(r"(?:(?P<h>\d+):)?(?P<m>\d{1,2}):(?P<s>\d{1,2}(?:[.,]\d+)?)")
_SECONDS = re.compile(r"\d+(?:[.,]\d+)?")
_FRAME = re.compile(r"f(?P<n>\d+)")
_LONGEST = 100  # signs; Python itself refuses to read a number of thousands of digits


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of one film: `start` belongs to it, `end` no longer does. Both in ticks of the film.

    A moment has its end equal to its start.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a stretch that runs backwards."""
        if self.end < self.start:
            message = f"a span cannot end ({self.end}) before it starts ({self.start})"
            raise ValueError(message)

    @property
    def is_moment(self) -> bool:
        """Whether it names one point in time and no stretch."""
        return self.end == self.start

    @property
    def length(self) -> int:
        """How long it is, in ticks."""
        return self.end - self.start

    def holds(self, tick: int) -> bool:
        """Whether `tick` lies inside; a moment holds its own tick."""
        return self.start <= tick < self.end or tick == self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a tick."""
        return self.holds(other.start) or other.holds(self.start)


@dataclass(frozen=True, slots=True)
class FrameNumber:
    """A frame named by its place in shown order, counted from 0, as a person types it: f123."""

    number: int


def to_seconds(ticks: int, time_base: Fraction) -> Fraction:
    """Ticks of a film as exact seconds."""
    return ticks * time_base


def to_ticks(seconds: Fraction, time_base: Fraction) -> int:
    """The last tick that is not later than `seconds`."""
    return int(seconds // time_base)


def clock(seconds: Fraction) -> str:
    """`HH:MM:SS.mmm`, cut (not rounded) to the millisecond, so that it never names a later frame."""
    sign = "-" if seconds < 0 else ""
    millis = int(abs(seconds) * 1000)
    minutes, rest = divmod(millis, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def short_clock(seconds: Fraction, *, millis: bool = True) -> str:
    """`M:SS.mmm` (or `M:SS`), with hours only where there are some; for lists and rulers."""
    text = clock(seconds)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    hours, minutes, rest = digits.split(":")
    head = f"{int(hours)}:{minutes}" if int(hours) else str(int(minutes))
    return f"{sign}{head}:{rest if millis else rest[:2]}"


def parse_point(text: str) -> FrameNumber | Fraction:
    """A point in a film as a person types it: `HH:MM:SS.mmm`, seconds, or `f123`.

    Raises:
        UsageError: where `text` is none of the three.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        text = ""
    if found := _FRAME.fullmatch(text):
        return FrameNumber(int(found["n"]))
    if found := _CLOCK.fullmatch(text):
        seconds = Fraction(found["s"].replace(",", "."))
        minutes = int(found["m"])
        if seconds < 60 and (minutes < 60 or found["h"] is None):
            return seconds + 60 * minutes + 3600 * int(found["h"] or 0)
    if _SECONDS.fullmatch(text):
        return Fraction(text.replace(",", "."))
    message = "that is no time in a film"
    raise UsageError(message, "write it as 00:03:12.480, as seconds (192.48), or as a frame (f5774)")
