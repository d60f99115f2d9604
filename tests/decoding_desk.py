"""A decoding thread for tests: what it was asked and what it said."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

import makers
from makers import Film
from vigtool.errors import FilmError
from vigtool.player.budget import Budget
from vigtool.player.decoding import CACHE_BYTES, FilmDecoder
from vigtool.player.footage import Opener
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.look import look_at
from vigtool.player.stand_in import StandIn

Said: TypeAlias = "queue.Queue[ViewPicture | tuple[int, FilmError]]"
SIZE = (96, 64)
COPIED = 1000
"""What is added to the numbers in the pictures of a stand-in, so that they tell where they come from."""


def number_in(picture: ViewPicture) -> int:
    """The number that the pixels show."""
    return makers.read_number(np.ascontiguousarray(picture.pixels[..., 2::-1]))


def is_true(picture: ViewPicture) -> bool:
    """Whether its pixels are those of the frame it says, of the film or of the stand-in as it says."""
    return number_in(picture) == picture.number + (0 if picture.exact else COPIED)


def stand_in_of(film: Film, opener: Opener | None = None) -> StandIn:
    """A stand-in with the frames of a film, each picture showing its number and `COPIED`."""
    copy = Film(
        size=film.size,
        frames=film.frames,
        rate=film.rate,
        gop=5,
        bframes=0,
        numbers=tuple(range(COPIED, COPIED + film.frames)),
    )
    data = makers.make(copy)
    return StandIn(opener or makers.opener(data), look_at(makers.opener(data)).index)


class Desk:
    """A decoder of a film and what it said."""

    def __init__(
        self,
        data: bytes,
        cache_bytes: int = CACHE_BYTES,
        stand_in: StandIn | None = None,
        *,
        opener: Opener | None = None,
        budget: Budget | None = None,
    ) -> None:
        self.said: Said = queue.Queue()
        self.index = look_at(makers.opener(data)).index
        self.decoder = FilmDecoder(
            opener or makers.opener(data),
            self.index,
            self.said.put,
            lambda number, why: self.said.put((number, why)),
            cache_bytes,
            stand_in,
            budget=budget,
        )

    def next(self) -> ViewPicture:
        """The next picture that comes."""
        said = self.said.get(timeout=20)
        assert isinstance(said, ViewPicture)
        assert is_true(said)
        return said

    def picture(self, number: int) -> ViewPicture:
        """Show it and wait for it: the film's own."""
        self.decoder.show(number, *SIZE)
        return self.exactly(number)

    def exactly(self, number: int) -> ViewPicture:
        """Wait for the film's own picture of that frame."""
        while (picture := self.next()).number != number or not picture.exact:
            pass
        return picture

    def settle(self, until: Callable[[], bool]) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + 20
        while not until():
            assert time.monotonic() < deadline
            time.sleep(0.002)
