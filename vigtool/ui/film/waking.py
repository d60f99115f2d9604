"""When to look at a film that plays: as the next frame is due, and no oftener while nothing can have changed.

Between one frame and the next there is nothing to be drawn. But a picture may come late, and a device that is to be
heard may begin late. So where a look found nothing new, the next one follows after a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from vigtool.player.frame_index import FrameIndex
from vigtool.player.transport import Transport

_SOON: Final = 8
"""Milliseconds until the next look for what is late; of frames that follow quicker than that some are passed over."""
_LONGEST: Final = 50
"""Milliseconds, however long a frame shows: the place in it is told meanwhile, and the clock may be exchanged."""


class Waking:
    """A timer for one film that plays, set anew after every look.

    Attributes:
        is_often: whether to look every few milliseconds in any case, for somebody else who follows.
    """

    def __init__(self, transport: Transport, index: FrameIndex, look: Callable[[], None], parent: QObject) -> None:
        """Stand still; `look` is called once for `begin` and each `again` after it, until `stop`."""
        self.is_often = self._is_running = False
        self._transport = transport
        self._usual = index.usual * index.time_base
        self._last = -1
        self._timer = QTimer(parent)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(look)

    def begin(self) -> None:
        """Playing begins, here or elsewhere."""
        self._last, self._is_running = -1, True
        self._timer.start(self._wait(_SOON))

    def again(self, due: int, shown: int) -> None:
        """Look again, after frame `due` was found to be due and frame `shown` to be on the screen (-1: none)."""
        is_new = shown == due != self._last
        self._last = shown
        if self._is_running:
            self._timer.start(self._wait(_LONGEST if is_new and not self.is_often else _SOON))

    def stop(self) -> None:
        """Look no more, until `begin`."""
        self._is_running = False
        self._timer.stop()

    def _wait(self, most: int) -> int:
        """Milliseconds until there can be something new, at most so many."""
        left = self._transport.until_next()
        least = _SOON if self._usual < _SOON * abs(self._transport.rate) * Fraction(1, 1000) else 1
        return max(least, min(ceil(1000 * left), most))
