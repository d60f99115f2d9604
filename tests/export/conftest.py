"""Numbered films to make copies of, each with what is true of it known without reading it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import pytest

from makers import Film, make

CANARIES = ("Ella Canary", "+51.5007-000.1246/", "PhoneMaker Twelve", "Ella Handler")
_TAGS = (
    ("title", CANARIES[0]),
    ("comment", CANARIES[0] + " at home"),
    ("location", CANARIES[1]),
    ("artist", CANARIES[2]),
)


@dataclass(frozen=True)
class NumberedFilm:
    """A film whose frame n shows n."""

    film: Film

    @cached_property
    def data(self) -> bytes:
        """Its bytes, full of words that must not leave."""
        return make(self.film).replace(b"VideoHandler", CANARIES[3].encode())

    def opener(self) -> io.BytesIO:
        return io.BytesIO(self.data)

    @cached_property
    def begins(self) -> tuple[Fraction, ...]:
        """When each frame begins, in seconds of the film's own clock."""
        return self.film.seconds()

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height as it is seen."""
        return self.film.size if self.film.rotation % 180 == 0 else (self.film.size[1], self.film.size[0])


def _uneven(frames: int) -> tuple[int, ...]:
    """Timestamps as phones write them: a jitter, a dropped picture now and then, one long gap."""
    gaps = 3000 + np.random.default_rng(11).integers(-260, 260, frames - 1)
    gaps[::17] += 3000
    gaps[40] += 45000
    return (0, *np.cumsum(gaps).tolist())


_FILMS = {
    "long groups": Film(frames=150, rate=Fraction(30), gop=250, bframes=3, sound=True, metadata=_TAGS),
    "25 a second": Film(frames=100, sound=True, sound_channels=1, sound_start=Fraction(1, 4), metadata=_TAGS),
    "uneven": Film(
        frames=110, times=_uneven(110), time_base=Fraction(1, 90000), rate=Fraction(30), bframes=3, sound=True,
        metadata=_TAGS,
    ),
    "turned": Film(
        frames=90, rate=Fraction(30), rotation=90, mirrored=True, container="mov", sound=True, metadata=_TAGS
    ),
    "60 a second": Film(frames=120, rate=Fraction(60), size=(288, 192), sound=True),
    "stream": Film(frames=80, rate=Fraction(25), container="mpegts", sound=True, first=250, sound_start=Fraction(10)),
    "hevc": Film(frames=60, rate=Fraction(30), codec="libx265", sound=True, options=(("preset", "ultrafast"),)),
    "television": Film(frames=70, rate=Fraction(30000, 1001), sound=True),
    "thousandths": Film(
        frames=70, times=tuple(round(n * 1000 / 30) for n in range(70)), time_base=Fraction(1, 1000), rate=Fraction(30),
        container="matroska",
    ),
    "odd and silent": Film(frames=40, rate=Fraction(30), size=(191, 127), pixel_format="yuv444p", container="mov"),
}  # fmt: skip


@pytest.fixture(scope="session")
def film() -> Callable[[str], NumberedFilm]:
    """A numbered film by its name, made once."""
    made = {name: NumberedFilm(film) for name, film in _FILMS.items()}
    return made.__getitem__
