"""A sound device that hears all it is told to play, and counts as it is told."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from vigtool.player.sound import RATE
from vigtool.ui.film.sound_feed import SAMPLE


class Ear:
    """A device that plays what it is told to, and hears all of it."""

    def __init__(self, *, opens: bool = True, hurries: bool = False) -> None:
        self.heard = b""
        self.seconds = Fraction(0)
        self.lost = self.muted = self.stopped = False
        self._opens, self._hurries = opens, hurries

    def start(self) -> bool:
        return self._opens

    def room(self) -> int:
        return RATE * SAMPLE // 5

    def push(self, data: bytes) -> int:
        taken = data[: 5001 * SAMPLE]  # never all of it
        if len(self.heard) > 20 * RATE * SAMPLE:
            return 0
        self.heard += taken
        return len(taken)

    def played(self) -> Fraction:
        return Fraction(len(self.heard), RATE * SAMPLE) if self._hurries else self.seconds

    def is_lost(self) -> bool:
        return self.lost

    def set_muted(self, *, muted: bool) -> None:
        self.muted = muted

    def stop(self) -> None:
        self.stopped = True

    @property
    def samples(self) -> NDArray[np.int16]:
        return np.frombuffer(self.heard, np.int16).reshape(-1, 2)
