"""A film of two hours in the vault: what its first opening makes, and what the second finds, with peak memory.

`python -m benchmarks openings`, or `python benchmarks/openings.py [--json] [--seconds N]`.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import long_film
from benchmarks.script import parser_of, report
from benchmarks.table import Cell, Table
from vigtool.crypto.passphrase import LEAST_COST
from vigtool.player.frame import fitted
from vigtool.player.frame_reader import FrameReader
from vigtool.player.thumbnails import make_strip
from vigtool.player.waveform import peaks
from vigtool.practice import kept
from vigtool.practice.families import add_family
from vigtool.practice.films import FilmWords, OpenFilm, bring_in, open_film
from vigtool.vault.vault import Vault

_WORDS: Final = "a passphrase for a benchmark"
_SECONDS: Final = 7200
_VIEW: Final = (1280, 720)
Times = dict[str, float]


def measure(films: Path, work: Path, seconds: int = _SECONDS) -> Table:
    """Each opening in a process of its own, so that its peak memory is its own."""
    path, vault = long_film.film(films, seconds), work / "openings"
    rows: list[list[Cell]] = []
    frames = 0
    for turn in STEPS:
        told = _run(turn, vault, path)
        frames = frames or told["frames"]
        peak = told["peak"]
        rows += [[turn, what, taken["wall"], taken["processor"], peak] for what, taken in told["times"].items()]
    return Table(
        f"A film of {seconds // 60} minutes and {frames} frames, {path.stat().st_size >> 20} MB, opened from the vault",
        ("when", "what", "seconds", "processor seconds", "peak MB of the process"),
        rows,
        [
            "the load of the machine was " + ", ".join(f"{load:.1f}" for load in os.getloadavg()),
            "“ready to step” is all from a click on the film to its first picture; the vault is open already",
            "the passphrase is stretched at the least cost; a real one takes half a second on purpose",
        ],
    )


def _run(turn: str, vault: Path, film: Path) -> dict[str, Any]:
    words = [sys.executable, str(Path(__file__).resolve()), "--turn", turn, "--vault", str(vault), "--film", str(film)]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


class _Watch:
    """Takes the time of one thing after the other."""

    def __init__(self) -> None:
        self.times: dict[str, Times] = {}

    def take(self, what: str, act: Callable[[], Any]) -> Any:
        """Do it, and note how long it took, children included."""
        wall, processor = time.perf_counter(), _processor()
        made = act()
        self.times[what] = {
            "wall": round(time.perf_counter() - wall, 3),
            "processor": round(_processor() - processor, 3),
        }
        return made


def _processor() -> float:
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def _bring_in(watch: _Watch, vault: Vault, film: Path) -> OpenFilm:
    family = add_family(vault, name="Benchmark", on=date(2026, 1, 1)).family.id
    made = watch.take("looked at, sealed, read back", lambda: bring_in(vault, film, family, FilmWords()))
    return open_film(vault, made.id)


def _first(watch: _Watch, vault: Vault, _film: Path) -> OpenFilm:
    opened: OpenFilm = watch.take("film and frame index", lambda: _only_film(vault))
    watch.take("first frame", lambda: _show(opened, 0))
    found = watch.take("sound drawn small: made", lambda: peaks(opened.opener, opened.index))
    watch.take("sound drawn small: kept", lambda: kept.keep_peaks(vault, opened.film.id, opened.index, found))
    strip = watch.take("small pictures: made", lambda: make_strip(opened.opener, opened.index))
    watch.take("small pictures: kept", lambda: kept.keep_strip(vault, opened.film.id, opened.index, strip))
    return opened


def _second(watch: _Watch, vault: Vault, _film: Path) -> OpenFilm:
    began, used = time.perf_counter(), _processor()
    opened: OpenFilm = watch.take("film and frame index", lambda: _only_film(vault))
    film, index = opened.film.id, opened.index
    watch.take("sound drawn small", lambda: kept.kept_peaks(vault, film, index))
    strip = watch.take("small pictures", lambda: kept.kept_strip(vault, film, index))
    watch.take("small pictures unpacked", lambda: [strip.pixels(number) for number in strip.numbers])
    watch.take("first frame", lambda: _show(opened, 0))
    wall, processor = time.perf_counter() - began, _processor() - used
    watch.times["ready to step"] = {"wall": round(wall, 3), "processor": round(processor, 3)}
    watch.take("a frame in the middle", lambda: _show(opened, index.frames // 2))
    return opened


def _only_film(vault: Vault) -> OpenFilm:
    from vigtool.casework.film import Film

    return open_film(vault, vault.all(Film)[0].id)


def _show(opened: OpenFilm, number: int) -> None:
    picture = opened.index.picture
    with FrameReader(opened.opener, opened.index) as reader:
        reader.get(number).bgra(*fitted(picture.width, picture.height, *_VIEW))


STEPS: Final[dict[str, Callable[[_Watch, Vault, Path], OpenFilm]]] = {
    "brought in": _bring_in,
    "first opening": _first,
    "second opening": _second,
}


def _turn(name: str, folder: Path, film: Path) -> dict[str, Any]:
    """One opening, in this process."""
    watch = _Watch()
    if folder.exists():
        vault: Vault = watch.take("the vault unlocked", lambda: Vault.open(folder, _WORDS))
    else:
        vault = Vault.create(folder, _WORDS, cost=LEAST_COST)
    with vault:
        opened = STEPS[name](watch, vault, film)
        frames = opened.index.frames
    return {"times": watch.times, "peak": _peak(), "frames": frames}


def _peak() -> int:
    """Most memory that this process took, MB. What `getrusage` says begins with that of the process that began it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) >> 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def main() -> None:
    """Measure and print; or, in a process of its own, one opening."""
    parser = parser_of(__doc__)
    parser.add_argument("--seconds", type=int, default=_SECONDS, help="how long the film is; two hours unless told")
    for name in ("--turn", "--vault", "--film"):
        parser.add_argument(name, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.turn is not None:
        print(json.dumps(_turn(options.turn, Path(options.vault), Path(options.film))))
        return
    report(options, lambda films, work: measure(films, work, options.seconds))


if __name__ == "__main__":
    main()
