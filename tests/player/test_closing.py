"""A film is let go at any moment, whatever its decoder's threads are at."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import makers
from makers import Film
from vigtool.player import back_filler, decoding
from vigtool.player.decoding import FilmDecoder
from vigtool.player.look import look_at

ROUNDS = """
import sys
import numpy as np
import makers
from makers import Film
from vigtool.errors import FrameUnreadable
from vigtool.player.footage import Footage
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at

if {planted}:
    def close(self):
        self.container.close()
        self._source.close()
    Footage.close = close

whole = makers.make(Film(codec="libx265", size=(128, 96), frames=48, gop=12, bframes=3))
index = look_at(makers.opener(whole)).index
dice = np.random.default_rng(3)
spoilt = bytearray(whole)
with Footage(makers.opener(whole)) as film:
    packets = [bytes(packet) for packet in film.packets(film.container.streams.video[0]) if packet.size]
for packet in packets[1:]:
    begin = whole.find(packet)
    for place in dice.integers(begin + 8, begin + len(packet), 4):
        spoilt[place] ^= 1 << int(dice.integers(8))
for _ in range({rounds}):
    with FrameReader(makers.opener(bytes(spoilt)), index, threads=4) as reader:
        for number in (0, *dice.integers(0, 48, 2).tolist()):
            try:
                reader.get(number)
            except FrameUnreadable:
                pass
"""


def closed(rounds: int, patience: float, *, planted: bool = False) -> None:
    """Open, read and close a damaged film over and over, in a process that can be ended when it stands still."""
    here = Path(__file__).parent.parent
    path = f"import sys; sys.path[:0] = [{str(here.parent)!r}, {str(here)!r}]\n"
    program = path + ROUNDS.format(rounds=rounds, planted=planted)
    subprocess.run([sys.executable, "-c", program], check=True, timeout=patience)


def test_letting_a_damaged_film_go_never_stands_still() -> None:
    """The decoder's threads let go of labels of packets, for which they need Python's lock."""
    closed(60, 120)


@pytest.mark.slow
def test_the_standstill_is_met_where_decoders_are_not_brought_to_rest() -> None:
    """The planted fault: freed while their threads work, as PyAV does it by itself."""
    with pytest.raises(subprocess.TimeoutExpired):
        closed(5000, 60, planted=True)


def test_a_view_is_closed_while_its_decoder_is_deep_in_one_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """One call of a decoder, or one read of a sick disk, can take very long and cannot be stopped from outside."""
    data = makers.make(Film(frames=30))
    index = look_at(makers.opener(data)).index
    going_on, reached = threading.Event(), threading.Event()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            reached.set()
            going_on.wait(20)
            return super().read(size)

    for module in (decoding, back_filler):
        monkeypatch.setattr(module, "CLOSING", 0.2)
    decoder = FilmDecoder(lambda: Slow(data), index, lambda _picture: None, lambda _number, _problem: None)
    decoder.show(0, 64, 48)
    assert reached.wait(10)
    began = time.monotonic()
    decoder.close()
    assert time.monotonic() - began < 5
    going_on.set()
    until = time.monotonic() + 10
    while time.monotonic() < until and any(thread.name.startswith("film ") for thread in threading.enumerate()):
        time.sleep(0.01)
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("film ")]
