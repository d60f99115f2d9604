"""The sound of a film along a route: what follows in time follows sample by sample, where the route jumps too.

Stretches are cut on one grid of samples, so that going round a thousand times drifts by none.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import numpy as np

from vigtool.player.frame_index import FrameIndex
from vigtool.player.route import Route
from vigtool.player.sound import RATE, SoundReader
from vigtool.player.stretch import Samples, stretched
from vigtool.timebase import Span

_LONGEST_KEPT: Final = Fraction(60)
_BLOCK: Final = RATE // 10


def sound_along(reader: SoundReader, index: FrameIndex, route: Route, tick: int, rate: Fraction) -> Iterator[Samples]:
    """Blocks (samples, 2) from exactly `tick` on, along the route and then silence for ever; it never ends.

    Args:
        reader: of the film, at the film's own speed; read while this is.
        index: of the film.
        route: what is played.
        tick: where to begin; the route plays it.
        rate: seconds of film in a second of sound, pitch kept.

    Raises:
        FilmMissing: where the film can no longer be read.
        ValueError: at a speed at which nothing can be heard well.
    """
    return stretched(_legs(reader, index, route, tick), RATE, rate)


def _legs(reader: SoundReader, index: FrameIndex, route: Route, tick: int) -> Iterator[Samples]:
    whole = sum(span.length for span in route.spans) * index.time_base
    ring = _Ring(reader, keeps=route.endless and whole <= _LONGEST_KEPT)
    passed = given = 0
    for leg in route.legs(tick):
        passed += leg.length
        samples = round(passed * index.time_base * RATE) - given
        given += samples
        yield from _exactly(ring.read(leg, samples), samples)
    while True:
        yield np.zeros((_BLOCK, 2), np.int16)


class _Ring:
    """Reads stretches; those of a short loop once, and from memory then, so that going round waits for nothing."""

    def __init__(self, reader: SoundReader, *, keeps: bool) -> None:
        self._reader, self._keeps = reader, keeps
        self._kept: dict[Span, list[Samples]] = {}

    def read(self, leg: Span, samples: int) -> Iterator[Samples]:
        """The sound from a stretch's beginning on, at least so much of it."""
        if not self._keeps:
            return self._reader.run(leg.start)
        if leg not in self._kept:
            # One more than now, since another lap of the grid may have one more.
            self._kept[leg] = list(_exactly(self._reader.run(leg.start), samples + 1))
        return iter(self._kept[leg])


def _exactly(blocks: Iterator[Samples], samples: int) -> Iterator[Samples]:
    """So many samples: cut, or silence at the end."""
    for block in blocks:
        if samples <= 0:
            return
        yield block[:samples]
        samples -= len(block)
    if samples > 0:
        yield np.zeros((samples, 2), np.int16)
