"""Asking a film: what comes is held against the truth.

A frame that the player gives is right if it has the number and the time that were asked for, is the very same bytes as
the picture that comes at that place of the plain decoding, and shows, seen upright and in colour, the number that was
drawn into it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import numpy as np

import makers
from film_kind import Kind
from film_table import FILMS
from film_truth import Truth, checksum, plainly
from vigtool.errors import FrameUnreadable
from vigtool.player.frame import Frame
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import Look, look_at


@dataclass
class Asking:
    """One film that is being asked about.

    Attributes:
        asked: how many single questions were asked.
        refused: how many frames were said to be unreadable.
        wrong: what was wrong, in words.
    """

    kind: Kind
    data: bytes
    look: Look
    truth: Truth
    asked: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)
    seed: int = 1

    @property
    def index(self) -> FrameIndex:
        """The film's frames."""
        return self.look.index

    def reader(self, threads: int = 2) -> FrameReader:
        """A reader that was nowhere yet."""
        return FrameReader(makers.opener(self.data), self.index, threads=threads)

    def same(self, said: object, true: object, what: str) -> None:
        """One question."""
        self.asked += 1
        if said != true:
            self.wrong.append(f"{what}: {said} instead of {true}")

    def shows(self, frame: Frame, number: int, how: str = "") -> None:
        """Whether a frame is the frame of that number."""
        self.asked += 1
        place = self.place(number)
        said = (frame.number, frame.pts, checksum(frame.picture) == self.truth.sums[place])
        drawn = self.truth.numbers[place]
        if said != (number, self.index.pts(number), True):
            self.wrong.append(f"{how} {number} gives {said}")
        elif drawn is not None and not self.kind.broken and _read(frame) != drawn:
            self.wrong.append(f"{how} {number} is seen as {_read(frame)}")

    def ask(self, reader: FrameReader, numbers: Iterable[int], how: str = "") -> None:
        """Frames by number, one after the other."""
        for number in numbers:
            try:
                self.shows(reader.get(number), number, how)
            except FrameUnreadable:
                self.asked += 1
                self.refused += 1
                if not self.kind.broken:
                    self.wrong.append(f"{how} {number} is refused")

    def place(self, number: int) -> int:
        """Where in the plain decoding frame `number` comes: its own place, but by its time in a broken film."""
        if not self.kind.broken or self.index.names is not None:
            return number
        return self.truth.pts.index(self.index.pts(number))

    def keys(self) -> list[int]:
        """Frames with which groups begin."""
        found = np.unique(np.searchsorted(self.index.shown, self.index.keys.pts))
        return [int(key) for key in found if key < self.index.frames]

    def some(self, count: int) -> list[int]:
        """Frames at random, and the first and the last."""
        dice = np.random.default_rng(self.seed)
        picked = dice.choice(self.index.frames, min(count, self.index.frames), replace=False).tolist()
        return [int(number) for number in dice.permutation(sorted({0, self.index.frames - 1, *picked}))]

    def around(self, reach: int, most: int) -> list[int]:
        """Frames around group borders."""
        keys = self.keys()
        near = {key + step for key in keys[:: 1 + len(keys) // most] for step in range(-reach, reach + 1)}
        return sorted(number for number in near if 0 <= number < self.index.frames)


def _read(frame: Frame) -> int | str:
    try:
        return makers.read_number(frame.rgb())
    except ValueError as problem:
        return str(problem)


@cache
def known(name: str) -> tuple[bytes, Look, Truth]:
    """The bytes of a film of the table, what was found out about it, and the truth."""
    kind = FILMS[name]
    data = kind.data()
    return data, look_at(makers.opener(data)), plainly(data, kind)


def asking(name: str) -> Asking:
    """A film of the table, to be asked."""
    return Asking(FILMS[name], *known(name))
