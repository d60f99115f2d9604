"""How a pose comes about: short acts, each pulling a few numbers towards a value for a while.

An act begins with its first frame and is over with its last; in between it eases in and out. Acts are applied in
the order they begin, so that a later one bends what an earlier one holds. What lives by itself (breath, blinks,
leaves, clouds) is added on top. Everything is a pure function of the time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from vigtool.sample.timestamps import TIME_BASE, end_tick, shown_ticks


@dataclass(frozen=True, slots=True)
class Act:
    """One short act.

    Attributes:
        first, last: frames of the full film, inclusive.
        towards: what it pulls each number to.
        ease: seconds to come in, and to go out; 0 for at once.
        beats: how often a second it comes and goes while it lasts, as in laughing; 0 for not at all.
    """

    first: int
    last: int
    towards: Mapping[str, float]
    ease: tuple[float, float] = (0.4, 0.5)
    beats: float = 0.0

    @property
    def start(self) -> float:
        """When it begins, in seconds."""
        return float(shown_ticks()[self.first] * TIME_BASE)

    @property
    def end(self) -> float:
        """When it is over, in seconds."""
        return float((*shown_ticks(), end_tick())[self.last + 1] * TIME_BASE)


def act(
    first: int, last: int, *, ease: float | tuple[float, float] = (0.4, 0.5), beats: float = 0.0, **towards: float
) -> Act:
    """An act; one number for `ease` serves coming in and going out."""
    return Act(first, last, towards, ease if isinstance(ease, tuple) else (ease, ease), beats)


def soft(share: float) -> float:
    """A soft step: 0 below 0, 1 above 1, without a jerk at either end."""
    share = min(max(share, 0.0), 1.0)
    return share * share * share * (share * (6 * share - 15) + 10)


def _grown(since: float, ease: float) -> float:
    return soft(since / ease) if ease else 1.0


class Part:
    """Everything one figure does in the film."""

    def __init__(self, rest: Mapping[str, float], acts: Sequence[Act]) -> None:
        """Begin from `rest`, the pose when nothing is done; acts may pull only numbers that it names.

        Raises:
            KeyError: for an act that pulls a number the figure does not have.
        """
        self._rest = dict(rest)
        for one in acts:
            for name in one.towards:
                self._rest[name]
        self._acts = sorted(((one.start, one.end, one) for one in acts), key=lambda row: row[0])

    def at(self, seconds: float) -> dict[str, float]:
        """The figure's numbers at one time."""
        values = dict(self._rest)
        for start, end, one in self._acts:
            if not start <= seconds < end:
                continue
            strength = _grown(seconds - start, one.ease[0]) * _grown(end - seconds, one.ease[1])
            if one.beats:
                strength *= 0.5 - 0.5 * cos(2 * pi * one.beats * (seconds - start))
            for name, value in one.towards.items():
                values[name] += (value - values[name]) * strength
        return values


def blink(seconds: float, every: float, offset: float) -> float:
    """How far the lids are closed by blinking, 0 to 1: about once in `every` seconds, never quite regularly."""
    number = int((seconds + offset) / every)
    scattered = (number * 2_654_435_761 + 97) % 2**32 / 2**32
    since = seconds + offset - every * (number + 0.15 + 0.6 * scattered)
    return soft(1 - abs(since - 0.09) / 0.09) if 0 <= since < 0.18 else 0.0


def breath(seconds: float, length: float, offset: float = 0.0) -> float:
    """A slow wave between -1 and 1."""
    return sin(2 * pi * (seconds + offset) / length)


def unrest(seconds: float, offset: float) -> float:
    """The small never repeating movement of somebody who sits, between about -1 and 1."""
    return (
        0.55 * sin(0.83 * seconds + offset)
        + 0.3 * sin(1.87 * seconds + 2.1 * offset)
        + 0.15 * sin(3.1 * seconds + offset)
    )
