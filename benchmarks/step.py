"""The left arrow, held: thirty steps back a second over ten borders of groups of 250 frames of 1920 x 1080.

What is measured is the time from one picture to the next, as the Film room would show them: what is at hand at once,
anything else when it comes. Each way runs in a process of its own, so that its memory can be told.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from typing import Final, cast

if __name__ == "__main__":  # a script finds its own folder only
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import footage
from benchmarks.repeating import repeat_picture
from benchmarks.script import parser_of, report
from benchmarks.table import Table
from vigtool.errors import FilmError
from vigtool.player.decoding import FilmDecoder
from vigtool.player.footage import Opener, path_opener
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.look import look_at
from vigtool.player.stand_in import StandIn, make_stand_in, stand_in

GROUP: Final = 250
_BORDERS: Final = 10
_RATE: Final = 30
_VIEW: Final = (1280, 720)
_BEGIN: Final = 100  # frames after the first border
_FIRST: Final = 1.0  # seconds at the beginning that do not count
_GOAL: Final = 0.05
_FILM: Final = "steps.mp4"
_COPY: Final = "steps-stand-in.mp4"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to step.

    Attributes:
        name: for the table.
        memory: MiB that decoded pictures may take.
        looks_ahead: whether anything is decoded before it is asked for.
        stands_in: whether the film has a stand-in.
        borders: how many are gone over.
    """

    name: str
    memory: int
    looks_ahead: bool = True
    stands_in: bool = False
    borders: int = _BORDERS


