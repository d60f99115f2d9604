"""By how much one recording of the same sounds is behind another: arithmetic on arrays, with how sure it is.

Two microphones in one room hear the same things with other loudness, other echoes and other noise. What they share
best is when sounds begin and end. So loudness over time is compared first, in steps of 10 ms over whole recordings
(`loudness`, `best_lag`); then, around what was found, the waves themselves, of which only the phases are kept
(`fine_lag`; the generalised cross-correlation with phase transform of C. Knapp and G. Carter, 1976), since phases are
what loudness and echoes disturb least.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

PER_SECOND: Final = 100
"""Steps of loudness in a second."""
_LEAST_OVERLAP: Final = 5 * PER_SECOND
_AROUND: Final = PER_SECOND * 3 // 10
_SMOOTHED: Final = 2 * PER_SECOND
_STANDS_OUT: Final = 7.0
_AHEAD: Final = 0.2
_BAND: Final = (120.0, 3600.0)


@dataclass(frozen=True, slots=True)
class Lag:
    """What was found.

    Attributes:
        steps: how many steps later the second recording shows what the first one does; between steps by a parabola.
        confidence: from 0 to 1: how far the next best lag falls behind. Sounds that repeat evenly have many that are
            as good, and so none that is sure.
    """

    steps: float
    confidence: float


def loudness(energy: NDArray[Any]) -> Floats:
    """How much louder or softer each step is than the seconds around it, from the energy of each step.

    Of the logarithm, so that a near and a far microphone say the same; noise far below what is loud is left out.
    """
    values = np.asarray(energy, np.float64)
    if not len(values) or values.max() <= 0:
        return np.zeros(len(values))
    heard = np.log(values + np.quantile(values, 0.95) * 1e-3 + values.max() * 1e-6)
    window = min(_SMOOTHED, len(heard))
    sums = np.cumsum(np.concatenate([[0.0], heard]))
    edges = np.arange(len(heard))
    low, high = np.maximum(edges - window // 2, 0), np.minimum(edges + window // 2 + 1, len(heard))
    level = heard - (sums[high] - sums[low]) / (high - low)
    spread = level.std()
    clipped: Floats = np.clip(level / spread, -3, 3) if spread > 1e-9 else np.zeros(len(level))
    return clipped


def best_lag(first: Floats, second: Floats) -> Lag | None:
    """By how much `second` is behind `first`, both from `loudness`; None where that cannot be told.

    Each lag is judged by how alike the overlapping parts are, weighed by the root of their length: a short overlap is
    alike by chance more easily.
    """
    if min(len(first), len(second)) < _LEAST_OVERLAP:
        return None
    lags = np.arange(_LEAST_OVERLAP - len(first), len(second) - _LEAST_OVERLAP + 1)
    score = _scores(first, second, lags)
    spread = 1.4826 * float(np.median(np.abs(score - np.median(score))))
    top = int(score.argmax())
    if spread <= 0 or score[top] < _STANDS_OUT * spread:
        return None
    far = np.abs(lags - lags[top]) > _AROUND
    rival = max(float(score[far].max()), 0.0) if far.any() else 0.0
    confidence = 1 - rival / float(score[top])
    if confidence < _AHEAD:
        return None
    return Lag(float(lags[top]) + _between(score, top), confidence)


def fine_lag(first: NDArray[Any], second: NDArray[Any], rate: int, most: float) -> float | None:
    """Seconds by which the waves of `second` are behind those of `first`, at most `most` either way; None if unclear.

    Args:
        first: samples (n,), the same stretch of time as the second's.
        second: samples (n,).
        rate: samples a second.
        most: seconds.
    """
    count = min(len(first), len(second))
    size = 1 << (2 * count - 1).bit_length()
    ours, theirs = (
        np.fft.rfft(np.asarray(each[:count], np.float64) * np.hanning(count), size) for each in (first, second)
    )
    cross = np.conj(ours) * theirs
    strength = np.abs(cross)
    pitch = np.fft.rfftfreq(size, 1 / rate)
    heard = (pitch > _BAND[0]) & (pitch < _BAND[1]) & (strength > strength.max() * 1e-9)
    if not heard.any():
        return None
    found = np.fft.irfft(np.where(heard, cross / np.maximum(strength, 1e-30), 0), size)
    reach = int(most * rate)
    near = np.concatenate([found[-reach:], found[: reach + 1]])
    spread = 1.4826 * float(np.median(np.abs(near - np.median(near))))
    top = int(near.argmax())
    if spread <= 0 or near[top] < _STANDS_OUT * spread:
        return None
    return (top - reach) / rate


def _scores(first: Floats, second: Floats, lags: NDArray[Any]) -> Floats:
    """How alike the overlapping parts are at each lag, times the root of their length."""
    size = 1 << (len(first) + len(second) - 1).bit_length()
    products = np.fft.irfft(np.conj(np.fft.rfft(first, size)) * np.fft.rfft(second, size), size)
    begin = np.maximum(0, -lags)
    end = np.minimum(len(first), len(second) - lags)
    ours, theirs = (np.concatenate([[0.0], np.cumsum(each**2)]) for each in (first, second))
    energy = (ours[end] - ours[begin]) * (theirs[end + lags] - theirs[begin + lags])
    alike: Floats = products[lags] / np.sqrt(np.maximum(energy, 1e-12)) * np.sqrt(end - begin)
    return alike


def _between(score: Floats, top: int) -> float:
    """Where between its neighbours the summit lies, by the parabola through the three."""
    if not 0 < top < len(score) - 1:
        return 0.0
    left, middle, right = score[top - 1], score[top], score[top + 1]
    bend = left - 2 * middle + right
    return float(0.5 * (left - right) / bend) if bend < 0 else 0.0
