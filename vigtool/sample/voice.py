"""Voices and small noises, made of sines: a baby's coo, her mother's softer copy, laughing, a spoon in a bowl.

A voice is a row of harmonics of a gliding tone, each as loud as two resonances of the mouth let it be (formants;
Klatt, "Software for a cascade/parallel formant synthesizer", JASA 67, 1980, in its simplest parallel form). All
sounds are float64 at 48 kHz, about 1 at their loudest; the mixing sets their level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

RATE = 48_000
Sound: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Throat:
    """One person's voice.

    Attributes:
        pitch: of an even tone, in hertz.
        formants: resonances for (a rounded, an open) mouth: each two frequencies in hertz.
        breath: share of breath noise.
        vibrato: depth, a share of the pitch.
    """

    pitch: float
    formants: tuple[tuple[float, float], tuple[float, float]]
    breath: float
    vibrato: float


BABY = Throat(pitch=370.0, formants=((520.0, 1250.0), (1050.0, 2100.0)), breath=0.035, vibrato=0.012)
PARENT = Throat(pitch=228.0, formants=((400.0, 900.0), (800.0, 1500.0)), breath=0.025, vibrato=0.006)


def _curve(points: Sequence[float], count: int) -> Sound:
    """A smooth line through evenly spread values."""
    place = np.linspace(0.0, len(points) - 1.0, count)
    low = np.minimum(place.astype(int), len(points) - 2)
    share = place - low
    share = share * share * (3 - 2 * share)
    row = np.asarray(points, dtype=float)
    line: Sound = row[low] + (row[low + 1] - row[low]) * share
    return line


def _envelope(count: int, attack: float, release: float) -> Sound:
    """Rising and falling like half cosines, in seconds."""
    level = np.ones(count)
    rise, fall = min(int(attack * RATE), count // 2), min(int(release * RATE), count // 2)
    level[:rise] = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, rise))
    level[count - fall :] *= 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, fall))
    return level


def sung(
    throat: Throat, seconds: float, glide: Sequence[float], mouth: Sequence[float], noise: np.random.Generator
) -> Sound:
    """A tone that glides: `glide` are pitches relative to the throat's own, `mouth` how open it is (0 to 1)."""
    count = round(seconds * RATE)
    time = np.arange(count) / RATE
    pitch = throat.pitch * _curve(glide, count) * (1 + throat.vibrato * np.sin(2 * np.pi * 5.4 * time + 1.0))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    wide = _curve(mouth, count)
    first = throat.formants[0][0] + (throat.formants[1][0] - throat.formants[0][0]) * wide
    second = throat.formants[0][1] + (throat.formants[1][1] - throat.formants[0][1]) * wide
    voice = np.zeros(count)
    for number in range(1, int(4200 / throat.pitch) + 1):
        tone = pitch * number
        loud = 1 / (1 + ((tone - first) / 190) ** 2) + 0.45 / (1 + ((tone - second) / 260) ** 2) + 0.12 / number
        voice += loud / number**0.6 * np.sin(number * phase)
    hiss = noise.standard_normal(count)
    hiss = np.convolve(hiss, np.hanning(24) / 12, mode="same")
    return (voice + throat.breath * hiss) * _envelope(count, 0.09, 0.16) / 2.2


def spoken(throat: Throat, seconds: float, noise: np.random.Generator, *, rate: float = 3.3) -> Sound:
    """Speech without words: syllables of a sing-song voice, in time with the mouth that is drawn."""
    count = round(seconds * RATE)
    steps = max(int(seconds * rate), 2)
    tune = 1.0 + 0.22 * np.sin(np.linspace(0.4, 5.2, steps)) + noise.uniform(-0.05, 0.05, steps)
    mouth = noise.uniform(0.1, 0.9, steps)
    voice = sung(throat, seconds, [*tune.tolist(), 0.86], [*mouth.tolist(), 0.2], noise)
    time = np.arange(count) / RATE
    syllables = 0.5 - 0.5 * np.cos(2 * np.pi * rate * time)
    return voice * (0.08 + 0.92 * syllables**0.7)


def laughed(throat: Throat, seconds: float, noise: np.random.Generator, *, rate: float) -> Sound:
    """Laughing: short bursts, each a little lower than the last, in runs with a breath between."""
    count = round(seconds * RATE)
    voice = np.zeros(count)
    at, step = 0.02, 0
    while at + 0.2 < seconds:
        run = step % 6
        pitch = 1.32 - 0.07 * run + float(noise.uniform(-0.03, 0.03))
        burst = sung(throat, 0.15, [pitch * 1.06, pitch * 1.1, pitch * 0.9], [0.9, 1.0, 0.6], noise)
        start = round(at * RATE)
        voice[start : start + len(burst)] += burst * (1.0 - 0.08 * run)
        at += 1 / rate if run < 5 else 1.9 / rate
        step += 1
    return voice


def rung(seconds: float, partials: Sequence[tuple[float, float, float]]) -> Sound:
    """A struck thing: partials as (hertz, loudness, seconds until it has died down to a thousandth)."""
    count = round(seconds * RATE)
    time = np.arange(count) / RATE
    sound = np.zeros(count)
    for hertz, loud, dying in partials:
        sound += loud * np.sin(2 * np.pi * hertz * time) * np.exp(-6.9 * time / dying)
    return sound * _envelope(count, 0.001, 0.03)


CLINK = ((2310.0, 0.5, 0.3), (3890.0, 0.35, 0.22), (5480.0, 0.22, 0.15), (7920.0, 0.1, 0.08))
TAP = ((190.0, 0.9, 0.09), (420.0, 0.4, 0.05), (900.0, 0.15, 0.03))


def murmur(count: int, noise: np.random.Generator) -> Sound:
    """The tone of a quiet room: dark noise and the faint hum of a fridge."""
    spectrum = np.fft.rfft(noise.standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    spectrum *= 1 / (1 + (hertz / 240) ** 1.4)
    room: Sound = np.fft.irfft(spectrum, count)
    time = np.arange(count) / RATE
    return room / np.std(room) + 0.6 * np.sin(2 * np.pi * 100 * time) + 0.2 * np.sin(2 * np.pi * 200 * time + 0.5)
