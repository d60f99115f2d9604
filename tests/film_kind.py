"""One kind of film that every question about frames is asked of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from makers import Film, make


def _as_made(data: bytes) -> bytes:
    return data


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of film.

    Attributes:
        film: how it is made.
        remade: what befell it afterwards.
        shows: the numbers in the pixels of its frames, in order; all of them if none are given.
        stream: where in its container the film is.
        timed: whether every frame begins when it was made to.
        broken: whether pictures of it are damaged or missing, so that some may be refused, and it must say so.
        named: whether the container's own times are of no use.
        groups: how many groups a frame may cost, where the container's own map of its key frames is coarse or a key
            frame shows nothing sound for a whole group; none where it must be read from its beginning.
    """

    film: Film
    remade: Callable[[bytes], bytes] = field(default=_as_made)
    shows: tuple[int, ...] | None = None
    stream: int = 0
    timed: bool = True
    broken: bool = False
    named: bool = False
    groups: int | None = 2

    def data(self) -> bytes:
        """The bytes of the film."""
        return self.remade(make(self.film))

    @property
    def numbers(self) -> tuple[int, ...]:
        """What its pictures show."""
        return tuple(range(len(self.film.ticks()))) if self.shows is None else self.shows
