"""Random exact frames: which frame was asked for, which one came, and how long it took.

Every seek is a fresh one: each way opens the film anew, which is not counted, and is then asked for one frame. The
floor is what no seek can beat that decodes from the key frame: frames from there to the one wanted, times what a frame
takes when the film is decoded from end to end in the same run.
"""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any, BinaryIO, Final

import av
import numpy as np

if __name__ == "__main__":  # a script finds its own folder only
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import footage, others
from benchmarks.rounds import timed
from benchmarks.script import parser_of, report
from benchmarks.table import Cell, Table
from vigtool.player.decoding import FilmDecoder
from vigtool.player.footage import Opener, path_opener
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at
from vigtool.player.stand_in import StandIn, make_stand_in, stand_in
from vigtool.practice.families import add_family
from vigtool.practice.films import FilmWords, bring_in, open_film
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault

Way = Callable[[int], tuple[float, int]]
"""Opens the film anew and shows one frame: the seconds that showing took, and the number that came."""

OURS: Final = "vigtool, plain file"
_WORDS: Final = "a passphrase for a benchmark"
_PICKS: Final = 16
_RAW: Final = 24
_VIEW: Final = (1280, 720)
_FILMS: Final = (
    "1920 x 1080; gop30 has a key frame each second, gop250 each 8.3 s, vfr uneven times, hevc10 ten bits and open "
    "groups; gop30.ts is a camera's transport stream, edit-list.mp4 begins inside a group"
)


@dataclass(slots=True)
class Tally:
    """What one way of seeking did: frames that were not the one wanted, seconds of each seek."""

    wrong: int = 0
    seconds: list[float] = field(default_factory=list)


def measure(films: Path, work: Path, picks: int = _PICKS) -> Table:
    """Every way of seeking on every film, taking turns frame by frame."""
    recipes = (footage.SHORT_GOP, footage.LONG_GOP, footage.UNEVEN, footage.TEN_BIT)
    paths = [footage.film(films, recipe) for recipe in recipes]
    paths += [footage.transport_stream(films), *filter(None, [footage.cut(films)])]
    rows: list[list[Cell]] = []
    with Vault.create(work / "seek-vault", _WORDS, cost=LEAST_COST) as vault:
        family = add_family(vault, name="Benchmark", on=date(2026, 1, 1)).family.id
        for path in paths:
            kept = open_film(vault, bring_in(vault, path, family, FilmWords()).id)
            rows += _film(path, kept.index, kept.opener, work, picks)
    return Table(
        "Random exact frames",
        ("film", "reader", "wrong frames", "p50 ms", "p95 ms", "vigtool / this one", "this one / floor"),
        rows,
        [
            _FILMS,
            "the film is opened anew for each seek, uncounted; the same frames for every reader",
            "“vigtool / this one” and “this one / floor”: middle of the ratios frame by frame",
            "mpv is asked for the frame's own time, Qt's player for its middle; both tell themselves when they arrived",
            "with a stand-in: until the first true picture of the frame is there; the exact one follows at rest",
        ],
    )


def _film(path: Path, index: FrameIndex, sealed: Opener, work: Path, count: int) -> list[list[Cell]]:
    """The rows of one film."""
    dice = np.random.default_rng(3)
    picks = [int(n) for n in dice.permutation(index.frames)[:count]]
    first = _first_number(path)
    tallies: dict[str, Tally] = {}
    floors: list[float] = []
    ways = _ways(path, index, sealed, work)
    for pick in picks:
        for name in dice.permutation(list(ways)):
            seconds, came = ways[name](pick)
            tally = tallies.setdefault(name, Tally())
            tally.seconds.append(seconds)
            tally.wrong += came != pick + first
        with _straight_on(path) as pictures:
            distance = pick - index.keyframe_before(pick) + 1
            floors.append(distance * timed(lambda: list(islice(pictures, _RAW))) / _RAW)
    return _rows(path.name, tallies, ways, floors)


def _ways(path: Path, index: FrameIndex, sealed: Opener, work: Path) -> dict[str, Way]:
    """How to come to a frame of one film."""
    small = _stand_in(path, index)
    ways: dict[str, Way] = {
        OURS: lambda pick: _reader(path_opener(path), index, pick),
        "vigtool, sealed film": lambda pick: _reader(sealed, index, pick),
        "vigtool, with a stand-in": lambda pick: _glance(path_opener(path), index, small, pick),
        "OpenCV POS_FRAMES": lambda pick: _shown(others.opencv(path), pick),
        "PyAV seek, on to the time": lambda pick: _shown(others.pyav(path, index), pick),
        "QMediaPlayer": lambda pick: _qt(path, index, pick),
    }
    if others.has_mpv():
        ways["mpv hr-seek"] = lambda pick: _mpv(path, index, work, pick)
    return ways


