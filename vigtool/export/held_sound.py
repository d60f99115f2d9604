"""Sound on its way out of a film: the last half minute can still change, whatever lies before it is handed on.

Sound is laid where its timestamps say. Mostly that is end to end, but a recording may set its clock back and so lay
sound over what came before, and one damaged timestamp may point far ahead. Only so much is kept that both are still
put right; a film of hours takes no more memory than one of a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

RATE = 48_000
BLOCK = RATE
MOST = 32  # seconds, 12 MiB
Sound: TypeAlias = npt.NDArray[np.float32]


class HeldSound:
    """Takes sound in any order of places and hands it on in order, in blocks; silence where none was laid."""

    def __init__(self, samples: int, *, block: int = BLOCK, most: int = MOST) -> None:
        """Begin with silence.

        Args:
            samples: how many there are in all.
            block: how many are handed on at once; the last time perhaps fewer.
            most: how many blocks that hold sound are kept back. Sound for a place farther back comes too late.
        """
        self._samples = samples
        self._block = block
        self._most = most
        self._blocks: dict[int, Sound] = {}
        self._next = 0

    def lay(self, place: int, sound: Sound) -> None:
        """Put `sound`, float32 of shape (2, n), from sample `place` on, over what is there.

        What lies outside the stretch, or where everything was handed on, is left out.
        """
        first, last = max(self._next * self._block, place), min(self._samples, place + sound.shape[1])
        while first < last:
            number, inside = divmod(first, self._block)
            count = min(self._block - inside, last - first)
            if number not in self._blocks:
                self._blocks[number] = self._silence(number)
            self._blocks[number][:, inside : inside + count] = sound[:, first - place : first - place + count]
            first += count

    def beyond(self) -> Iterator[Sound]:
        """The earliest blocks, until no more than `most` are kept."""
        while len(self._blocks) > self._most:
            yield self._take()

    def rest(self) -> Iterator[Sound]:
        """Everything that was not handed on, to the end of the stretch."""
        while self._next * self._block < self._samples:
            yield self._take()

    def _take(self) -> Sound:
        """The next block."""
        number = self._next
        self._next += 1
        return self._blocks.pop(number) if number in self._blocks else self._silence(number)

    def _silence(self, number: int) -> Sound:
        """A block without sound, as long as block `number` is."""
        return np.zeros((2, min(self._block, self._samples - number * self._block)), np.float32)
