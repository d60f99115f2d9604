"""Two films of the same moments: by how much the clock of one is ahead of the other's, found by what both heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vigtool.errors import Cancelled
from vigtool.player.correlation import PER_SECOND, Floats, best_lag, fine_lag, loudness
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.sound import RATE, SoundReader

_COARSE: Final = RATE // 8
"""Waves are compared at 8 kHz: voices, claps and toys are all below 4 kHz."""
_STEP: Final = RATE // PER_SECOND
_WINDOW: Final = 8
_WINDOWS: Final = 7
_REACH: Final = 0.25
_AGREE: Final = 0.02
_SHARE: Final = 45
"""Percent of the work that one film is listened to."""


@dataclass(frozen=True, slots=True)
class Listened:
    """One film for listening to.

    Attributes:
        opener: of the film.
        index: its frames.
    """

    opener: Opener
    index: FrameIndex

    @property
    def begin(self) -> Fraction:
        """Seconds of its own clock at which it begins."""
        return self.index.start * self.index.time_base


@dataclass(frozen=True, slots=True)
class Alignment:
    """What was heard.

    Attributes:
        offset: what the first film shows at the second t of its own clock, the second shows at t + offset of its own.
        confidence: from 0 to 1; see `correlation.Lag`.
    """

    offset: Fraction
    confidence: float


def align(
    first: Listened,
    second: Listened,
    report: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Alignment | None:
    """How two films lie to each other by their sounds; None where that cannot be told: silence, other sounds, a beat.

    Raises:
        FilmMissing: where one of them can no longer be read.
        Cancelled: when stopped.
    """
    heard = []
    for place, film in enumerate((first, second)):
        energy = _energy(film, lambda part, place=place: report(place * _SHARE + part, 100), cancelled)  # type: ignore[misc]  # mypy sees no default in a lambda
        if not energy.any():
            return None
        heard.append((energy, loudness(energy)))
    lag = best_lag(heard[0][1], heard[1][1])
    if lag is None:
        return None
    coarse = second.begin - first.begin + Fraction(round(lag.steps * 1000), 1000 * PER_SECOND)
    moved = _finer(first, second, heard[0][0], coarse, report, cancelled)
    return Alignment(coarse + moved, lag.confidence)


def _energy(film: Listened, report: Callable[[int], None], cancelled: Callable[[], bool]) -> Floats:
    """The energy of every hundredth of a second, without the rumble that tells nothing."""
    found: list[NDArray[np.float64]] = []
    total = max(1, int(film.index.duration * PER_SECOND))
    done, rest = 0, np.zeros(0, np.float64)
    with SoundReader(film.opener, film.index) as reader:
        if reader.silent:
            return np.zeros(0)
        for block in reader.run(film.index.start):
            if cancelled():
                raise Cancelled
            mono = np.concatenate([rest, block.astype(np.float64).mean(axis=1)])
            steps = (len(mono) - 1) // _STEP
            if steps > 0:
                sharp = np.diff(mono[: steps * _STEP + 1])
                found.append((sharp**2).reshape(steps, _STEP).mean(axis=1))
                done += steps
                report(min(_SHARE, done * _SHARE // total))
            rest = mono[max(steps, 0) * _STEP :]
    return np.concatenate(found) if found else np.zeros(0)


def _finer(
    first: Listened,
    second: Listened,
    energy: Floats,
    coarse: Fraction,
    report: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Fraction:
    """Seconds to add to `coarse`, by the waves of a few loud stretches of both; nothing where they do not agree."""
    moves = []
    with SoundReader(first.opener, first.index) as ours, SoundReader(second.opener, second.index) as theirs:
        begins = _loud_places(first, second, energy, coarse)
        for place, begin in enumerate(begins):
            if cancelled():
                raise Cancelled
            report(2 * _SHARE + place, 2 * _SHARE + len(begins))
            move = fine_lag(
                _samples(ours, first.index, begin), _samples(theirs, second.index, begin + coarse), _COARSE, _REACH
            )
            if move is not None:
                moves.append(move)
    if len(moves) < 2:
        return Fraction(0)
    middle = sorted(moves)[len(moves) // 2]
    agree = sum(abs(move - middle) < _AGREE for move in moves)
    return Fraction(round(middle * _COARSE), _COARSE) if 2 * agree > len(moves) else Fraction(0)


def _loud_places(first: Listened, second: Listened, energy: Floats, coarse: Fraction) -> list[Fraction]:
    """Where in the first film to listen closely: the loudest place of each equal part of what both films show."""
    begin = max(first.begin, second.begin - coarse)
    end = min(first.index.end * first.index.time_base, second.index.end * second.index.time_base - coarse)
    parts = max(1, min(_WINDOWS, int((end - begin) // _WINDOW)))
    length = (end - begin) / parts
    places = []
    for part in range(parts):
        low = int((begin + part * length - first.begin) * PER_SECOND)
        heard = energy[low : low + max(1, int(length * PER_SECOND))]
        at = begin + part * length + Fraction(int(heard.argmax()) if len(heard) else 0, PER_SECOND)
        places.append(max(begin, min(at - Fraction(_WINDOW, 2), end - _WINDOW)))
    return places


def _samples(reader: SoundReader, index: FrameIndex, begin: Fraction) -> Floats:
    """The waves of one window from `begin` seconds of the film's clock, at 8 kHz."""
    tick = int(begin // index.time_base)
    early = round((begin - tick * index.time_base) * RATE)
    count = _WINDOW * RATE
    found: list[NDArray[np.float64]] = []
    have = 0
    for block in reader.run(tick):
        found.append(block.astype(np.float64).mean(axis=1))
        have += len(block)
        if have >= early + count:
            break
    mono = np.concatenate([*found, np.zeros(1)])[early : early + count]
    whole = len(mono) // (RATE // _COARSE) * (RATE // _COARSE)
    smaller: Floats = mono[:whole].reshape(-1, RATE // _COARSE).mean(axis=1)
    return smaller
