"""High dynamic range pictures on an ordinary screen: HLG and PQ to ITU-R BT.709.

The way light goes: signal to display light (ITU-R BT.2100: HLG with its system gamma 1.2 at 1000 cd/m², or PQ),
203 cd/m² taken as white (ITU-R BT.2408), highlights rolled off by the curve of ITU-R BT.2390 (EETF), BT.2020
primaries to BT.709 (ITU-R BT.2407, clipped), and the signal of a BT.1886 screen. All of it is one table from 8-bit
colour to 8-bit colour, made once; a picture is one look-up a pixel.
"""

from __future__ import annotations

import threading
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

# Signal of a BT.1886 screen, at 4096 places evenly spaced by the square root of light.
_SIGNAL: Final = ((np.arange(4096) / 4095) ** (2 / 2.4)).astype(np.float32)


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
    curve = _roll_off()
    out = np.empty((256, 256, 256), np.uint32)
    green, blue = np.meshgrid(light, light, indexing="ij")
    for red in range(256):
        scene = np.stack([np.full_like(green, light[red]), green, blue], axis=-1)
        out[red] = _pack(_shown(scene, transfer, curve))
    return out.reshape(-1)


def _light(transfer: Transfer) -> _Floats:
    """Light of each of the 256 levels of one channel: scene light 0 to 1 for HLG, cd/m² for PQ (BT.2100)."""
    level = np.arange(256, dtype=np.float64) / 255
    if transfer is Transfer.HLG:
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        return np.where(level <= 0.5, level**2 / 3, (np.exp((level - c) / a) + b) / 12).astype(np.float32)
    return _pq_to_light(level).astype(np.float32)


def _shown(scene: _Floats, transfer: Transfer, curve: _Floats) -> _Floats:
    """Signal 0 to 1 of a BT.709 screen for light of BT.2020 primaries."""
    light = scene
    if transfer is Transfer.HLG:
        luma = scene @ _LUMA_2020
        light = scene * (_PEAK * luma**0.2)[..., np.newaxis]
    strongest = np.clip(light.max(axis=-1), 1e-4, _PEAK)
    place = np.sqrt(np.sqrt(strongest / _PEAK)) * (len(curve) - 1)
    gain = curve[np.rint(place).astype(np.int32)]
    plain = np.minimum(light, _PEAK) * (gain / _WHITE)[..., np.newaxis] @ _TO_709.T
    signal: _Floats = _SIGNAL[np.rint(np.sqrt(np.clip(plain, 0, 1)) * 4095).astype(np.int32)]
    return signal


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


def _pack(signal: _Floats) -> Table:
    """0xAARRGGBB of red, green and blue 0 to 1."""
    level = np.rint(signal * 255).astype(np.uint32)
    red, green, blue = level[..., 0] << np.uint32(16), level[..., 1] << np.uint32(8), level[..., 2]
    packed: Table = np.uint32(0xFF000000) | red | green | blue
    return packed
