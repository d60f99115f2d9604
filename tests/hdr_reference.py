"""What an ordinary screen should show of high dynamic range and of wide primaries, reckoned from the reports alone.

HLG: ITU-R BT.2100-2, table 5 (inverse OETF; OOTF of gamma 1.2 at 1000 cd/m2 on BT.2020 luminance). PQ: table 4.
Roll-off: ITU-R BT.2390, 5.4.1 (EETF), from 1000 cd/m2 to the 203 cd/m2 that ITU-R BT.2408 calls white, for half on the
strongest of red, green and blue and for half on each. To BT.709: the matrix of ITU-R BT.2087-0 inverted, P3 by that of
SMPTE EG 432-1; then BT.1886. All in the plainest way, one colour after the other.
"""

from __future__ import annotations

import math

PEAK, WHITE = 1000.0, 203.0
M1, M2, C1, C2, C3 = 2610 / 16384, 2523 / 4096 * 128, 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
BT2020_TO_709 = ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187))
P3_TO_709 = ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979))
Colour = tuple[float, float, float]


def on_screen(signal: Colour, transfer: int, primaries: int) -> Colour:
    """Red, green and blue 0..255 of a screen for a signal 0..255; numbers as in ITU-T H.273."""
    red, green, blue = (value / 255 for value in signal)
    if transfer == 18:
        light = _hlg(red, green, blue)
    elif transfer == 16:
        light = (min(_pq_eotf(red), PEAK), min(_pq_eotf(green), PEAK), min(_pq_eotf(blue), PEAK))
    else:
        light = (red**2.4, green**2.4, blue**2.4)
    if transfer in (16, 18):
        light = _toned(light)
    matrix = {1: ((1, 0, 0), (0, 1, 0), (0, 0, 1)), 9: BT2020_TO_709, 12: P3_TO_709}[primaries]
    shown = [min(max(sum(k * part for k, part in zip(row, light, strict=True)), 0), 1) ** (1 / 2.4) for row in matrix]
    return shown[0] * 255, shown[1] * 255, shown[2] * 255


def _hlg(red: float, green: float, blue: float) -> Colour:
    scene = [_hlg_inverse(value) for value in (red, green, blue)]
    luminance = 0.2627 * scene[0] + 0.6780 * scene[1] + 0.0593 * scene[2]
    gain = PEAK * luminance**0.2 if luminance else 0.0
    return scene[0] * gain, scene[1] * gain, scene[2] * gain


def _hlg_inverse(value: float) -> float:
    a = 0.17883277
    b = 1 - 4 * a
    c = 0.5 - a * math.log(4 * a)
    return value * value / 3 if value <= 0.5 else (math.exp((value - c) / a) + b) / 12


def _toned(light: Colour) -> Colour:
    strongest = max(light)
    scale = _eetf(strongest) / strongest if strongest else 1.0
    mixed = [(part * scale + _eetf(part)) / 2 / WHITE for part in light]
    return mixed[0], mixed[1], mixed[2]


def _eetf(light: float) -> float:
    top = _pq_inverse(PEAK)
    value, most = _pq_inverse(light) / top, _pq_inverse(WHITE) / top
    knee = 1.5 * most - 0.5
    if value < knee:
        return light
    t = (value - knee) / (1 - knee)
    spline = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (-2 * t**3 + 3 * t**2) * most
    return _pq_eotf(spline * top)


def _pq_eotf(value: float) -> float:
    power = value ** (1 / M2)
    light: float = 10_000 * (max(power - C1, 0) / (C2 - C3 * power)) ** (1 / M1)
    return light


def _pq_inverse(light: float) -> float:
    power = (light / 10_000) ** M1
    value: float = ((C1 + C2 * power) / (1 + C3 * power)) ** M2
    return value
