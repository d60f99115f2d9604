"""Drives `soak_zygote`, alone or under strace."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from soak_ground import STRETCHED, Ground

ZYGOTE = Path(__file__).parent / "soak_zygote.py"


def _tracer() -> str | None:
    """Where strace is, if it may be used: some containers forbid it."""
    found = shutil.which("strace")
    tried = [found, "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "true"] if found else ["false"]
    return found if subprocess.run(tried, capture_output=True, check=False).returncode == 0 else None


STRACE = _tracer()
PATIENCE = 300.0


@dataclass
class Run:
    """What one child said and how it ended.

    Attributes:
        pid: its number; `handle` stands for it and for no later process of the same number.
        said: what it acknowledged.
        error: the name of the error it ended with; empty where there was none.
        bug: an error without a name.
        done: whether it came to its end.
        status: as the system tells it.
    """

    pid: int = 0
    handle: int = -1
    said: list[str] = field(default_factory=list)
    error: str = ""
    bug: str = ""
    done: bool = False
    status: int = 0


class Zygote:
    """A running worker."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: queue.Queue[str] = queue.Queue()
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.strip())

    def begin(self, flow: str, ground: Ground, *, skip: Mapping[str, int] | None = None, plant: str = "") -> Run:
        """Let a child begin."""
        asked: dict[str, Any] = {"flow": flow, "root": str(ground.root), "skip": dict(skip or {}), "plant": plant}
        asked["stretched"] = STRETCHED
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        run = Run()
        while not run.pid:
            self._take(run, self._lines.get(timeout=PATIENCE))
        return run

    def kill(self, run: Run) -> None:
        """As a battery that dies does, but for what the system still holds in memory."""
        if run.handle >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(run.handle, signal.SIGKILL)

    def end(self, run: Run) -> Run:
        """Wait for its end."""
        while not self._take(run, self._lines.get(timeout=PATIENCE)):
            pass
        if run.handle >= 0:
            os.close(run.handle)
        return run

    def _take(self, run: Run, line: str) -> bool:
        """One line; whether it was the last."""
        what, _, rest = line.partition(" ")
        if what == "pid":
            run.pid = int(rest)
            with suppress(ProcessLookupError):  # it may have ended already
                run.handle = os.pidfd_open(run.pid)
        elif what == "said":
            run.said.append(rest)
        elif what in ("error", "bug"):
            setattr(run, what, rest)
        elif what == "done":
            run.done = True
        elif what == "end":
            run.status = int(rest)
        return what == "end"

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait(timeout=PATIENCE)
        self._reading.join()
        self._process.stdout.close()


@contextmanager
def zygote(tracer: Sequence[str] = ()) -> Iterator[Zygote]:
    """A worker, from its beginning to its end."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        [*tracer, sys.executable, str(ZYGOTE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    running = Zygote(process)
    try:
        yield running
        running.close()
    except BaseException:
        process.kill()
        running.close()
        raise
