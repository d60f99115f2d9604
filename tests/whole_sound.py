"""A copy's sound put together as a whole, in memory: the plainest way, by which the one in blocks is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vigtool.export.held_sound import RATE, Sound
from vigtool.export.soundtrack import gain_for

FADE = RATE * 30 // 1000


@dataclass(frozen=True)
class Clip:
    """Where a clip begins in the copy, and all its sound."""

    first: int
    sound: Sound


def whole_track(clips: Sequence[Clip], samples: int) -> Sound:
    """The clips in their places, with soft edges."""
    track = np.zeros((2, samples), np.float32)
    for clip in clips:
        count = clip.sound.shape[1]
        fade = min(FADE, count // 2)
        shape = np.ones(count, np.float32)
        if fade:
            ramp = (np.arange(fade, dtype=np.float32) + np.float32(0.5)) / np.float32(fade)
            shape[:fade], shape[-fade:] = ramp, ramp[::-1]
        track[:, clip.first : clip.first + count] = clip.sound * shape
    return track


def whole_levelled(track: Sound) -> Sound:
    """The same at one loudness, measured second by second from the beginning."""
    gain = gain_for(track[:, first : first + RATE] for first in range(0, track.shape[1], RATE))
    return track * np.float32(gain)


def noise(samples: int, seed: int = 0) -> Sound:
    """Sound of which no two places are alike."""
    return (np.random.default_rng(seed).standard_normal((2, samples)) * 0.1).astype(np.float32)
