"""The sound of the whole copy: clips on one sample grid, soft edges, one calm loudness.

It is never held as a whole: a film of two hours has almost three gigabytes of it, and what is unsealed is not laid on a
disk. The loudness of all of it has to be known before the first sample is written, so the films are heard twice: once
to measure, and once again, second by second, while the pictures are encoded. Decoding gives the same both times.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction

import av
import av.error
import numpy as np
from av.filter import Graph

from vigtool.export.held_sound import RATE, Sound

FADE = RATE * 30 // 1000
BLOCK = RATE
_LOUDNESS = -16.0  # LUFS: what phones and message programs play without turning it up or down
_PEAK = 0.891  # -1 dB true peak
_MOST_GAIN = 8.0  # 18 dB: beyond it a quiet room becomes a roar
_SILENT = -69.0  # ITU-R BS.1770 gates at -70; what never comes above it is silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The sound of one clip.

    Attributes:
        first: the sample of the copy at which it begins.
        samples: how many it has.
        hear: begins to decode it; gives float32 of shape (2, n), any n, together exactly `samples`. Closing it lets go
            of the film.
    """

    first: int
    samples: int
    hear: Callable[[], Generator[Sound, None, None]] = field(repr=False)


def laid_out(parts: Sequence[Part], samples: int) -> Generator[Sound, None, None]:
    """The copy's whole sound as it was filmed, in blocks of a second, the last perhaps shorter.

    Args:
        parts: in order, none over another; silence between them. Their edges are faded over 30 ms, those of a part
            shorter than two fades over less.
        samples: how many there are in all.
    """
    block = np.zeros((2, min(BLOCK, samples)), np.float32)
    filled = 0
    with closing(_pieces(parts, samples)) as pieces:
        for piece in pieces:
            begun = 0
            while begun < piece.shape[1] and filled < block.shape[1]:
                count = min(block.shape[1] - filled, piece.shape[1] - begun)
                block[:, filled : filled + count] = piece[:, begun : begun + count]
                begun, filled = begun + count, filled + count
                if filled == block.shape[1]:
                    yield block
                    samples -= filled
                    block, filled = np.zeros((2, min(BLOCK, samples)), np.float32), 0


def _pieces(parts: Sequence[Part], samples: int) -> Generator[Sound, None, None]:
    """What follows upon what: the silences and the parts with soft edges."""
    place = 0
    for part in parts:
        yield from _silence(part.first - place)
        with closing(part.hear()) as heard:
            begun = 0
            for piece in heard:
                end = begun + piece.shape[1]
                yield piece * _softness(part.samples, begun, end)
                begun = end
        place = part.first + part.samples
    yield from _silence(samples - place)


def _silence(samples: int) -> Iterator[Sound]:
    """So many samples of silence."""
    for first in range(0, samples, BLOCK):
        yield np.zeros((2, min(BLOCK, samples - first)), np.float32)


def _softness(samples: int, first: int, last: int) -> Sound:
    """By what samples `first` to `last` of a part are multiplied, float32: 1 but for its edges, 30 ms or half of it."""
    fade = min(FADE, samples // 2)
    places = np.arange(first, last)
    from_edge = np.minimum(places, samples - 1 - places)
    shape = np.ones(last - first, np.float32)
    edge = from_edge < fade
    shape[edge] = (from_edge[edge].astype(np.float32) + np.float32(0.5)) / np.float32(fade)
    return shape


def levelled(track: Generator[Sound, None, None], gain: float) -> Generator[Sound, None, None]:
    """The blocks of a track at another loudness. Closing it closes the track."""
    with closing(track):
        for block in track:
            yield block * np.float32(gain)


class Supply:
    """Gives out a track piece by piece, as many samples as are asked for."""

    def __init__(self, blocks: Iterator[Sound]) -> None:
        self._blocks = blocks
        self._left: Sound = np.zeros((2, 0), np.float32)

    def take(self, samples: int) -> Iterator[Sound]:
        """The next so many samples, in one piece or several; fewer only where the track ends."""
        while samples:
            if not self._left.shape[1]:
                following = next(self._blocks, None)
                if following is None:
                    return
                self._left = following
            piece = self._left[:, :samples]
            self._left = self._left[:, samples:]
            samples -= piece.shape[1]
            yield piece


def gain_for(track: Iterable[Sound]) -> float:
    """The single gain that brings a track to the one loudness; 1.0 for silence.

    Measured by libavfilter's `ebur128` (ITU-R BS.1770, EBU R 128). The gain never lifts a true peak above -1 dB.
    """
    loudness, peak = measure(track)
    if loudness <= _SILENT or peak <= 0:
        return 1.0
    return min(10 ** ((_LOUDNESS - loudness) / 20), _PEAK / peak, _MOST_GAIN)


def measure(track: Iterable[Sound]) -> tuple[float, float]:
    """Integrated loudness in LUFS (-70 for silence and for less than 0.4 s) and true peak (1.0 is full scale).

    Args:
        track: float32 of shape (2, n), any n; every block is forgotten when the next is asked for.
    """
    graph = Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="fltp", layout="stereo", time_base=Fraction(1, RATE))
    doubles = graph.add("aformat", "sample_fmts=dbl")
    meter = graph.add("ebur128", "metadata=1:peak=true:framelog=quiet")
    sink = graph.add("abuffersink")
    source.link_to(doubles)
    doubles.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    said: dict[str, str] = {}
    first = 0
    for block in track:
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, first, Fraction(1, RATE)
        first += block.shape[1]
        graph.push(frame)
        _read(graph, said)
    graph.push(None)
    _read(graph, said)
    return float(said.get("lavfi.r128.I", -70)), float(said.get("lavfi.r128.true_peak", 0))


def _read(graph: Graph, said: dict[str, str]) -> None:
    """Take what the meter has said so far; what it says last holds for all of it."""
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        said.update(frame.metadata)
