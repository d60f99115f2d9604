"""A decoder that gives nothing until it is told to, so that one can look at the screen meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import makers
from film_on_screen import PLAIN, index_of, processed
from vigtool.errors import FilmError
from vigtool.player.frame_cache import ViewPicture

INDEX = index_of(PLAIN)


def pixels_of(number: int, width: int, height: int) -> Any:
    """A frame in the size of a view: (height, width, 4), blue first."""
    picture = makers.upright_picture(number, width, height)
    return np.ascontiguousarray(np.dstack([picture[..., ::-1], np.full((height, width), 255, np.uint8)]))


class SlowDecoder:
    """A decoder that gives nothing until it is told to."""

    made: SlowDecoder

    def __init__(
        self,
        _opener: object,
        _index: object,
        deliver: Callable[[ViewPicture], None],
        failed: Callable[[int, FilmError], None],
        *_rest: object,
        **_more: object,
    ) -> None:
        SlowDecoder.made = self
        self.deliver, self.failed = deliver, failed
        self.wishes: list[tuple[str, int, int, int]] = []
        self.kept: dict[int, ViewPicture] = {}

    def show(self, number: int, width: int, height: int) -> None:
        self.wishes.append(("show", number, width, height))

    def glance(self, number: int, width: int, height: int) -> None:
        self.wishes.append(("glance", number, width, height))

    def play(self, number: int, width: int, height: int) -> None:
        self.wishes.append(("play", number, width, height))

    def give(self, place: int = -1, *, exact: bool = True) -> None:
        """Serve one of the wishes, late."""
        _, number, width, height = self.wishes[place]
        self.deliver(ViewPicture(number, INDEX.pts(number), pixels_of(number, width, height), exact=exact))
        processed()

    def cached(self, number: int) -> ViewPicture | None:
        return self.kept.get(number)

    def at(self, _number: int) -> ViewPicture | None:
        return None

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_args, **_more: None