def _rows(film: str, tallies: dict[str, Tally], ways: dict[str, Way], floors: list[float]) -> list[list[Cell]]:
    ours = tallies[OURS].seconds
    rows: list[list[Cell]] = []
    for name in ways:
        tally = tallies[name]
        beside = median(our / its for our, its in zip(ours, tally.seconds, strict=True))
        above = median(its / floor for its, floor in zip(tally.seconds, floors, strict=True))
        said = f"{tally.wrong} of {len(floors)}"
        rows.append([film, name, said, *_ranks(tally.seconds), beside, above])
    rows.append([film, "floor", None, *_ranks(floors), None, 1.0])
    return rows


def _ranks(seconds: list[float]) -> tuple[float, float]:
    """The middle, and what 95 of 100 do not exceed, in milliseconds."""
    return 1000 * median(seconds), 1000 * (quantiles(seconds, n=20)[18] if len(seconds) > 1 else seconds[0])


def _reader(opener: Opener, index: FrameIndex, pick: int) -> tuple[float, int]:
    with FrameReader(opener, index) as reader:
        began = time.perf_counter()
        frame = reader.get(pick)
        return time.perf_counter() - began, footage.read_number(frame.picture.to_ndarray(format="gray"))


def _shown(way: AbstractContextManager[others.Show], pick: int) -> tuple[float, int]:
    with way as show:
        began = time.perf_counter()
        came = show(pick)
        return time.perf_counter() - began, came


def _glance(opener: Opener, index: FrameIndex, small: StandIn, pick: int) -> tuple[float, int]:
    """Until the view is given something true of the frame, at the view's size and ready to be drawn."""
    came: list[tuple[float, ViewPicture]] = []
    there = threading.Event()

    def take(picture: ViewPicture) -> None:
        came.append((time.perf_counter(), picture))
        if picture.number == pick:
            there.set()

    decoder = FilmDecoder(opener, index, take, _fail, stand_in=small)
    try:
        decoder.glance((pick + index.frames // 2) % index.frames, *_VIEW)  # both films are open after this one
        while not came:
            time.sleep(0.005)
        came.clear()
        there.clear()
        began = time.perf_counter()
        decoder.glance(pick, *_VIEW)
        there.wait(30)
        at, picture = next(each for each in came if each[1].number == pick)
        return at - began, footage.read_number(picture.pixels[..., 1])
    finally:
        decoder.close()


def _mpv(path: Path, index: FrameIndex, work: Path, pick: int) -> tuple[float, int]:
    player = others.Mpv(path, work)
    try:
        seconds = timed(lambda: player.seek(float(index.pts(pick) * index.time_base)))
        return seconds, player.number()
    finally:
        player.close()


def _qt(path: Path, index: FrameIndex, pick: int) -> tuple[float, int]:
    player = others.QtPlayer(path)
    try:
        middle = (index.pts(pick) + index.after(pick)) * index.time_base / 2
        seconds, frame = player.seek(middle - index.start * index.time_base)
        return seconds, -1 if frame is None else player.number(frame)
    finally:
        player.close()


def _stand_in(path: Path, index: FrameIndex) -> StandIn:
    """The film's stand-in, made in memory."""
    out = io.BytesIO()
    make_stand_in(path_opener(path), index, out)
    data = out.getvalue()

    def opener() -> BinaryIO:
        return io.BytesIO(data)

    return stand_in(opener, index, look_at(opener).index)


def _first_number(path: Path) -> int:
    """Which number stands in the film's first picture: an edit list cuts off the ones before."""
    with av.open(path) as container:
        return footage.read_number(next(container.decode(video=0)).to_ndarray(format="gray"))


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


def _fail(_number: int, problem: Any) -> None:
    raise problem


def main() -> None:
    """Measure and print."""
    parser = parser_of(__doc__)
    parser.add_argument("--picks", type=int, default=_PICKS, help="how many frames of each film")
    options = parser.parse_args()
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # what the others say of broken references is expected
    report(options, lambda films, work: measure(films, work, options.picks))


if __name__ == "__main__":
    main()
