"""Slower and faster sound without another pitch."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeAlias, cast

import av
import av.error
import av.filter
import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.int16]

SLOWEST: Final = Fraction(1, 4)
FASTEST: Final = Fraction(4)


def stretched(blocks: Iterator[Samples], sample_rate: int, speed: Fraction) -> Iterator[Samples]:
    """The sound at another speed: blocks (samples, 2), of which `speed` seconds go into one.

    Raises:
        ValueError: below a quarter or above four times.
    """
    if speed == 1:
        yield from blocks
        return
    if not SLOWEST <= speed <= FASTEST:
        message = "no sound at that speed"
        raise ValueError(message)
    graph = _graph(sample_rate, speed)
    place = 0
    for block in blocks:
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.reshape(1, -1)), format="s16", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = sample_rate, place, Fraction(1, sample_rate)
        place += len(block)
        graph.push(frame)
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def _graph(sample_rate: int, speed: Fraction) -> av.filter.Graph:
    """A chain of `atempo`, each between a half and twice, as the filter sounds best."""
    graph = av.filter.Graph()
    chain = [
        graph.add_abuffer(format="s16", sample_rate=sample_rate, layout="stereo", time_base=Fraction(1, sample_rate))
    ]
    chain.extend(graph.add("atempo", f"{float(factor):.9f}") for factor in _factors(speed))
    chain.append(graph.add("aformat", f"sample_fmts=s16:channel_layouts=stereo:sample_rates={sample_rate}"))
    chain.append(graph.add("abuffersink"))
    for before, after in pairwise(chain):
        before.link_to(after)
    graph.configure()
    return graph


def _factors(speed: Fraction) -> list[Fraction]:
    """Factors between a half and two whose product is `speed`."""
    factors = []
    while not Fraction(1, 2) <= speed <= 2:
        half = Fraction(1, 2) if speed < 1 else Fraction(2)
        factors.append(half)
        speed /= half
    return [*factors, speed]


def _pulled(graph: av.filter.Graph) -> Iterator[Samples]:
    """Whatever is ready."""
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        yield cast("Samples", frame.to_ndarray()).reshape(-1, 2)
