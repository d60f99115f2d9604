"""High dynamic range pictures on an ordinary screen: HLG and PQ to ITU-R BT.709.

The way light goes: signal to display light (ITU-R BT.2100: HLG with its system gamma 1.2 at 1000 cd/m², or PQ),
203 cd/m² taken as white (ITU-R BT.2408), highlights rolled off by the curve of ITU-R BT.2390 (EETF), BT.2020
primaries to BT.709 (ITU-R BT.2407, clipped), and the signal of a BT.1886 screen. All of it is one table from 8-bit
colour to 8-bit colour, made once; a picture is one look-up a pixel.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

_Floats: TypeAlias = NDArray[np.float32]
Table: TypeAlias = NDArray[np.uint32]

_PEAK: Final = 1000.0
_WHITE: Final = 203.0
_LUMA_2020: Final = np.array([0.2627, 0.6780, 0.0593], np.float32)
_TO_709: Final = np.array(
    [[1.660491, -0.587641, -0.072850], [-0.124551, 1.132900, -0.008349], [-0.018151, -0.100579, 1.118730]], np.float32
)

# Level of a BT.1886 screen, at 4096 places evenly spaced by the square root of light.
_LEVEL: Final = np.rint((np.arange(4096) / 4095) ** (2 / 2.4) * 255).astype(np.uint32)
# What the system gamma of HLG makes of light, cd/m² a unit of scene light, at 65536 places evenly spaced by luma.
_SYSTEM: Final = (_PEAK * (np.arange(65_536) / 65_535) ** 0.2).astype(np.float32)


class Transfer(Enum):
    """The high dynamic range signals, by their number in ITU-T H.273."""

    PQ = 16
    HLG = 18


_tables: dict[Transfer, Table] = {}
_making = threading.Lock()


def table(transfer: Transfer) -> Table:
    """2**24 packed colours 0xAARRGGBB (alpha 255), by packed HDR colour 0xRRGGBB. Made at the first call (64 MB)."""
    with _making:
        if transfer not in _tables:
            _tables[transfer] = _make(transfer)
        return _tables[transfer]


def to_sdr(bgra: NDArray[np.uint8], transfer: Transfer) -> NDArray[np.uint8]:
    """An ordinary picture from an HDR one; both (height, width, 4), blue first, alpha becomes 255."""
    packed = np.ascontiguousarray(bgra).view("<u4")[..., 0]
    looked_up: Table = np.take(table(transfer), packed & np.uint32(0xFFFFFF))
    return looked_up.astype("<u4", copy=False).view(np.uint8).reshape(bgra.shape)


def _make(transfer: Transfer) -> Table:
    """The whole table, one level of red at a time."""
    light = _light(transfer)
    curve = _roll_off() / np.float32(_WHITE)
    green, blue = np.meshgrid(light, light, indexing="ij")
    rest = _Rest(
        strongest=np.maximum(green, blue),
        luma=_LUMA_2020[1] * green + _LUMA_2020[2] * blue,
        plain=[row[1] * green + row[2] * blue for row in _TO_709],
    )
    out = np.empty((256, 256, 256), np.uint32)
    for level, red in enumerate(light):
        out[level] = _shown(red, rest, transfer, curve)
    return out.reshape(-1)


@dataclass(frozen=True, slots=True, eq=False)
class _Rest:
    """What green and blue do to a colour, for all their levels: (256, 256) each."""

    strongest: _Floats
    luma: _Floats
    plain: list[_Floats]


def _light(transfer: Transfer) -> _Floats:
    """Light of each of the 256 levels of one channel: scene light 0 to 1 for HLG, cd/m² up to 1000 for PQ (BT.2100)."""
    level = np.arange(256, dtype=np.float64) / 255
    if transfer is Transfer.HLG:
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        return np.where(level <= 0.5, level**2 / 3, (np.exp((level - c) / a) + b) / 12).astype(np.float32)
    return np.minimum(_pq_to_light(level), _PEAK).astype(np.float32)


def _shown(red: np.float32, rest: _Rest, transfer: Transfer, curve: _Floats) -> Table:
    """(256, 256) packed colours of a BT.709 screen for one level of red of BT.2020 primaries."""
    strongest = np.maximum(rest.strongest, red)
    gain: _Floats
    if transfer is Transfer.HLG:
        system = _SYSTEM[((_LUMA_2020[0] * red + rest.luma) * 65_535).astype(np.int32)]
        gain = system * _at(curve, strongest * system)
    else:
        gain = _at(curve, strongest)
    packed: Table = np.full(strongest.shape, 0xFF000000, np.uint32)
    for channel, plain in enumerate(rest.plain):
        light = np.clip((plain + _TO_709[channel, 0] * red) * gain, 0, 1)
        packed |= _LEVEL[(np.sqrt(light) * 4095 + 0.5).astype(np.int32)] << np.uint32(16 - 8 * channel)
    return packed


def _at(curve: _Floats, light: _Floats) -> _Floats:
    """The gain for light up to 1000 cd/m²."""
    place = np.sqrt(np.sqrt(light * np.float32(1 / _PEAK))) * (len(curve) - 1) + 0.5
    gain: _Floats = curve[place.astype(np.int32)]
    return gain


def _roll_off() -> _Floats:
    """Gain of the BT.2390 curve from 1000 to 203 cd/m², at 4096 places evenly spaced by the fourth root of light."""
    light = np.linspace(0, 1, 4096) ** 4 * _PEAK
    top = _light_to_pq(np.array(_PEAK))
    most = float(_light_to_pq(np.array(_WHITE)) / top)
    knee = 1.5 * most - 0.5
    signal = _light_to_pq(light) / top
    t = np.clip((signal - knee) / (1 - knee), 0, 1)
    bent = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (-2 * t**3 + 3 * t**2) * most
    mapped = _pq_to_light(np.where(signal < knee, signal, bent) * top)
    gain = np.ones_like(light)
    np.divide(mapped, light, out=gain, where=light > 1e-3)
    return gain.astype(np.float32)


def _pq_to_light(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    """SMPTE ST 2084: cd/m² of a signal 0 to 1."""
    root = signal ** (1 / 78.84375)
    light: NDArray[np.float64] = 10_000 * (np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (
        1 / 0.1593017578125
    )
    return light


def _light_to_pq(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """SMPTE ST 2084: signal 0 to 1 of cd/m²."""
    power = (light / 10_000) ** 0.1593017578125
    signal: NDArray[np.float64] = ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375
    return signal
