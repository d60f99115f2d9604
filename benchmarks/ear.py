"""Listens to what a PulseAudio sink plays, and says when each beep began: `python -m benchmarks.ear SOURCE`.

Every line on standard output is one moment of the computer's monotonic clock, in seconds. PulseAudio says with each
block how long ago it was played (`pa_simple_get_latency`; on the monitor of a sink what the sink still holds is taken
off). Those answers scatter by some milliseconds; a sink's samples do not, so the time of a sample is reckoned from the
middle of the answers of the last seconds.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections import deque
from statistics import median
from typing import Final

import numpy as np

RATE: Final = 48_000
_BLOCK: Final = 480
_LOUD: Final = 4_000
_QUIET_FOR: Final = RATE // 4
_REMEMBERED: Final = 500  # answers: five seconds
_RECORD: Final = 2
_S16LE: Final = 3


class _Kind(ctypes.Structure):
    """`pa_sample_spec`."""

    _fields_ = (("format", ctypes.c_int), ("rate", ctypes.c_uint32), ("channels", ctypes.c_uint8))


class _Sizes(ctypes.Structure):
    """`pa_buffer_attr`."""

    _fields_ = tuple((name, ctypes.c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize"))


class Ear:
    """A recording of one source, block by block."""

    def __init__(self, source: str) -> None:
        """Begin to listen.

        Raises:
            OSError: where there is no such library, server or source.
        """
        self._pulse = ctypes.CDLL("libpulse-simple.so.0")
        self._pulse.pa_simple_new.restype = ctypes.c_void_p
        self._pulse.pa_simple_get_latency.restype = ctypes.c_uint64
        anything = 2**32 - 1
        stream: int | None = (
            self._pulse.pa_simple_new(
                None, b"ear", _RECORD, source.encode(), b"ear", ctypes.byref(_Kind(_S16LE, RATE, 1)), None,
                ctypes.byref(_Sizes(anything, anything, anything, anything, 2 * _BLOCK)), None,
            )
        )  # fmt: skip
        if not stream:
            message = "no such source"
            raise OSError(message)
        self._stream = ctypes.c_void_p(stream)
        self._bytes = ctypes.create_string_buffer(2 * _BLOCK)
        self._zeros: deque[float] = deque(maxlen=_REMEMBERED)  # when sample 0 was played, by each answer
        self._heard = 0

    def listen(self) -> tuple[int, np.ndarray]:
        """The next block, and which sample it begins with."""
        problem = ctypes.c_int()
        if self._pulse.pa_simple_read(self._stream, self._bytes, len(self._bytes), ctypes.byref(problem)) < 0:
            message = "nothing more is heard"
            raise OSError(message)
        ago = self._pulse.pa_simple_get_latency(self._stream, ctypes.byref(problem)) / 1e6
        first, self._heard = self._heard, self._heard + _BLOCK
        self._zeros.append(time.monotonic() - ago - self._heard / RATE)
        return first, np.frombuffer(self._bytes.raw, np.int16)

    def when(self, sample: int) -> float:
        """The moment at which a sample was played."""
        return median(self._zeros) + sample / RATE


def main() -> None:
    """Say when beeps begin, until the source is gone or nobody reads any more."""
    ear, quiet_since = Ear(sys.argv[1]), -_QUIET_FOR
    while True:
        try:
            first, block = ear.listen()
        except OSError:
            return
        loud = np.flatnonzero(np.abs(block.astype(np.int32)) > _LOUD)
        if len(loud):
            begin = first + int(loud[0])
            if begin - quiet_since >= _QUIET_FOR:
                print(f"{ear.when(begin):.6f}", flush=True)
            quiet_since = first + int(loud[-1])


if __name__ == "__main__":
    main()
