"""How loud a film is, drawn small: the lowest and the highest sample of every hundredth of a second.

The bytes of peaks, version 1: the 8 bytes `vigpeaks`; u16 version; u32 number of rows; one zlib stream with so many
rows of two signed bytes. Integers are big-endian.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vigtool.errors import Cancelled, FilmChanged
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.sound import RATE, SoundReader

PER_SECOND: Final = 100
FINE_STEP: Final = 10
"""Samples of one part of the sound as it is drawn from very near: a fifth of a millisecond."""
Peaks: TypeAlias = NDArray[np.int8]

_SHOWINGS: Final = 20
_STEP: Final = RATE // PER_SECOND
_MAGIC: Final = b"vigpeaks"
_VERSION: Final = 1
_HEAD: Final = struct.Struct(">8sHI")
_MOST_ROWS: Final = 100 * 3600 * PER_SECOND


def peaks(
    opener: Opener,
    index: FrameIndex,
    report: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
    show: Callable[[Peaks], None] = lambda _so_far: None,
) -> Peaks:
    """(hundredths of a second, 2): lowest and highest sample, -128 to 127, from the film's first frame to its end.

    The louder channel counts. A film without sound has an array without rows.

    Args:
        opener: of the film.
        index: its frames.
        report: hundredths done, hundredths in all.
        cancelled: whether to stop.
        show: is given what there is so far, every twentieth of the film; it is the receiver's own.

    Raises:
        FilmMissing: where the film can no longer be read.
        Cancelled: when stopped.
    """
    total = -int(-(index.duration * PER_SECOND) // 1)
    found = np.zeros((total, 2), np.int8)
    with SoundReader(opener, index) as reader:
        if reader.silent:
            return found[:0]
        place = told = 0
        for samples in _seconds(reader.run(index.start)):
            if cancelled():
                raise Cancelled
            more = np.pad(samples, ((0, -len(samples) % _STEP), (0, 0)), "edge").reshape(-1, 2 * _STEP)
            steps = min(len(more), total - place)
            found[place : place + steps] = _extremes(more[:steps])
            place += steps
            report(place, total)
            if place >= told + total // _SHOWINGS:
                told = place
                show(found[:place].copy())
    return found


def _seconds(blocks: Iterator[NDArray[np.int16]]) -> Iterator[NDArray[np.int16]]:
    """The same samples in longer blocks: a whole number of seconds each, but for the last."""
    held: list[NDArray[np.int16]] = []
    count = 0
    for block in blocks:
        held.append(block)
        count += len(block)
        if count >= RATE:
            samples = np.concatenate(held)
            whole = len(samples) // RATE * RATE
            yield samples[:whole]
            held, count = [samples[whole:]], len(samples) - whole
    if count:
        yield np.concatenate(held)


def fine(
    reader: SoundReader, first: int, after: int, time_base: Fraction, cancelled: Callable[[], bool] = lambda: False
) -> NDArray[np.int16]:
    """(parts, 2): lowest and highest of every `FINE_STEP` samples of a stretch, of the louder channel.

    Args:
        reader: of the film's sound.
        first: the tick at which the stretch begins.
        after: the tick at which it ends.
        time_base: seconds of one tick.
        cancelled: whether to stop.

    Raises:
        FilmMissing: where the film can no longer be read.
        Cancelled: when stopped.
    """
    wanted = max(0, round((after - first) * time_base * RATE))
    blocks: list[NDArray[np.int16]] = []
    count = 0
    for block in reader.run(first) if wanted else ():
        if cancelled():
            raise Cancelled
        blocks.append(block[: wanted - count])
        count += len(blocks[-1])
        if count >= wanted:
            break
    samples = np.concatenate([*blocks, np.zeros((-count % FINE_STEP, 2), np.int16)])
    parts = samples.reshape(len(samples) // FINE_STEP, 2 * FINE_STEP)
    return np.stack([parts.min(axis=1), parts.max(axis=1)], axis=1) if len(parts) else np.zeros((0, 2), np.int16)


def _extremes(steps: NDArray[np.int16]) -> Peaks:
    """Lowest and highest of each row, from 16 bits to 8."""
    if not len(steps):
        return np.zeros((0, 2), np.int8)
    return np.stack([steps.min(axis=1) >> 8, steps.max(axis=1) >> 8], axis=1).astype(np.int8)


def at_seconds(found: Peaks, begin: Fraction, end: Fraction, columns: int) -> Peaks:
    """(columns, 2): the extremes of each of `columns` equal parts of a stretch, for drawing it.

    Args:
        found: from `peaks`.
        begin: seconds from the first frame.
        end: seconds from the first frame, later than `begin`.
        columns: how many pixels wide it is drawn.
    """
    places = [begin * PER_SECOND + (end - begin) * PER_SECOND * column / columns for column in range(columns + 1)]
    edges = np.clip(np.array([int(place) for place in places]), 0, len(found))
    drawn = np.zeros((columns, 2), np.int8)
    for column in range(columns):
        part = found[edges[column] : max(edges[column] + 1, edges[column + 1])]
        if len(part):
            drawn[column] = part[:, 0].min(), part[:, 1].max()
    return drawn


def to_bytes(found: Peaks) -> bytes:
    """Peaks as they are kept."""
    return _HEAD.pack(_MAGIC, _VERSION, len(found)) + zlib.compress(found.tobytes(), 6)


def from_bytes(data: bytes) -> Peaks:
    """The peaks that `to_bytes` wrote.

    Raises:
        FilmChanged: where the bytes are no peaks of a known version.
    """
    try:
        magic, version, rows = _HEAD.unpack_from(data)
        unpacker = zlib.decompressobj()
        raw = unpacker.decompress(data[_HEAD.size :], 2 * min(rows, _MOST_ROWS) + 1)
    except (struct.error, zlib.error) as problem:
        raise _unreadable() from problem
    if (magic, version) != (_MAGIC, _VERSION) or len(raw) != 2 * rows or not unpacker.eof or unpacker.unused_data:
        raise _unreadable()
    return np.frombuffer(raw, np.int8).reshape(rows, 2)


def _unreadable() -> FilmChanged:
    return FilmChanged("what was kept of this film's sound cannot be read", "it is made anew while the film is open")
