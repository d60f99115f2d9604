"""Soft advice about a reel. It is said once, quietly, and never stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from vigtool.annotate.reel import Clip, Reel
from vigtool.ids import Id
from vigtool.timebase import to_seconds

FEWEST, MOST = 3, 4
SHORTEST, LONGEST = Fraction(5), Fraction(40)


class AdviceKind(Enum):
    """What the advice is about."""

    CLIP_COUNT = "clip count"
    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    NO_GOAL = "no goal"


_WORDS = {
    AdviceKind.CLIP_COUNT: "three or four clips are easiest to take in",
    AdviceKind.TOO_SHORT: "a clip of five seconds or more is easier to take in",
    AdviceKind.TOO_LONG: "a clip of forty seconds or less is easier to take in",
    AdviceKind.NO_GOAL: "serves no goal yet",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing worth a thought; `clip` where it is about one clip."""

    kind: AdviceKind
    clip: Id | None = None

    @property
    def words(self) -> str:
        """As it is said, without a full stop."""
        return _WORDS[self.kind]


def advice(reel: Reel, time_bases: Mapping[Id, Fraction]) -> tuple[Advice, ...]:
    """What might be said of a reel, the whole first, then clip by clip; nothing of an empty one.

    Args:
        reel: the reel.
        time_bases: seconds of one tick, by film.
    """
    if not reel.clips:
        return ()
    whole = () if FEWEST <= len(reel.clips) <= MOST else (Advice(AdviceKind.CLIP_COUNT),)
    return (*whole, *(one for clip in reel.clips for one in _of_clip(clip, time_bases[clip.film])))


def _of_clip(clip: Clip, time_base: Fraction) -> Iterator[Advice]:
    seconds = to_seconds(clip.span.length, time_base)
    if seconds < SHORTEST:
        yield Advice(AdviceKind.TOO_SHORT, clip.id)
    if seconds > LONGEST:
        yield Advice(AdviceKind.TOO_LONG, clip.id)
    if not clip.answers_question:
        yield Advice(AdviceKind.NO_GOAL, clip.id)
