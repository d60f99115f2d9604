"""A thread that reads a film's sound ahead of the speaker: newest wish wins, a bounded buffer for each wish."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from fractions import Fraction

from vigtool.errors import VigtoolError
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.route import Route
from vigtool.player.sound import RATE, SoundReader
from vigtool.player.sound_route import sound_along
from vigtool.player.stretch import Samples
from vigtool.ui.film.guarded import guarded

SAMPLE = 4
"""Bytes of one sample: 16 bits, two channels."""
_AHEAD = RATE * SAMPLE


class Buffer:
    """Sound on its way from the reading thread to the speaker, a second of it at most.

    Attributes:
        failed: whether the film could not be read on.
    """

    def __init__(self) -> None:
        self.failed = False
        self._blocks: deque[bytes] = deque()
        self._held = 0
        self._given_up = False
        self._change = threading.Condition()

    def put(self, block: Samples) -> bool:
        """Wait for room and add a block; False where nobody listens any more."""
        data = block.tobytes()
        with self._change:
            self._change.wait_for(lambda: self._given_up or self._held < _AHEAD)
            if self._given_up:
                return False
            self._blocks.append(data)
            self._held += len(data)
            return True

    def take(self, most: int) -> bytes:
        """Up to `most` bytes, whole samples; nothing where none are ready. Never waits."""
        left = most - most % SAMPLE
        taken = []
        with self._change:
            while self._blocks and left:
                block = self._blocks.popleft()
                if len(block) > left:
                    self._blocks.appendleft(block[left:])
                    block = block[:left]
                taken.append(block)
                left -= len(block)
                self._held -= len(block)
            self._change.notify_all()
        return b"".join(taken)

    @property
    def is_ready(self) -> bool:
        """Whether there is any sound to take."""
        return self._held > 0

    def give_up(self) -> None:
        """Nobody listens any more."""
        with self._change:
            self._given_up = True
            self._blocks.clear()
            self._change.notify_all()


@dataclass(frozen=True, slots=True)
class _Wish:
    tick: int
    rate: Fraction
    route: Route
    buffer: Buffer


class SoundFeed:
    """The reading thread of one open film; it is there from the first wish until `close`."""

    def __init__(self, opener: Opener, index: FrameIndex) -> None:
        self._opener, self._index = guarded(opener), index
        self._change = threading.Condition()
        self._wish: _Wish | None = None
        self._closed = False
        self._thread: threading.Thread | None = None

    def begin(self, tick: int, rate: Fraction, route: Route) -> Buffer:
        """Read from `tick` on along a route, `rate` seconds of film in a second of sound."""
        buffer = Buffer()
        with self._change:
            self._drop()
            self._wish = _Wish(tick, rate, route, buffer)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="sound", daemon=True)
                self._thread.start()
            self._change.notify_all()
        return buffer

    def stop(self) -> None:
        """Nothing is listened to any more."""
        with self._change:
            self._drop()

    def close(self) -> None:
        """End the thread, and wait until it has."""
        with self._change:
            self._drop()
            self._closed = True
            self._change.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _drop(self) -> None:
        if self._wish is not None:
            self._wish.buffer.give_up()
        self._wish = None

    def _work(self) -> None:
        while True:
            wish = self._next()
            if wish is None:
                return
            self._serve(wish)
            with self._change:
                while not self._closed and self._wish is wish:
                    self._change.wait()

    def _next(self) -> _Wish | None:
        with self._change:
            while not self._closed and self._wish is None:
                self._change.wait()
            return None if self._closed else self._wish

    def _serve(self, wish: _Wish) -> None:
        try:
            with SoundReader(self._opener, self._index, around=True) as reader:
                for block in sound_along(reader, self._index, wish.route, wish.tick, wish.rate):
                    if len(block) and not wish.buffer.put(block):
                        return
        except (VigtoolError, OSError, ValueError):
            # The picture's thread meets the same film and says what is the matter with it.
            wish.buffer.failed = True