WAYS: Final = (
    Way("looking ahead, 1024 MiB", 1024),
    Way("looking ahead, 256 MiB", 256),
    Way("not looking ahead, 1024 MiB", 1024, looks_ahead=False),
    Way("with a stand-in, 1024 MiB", 1024, stands_in=True),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on the screen.

    Attributes:
        at: seconds since the key went down.
        right: whether its pixels show the number it says.
    """

    at: float
    number: int
    right: bool
    exact: bool


class Screen:
    """Notes what is shown, by the thread that steps and by the one that decodes."""

    def __init__(self) -> None:
        self.shown: list[Shown] = []
        self.began = time.perf_counter()
        self._lock = threading.Lock()

    def show(self, picture: ViewPicture) -> None:
        """Here is a picture; one that shows already is none."""
        at = time.perf_counter() - self.began
        with self._lock:
            if not self.shown or self.shown[-1].number != picture.number:
                right = footage.read_number(picture.pixels[..., 1]) == picture.number % GROUP
                self.shown.append(Shown(at, picture.number, right, picture.exact))


def measure(films: Path, work: Path, ways: Sequence[Way] = WAYS) -> Table:
    """Every way, one after the other."""
    make(films)
    order: dict[str, object] = {}
    for name in ("film", "copy"):
        path = films / (_FILM if name == "film" else _COPY)
        index = work / f"{name}.index"
        index.write_bytes(look_at(path_opener(path)).index.to_bytes())
        order |= {name: str(path), f"{name} index": str(index)}
    rows = [_row(way, _in_a_process(way, order, work / "step.json")) for way in ways]
    return Table(
        f"Left arrow held, {_RATE} steps a second",
        (
            "way",
            "steps",
            "pictures shown",
            "wrong",
            "p50 ms",
            "p95 ms",
            "worst ms",
            "at s",
            "over 50 ms",
            "keys: worst ms",
            "pictures MiB",
            "process MiB",
            "processor s/s",
        ),
        rows,
        [
            f"1920 x 1080, a key frame every {GROUP} frames, {ways[0].borders} of them gone over; view 1280 x 720",
            "times from one picture to the next, without the first second; a step takes 33 ms",
            f"“at”: when the worst began, from the key's going down; the first border comes at {_BEGIN / _RATE:.1f} s",
            "“keys”: the longest time between two presses; above 33 ms the machine was busy with something else",
            "“pictures” is the most that decoded pictures took, “process” the most that the whole process took",
        ],
    )


def make(folder: Path) -> None:
    """The film and its stand-in, where they are not there yet: one group, and its packets again and again."""
    film, copy, times = folder / _FILM, folder / _COPY, _BORDERS + 2
    if not film.exists():
        repeat_picture(footage.film(folder, footage.LONG_GOP), film, GROUP, Fraction(1, 30), times)
    if not copy.exists():
        one, small = folder / "one-group.mp4", folder / "one-group-stand-in.mp4"
        repeat_picture(film, one, GROUP, Fraction(1, 30), 1)
        with small.open("wb") as out:
            make_stand_in(path_opener(one), look_at(path_opener(one)).index, out)
        repeat_picture(small, copy, GROUP, Fraction(1, 30), times)


def _row(way: Way, found: dict[str, float]) -> list[str | int | float | None]:
    whole = ("steps", "shown", "wrong")
    times = ("p50", "p95", "worst")
    return [
        way.name,
        *(int(found[name]) for name in whole),
        *(1000 * found[name] for name in times),
        found["when"],
        int(found["late"]),
        1000 * found["keys"],
        int(found["pictures"]),
        int(found["process"]),
        found["processor"],
    ]


def _in_a_process(way: Way, order: dict[str, object], paper: Path) -> dict[str, float]:
    paper.write_text(json.dumps({"way": asdict(way), **order}))
    said = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "--order", str(paper)], check=True, capture_output=True
    )
    return cast("dict[str, float]", json.loads(said.stdout))


def _films(order: dict[str, str]) -> tuple[Opener, FrameIndex, StandIn]:
    """The film, its index, and its stand-in."""
    opener, copy = path_opener(Path(order["film"])), path_opener(Path(order["copy"]))
    index = FrameIndex.from_bytes(Path(order["film index"]).read_bytes())
    return opener, index, stand_in(copy, index, FrameIndex.from_bytes(Path(order["copy index"]).read_bytes()))


def step(way: Way, opener: Opener, index: FrameIndex, copy: StandIn) -> dict[str, float]:
    """Hold the key; what came of it."""
    small = copy if way.stands_in else None
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    screen = Screen()
    decoder = FilmDecoder(opener, index, screen.show, _fail, way.memory << 20, small, looks_ahead=way.looks_ahead)
    first = min(index.frames - 1, way.borders * GROUP + _BEGIN)
    decoder.show(first, *_VIEW)
    while decoder.cached(first) is None:  # a stand-in's picture may have come first
        time.sleep(0.01)
    time.sleep(1)
    steps = way.borders * GROUP
    screen.shown.clear()
    screen.began, worked = time.perf_counter(), time.process_time()
    pressed = [screen.began]
    for done in range(1, steps + 1):
        time.sleep(max(0.0, screen.began + done / _RATE - time.perf_counter()))
        pressed.append(time.perf_counter())
        decoder.glance(first - done, *_VIEW)
        if (picture := decoder.cached(first - done)) is not None:
            screen.show(picture)
    seconds, worked = time.perf_counter() - screen.began, time.process_time() - worked
    decoder.close()
    found = {**_judged(screen.shown, seconds), **_memory(decoder, before)}
    keys = max(later - earlier for earlier, later in pairwise(pressed))
    return {**found, "steps": steps, "keys": keys, "processor": worked / seconds}


def _judged(shown: list[Shown], until: float) -> dict[str, float]:
    """What the eyes get; a picture that never was followed by another counts until the key is let go."""
    times = [picture.at for picture in shown if picture.at > _FIRST]
    gaps = [later - earlier for earlier, later in pairwise([*times, max(until, times[-1])])]
    ranks = quantiles(gaps, n=20)
    return {
        "shown": len(shown),
        "wrong": sum(not picture.right for picture in shown),
        "p50": ranks[9],
        "p95": ranks[18],
        "worst": max(gaps),
        "when": times[gaps.index(max(gaps))],
        "late": sum(gap > _GOAL for gap in gaps),
    }


def _memory(decoder: FilmDecoder, before: int) -> dict[str, float]:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"pictures": decoder.most_bytes >> 20, "process": most >> 10, "process before": before >> 10}


def _fail(_number: int, problem: FilmError) -> None:
    raise problem


def main() -> None:
    """Measure and print; or, in a process of its own, step one way."""
    parser = parser_of(__doc__)
    parser.add_argument("--borders", type=int, default=_BORDERS, help="how many to go over, for a quick look")
    parser.add_argument("--order", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.order is not None:
        order = json.loads(options.order.read_text())
        print(json.dumps(step(Way(**order["way"]), *_films(order))))
        return
    ways = [replace(way, borders=min(options.borders, _BORDERS)) for way in WAYS]
    report(options, lambda films, work: measure(films, work, ways))


if __name__ == "__main__":
    main()
