"""The sound of the whole copy: clips on one sample grid, soft edges, one calm loudness."""

from __future__ import annotations

from fractions import Fraction

import av
import av.error
import numpy as np
from av.filter import Graph

from vigtool.export.film_sound import RATE, Sound

FADE = RATE * 30 // 1000
_LOUDNESS = -16.0  # LUFS: what phones and message programs play without turning it up or down
_PEAK = 0.891  # -1 dB true peak
_MOST_GAIN = 8.0  # 18 dB: beyond it a quiet room becomes a roar
_SILENT = -69.0  # ITU-R BS.1770 gates at -70; what never comes above it is silence
_BLOCK = RATE


def place(track: Sound, first: int, clip: Sound) -> None:
    """Put a clip's sound into the track from sample `first` on, with edges faded over 30 ms, in place.

    Both are float32 of shape (2, n); a clip shorter than two fades has shorter ones.
    """
    count = clip.shape[1]
    fade = min(FADE, count // 2)
    shape = np.ones(count, np.float32)
    if fade:
        ramp = (np.arange(fade, dtype=np.float32) + np.float32(0.5)) / np.float32(fade)
        shape[:fade], shape[-fade:] = ramp, ramp[::-1]
    track[:, first : first + count] = clip * shape


def level(track: Sound) -> float:
    """Bring the track to one loudness with a single gain, in place; the gain, 1.0 for silence.

    Measured by libavfilter's `ebur128` (ITU-R BS.1770, EBU R 128). The gain never lifts a true peak above -1 dB.
    """
    loudness, peak = measure(track)
    if loudness <= _SILENT or peak <= 0:
        return 1.0
    gain = min(10 ** ((_LOUDNESS - loudness) / 20), _PEAK / peak, _MOST_GAIN)
    track *= np.float32(gain)
    return gain


def measure(track: Sound) -> tuple[float, float]:
    """Integrated loudness in LUFS (-70 for silence and for less than 0.4 s) and true peak (1.0 is full scale)."""
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
    for first in range(0, track.shape[1], _BLOCK):
        block = np.ascontiguousarray(track[:, first : first + _BLOCK])
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, first, Fraction(1, RATE)
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
