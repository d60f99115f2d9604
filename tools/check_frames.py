"""Hold frames read by number against the frames that the `ffmpeg` command shows.

    python tools/check_frames.py FOLDER [FFMPEG]

For every film of the folder: frame N is first, last, both neighbours of every keyframe up to the 40th, and ten at
random, asked for in random order, each with a reader that has just been somewhere else. It must equal the Nth frame
of `ffmpeg -vsync 0`: the same luma bytes (Adler-32), the same timestamp, and standing the same way up, which is
compared on small grey pictures turned by ffmpeg itself. Codecs whose decoders may round differently, and damaged
films, have no equal bytes: there the frame must be nearest to the Nth of the five around it (`near` counts those).
A film whose neighbouring frames look alike is told apart by timestamps alone; `apart` counts the frames that the luma
tells apart from both neighbours.
Ends with 1 if anything was wrong.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from vigtool.errors import VigtoolError
from vigtool.player.examine import examine
from vigtool.player.footage import path_opener
from vigtool.player.frame import Frame
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader

SMALL = 96
ALIKE = 0.75


@dataclass
class Shown:
    """What ffmpeg shows: a checksum of the luma and a timestamp for each frame."""

    luma: list[int]
    pts: list[int]


def shown_by(ffmpeg: str, film: Path, stream: int) -> Shown:
    """Every frame, not turned."""
    words = ["-v", "info", "-nostdin", "-copyts", "-noautorotate", "-i", str(film), "-map", f"0:{stream}"]
    words += ["-vf", "showinfo=checksum=0,extractplanes=y", "-vsync", "0", "-f", "framecrc", "-"]
    run = subprocess.run([ffmpeg, *words], capture_output=True, check=False)
    rows = [line.split(",") for line in run.stdout.decode().splitlines() if not line.startswith("#")]
    stamps = re.findall(r"Parsed_showinfo.*? n: *\d+ pts: *(-?\d+)", run.stderr.decode(errors="replace"))
    return Shown([int(row[5].strip(), 16) for row in rows], [int(stamp) for stamp in stamps])


def upright_by(ffmpeg: str, film: Path, stream: int, numbers: list[int]) -> list[NDArray[np.uint8]]:
    """Some frames, turned as ffmpeg turns them, small and grey."""
    chosen = "+".join(f"eq(n\\,{number})" for number in numbers)
    words = ["-v", "error", "-nostdin", "-i", str(film), "-map", f"0:{stream}"]
    words += ["-vf", f"select={chosen},scale={SMALL}:{SMALL}:flags=area,format=gray"]
    words += ["-vsync", "0", "-f", "rawvideo", "-"]
    raw = subprocess.run([ffmpeg, *words], capture_output=True, check=False).stdout
    return list(np.frombuffer(raw, np.uint8).reshape(-1, SMALL, SMALL))


def luma_sum(picture: av.VideoFrame) -> int:
    """Adler-32, begun at 0 as ffmpeg does, of the luma as it was decoded."""
    plane = picture.planes[0]
    wide = plane.width * (2 if picture.format.components[0].bits > 8 else 1)
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height, :wide]
    return zlib.adler32(rows.tobytes(), 0)


def stands_as(frame: Frame, reference: NDArray[np.uint8]) -> bool:
    """Whether it stands the same way up: more like it so than in any other of the eight ways."""
    grey = frame.bgra(SMALL, SMALL)[..., :3] @ np.array([0.114, 0.587, 0.299])
    turned = [np.rot90(side, turns) for side in (grey, grey[:, ::-1]) for turns in range(4)]
    alike = [likeness(way, reference) for way in turned]
    return bool(alike[0] >= ALIKE and alike[0] >= max(alike) - 1e-9) or float(np.std(grey)) < 1


def nearest(ffmpeg: str, film: Path, frame: Frame, index: FrameIndex) -> bool:
    """Whether it is nearer to ffmpeg's frame of its number than to any of the four around that one."""
    around = [number for number in range(frame.number - 2, frame.number + 3) if 0 <= number < index.frames]
    grey = frame.bgra(SMALL, SMALL)[..., :3] @ np.array([0.114, 0.587, 0.299])
    shown = upright_by(ffmpeg, film, index.picture.stream, around)
    far = {number: float(np.abs(grey - picture).mean()) for number, picture in zip(around, shown, strict=False)}
    return far.get(frame.number, 1e9) <= min(far.values())


