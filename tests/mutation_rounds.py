"""Bring spoilt films in as the window would, and count what comes of it.

First look in the child process; then, with what it let through, everything that the window does, in a process that
stands in for the window. That process must never die and never hang; if it does, it is counted and started anew.
"""

from __future__ import annotations

import json
import os
import queue
import resource
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mutations import spoilt
from vigtool.errors import FilmUnreadable, VigtoolError
from vigtool.player.examine import examine

ROOT = Path(__file__).parent.parent
WORKER = Path(__file__).parent / "soak" / "window_worker.py"
LONGEST = 10.0
GIVEN_UP = 120.0


@dataclass
class Round:
    """What came of one film.

    Attributes:
        seed, name, blows: which film.
        look: how the first look ended.
        outcomes: what the window's process met, by name; empty where it was not let in.
        seconds: of the first look, and of the slowest step in the window's process.
        memory: the most that the window's process held so far, KiB.
    """

    seed: int
    name: str
    blows: tuple[str, ...]
    look: str = ""
    outcomes: dict[str, int] = field(default_factory=dict)
    seconds: tuple[float, float] = (0.0, 0.0)
    memory: int = 0
    crashed: bool = False

    @property
    def faults(self) -> list[str]:
        """Errors without a name."""
        return [outcome for outcome in (self.look, *self.outcomes) if outcome.startswith("FAULT")]

    @property
    def hung(self) -> bool:
        """Whether any step took longer than is borne."""
        return max(self.seconds) > LONGEST


class Window:
    """The process that stands in for the window; it is started when it is needed, and again when it died."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.last_words = folder / "last words"

    def use(self, film: Path, index: Path) -> dict[str, Any] | None:
        """What it says; nothing where it died or never answered."""
        process = self._running()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps([str(film), str(index)]) + "\n")
            process.stdin.flush()
            line = self._lines.get(timeout=GIVEN_UP)
        except (BrokenPipeError, queue.Empty):
            line = None
        if line is None:
            self.close(kill=True)
            return None
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self, *, kill: bool = False) -> None:
        """End it; where it hangs, it writes down where before it dies."""
        if self._process is None:
            return
        process, self._process = self._process, None
        assert process.stdin is not None
        assert process.stdout is not None
        if kill and process.poll() is None:
            process.send_signal(signal.SIGABRT)
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.wait(60)
        process.stdout.close()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._lines = queue.Queue()
            with self.last_words.open("ab") as words:
                self._process = subprocess.Popen(
                    [sys.executable, str(WORKER)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=words,
                    text=True,
                    env={**os.environ, "PYTHONPATH": str(ROOT)},
                )
            threading.Thread(target=self._listen, args=(self._process, self._lines), daemon=True).start()
        return self._process

    @staticmethod
    def _listen(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.put(line)
        lines.put(None)


def one(seed: int, folder: Path, window: Window) -> Round:
    """One film, both stages."""
    made = spoilt(seed)
    told = Round(seed, made.name, made.blows)
    film, kept = folder / "film", folder / "index"
    film.write_bytes(made.data)
    began = time.monotonic()
    try:
        facts, index = examine(film)
    except FilmUnreadable as problem:
        told.look = f"{problem.name} (the child process fell over)"
    except VigtoolError as problem:
        told.look = f"{problem.name}: {problem.message}"
    except Exception as problem:  # noqa: BLE001 - what is searched for
        told.look = f"FAULT first look: {problem!r}"
    else:
        told.look = "let in, damage is told of" if facts.damage else "let in as whole"
        kept.write_bytes(index.to_bytes())
    told.seconds = (time.monotonic() - began, 0.0)
    if not told.look.startswith("let in"):
        return told
    answer = window.use(film, kept)
    if answer is None:
        told.crashed = True
        return told
    told.outcomes, told.memory = answer["outcomes"], answer["memory"]
    told.seconds = (told.seconds[0], answer["slowest"][1])
    return told


def rounds(
    seeds: Iterable[int], folder: Path, workers: int = 2, tell: Callable[[Round], None] = lambda _told: None
) -> list[Round]:
    """All of them, on so many threads, each with a window of its own."""
    waiting: queue.SimpleQueue[int | None] = queue.SimpleQueue()
    for seed in (*seeds, *[None] * workers):
        waiting.put(seed)

    def work(number: int) -> list[Round]:
        own = folder / f"worker {number}"
        own.mkdir()
        window = Window(own)
        done = []
        while (seed := waiting.get()) is not None:
            done.append(one(seed, own, window))
            tell(done[-1])
        window.close()
        return done

    with ThreadPoolExecutor(workers) as pool:
        found = [told for part in pool.map(work, range(workers)) for told in part]
    return sorted(found, key=lambda told: told.seed)


def table(found: list[Round]) -> list[str]:
    """What came of them, as lines."""
    lines = [f"{len(found)} films"]
    lines += [f"  {count:5d}  {look}" for look, count in Counter(told.look for told in found).most_common()]
    let_in = [told for told in found if told.look.startswith("let in")]
    lines.append(f"{len(let_in)} were used as the window uses films")
    met = Counter(name for told in let_in for name in told.outcomes if not name.endswith(": done"))
    lines += [f"  {count:5d}  {name}" for name, count in met.most_common()]
    crashed = [told.seed for told in found if told.crashed]
    hung = [told.seed for told in found if told.hung]
    faults = [told.seed for told in found if told.faults]
    slowest = [max(found, key=lambda told: told.seconds[stage]) for stage in (0, 1)]
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    lines += [
        f"window's process died: {len(crashed)} {crashed or ''}",
        f"over {LONGEST:.0f} s: {len(hung)} {hung or ''}",
        f"errors without a name: {len(faults)} {faults or ''}",
        (
            f"slowest first look {slowest[0].seconds[0]:.1f} s ({slowest[0].seed}), "
            f"slowest step in the window {slowest[1].seconds[1]:.1f} s ({slowest[1].seed})"
        ),
        (
            f"most memory: {max((told.memory for told in found), default=0) // 1024} MiB in the window's process, "
            f"{child // 1024} MiB in any child process"
        ),
    ]
    return lines
