"""Random exact frames: which frame was asked for, which one came, and how long it took.

The floor is what no seek can beat that decodes from the key frame: frames from there to the one wanted, times what a
frame takes when the film is decoded from end to end in the same run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Final

import av
import cv2
import numpy as np

from benchmarks import footage
from benchmarks.rounds import timed
from benchmarks.table import Cell, Table
from vigtool.player.footage import Opener, path_opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.practice.families import add_family
from vigtool.practice.films import FilmWords, bring_in, open_film
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault

Show = Callable[[int], int]
"""Shows the frame of that number; says which number stood in the picture that came, -1 for none."""

Way = Callable[[], AbstractContextManager[Show]]
"""Opens a film anew: decoders that stay open differ by where in memory they came to lie, and their threads work on."""

OURS: Final = "vigtool, plain file"
_WORDS: Final = "a passphrase for a benchmark"
_PICKS: Final = 8
_FEW: Final = 4
_RAW: Final = 12


@dataclass(slots=True)
class Tally:
    """What one way of seeking did: frames that were not the one wanted, seconds of each seek."""

    wrong: int = 0
    seconds: list[float] = field(default_factory=list)


def measure(films: Path, work: Path) -> Table:
    """Every way of seeking on every film, taking turns frame by frame."""
    paths = [footage.film(films, recipe) for recipe in (footage.SHORT_GOP, footage.LONG_GOP, footage.UNEVEN)]
    paths.append(footage.transport_stream(films))
    rows: list[list[Cell]] = []
    with Vault.create(work / "seek-vault", _WORDS, cost=LEAST_COST) as vault:
        family = add_family(vault, name="Benchmark", on=date(2026, 1, 1)).family.id
        for path in paths:
            kept = open_film(vault, bring_in(vault, path, family, FilmWords()).id)
            rows += _film(path, kept.index, kept.opener)
    return Table(
        "Random exact frames",
        ("film", "reader", "wrong frames", "p50 ms", "worst ms", "vigtool / this one", "this one / floor"),
        rows,
        [
            "1920 x 1080; gop30 has a key frame each second, gop250 each 8.3 s, vfr uneven times; .ts is a camera's",
            "“vigtool / this one”: middle of the ratios pick by pick, below 1 is faster than this one",
            "the first picture after a plain seek is quick because it is the key frame and not the frame wanted",
        ],
    )


def _film(path: Path, index: FrameIndex, sealed: Opener) -> list[list[Cell]]:
    """The rows of one film."""
    dice = np.random.default_rng(3)
    picks = [int(n) for n in dice.permutation(index.frames)[: _FEW if path.name == footage.LONG_GOP.name else _PICKS]]
    tallies: dict[str, Tally] = {}
    floors: list[float] = []
    ways: dict[str, Way] = {
        OURS: lambda: _reader(path_opener(path), index),
        "vigtool, sealed film": lambda: _reader(sealed, index),
        "OpenCV POS_FRAMES": lambda: _opencv(path),
        "PyAV seek, decode on to the time": lambda: _pyav(path, index, onward=True),
        "PyAV seek, first picture": lambda: _pyav(path, index, onward=False),
    }
    for pick in picks:
        for name in dice.permutation(list(ways)):
            with ways[name]() as show:
                _one(show, pick, tallies.setdefault(name, Tally()))
        with _straight_on(path) as pictures:
            distance = pick - index.keyframe_before(pick) + 1
            floors.append(distance * timed(lambda: list(islice(pictures, _RAW))) / _RAW)
    return _rows(path.name, tallies, ways, floors)


def _rows(film: str, tallies: dict[str, Tally], ways: dict[str, Way], floors: list[float]) -> list[list[Cell]]:
    ours = tallies[OURS].seconds
    rows: list[list[Cell]] = []
    for name in ways:
        tally = tallies[name]
        beside = median(our / its for our, its in zip(ours, tally.seconds, strict=True))
        above = median(its / floor for its, floor in zip(tally.seconds, floors, strict=True))
        said = f"{tally.wrong} of {len(floors)}"
        rows.append([film, name, said, 1000 * median(tally.seconds), 1000 * max(tally.seconds), beside, above])
    rows.append([film, "floor", None, 1000 * median(floors), 1000 * max(floors), None, 1.0])
    return rows


def _one(show: Show, pick: int, tally: Tally) -> None:
    came = -1

    def look() -> None:
        nonlocal came
        came = show(pick)

    tally.seconds.append(timed(look))
    tally.wrong += came != pick


@contextmanager
def _reader(opener: Opener, index: FrameIndex) -> Iterator[Show]:
    with FrameReader(opener, index) as reader:
        yield lambda number: _number(reader.get(number).picture)


@contextmanager
def _opencv(path: Path) -> Iterator[Show]:
    film = cv2.VideoCapture(str(path))

    def show(number: int) -> int:
        film.set(cv2.CAP_PROP_POS_FRAMES, number)
        came, picture = film.read()
        return footage.read_number(picture[..., 1]) if came else -1

    try:
        yield show
    finally:
        film.release()


@contextmanager
def _pyav(path: Path, index: FrameIndex, *, onward: bool) -> Iterator[Show]:
    with av.open(path) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"

        def show(number: int) -> int:
            wanted = index.pts(number)
            container.seek(wanted, stream=stream)
            for picture in container.decode(stream):
                if not onward or (picture.pts is not None and picture.pts >= wanted):
                    return _number(picture)
            return -1

        yield show


def _number(picture: av.VideoFrame) -> int:
    return footage.read_number(picture.to_ndarray(format="gray"))


@contextmanager
def _straight_on(path: Path) -> Iterator[Iterator[av.VideoFrame]]:
    """The pictures one after the other, as fast as they decode; from the beginning again after the last."""
    with av.open(path) as container:
        container.streams.video[0].thread_type = "AUTO"

        def pictures() -> Iterator[av.VideoFrame]:
            while True:
                yield from container.decode(video=0)
                container.seek(0)

        shown = pictures()
        next(shown)
        yield shown
