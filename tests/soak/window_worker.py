"""Stands in for the window's process: does with one film after another all that the window does with films.

Each line of standard input names two files: a film, and its index as the first look gave it. The answer is one line of
JSON: what happened by name, the seconds of the longest step, and the most memory so far, in KiB. The film is read
as a vault gives it: sealed, unsealed on the way. Where the process dies, its last words (the Python stack) are on
standard error.
"""

from __future__ import annotations

import faulthandler
import io
import json
import resource
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np

from vigtool.crypto.age.identity import Identity
from vigtool.crypto.age.stream import AgeReader, AgeWriter
from vigtool.errors import FilmError, FrameUnreadable, VigtoolError
from vigtool.player.decoding import FilmDecoder
from vigtool.player.footage import Opener
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.picture_file import can_hold
from vigtool.player.sound import RATE, SoundReader
from vigtool.player.stand_in import make_stand_in
from vigtool.player.still import png
from vigtool.player.thumbnails import strip
from vigtool.player.waveform import peaks

PATIENCE = 20.0
SECONDS_OF_SOUND = 20
FRAMES = 200
VIEW = (320, 240)
KEY = Identity.generate()


class Told:
    """What came of one film."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.slowest = ("", 0.0)
        threading.excepthook = lambda told: self.fault("thread", told.exc_value)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        except VigtoolError as problem:
            self.outcomes[f"{name}: {problem.name}"] += 1
        except Exception as problem:  # noqa: BLE001 - what is searched for
            self.fault(name, problem)
        else:
            self.outcomes[f"{name}: done"] += 1
        took = time.monotonic() - began
        if took > self.slowest[1]:
            self.slowest = (name, took)

    def fault(self, name: str, problem: BaseException | None) -> None:
        """An error without a name: a fault of the program."""
        self.outcomes[f"FAULT {name}: {problem!r}"] += 1


def sealed(data: bytes) -> Opener:
    """The film as it lies in a vault."""
    out = io.BytesIO()
    with AgeWriter(out, [KEY.recipient()]) as writer:
        writer.write(data)
    held = out.getvalue()
    return lambda: cast("BinaryIO", AgeReader(io.BytesIO(held), [KEY]))


def use(opener: Opener, index: FrameIndex) -> Told:
    """All of it."""
    told = Told()
    numbers = np.random.default_rng(index.frames).integers(0, index.frames, 8).tolist()
    with told.step("jump"), FrameReader(opener, index) as reader:
        for number in (0, index.frames - 1, *numbers):
            try:
                frame = reader.get(number)
            except FrameUnreadable:
                told.outcomes["a frame: FrameUnreadable"] += 1
                continue
            frame.bgra(*VIEW)
    with told.step("run"), FrameReader(opener, index) as reader:
        for place, frame in enumerate(reader.run(0)):
            frame.bgra(64, 48)
            if place == 3:
                png(frame)
                frame.upright_yuv(64, 48)
            if place > FRAMES:
                break
    with told.step("sound"):
        hear(opener, index)
    with told.step("peaks"):
        peaks(opener, index)
    with told.step("strip"):
        strip(opener, index, 6, (64, 48), lambda _place, _picture: None)
    if can_hold(index.time_base, index.shown.tolist(), index.end):
        with told.step("stand-in"):
            make_stand_in(opener, index, io.BytesIO())
    view(told, opener, index)
    return told


def hear(opener: Opener, index: FrameIndex) -> None:
    """Sound from the beginning, from the middle, and slowly."""
    for rate, place in ((Fraction(1), index.start), (Fraction(1, 2), (index.start + index.end) // 2)):
        with SoundReader(opener, index, rate) as reader:
            heard = 0
            for block in reader.run(place):
                heard += len(block)
                if heard > SECONDS_OF_SOUND * RATE:
                    break


def view(told: Told, opener: Opener, index: FrameIndex) -> None:
    """As a view does: show, play, show again, close at once."""
    came = threading.Event()

    def deliver(_picture: ViewPicture) -> None:
        came.set()

    def failed(_number: int, problem: FilmError) -> None:
        told.outcomes[f"view: {problem.name}"] += 1
        came.set()

    with told.step("view"), closing(FilmDecoder(opener, index, deliver, failed)) as decoder:
        for number in (0, index.frames - 1, index.frames // 2):
            came.clear()
            decoder.show(number, *VIEW)
            wait(came.is_set)
        decoder.play(0, *VIEW)
        wait(lambda: decoder.at(min(3, index.frames - 1)) is not None or came.is_set(), 0.3)
        decoder.show(index.frames // 3, *VIEW)


def wait(there: Callable[[], bool], longest: float = PATIENCE) -> None:
    """Wait for it; a view that never answers hangs, and is found by the time this takes."""
    until = time.monotonic() + longest
    while not there() and time.monotonic() < until:
        time.sleep(0.002)


def main() -> None:
    faulthandler.enable()
    for line in sys.stdin:
        film, index = json.loads(line)
        opener = sealed(Path(film).read_bytes())
        told = use(opener, FrameIndex.from_bytes(Path(index).read_bytes()))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        threads = threading.active_count()
        answer = {"outcomes": told.outcomes, "slowest": told.slowest, "memory": memory, "threads": threads}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
