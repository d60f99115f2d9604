"""Looking at a film that was not seen before, in a process of its own without keys.

What comes back is read strictly, and nothing in it is a text: facts follow from the index, damage is numbers, and a
problem is one of a fixed list of names.
"""

from __future__ import annotations

import json
import math
import os
import queue
import re
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

import vigtool
from vigtool.errors import Cancelled, FilmError
from vigtool.player.damage import Damage
from vigtool.player.footage import film_size, path_opener
from vigtool.player.frame_index import FrameIndex
from vigtool.player.probe import FilmFacts, SoundFacts, film_facts
from vigtool.player.problems import Problem

MEMORY: Final = 2 << 30
_PATIENCE: Final = 120
_SLOWEST_DISK: Final = 4_000_000  # bytes a second
_LONGEST_MESSAGE: Final = 1 << 28
_LONGEST: Final = 100 * 3600  # seconds of film: what is made of each hundredth of a second must fit into memory
_NAME: Final = re.compile(r"[a-z0-9_]{1,32}")
_PROGRAM: Final = "import sys; sys.path.append(sys.argv.pop(1)); from vigtool.player.examine_child import main; main()"


def examine(
    film: Path | BinaryIO,
    report: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    memory: int = MEMORY,
    wall: float | None = None,
) -> tuple[FilmFacts, FrameIndex]:
    """The facts and the frames of a film.

    Args:
        film: where it lies, or the file opened (one that the system knows by a number).
        report: called with done and total; the unit may change in between.
        cancelled: asked several times a second; the process is ended at once.
        memory: most bytes the process may take, where the platform can hold it to that.
        wall: most seconds it may take; by default from the length of the film.

    Raises:
        FilmMissing, NotAFilm, NoPicture, EmptyFilm, FilmTooDemanding, FilmUnreadable: what is wrong with it.
        Cancelled: when stopped.
    """
    with _opened(film) as source:
        size = film_size(source)
        seconds = wall if wall is not None else _PATIENCE + 60 + size / _SLOWEST_DISK
        payload = _Child(source, memory, seconds).run(report, cancelled)
    try:
        facts, index = _parse(payload)
    except (
        *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError),
        *(RecursionError, MemoryError, struct.error, FilmError),
    ) as problem:
        raise Problem.HARMFUL.error() from problem
    if index.size != size:
        raise Problem.HARMFUL.error()
    if index.duration > _LONGEST:
        raise Problem.TOO_LASTING.error()
    return facts, index


@contextmanager
def _opened(film: Path | BinaryIO) -> Iterator[BinaryIO]:
    """The film as a file; one that was handed over is not closed."""
    if not isinstance(film, Path):
        yield film
        return
    with closing(path_opener(film)()) as source:
        yield source


class _Child:
    """The process, and the thread that reads what it says."""

    def __init__(self, source: BinaryIO, memory: int, seconds: float) -> None:
        self._deadline = time.monotonic() + seconds
        self._said: queue.SimpleQueue[tuple[bytes, bytes] | None] = queue.SimpleQueue()
        home = str(Path(vigtool.__file__).resolve().parent.parent)
        limits = [str(memory), str(math.ceil(2 * seconds)), str(_PATIENCE)]
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, no word of it comes from outside
            [sys.executable, "-I", "-B", "-c", _PROGRAM, home, *limits],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**kept, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )

    def run(self, report: Callable[[int, int], None], cancelled: Callable[[], bool]) -> bytes:
        """Wait for the result; the process is gone afterwards, whatever happened."""
        reader = threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        reader.start()
        try:
            return self._wait(report, cancelled)
        finally:
            self._process.kill()
            self._process.wait()
            reader.join()
            if self._process.stdout is not None:
                self._process.stdout.close()

    def _wait(self, report: Callable[[int, int], None], cancelled: Callable[[], bool]) -> bytes:
        """The payload of the result."""
        while True:
            if cancelled():
                raise Cancelled
            if time.monotonic() > self._deadline:
                raise Problem.TOO_MUCH.error()
            try:
                message = self._said.get(timeout=0.1)
            except queue.Empty:
                continue
            if message is None:
                raise self._ended()
            kind, payload = message
            if kind == b"R":
                return payload
            if kind == b"E":
                raise _problem(payload).error()
            if kind == b"P" and len(payload) == 16:
                report(*struct.unpack(">QQ", payload))

    def _ended(self) -> FilmError:
        """Why it ended without a word: out of processor time or memory, or it fell over."""
        code = self._process.wait()
        spent = {-9, -24}  # killed for want of memory; SIGXCPU
        return (Problem.TOO_MUCH if code in spent else Problem.HARMFUL).error()

    def _listen(self, out: IO[bytes] | None) -> None:
        """Put what it says into the queue, and at its end nothing."""
        while out is not None:
            head = out.read(5)
            length = int.from_bytes(head[1:], "big")
            if len(head) < 5 or length > _LONGEST_MESSAGE:
                break
            payload = out.read(length)
            if len(payload) < length:
                break
            self._said.put((head[:1], payload))
        self._said.put(None)


def _problem(name: bytes) -> Problem:
    """One of the known problems, whatever was said."""
    return next((problem for problem in Problem if problem.name.encode() == name), Problem.HARMFUL)


def _parse(payload: bytes) -> tuple[FilmFacts, FrameIndex]:
    """The result, strictly."""
    (length,) = struct.unpack_from(">I", payload)
    head: dict[str, Any] = json.loads(payload[4 : 4 + length])
    index = FrameIndex.from_bytes(payload[4 + length :])
    damage = Damage.parsed(head["damage"])
    audio = None if head["audio"] is None else _sound(head["audio"])
    if not _NAME.fullmatch(index.picture.codec) or not _NAME.fullmatch(index.format):
        raise ValueError
    return film_facts(index, audio, damage), index


def _sound(head: dict[str, Any]) -> SoundFacts:
    """The sound as it stands in the result."""
    codec = str(head["codec"])
    if not _NAME.fullmatch(codec):
        raise ValueError
    return SoundFacts(
        stream=_whole(head["stream"]),
        codec=codec,
        rate=_whole(head["rate"]),
        channels=_whole(head["channels"]),
        start=Fraction(*(int(part) for part in head["start"])),
    )


def _whole(value: object) -> int:
    """A number that is not negative."""
    if not isinstance(value, int) or value < 0:
        raise ValueError
    return value
