"""An hour of playing by an injected clock: what is heard and what shows never part by a frame."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

import numpy as np
import pytest

from ear import Ear
from frames_in_memory import index_of
from vigtool.player.frame_index import FrameIndex
from vigtool.player.route import Route, only, whole
from vigtool.player.sound import RATE, SoundReader
from vigtool.player.sound_route import sound_along
from vigtool.player.stretch import Samples
from vigtool.player.transport import Transport
from vigtool.ui.film.sound_device import DeviceClock

HOUR = 3600
BLOCK = 12_000
LONG = ("whole", "long loop", "marks")
FILM = index_of([1001] * 30 * 60 * 65, base=Fraction(1, 30_000))
"""65 minutes of 29.97 frames a second: frames begin between two samples."""


class Numbered:
    """Sound whose samples say which they are, counted from the film's first tick: the lower and the upper 15 bits."""

    def __init__(self, index: FrameIndex) -> None:
        self._index = index
        self._begun = np.arange(BLOCK)

    def run(self, tick: int) -> Iterator[Samples]:
        sample = round((tick - self._index.start) * self._index.time_base * RATE)
        end = round(self._index.duration * RATE)
        while sample < end:
            numbers = self._begun[: min(BLOCK, end - sample)] + sample
            yield np.stack([numbers & 0x7FFF, numbers >> 15], axis=1).astype(np.int16)
            sample += len(numbers)


def routes() -> dict[str, Route]:
    """What is played for an hour."""
    marks = only(FILM, [FILM.span(first, first + 170) for first in range(0, FILM.frames - 200, 181)])
    assert marks is not None
    return {
        "whole": whole(FILM),
        "loop": Route((FILM.span(1000, 1006),), endless=True),
        "long loop": Route((FILM.span(17, 2500),), endless=True),
        "marks": marks,
    }


@pytest.mark.parametrize("name", ["loop", *(pytest.param(name, marks=pytest.mark.slow) for name in LONG)])
def test_for_an_hour_sound_and_picture_are_at_the_same_place(name: str) -> None:
    route = routes()[name]
    ear = Ear()
    clock = DeviceClock(ear, lambda: ear.seconds)
    transport = Transport(FILM, clock)
    transport.seek(FILM.number_at(route.spans[0].start))
    if route.endless:
        transport.set_loop(route.spans[0])
    elif name == "marks":
        transport.set_only(route.spans)
    begin = transport.settle()
    transport.play()
    ear.seconds = Fraction(1, 10**6)
    transport.update()
    given, looked, worst = 0, 0, 0.0
    for block in sound_along(cast("SoundReader", Numbered(FILM)), FILM, route, begin, Fraction(1)):
        if len(block) > 8 and given > looked * RATE * 13 // 7:  # about every 1.9 s
            looked += 1
            # Where the route jumps, which it does between two samples, neither side of the jump is wrong.
            place = min(max(len(block) * (looked % 97) // 97, 2), len(block) - 3)
            ear.seconds = Fraction(given + place, RATE)
            transport.update()
            heard = (int(block[place, 0]) + (int(block[place, 1]) << 15)) / RATE
            seen = float((transport.tick - FILM.start) * FILM.time_base)
            worst = max(worst, abs(heard - seen))
        given += len(block)
        if given > HOUR * RATE or not transport.playing:
            break
    assert looked > 1800
    assert worst < 1 / 48_000 + 1 / 30_000  # a sample and a tick
