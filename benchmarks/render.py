"""A small reel made by vigtool and by one filter graph of the ffmpeg command, from the same spans of the same films."""

from __future__ import annotations

import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Final

import av

from benchmarks import footage
from benchmarks.rounds import ratio
from benchmarks.table import Cell, Table
from vigtool.annotate.reel import Caption, Clip, Reel
from vigtool.export.arrangement import Arrangement, arrange
from vigtool.export.cards import caption_lines
from vigtool.export.cut_list import CutList, film_frame, make_cut_list
from vigtool.export.render import Source, render
from vigtool.ids import Id, new_id
from vigtool.player.examine import examine
from vigtool.player.footage import path_opener

_SPANS: Final = ((0, 17, 57), (1, 35, 75), (0, 101, 141), (1, 8, 40))
"""Film, first frame, and the frame after the last: none of them a key frame."""

_WORDS: Final = ("You waited.", "She looked at you.", "You named it.", "And she answered.")
_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be made: the spans, placed, and the films."""

    cuts: CutList
    sources: dict[Id, Source]
    paths: dict[Id, Path]
    form: Arrangement


@dataclass(slots=True)
class _Taken:
    """Seconds of each round, on the wall and of processors."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def measure(films: Path, work: Path) -> Table:
    """Both ways in turns; then what came out of each."""
    job = _job(films)
    ways: dict[str, Callable[[Path], None]] = {"vigtool": lambda target: _ours(job, target)}
    if shutil.which("ffmpeg"):
        ways["ffmpeg command"] = lambda target: _ffmpeg(job, target)
    taken = {name: _Taken() for name in ways}
    for turn in range(_ROUNDS):
        for name in sorted(ways, reverse=bool(turn % 2)):
            _time(ways[name], work / f"{name}.mp4", taken[name])
    rows: list[list[Cell]] = []
    for name, its in taken.items():
        ours = taken["vigtool"]
        values = (median(its.wall), ratio(ours.wall, its.wall), median(its.cpu), ratio(ours.cpu, its.cpu))
        rows.append([name, *values, *_found(job, work / f"{name}.mp4")])
    return Table(
        "Making a reel of four captioned clips",
        (
            *("made by", "wall s", "vigtool / this one", "CPU s", "vigtool / this one, CPU"),
            *("frames (wanted)", "wrong pictures", "picture s", "sound s"),
        ),
        rows,
        [
            "libx264 veryfast, crf 20, yuv420p, aac, the head of the file in front; the same size of picture and band",
            "vigtool also brings the sound to one loudness and reads the finished file through for left-over metadata",
            f"the exact length is {float(job.cuts.duration):.3f} s",
        ],
    )


def _job(films: Path) -> _Job:
    paths = {new_id(): footage.film(films, recipe) for recipe in (footage.SHORT_GOP, footage.UNEVEN)}
    sources: dict[Id, Source] = {}
    for film, path in paths.items():
        facts, index = examine(path)
        sources[film] = Source(path_opener(path), index, facts)
    clips: list[Clip] = []
    for (place, first, after), words in zip(_SPANS, _WORDS, strict=True):
        film = list(paths)[place]
        span = sources[film].index.span(first, after - 1)
        clips.append(Clip(id=new_id(), mark=None, film=film, span=span, captions=(Caption("en", words),)))
    reel = Reel(id=new_id(), family=new_id(), author=new_id(), clips=tuple(clips))
    cuts = make_cut_list(reel, {film: source.index for film, source in sources.items()})
    sizes = [(source.facts.width, source.facts.height) for source in sources.values()]
    form = arrange(sizes, [caption_lines(cut.captions) for cut in cuts.cuts], (1920, 1080))
    return _Job(cuts, sources, paths, form)


def _time(way: Callable[[Path], None], target: Path, taken: _Taken) -> None:
    wall, cpu = time.perf_counter(), _processors()
    way(target)
    taken.wall.append(time.perf_counter() - wall)
    taken.cpu.append(_processors() - cpu)


def _processors() -> float:
    """Seconds of processors that this process and its ended children took."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


def _ours(job: _Job, target: Path) -> None:
    with target.open("w+b") as out:
        render(job.cuts, job.sources, out)


def _ffmpeg(job: _Job, target: Path) -> None:
    """The same spans by trim and concat, each with its caption in the band below."""
    films = list(job.paths)
    words = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y"]
    for path in job.paths.values():
        words += ["-i", str(path)]
    graph = [_clip_graph(job, number, films) for number in range(len(job.cuts.cuts))]
    joined = "".join(f"[v{n}][a{n}]" for n in range(len(graph)))
    graph.append(f"{joined}concat=n={len(graph)}:v=1:a=1[v][a]")
    words += ["-filter_complex", ";".join(graph), "-map", "[v]", "-map", "[a]"]
    words += ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-r", str(job.cuts.rate)]
    words += ["-c:a", "aac", "-ar", "48000", "-movflags", "+faststart", str(target)]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL)


def _clip_graph(job: _Job, number: int, films: list[Id]) -> str:
    """The filters of one clip.

    The second trim is needed: setpts leaves the end of the stream where it was, and fps repeats the last picture up to
    there. With round=up, fps shows the latest picture that is not later, as vigtool does.
    """
    cut = job.cuts.cuts[number]
    facts = job.sources[cut.film].facts
    box = job.form.film_box(facts.width, facts.height)
    film, start, end = films.index(cut.film), float(cut.start), float(cut.end)
    picture = (
        f"[{film}:v]trim=start={start:.6f}:end={end:.6f},setpts=PTS-STARTPTS,"
        f"fps={job.cuts.rate}:round=up,trim=end_frame={cut.out_frames},"
        f"scale={box.width}:{box.height},pad={job.form.width}:{job.form.height}:{box.left}:{box.top}"
    )
    band = box.top + box.height
    text = f"drawtext=text='{cut.captions[0].text}':fontcolor=white:fontsize=44:x=(w-tw)/2:y={band}+(h-{band}-th)/2"
    sound = f"[{film}:a]atrim=start={start:.6f}:end={end:.6f},asetpts=PTS-STARTPTS"
    return f"{picture},{text}[v{number}];{sound}[a{number}]"


def _found(job: _Job, target: Path) -> list[Cell]:
    """Frames, wrong pictures, and the lengths of picture and sound in a finished file."""
    wanted = [
        film_frame(cut, number, job.cuts.rate, job.sources[cut.film].index)
        for cut in job.cuts.cuts
        for number in range(cut.out_first, cut.out_last + 1)
    ]
    box = job.form.film_box(footage.WIDTH, footage.HEIGHT)
    with av.open(target) as container:
        shown = [
            footage.read_number(
                picture.to_ndarray(format="gray")[box.top : box.top + box.height, box.left : box.left + box.width]
            )
            for picture in container.decode(video=0)
        ]
        lengths = [
            float((stream.duration or 0) * (stream.time_base or Fraction(0)))
            for stream in (container.streams.video[0], container.streams.audio[0])
        ]
    wrong = sum(one != other for one, other in zip(wanted, shown, strict=False)) + abs(len(wanted) - len(shown))
    return [f"{len(shown)} ({len(wanted)})", wrong, *(f"{length:.3f}" for length in lengths)]
