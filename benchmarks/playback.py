"""Playing for a minute: frames shown and dropped, how late they came, and what it took beside decoding alone.

The Film room's own playback draws into its own picture, offscreen at 1280 x 720; beside it ffmpeg decodes the same
minute of the same file and throws it away. Each runs in a process of its own, one after the other. A film that is too
heavy for two cores is played from its stand-in, as in the room.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import quantiles
from typing import Any, Final, cast

if __name__ == "__main__":  # a script finds its own folder only
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import footage
from benchmarks.repeating import repeat_picture
from benchmarks.script import parser_of, report
from benchmarks.table import Cell, Table
from vigtool.player.footage import Opener, path_opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.look import look_at
from vigtool.player.stand_in import StandIn, make_stand_in, stand_in
from vigtool.practice.families import add_family
from vigtool.practice.films import FilmWords, bring_in, open_film
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault

_SECONDS: Final = 60
_VIEW: Final = (1280, 720)
_WORDS: Final = "a passphrase for a benchmark"
_BASE: Final = 90_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A film that is played.

    Attributes:
        name: for the table.
        recipe: of the short film whose packets are repeated.
        is_heavy: whether it is played from its stand-in.
    """

    name: str
    recipe: footage.Recipe
    is_heavy: bool = False


KINDS: Final = (
    Kind(name="1080p30", recipe=footage.Recipe(name="play-30.mp4", frames=300, gop=30)),
    Kind(name="1080p60", recipe=footage.Recipe(name="play-60.mp4", frames=300, gop=60, steps=(1500,))),
    Kind(
        name="4K HEVC 10 bit, from its stand-in",
        recipe=footage.Recipe(
            name="play-4k.mp4", frames=60, gop=30, codec="libx265", pixels="yuv420p10le", width=3840, height=2160
        ),
        is_heavy=True,
    ),
)


def measure(films: Path, work: Path, seconds: int = _SECONDS) -> Table:
    """Every film, from a plain file and from the vault."""
    rows: list[list[Cell]] = []
    for kind in KINDS:
        path = long_film(films, kind, seconds)
        bare = _bare(path, seconds)
        plain = _played("plain", path, kind, seconds, work)
        sealed = _played("vault", path, kind, seconds, work)
        for name, found in (("plain file", plain), ("vault", sealed)):
            rows.append(_row(kind.name, name, found, bare, plain["processor"]))
    return Table(
        f"Playing for {seconds} seconds",
        (
            "film",
            "from",
            "frames",
            "shown",
            "dropped",
            "wrong",
            "late p95 ms",
            "processor s/s",
            "of bare decode",
            "of plain",
            "process MiB",
        ),
        rows,
        [
            f"in a view of {_VIEW[0]} x {_VIEW[1]}, drawn offscreen by the Film room's picture; wall clock, no sound",
            "“late”: from the moment a frame was due to its being drawn",
            "“of bare decode”: processor time against `ffmpeg -i film -f null -` of the same minute",
        ],
    )


def long_film(folder: Path, kind: Kind, seconds: int) -> Path:
    """The short film's packets again and again, so long; made where it is not there yet."""
    target = folder / f"{seconds}-{kind.recipe.name}"
    if not target.exists():
        frames, frame = kind.recipe.frames, kind.recipe.steps[0] * Fraction(1, _BASE)
        repeat_picture(footage.film(folder, kind.recipe), target, frames, frame, int(seconds / (frames * frame)))
    return target


def _row(film: str, way: str, found: dict[str, float], bare: float | None, plain: float) -> list[Cell]:
    return [
        film,
        way,
        *(int(found[name]) for name in ("frames", "shown", "dropped", "wrong")),
        1000 * found["late"],
        found["processor"],
        None if bare is None else found["processor"] / bare,
        found["processor"] / plain,
        int(found["process"]),
    ]


def _bare(path: Path, seconds: int) -> float | None:
    """Processor seconds that ffmpeg takes to decode a second of the film; none where it is not installed."""
    program = shutil.which("ffmpeg")
    if program is None:
        return None
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [program, "-v", "error", "-t", str(seconds), "-i", str(path), "-map", "0:v", "-f", "null", "-"]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / seconds


