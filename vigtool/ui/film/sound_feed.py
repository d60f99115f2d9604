"""A thread that reads a film's sound ahead of the speaker: newest wish wins, a bounded buffer for each wish."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

import numpy as np

from vigtool.errors import VigtoolError
from vigtool.player.footage import Opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.sound import RATE, SoundReader
from vigtool.player.stretch import Samples
from vigtool.timebase import Span
from vigtool.ui.film.guarded import guarded

SAMPLE = 4
"""Bytes of one sample: 16 bits, two channels."""
_AHEAD = RATE * SAMPLE
_LONGEST_KEPT = Fraction(60)


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
    loop: Span | None
    buffer: Buffer


class SoundFeed:
    """The reading thread of one open film; it is there from the first wish until `close`."""

    def __init__(self, opener: Opener, index: FrameIndex) -> None:
        self._opener, self._index = guarded(opener), index
        self._change = threading.Condition()
        self._wish: _Wish | None = None
        self._closed = False
        self._thread: threading.Thread | None = None

    def begin(self, tick: int, rate: Fraction, loop: Span | None) -> Buffer:
        """Read from `tick` on, `rate` seconds of film in a second of sound, round and round in `loop`."""
        buffer = Buffer()
        with self._change:
            self._drop()
            self._wish = _Wish(tick, rate, loop, buffer)
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
            with SoundReader(self._opener, self._index, wish.rate) as reader:
                for block in _laps(reader, wish, self._index):
                    if len(block) and not wish.buffer.put(block):
                        return
        except (VigtoolError, OSError, ValueError):
            # The picture's thread meets the same film and says what is the matter with it.
            wish.buffer.failed = True


def _laps(reader: SoundReader, wish: _Wish, index: FrameIndex) -> Iterator[Samples]:
    """The sound as it is heard: to the film's end and then silence, or round and round in the loop."""
    if wish.loop is None:
        yield from reader.run(wish.tick)
        while True:
            yield np.zeros((RATE // 10, 2), np.int16)
    # Laps are cut on one grid of samples, so that going round a thousand times drifts by none.
    scale = index.time_base * RATE / wish.rate
    lead, lap = (wish.loop.end - wish.tick) * scale, wish.loop.length * scale
    yield from _cut(reader.run(wish.tick), round(lead))
    short = wish.loop.length * index.time_base <= _LONGEST_KEPT
    kept: list[Samples] = []
    for number in count():
        samples = round(lead + (number + 1) * lap) - round(lead + number * lap)
        if short and not number:
            kept = list(_cut(reader.run(wish.loop.start), samples + 1))
        yield from _cut(iter(kept) if short else reader.run(wish.loop.start), samples)


def _cut(blocks: Iterator[Samples], samples: int) -> Iterator[Samples]:
    """So many samples: cut, or silence at the end."""
    for block in blocks:
        if samples <= 0:
            return
        yield block[:samples]
        samples -= len(block)
    if samples > 0:
        yield np.zeros((samples, 2), np.int16)