def likeness(one: NDArray[np.float64], other: NDArray[np.uint8]) -> float:
    """Correlation of two pictures."""
    first, second = one - one.mean(), other - float(other.mean())
    return float((first * second).sum() / max(1e-9, np.sqrt((first**2).sum() * (second**2).sum())))


def wanted(index: FrameIndex, dice: np.random.Generator) -> list[int]:
    """The frames to ask for."""
    keys = {number for pts in index.keys.pts.tolist() if (number := index.number_of(pts)) is not None}
    near = {number + step for number in sorted(keys)[:40] for step in (-1, 0, 1)}
    near |= {0, index.frames - 1, *(int(dice.integers(index.frames)) for _ in range(10))}
    chosen = sorted(number for number in near if 0 <= number < index.frames)
    dice.shuffle(chosen)
    return chosen


def check(ffmpeg: str, film: Path, dice: np.random.Generator) -> bool:
    """One film; whether all was right."""
    _, index = examine(film)
    stream = index.picture.stream
    shown = shown_by(ffmpeg, film, stream)
    numbers = wanted(index, dice)
    sample = sorted({0, index.frames // 2, index.frames - 1})
    turned = dict(zip(sample, upright_by(ffmpeg, film, stream, sample), strict=False))
    wrong: list[int] = []
    off: list[int] = []
    near = apart = 0
    costs: list[int] = []
    fallen: list[int] = []
    with FrameReader(path_opener(film), index) as reader:
        for number in numbers:
            before = reader.packets_decoded
            frame = reader.get(number)
            costs.append(reader.packets_decoded - before)
            if number >= len(shown.luma) or luma_sum(frame.picture) != shown.luma[number]:
                fits = nearest(ffmpeg, film, frame, index)
                near, wrong = near + fits, wrong + [number] * (not fits)
            off += [number] if shown.pts[number : number + 1] != [frame.pts] else []
            beside = shown.luma[max(0, number - 1) : number + 2]
            apart += len(set(beside)) == len(beside)
        fallen = [number for number in sample if not stands_as(reader.get(number), turned[number])]
    same = index.frames == len(shown.luma)
    fine = same and not wrong and not off and not fallen
    group = int(np.diff([*np.searchsorted(index.shown, index.keys.pts), index.frames]).max())
    print(
        f"{film.name:30} {index.frames:6} {len(shown.luma):6} {len(numbers):5} {len(wrong):5} {near:4} {len(off):4} "
        f"{len(fallen):6} {apart:5} {np.mean(costs):7.1f} {max(costs):4} {group:5}  {'ok' if fine else 'WRONG'}",
        *([wrong[:8], off[:8]] if not fine else []),
        flush=True,
    )
    return fine


def main() -> int:
    """Every film of the folder that can be opened."""
    ffmpeg = sys.argv[2] if len(sys.argv) > 2 else "ffmpeg"
    dice = np.random.default_rng(20)
    print(f"{'film':30} frames ffmpeg asked wrong near time turned apart packets/seek most group")
    results = []
    for film in sorted(Path(sys.argv[1]).iterdir()):
        try:
            results.append(check(ffmpeg, film, dice))
        except VigtoolError as error:
            print(f"{film.name:30} {error.name}")
    print(f"{len(results)} films, {results.count(False)} wrong")
    return int(False in results or not results)


if __name__ == "__main__":
    sys.exit(main())