def _played(way: str, path: Path, kind: Kind, seconds: int, work: Path) -> dict[str, float]:
    order = {"way": way, "film": str(path), "heavy": kind.is_heavy, "seconds": seconds, "work": str(work)}
    order |= {"numbers": kind.recipe.frames}
    paper = work / "play.json"
    paper.write_text(json.dumps(order))
    said = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "--order", str(paper)], check=True, capture_output=True
    )
    return cast("dict[str, float]", json.loads(said.stdout))


@contextmanager
def _opened(order: dict[str, Any]) -> Iterator[tuple[Opener, FrameIndex]]:
    """The film, plain or from a vault of its own."""
    path = Path(order["film"])
    if order["way"] == "plain":
        yield path_opener(path), look_at(path_opener(path)).index
        return
    folder = Path(order["work"]) / f"vault-{path.stem}"
    with Vault.create(folder, _WORDS, cost=LEAST_COST) as vault:
        family = add_family(vault, name="Benchmark", on=date(2026, 1, 1)).family.id
        kept = open_film(vault, bring_in(vault, path, family, FilmWords()).id)
        yield kept.opener, kept.index
    shutil.rmtree(folder)


def _stand_in(order: dict[str, Any], opener: Opener, index: FrameIndex) -> StandIn | None:
    """The film's stand-in, made once."""
    if not order["heavy"]:
        return None
    path = Path(order["film"]).with_suffix(".stand-in.mp4")
    if not path.exists():
        with path.open("wb") as out:
            make_stand_in(opener, index, out)
    return stand_in(path_opener(path), index, look_at(path_opener(path)).index)


def play(order: dict[str, Any]) -> dict[str, float]:
    """Play the film once; what came of it."""
    with _opened(order) as (opener, index):
        return _watch(order, opener, index, _stand_in(order, opener, index))


def _watch(order: dict[str, Any], opener: Opener, index: FrameIndex, small: StandIn | None) -> dict[str, float]:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from vigtool.ui.film.picture_view import PictureView
    from vigtool.ui.film.playback import Playback

    application = QApplication.instance() or QApplication([])
    view = PictureView()
    view.resize(*_VIEW)
    view.show()
    playback = Playback(opener, index, has_sound=False)
    seen = _Seen(order["numbers"])

    def show(number: int, tick: int) -> None:
        picture = playback.picture
        if picture is None:
            return
        view.show_picture(picture.pixels)
        if playback.is_playing:
            seen.take(number, float((playback.tick - tick) * index.time_base), picture.pixels)

    playback.frame_shown.connect(show)
    playback.use_stand_in(small)
    playback.set_box(*_VIEW)
    QTimer.singleShot(2000, playback.play)
    playback.state_changed.connect(lambda: application.quit() if seen.numbers and not playback.is_playing else None)
    QTimer.singleShot(2000, seen.begin)
    QTimer.singleShot(2000 + 1000 * order["seconds"] + 5000, application.quit)
    application.exec()
    found = seen.judged(index.frames)
    playback.close()
    return found


class _Seen:
    """What the eyes got."""

    def __init__(self, numbers: int) -> None:
        self._period = numbers
        self.numbers: list[int] = []
        self.late: list[float] = []
        self.wrong = 0
        self._began = (0.0, 0.0)

    def begin(self) -> None:
        """Playing begins now."""
        self._began = (_processor(), time.perf_counter())

    def take(self, number: int, late: float, pixels: Any) -> None:
        """A picture was drawn, so many seconds after it was due."""
        self.numbers.append(number)
        self.late.append(late)
        if len(self.numbers) % 30 == 0:  # reading is not part of what is measured: every second is enough
            self.wrong += footage.read_number(pixels[..., 1]) != number % self._period

    def judged(self, frames: int) -> dict[str, float]:
        """Frames, times and the processor, from the first to the last picture."""
        worked, seconds = _processor() - self._began[0], time.perf_counter() - self._began[1]
        shown = len(set(self.numbers))
        return {
            "frames": frames,
            "shown": shown,
            "dropped": frames - 1 - shown if shown else frames,  # the first was there before it played
            "wrong": self.wrong,
            "late": quantiles(self.late, n=20)[18],
            "processor": worked / seconds,
            "process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
        }


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print; or, in a process of its own, play one film."""
    parser = parser_of(__doc__)
    parser.add_argument("--seconds", type=int, default=_SECONDS, help="of each film, for a quick look (tens)")
    parser.add_argument("--order", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if options.order is not None:
        print(json.dumps(play(json.loads(options.order.read_text()))))
        return
    report(options, lambda films, work: measure(films, work, options.seconds))


if __name__ == "__main__":
    main()
