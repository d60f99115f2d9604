"""A sound device that hears all it is told to play, and counts as it is told."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from vigtool.player.sound import RATE
from vigtool.ui.film.sound_feed import SAMPLE


class Ear:
    """A device that plays what it is told to, and hears all of it."""

    def __init__(self, *, opens: bool = True, hurries: bool = False, holds: Fraction | None = None) -> None:
        """Make one that can be opened or not; that counts whatever it is given; that holds so many seconds."""
        self.heard = b""
        self.seconds = Fraction(0)
        self.lost = self.muted = self.stopped = False
        self._opens, self._hurries, self._holds = opens, hurries, holds

    def start(self) -> bool:
        return self._opens

    def room(self) -> int:
        if self._holds is None:
            return RATE * SAMPLE // 5
        return max(0, int((self._holds + self.seconds) * RATE) * SAMPLE - len(self.heard))

    def push(self, data: bytes) -> int:
        taken = data[: 5001 * SAMPLE]  # not always all of it
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
