"""How far sound and picture are apart, and whether they drift: flashes and beeps through a real sound server.

A film flashes and beeps at every whole second. It is played in a window of the program (off the screen) whose sound
goes to a null sink of a PulseAudio server of its own. When a flash was painted is noted where it is painted, from the
pixels; when a beep was played is heard at the sink's monitor (`benchmarks.ear`). Both by the computer's monotonic
clock, and the null sink plays by that same clock. What lies between the program and the sink, 10 to 20 ms of buffers
of the sound server which no program is told of, is part of what is measured, as a listener would hear it; what a
screen needs to show a painted picture is not.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from pathlib import Path
from shutil import which
from typing import Final

import av
import numpy as np
from numpy.typing import NDArray

if not __package__:  # run as a script
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.table import Cell, Table

FRAMES_A_SECOND: Final = 30
_WIDTH, _HEIGHT = 640, 360
_FLASH: Final = 6  # frames; the first one of them that is painted counts
_RATE: Final = 48_000
_SINK: Final = "vigtool"
_RUNS: Final = ((Fraction(1), Fraction(1)), (Fraction(1, 2), Fraction(1, 2)))  # speed, part of the minutes
_FARTHEST: Final = 0.4
_FIRST: Final = ("chrt", "--rr", "1") if which("chrt") and hasattr(os, "geteuid") and os.geteuid() == 0 else ()
"""Where that is allowed what is measured goes before everything else: other work of the machine is not the question."""
_COLUMNS: Final = (
    "speed", "minutes", "flashes", "without a beep", "median ms", "p95 of the distance ms", "farthest ms",
    "drift ms/min", "one frame ms",
)  # fmt: skip


def measure(_films: Path, folder: Path, minutes: float = 1.0) -> Table:
    """The table, with the film made in `folder`."""
    rows: list[Sequence[Cell]] = []
    with _surroundings(folder) as surroundings:
        for speed, part in _RUNS:
            real = minutes * float(part)
            film = folder / f"flashes-{speed.denominator}.mp4"
            make_film(film, int(real * 60 * float(speed)) + 2)
            rows.append(_row(speed, real, *_run(film, speed, real * 60, surroundings)))
    notes = (
        "positive: the picture comes later than its sound; a screen adds its own delay to that",
        "the buffers of the sound server are in it; the picture is timed when it is painted, beeps when the sink plays",
        "window, sound server and listener at real-time priority, as sound servers have it"
        if _FIRST
        else "at common priority",
        f"{os.cpu_count()} processors, load {os.getloadavg()[1]:.1f} over the last five minutes",
    )
    return Table("Sound and picture, flashes and beeps through a PulseAudio null sink", _COLUMNS, rows, notes)


def make_film(target: Path, seconds: int) -> None:
    """A film that is white for six frames, and beeps for a tenth of a second, at every whole second."""
    if target.exists():
        return
    with av.open(target, "w", format="mp4") as container:
        picture = container.add_stream("libx264", rate=FRAMES_A_SECOND, options={"preset": "ultrafast", "g": "60"})
        picture.width, picture.height, picture.pix_fmt = _WIDTH, _HEIGHT, "yuv420p"
        sound = container.add_stream("aac", rate=_RATE)
        sound.codec_context.layout = "mono"
        when = np.arange(_RATE)
        beep = np.where(when < _RATE // 10, 0.6 * np.sin(2 * np.pi * 1000 * when / _RATE), 0).astype(np.float32)
        place, waiting = 0, np.zeros(0, np.float32)
        for second in range(seconds):
            for number in range(FRAMES_A_SECOND):
                grey = np.full((_HEIGHT * 3 // 2, _WIDTH), 128, np.uint8)
                grey[:_HEIGHT] = 235 if number < _FLASH else 30
                frame = av.VideoFrame.from_ndarray(grey, format="yuv420p")
                frame.pts, frame.time_base = second * FRAMES_A_SECOND + number, Fraction(1, FRAMES_A_SECOND)
                container.mux(picture.encode(frame))
            waiting = np.concatenate([waiting, beep])
            while len(waiting) >= 1024:
                block = av.AudioFrame.from_ndarray(waiting[None, :1024].copy(), format="fltp", layout="mono")
                block.sample_rate, block.pts, block.time_base = _RATE, place, Fraction(1, _RATE)
                container.mux(sound.encode(block))
                place, waiting = place + 1024, waiting[1024:]
        container.mux(picture.encode(None))
        container.mux(sound.encode(None))


def matched(flashes: Sequence[float], beeps: Sequence[float]) -> tuple[list[float], list[float], int]:
    """Seconds of each flash that has a beep, how much later it came than that, and how many have none."""
    when, apart = [], []
    heard = np.array(beeps)
    for flash in flashes:
        nearest = float(heard[np.abs(heard - flash).argmin()]) if len(heard) else np.inf
        if abs(flash - nearest) < _FARTHEST:
            when.append(flash)
            apart.append(flash - nearest)
    return when, apart, len(flashes) - len(when)


def drift(when: NDArray[np.float64], offsets: NDArray[np.float64]) -> float:
    """How much `offsets` grow in one unit of `when`: the middle of all slopes between two of them that lie apart.

    P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", 1968; single stumbles do not bend it.
    """
    first, second = np.triu_indices(len(when), 1)
    apart = when[second] - when[first]
    far = apart > (when[-1] - when[0]) / 10
    return float(np.median((offsets[second] - offsets[first])[far] / apart[far]))


def _row(speed: Fraction, minutes: float, flashes: Sequence[float], beeps: Sequence[float]) -> Sequence[Cell]:
    when, apart, alone = matched(flashes, beeps)
    offsets = np.array(apart) * 1000
    if len(offsets) < 3:
        return (f"{float(speed):g}", minutes, len(flashes), alone, None, None, None, None, None)
    slope = drift(np.array(when) / 60, offsets)
    frame = 1000 / FRAMES_A_SECOND / float(speed)
    return (
        f"{float(speed):g}", minutes, len(flashes), alone, float(np.median(offsets)),
        float(np.percentile(np.abs(offsets), 95)), float(np.abs(offsets).max()), slope, frame,
    )  # fmt: skip


@contextmanager
def _surroundings(folder: Path) -> Iterator[dict[str, str]]:
    """A sound server of its own with one null sink; the environment in which programs play there."""
    run = folder / "run"
    run.mkdir(mode=0o700, exist_ok=True)
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PULSE_")}
    surroundings |= {"XDG_RUNTIME_DIR": str(run), "HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    server = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "-L", "module-native-protocol-unix",
         "-L", f"module-null-sink sink_name={_SINK} rate={_RATE}"],
        env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(100):
            if (run / "pulse" / "native").exists():
                break
            time.sleep(0.1)
        if _FIRST:  # only now: it sets its own priority while it starts
            subprocess.run(["chrt", "--all-tasks", "--rr", "--pid", "1", str(server.pid)], check=True)
        yield surroundings
    finally:
        server.terminate()
        server.wait()


def _run(film: Path, speed: Fraction, seconds: float, surroundings: dict[str, str]) -> tuple[list[float], list[float]]:
    """When flashes were painted and beeps played, while the film plays for so many seconds."""
    root = Path(__file__).resolve().parent.parent
    surroundings = {**surroundings, "PYTHONPATH": str(root)}
    with ExitStack() as stack:
        ear = subprocess.Popen(
            [*_FIRST, sys.executable, "-m", "benchmarks.ear", f"{_SINK}.monitor"],
            env=surroundings, cwd=root, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        stack.callback(ear.wait)
        stack.callback(ear.terminate)
        time.sleep(3)  # until the answers about its delay have settled
        played = subprocess.run(
            [*_FIRST, sys.executable, "-m", "benchmarks.eye", str(film), str(speed), str(seconds)],
            env=surroundings, cwd=root, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        ear.terminate()
        heard = ear.communicate()[0]
    return [float(line) for line in played.stdout.split()], [float(line) for line in heard.split()]


def main() -> None:
    """Measure for so many minutes, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of Markdown")
    parser.add_argument("--minutes", type=float, default=10, help="at 1.0; half of it at 0.5")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vigtool-sync-") as folder:
        table = measure(Path(folder), Path(folder), options.minutes)
    print(json.dumps(table.json(), indent=2) if options.json else table.markdown())


if __name__ == "__main__":
    main()
