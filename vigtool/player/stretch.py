"""Slower and faster sound without another pitch.

The sound is cut into windows that overlap by half; laid together closer or farther apart they take another time.
Where exactly a window is cut is searched within a few milliseconds of its place, so that its waves meet those of the
window before: W. Verhelst and M. Roelands, "An overlap-add technique based on waveform similarity (WSOLA) for high
quality time-scale modification of speech", ICASSP 1993. Every window's place is reckoned from the beginning and
nothing is added up, so that nothing drifts.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.int16]

SLOWEST: Final = Fraction(1, 10)
FASTEST: Final = Fraction(4)
_HALF: Final = Fraction(1, 100)  # seconds: half a window; two periods of a low voice lie in one
_SEARCH: Final = Fraction(6, 1000)  # seconds to either side: a whole period of a low voice lies within
_COARSE: Final = 6  # the search looks at every so many samples first
_BLOCK: Final = 8  # windows that are given at once
_QUIET: Final = 1e-3
_Wave = NDArray[np.float32]


def stretched(blocks: Iterator[Samples], sample_rate: int, speed: Fraction) -> Iterator[Samples]:
    """The sound at another speed: blocks (samples, 2), of which `speed` seconds go into one.

    Sample n of what comes is of what went in around sample n * speed: no farther from it than the search and half a
    window, 16 ms, when it is slower. At its own speed nothing is touched.

    Raises:
        ValueError: below a tenth or above four times.
    """
    if speed == 1:
        yield from blocks
        return
    if not SLOWEST <= speed <= FASTEST:
        message = "no sound at that speed"
        raise ValueError(message)
    yield from _Stretch(blocks, sample_rate, speed).run()


class _Stretch:
    """One stretching, from its first sample on."""

    def __init__(self, blocks: Iterator[Samples], sample_rate: int, speed: Fraction) -> None:
        self._half = int(_HALF * sample_rate)
        self._reach = int(_SEARCH * sample_rate) // _COARSE * _COARSE
        self._speed = speed
        self._source = _Source(blocks, before=self._half + self._reach)
        ramp = np.sin(np.pi / 2 * (np.arange(self._half) + 0.5) / self._half) ** 2
        self._rise = ramp.astype(np.float32)[:, None]

    def run(self) -> Iterator[Samples]:
        """What comes out, in blocks; between the middles of two windows one fades into the other."""
        half, given, ready = self._half, 0, list[_Wave]()
        centre, place = 0, 0
        while (total := self._total()) is None or given + len(ready) * half < total:
            place += 1
            after = self._best(centre, round(place * half * self._speed))
            going, coming = self._source.cut(centre, centre + half), self._source.cut(after - half, after)
            ready.append(going + (coming - going) * self._rise)
            centre = after
            if len(ready) == _BLOCK:
                yield _whole(ready, given, self._total())
                given, ready = given + _BLOCK * half, []
        if ready:
            yield _whole(ready, given, total)

    def _total(self) -> int | None:
        """How many samples there are in all, once that is known."""
        return None if self._source.end is None else round(self._source.end / self._speed)

    def _best(self, centre: int, aim: int) -> int:
        """The middle of the next window: near `aim`, where it goes on as the window around `centre` does."""
        half, reach = self._half, self._reach
        template = self._source.mono(centre, centre + half)
        region = self._source.mono(aim - half - reach, aim + reach)
        coarse = _likeness(_thinned(template), _thinned(region))
        if coarse is None:
            return aim
        middle = aim - reach + _COARSE * int(coarse.argmax())
        fine = _likeness(template, self._source.mono(middle - half - _COARSE, middle + _COARSE))
        return middle if fine is None else middle - _COARSE + int(fine.argmax())


def _whole(pieces: list[_Wave], given: int, total: int | None) -> Samples:
    """Pieces as samples, after so many of so many in all."""
    made = np.rint(np.concatenate(pieces)).astype(np.int16)
    return made if total is None else made[: total - given]


def _thinned(wave: _Wave) -> _Wave:
    """Every sixth sample, each the mean of six."""
    made: _Wave = wave.reshape(-1, _COARSE).mean(axis=1)
    return made


def _likeness(template: _Wave, region: _Wave) -> NDArray[np.float64] | None:
    """How alike `template` is to each part of `region` of its length (normalised correlation); none for silence."""
    size = len(template)
    sums = np.concatenate([[0.0], np.cumsum(region.astype(np.float64) ** 2)])
    energy = sums[size:] - sums[:-size]
    if float(template @ template) < _QUIET or float(energy.max()) < _QUIET:
        return None
    found = np.correlate(region, template, "valid").astype(np.float64)
    # Of equals the one nearest to the middle: a steady tone shall not creep.
    away = np.abs(np.linspace(-1, 1, len(found)))
    made: NDArray[np.float64] = found / np.sqrt(np.maximum(energy, _QUIET)) / float(np.linalg.norm(template))
    return made - 0.02 * away


class _Source:
    """What went in, as far as it is needed; silence before its beginning and after its end.

    Attributes:
        end: how many samples there are, once the last one came.
    """

    def __init__(self, blocks: Iterator[Samples], before: int) -> None:
        self.end: int | None = None
        self._blocks = blocks
        self._held: _Wave = np.zeros((before, 2), np.float32)
        self._first = -before  # where what is held begins
        self._before = before

    def cut(self, begin: int, end: int) -> _Wave:
        """(end - begin, 2); what lies far before `begin` is let go."""
        self._read_until(end)
        if begin < self._first:
            return np.concatenate([np.zeros((self._first - begin, 2), np.float32), self.cut(self._first, end)])
        return self._held[begin - self._first : end - self._first]

    def mono(self, begin: int, end: int) -> _Wave:
        """(end - begin,): both channels together."""
        made: _Wave = self.cut(begin, end).mean(axis=1)
        return made

    def _read_until(self, end: int) -> None:
        missing = end - self._first - len(self._held)
        if missing <= 0:
            return
        pieces = [self._held]
        while missing > 0:
            block = next(self._blocks, None) if self.end is None else None
            if block is None:
                if self.end is None:
                    self.end = self._first + sum(map(len, pieces))
                block = np.zeros((missing, 2), np.int16)
            pieces.append(block.astype(np.float32))
            missing -= len(block)
        held = np.concatenate(pieces)
        # Keep enough for every window that may still be cut.
        spare = max(0, end - self._first - 6 * self._before)
        self._held, self._first = held[spare:], self._first + spare
