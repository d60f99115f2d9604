"""The sound of the sample film: what is heard, and when, in step with the frames."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vigtool.sample import voice
from vigtool.sample.timestamps import TIME_BASE, end_tick, shown_ticks
from vigtool.sample.voice import BABY, PARENT, RATE, Sound

_SEED = 20261112
_CALM = 10 ** (-24 / 20)  # root mean square of what is said, of full scale
_ROOM = 10 ** (-58 / 20)
_BABY_SIDE, _PARENT_SIDE, _MIDDLE = 0.36, 0.64, 0.5  # where it comes from, left to right

Maker = Callable[[float, np.random.Generator], Sound]


@dataclass(frozen=True, slots=True)
class Cue:
    """Something heard from the start of frame `first` to the end of frame `last` of the full film.

    Attributes:
        make: gives the sound, from its length in seconds and a source of chance.
        level: in decibels against the calm level of what is said.
        side: 0 for left, 1 for right.
    """

    first: int
    last: int
    make: Maker
    level: float
    side: float


def _coo(*glide: float, mouth: tuple[float, ...] = (0.1, 0.25, 0.1)) -> Maker:
    return lambda seconds, noise: voice.sung(BABY, seconds, glide, mouth, noise)


def _copy(*glide: float, mouth: tuple[float, ...] = (0.1, 0.25, 0.1)) -> Maker:
    return lambda seconds, noise: voice.sung(PARENT, seconds, glide, mouth, noise)


def _speech(seconds: float, noise: np.random.Generator) -> Sound:
    return voice.spoken(PARENT, seconds, noise)


def _giggle(seconds: float, noise: np.random.Generator) -> Sound:
    return voice.laughed(BABY, seconds, noise, rate=5.4)


def _laugh(seconds: float, noise: np.random.Generator) -> Sound:
    return voice.laughed(PARENT, seconds, noise, rate=4.6)


def _clink(seconds: float, noise: np.random.Generator) -> Sound:
    del noise
    return voice.rung(seconds, voice.CLINK)


def _tap(seconds: float, noise: np.random.Generator) -> Sound:
    del noise
    return voice.rung(seconds, voice.TAP)


CUES: tuple[Cue, ...] = (
    Cue(150, 188, _coo(1.1, 1.25, 1.05, mouth=(0.4, 0.7, 0.5)), -8, _BABY_SIDE),
    Cue(166, 206, _copy(1.0, 1.2, 1.0, mouth=(0.3, 0.5, 0.2)), -9, _PARENT_SIDE),
    Cue(300, 334, _coo(0.95, 1.22, 1.0), 0, _BABY_SIDE),
    Cue(352, 392, _copy(0.95, 1.22, 1.0), -3, _PARENT_SIDE),
    Cue(416, 456, _coo(0.9, 1.15, 1.05, 1.38, 1.1), 0, _BABY_SIDE),
    Cue(474, 514, _copy(0.9, 1.15, 1.05, 1.38, 1.1), -3, _PARENT_SIDE),
    Cue(
        538, 582, _coo(1.0, 1.3, 1.05, 1.35, 1.1, 1.45, 1.15, mouth=(0.1, 0.4, 0.1, 0.45, 0.1, 0.5, 0.2)), 1, _BABY_SIDE
    ),
    Cue(600, 652, _speech, -2, _PARENT_SIDE),
    *(Cue(at, at + 5, _tap, -10, _BABY_SIDE) for at in (612, 630)),
    Cue(898, 910, _clink, -9, _MIDDLE),
    Cue(926, 952, _speech, -4, _PARENT_SIDE),
    Cue(1086, 1146, _copy(0.9, 1.05, 1.3, 1.1, mouth=(0.6, 0.9, 0.9, 0.3)), -8, _PARENT_SIDE),
    Cue(1152, 1200, _coo(0.9, 1.0, 0.92, 1.0, 0.9, mouth=(0.0, 0.0, 0.0)), -5, _BABY_SIDE),
    *(Cue(at, at + 5, _tap, -8, _BABY_SIDE) for at in (1217, 1231, 1245, 1258)),
    Cue(1216, 1276, _speech, -2, _PARENT_SIDE),
    Cue(1270, 1282, _clink, -12, _MIDDLE),
    *(Cue(at, at + 13, _copy(1.2, 1.7, 1.3, mouth=(0.3, 0.6, 0.2)), -4, _PARENT_SIDE) for at in (1331, 1361, 1397)),
    *(Cue(at, at + 4, _tap, -9, _MIDDLE) for at in (1352, 1383)),
    Cue(1418, 1530, _giggle, 1, _BABY_SIDE),
    Cue(1432, 1536, _laugh, -3, _PARENT_SIDE),
    Cue(1542, 1602, _giggle, -2, _BABY_SIDE),
    Cue(1552, 1606, _laugh, -6, _PARENT_SIDE),
    Cue(1758, 1784, _coo(1.0, 1.35, 1.25), 0, _BABY_SIDE),
    Cue(1752 + 34, 1812, _speech, -2, _PARENT_SIDE),
    *(Cue(at, at + 5, _tap, -11, _BABY_SIDE) for at in (1872, 1948, 1968, 1988)),
    Cue(2066, 2120, _coo(1.0, 1.12, 0.95, mouth=(0.0, 0.15, 0.0)), -7, _BABY_SIDE),
)


def _sample(tick: int) -> int:
    """The sample that is played at a tick."""
    return int(tick * TIME_BASE * RATE)


def sound_track(seconds: int) -> npt.NDArray[np.float32]:
    """Everything heard in a film of that length, shape (2, samples), 48 kHz; sample 0 belongs to tick 0."""
    ticks, count = shown_ticks(), _sample(end_tick(seconds))
    track = np.zeros((2, count))
    track[:] = voice.murmur(count, np.random.default_rng(_SEED)) * _ROOM
    for number, cue in enumerate(CUES):
        start, end = _sample(ticks[cue.first]), _sample(ticks[cue.last + 1])
        if start >= count:
            continue
        piece = cue.make((end - start) / RATE, np.random.default_rng((_SEED, number)))
        piece *= _CALM * 10 ** (cue.level / 20) / max(float(np.sqrt(np.mean(piece**2))), 1e-9)
        piece = np.tanh(piece / 0.7)[: count - start] * 0.7
        angle = cue.side * np.pi / 2
        track[0, start : start + len(piece)] += piece * np.cos(angle) * 2**0.5
        track[1, start : start + len(piece)] += piece * np.sin(angle) * 2**0.5
    return np.clip(track, -0.98, 0.98).astype(np.float32)
