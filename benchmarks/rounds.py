"""Measuring side by side on a shared, noisy machine: everything takes turns, and what counts is the middle ratio."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median


def timed(work: Callable[[], object]) -> float:
    """Wall seconds that `work` takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def take_turns(works: Mapping[str, Callable[[], object]], rounds: int, warm: int = 0) -> dict[str, list[float]]:
    """Wall seconds of each work in each round.

    Args:
        works: what is compared, by name.
        rounds: how often each is done; each round begins with another one.
        warm: rounds before these that do not count.
    """
    names = list(works)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(-warm, rounds):
        for place in range(len(names)):
            name = names[(place + turn) % len(names)]
            seconds = timed(works[name])
            if turn >= 0:
                taken[name].append(seconds)
    return taken


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The middle of the ratios ours / theirs, round by round."""
    return median(our / their for our, their in zip(ours, theirs, strict=True))
