"""From the signal of a film to the signal of an ordinary screen, by way of light.

An ordinary screen is taken as BT.709 primaries with the curve of ITU-R BT.1886 (a power of 2.4).

High dynamic range: signal to display light (ITU-R BT.2100: HLG with its system gamma 1.2 at 1000 cd/m2, or PQ up to
1000 cd/m2); 203 cd/m2 taken as white (ITU-R BT.2408); brighter light rolled off by the curve of ITU-R BT.2390 (EETF).
The report lets the curve work on the strongest of red, green and blue, which keeps a colour what it is but leaves skin
orange and clouds green where they should turn white, or on each by itself, which turns orange into yellow. The mean
of both is taken. Below the knee of the curve (86 cd/m2) neither changes anything.

Wider primaries are brought to BT.709 by a matrix in light; what BT.709 cannot show is clipped (ITU-R BT.2407, 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating[Any]]

_PEAK: Final = 1000.0
_WHITE: Final = 203.0
SCREEN_GAMMA: Final = 2.4
_SYSTEM_GAMMA: Final = 1.2
_D65: Final = (0.3127, 0.3290)


class Transfer(Enum):
    """What a signal means as light; the high dynamic range ones by their number in ITU-T H.273."""

    SCREEN = 1
    PQ = 16
    HLG = 18


class Gamut(Enum):
    """Primaries that differ visibly from BT.709, by their number in ITU-T H.273; those of BT.601 do not."""

    BT709 = 1
    BT2020 = 9
    P3 = 12


_CORNERS: Final = {
    Gamut.BT709: ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060)),
    Gamut.BT2020: ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    Gamut.P3: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
}


@dataclass(frozen=True, slots=True)
class Signal:
    """The kind of colours that red, green and blue of a picture are."""

    transfer: Transfer = Transfer.SCREEN
    gamut: Gamut = Gamut.BT709

    @property
    def ordinary(self) -> bool:
        """Whether a screen shows them as they are."""
        return self == Signal()

    @property
    def hdr(self) -> bool:
        """Whether it is high dynamic range."""
        return self.transfer is not Transfer.SCREEN


def to_screen(signal: Floats, kind: Signal) -> Floats:
    """Signal of an ordinary screen, 0 to 1, for a signal of that kind, 0 to 1; both (..., 3), red first."""
    shown: Floats = np.clip(screen_light(signal, kind) @ to_709(kind.gamut).T, 0, 1) ** (1 / SCREEN_GAMMA)
    return shown


def screen_light(signal: Floats, kind: Signal) -> Floats:
    """Light of a screen whose white is 1, in the signal's own primaries; both (..., 3), red first."""
    light = display_light(signal, kind)
    if not kind.hdr:
        return light
    mean: Floats = light * (gain(light.max(axis=-1, keepdims=True)) + gain(light)) / 2
    return mean


def display_light(signal: Floats, kind: Signal) -> Floats:
    """Light as it was meant, in parts of white, or of 1000 cd/m2 for high dynamic range (BT.2100, tables 4 and 5)."""
    light: Floats
    if kind.transfer is Transfer.PQ:
        light = np.minimum(pq_to_light(signal) / _PEAK, 1)
    elif kind.transfer is Transfer.HLG:
        scene = hlg_to_scene(signal)
        red, green, blue = _to_xyz(kind.gamut)[1].tolist()
        luma = red * scene[..., :1] + green * scene[..., 1:2] + blue * scene[..., 2:]
        light = scene * luma ** (_SYSTEM_GAMMA - 1)
    else:
        light = signal**SCREEN_GAMMA
    return light


def gain(light: Floats) -> Floats:
    """What parts of 1000 cd/m2 are multiplied with to be parts of the screen's white."""
    least = np.maximum(light, 1e-5)
    factor: Floats = roll_off(least * _PEAK) / (least * _WHITE)
    return factor


def roll_off(light: Floats) -> Floats:
    """The curve of ITU-R BT.2390, 5.4.1, from 1000 to 203 cd/m2, black staying black."""
    top = float(light_to_pq(np.array(_PEAK)))
    most = float(light_to_pq(np.array(_WHITE))) / top
    knee = 1.5 * most - 0.5
    signal = light_to_pq(light) / top
    t = np.clip((signal - knee) / (1 - knee), 0, 1)
    bent = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (-2 * t**3 + 3 * t**2) * most
    return np.where(signal < knee, light, pq_to_light(bent * top))


def hlg_to_scene(signal: Floats) -> Floats:
    """Scene light 0 to 1 of an HLG signal 0 to 1 (BT.2100, table 5: the inverse OETF)."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)


def pq_to_light(signal: Floats) -> Floats:
    """cd/m2 of a PQ signal 0 to 1 (SMPTE ST 2084)."""
    root = signal ** (1 / 78.84375)
    light: Floats = 10_000 * (np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125)
    return light


def light_to_pq(light: Floats) -> Floats:
    """PQ signal 0 to 1 of cd/m2 (SMPTE ST 2084)."""
    power = (light / 10_000) ** 0.1593017578125
    signal: Floats = ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375
    return signal


def to_709(gamut: Gamut) -> Floats:
    """Red, green and blue light of BT.709 from those of other primaries; (3, 3)."""
    matrix: Floats = np.linalg.inv(_to_xyz(Gamut.BT709)) @ _to_xyz(gamut)
    return matrix


def _to_xyz(gamut: Gamut) -> Floats:
    """CIE XYZ from red, green and blue light, white being 1; (3, 3) (SMPTE RP 177)."""
    corners = np.array([[x / y, 1, (1 - x - y) / y] for x, y in _CORNERS[gamut]]).T
    white = np.array([_D65[0] / _D65[1], 1, (1 - _D65[0] - _D65[1]) / _D65[1]])
    matrix: Floats = corners * np.linalg.solve(corners, white)
    return matrix
