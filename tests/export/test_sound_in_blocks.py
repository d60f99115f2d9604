"""The copy's sound in blocks is the same as put together whole, and never is the whole of it anywhere."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copies_made import Choice, Get, placed
from vigtool.errors import Cancelled
from vigtool.export import render as render_module
from vigtool.export.encoder import Encoder
from vigtool.export.film_sound import film_sound
from vigtool.export.held_sound import RATE, Sound
from vigtool.export.render import Source, render, soundtrack
from vigtool.export.soundtrack import FADE, Part, Supply, gain_for, laid_out, levelled
from whole_sound import Clip, noise, whole_levelled, whole_track


def chopped(sound: Sound, size: int) -> Generator[Sound, None, None]:
    for first in range(0, sound.shape[1], size):
        yield sound[:, first : first + size]


def joined(pieces: Iterable[Sound]) -> Sound:
    return np.concatenate([np.zeros((2, 0), np.float32), *pieces], axis=1)


def part_of(clip: Clip, size: int) -> Part:
    return Part(first=clip.first, samples=clip.sound.shape[1], hear=lambda: chopped(clip.sound, size))


lengths = st.one_of(st.integers(0, 5), st.integers(2 * FADE - 2, 2 * FADE + 2), st.integers(0, 3 * RATE))
clips = st.lists(st.tuples(lengths, st.one_of(st.just(0), lengths)), max_size=4)


@given(clips, lengths, st.integers(700, RATE + 1))
def test_clips_gaps_and_edges_fall_as_in_the_whole(draws: list[tuple[int, int]], behind: int, size: int) -> None:
    place, wanted = 0, []
    for seed, (length, gap) in enumerate(draws):
        wanted.append(Clip(place + gap, noise(length, seed)))
        place += gap + length
    blocks = list(laid_out([part_of(clip, size) for clip in wanted], place + behind))
    assert all(block.shape[1] == RATE for block in blocks[:-1])
    assert np.array_equal(joined(blocks), whole_track(wanted, place + behind))


def test_edges_are_soft_and_the_middle_is_untouched() -> None:
    ones = np.ones((2, RATE), np.float32)
    track = joined(laid_out([part_of(Clip(RATE, ones), 1000)], 4 * RATE))
    assert not track[:, :RATE].any()
    assert not track[:, 2 * RATE :].any()
    assert (track[:, RATE + FADE : 2 * RATE - FADE] == 1).all()
    assert (np.diff(track[0, RATE : RATE + FADE]) > 0).all()
    assert np.abs(np.diff(track[0])).max() < 0.001


@given(st.lists(st.integers(0, 3 * RATE), max_size=8))
def test_as_much_as_is_asked_for_and_nothing_twice(asked: list[int]) -> None:
    sound = noise(2 * RATE + 77)
    supply = Supply(chopped(sound, RATE))
    given = [joined(supply.take(count)) for count in asked]
    taken = min(sum(asked), sound.shape[1])
    assert np.array_equal(joined(given), sound[:, :taken])
    assert all(
        piece.shape[1] == min(count, max(0, sound.shape[1] - sum(asked[:n])))
        for n, (piece, count) in enumerate(zip(given, asked, strict=True))
    )


@pytest.fixture(scope="session")
def reel(film: Get) -> list[Choice]:
    """Mono, sound that begins late, a gap in the pictures, another rate, none at all, and single frames."""
    return [
        Choice(film("25 a second"), 0, 56),
        Choice(film("uneven"), 25, 75),
        Choice(film("odd and silent"), 3, 20),
        Choice(film("stream"), 18, 40),
        Choice(film("long groups"), 12, 12),
        Choice(film("60 a second"), 13, 70),
    ]


def test_the_sound_of_a_reel_is_that_of_the_whole_one_to_the_last_sample(reel: list[Choice]) -> None:
    cuts, sources = placed(reel, title="For you")
    samples = int(cuts.frames * RATE / cuts.rate + Fraction(1, 2))
    clips = []
    for cut in cuts.cuts:
        source = sources[cut.film]
        if source.facts.audio is not None:
            first, last = (int(n * RATE / cuts.rate + Fraction(1, 2)) for n in (cut.out_first, cut.out_last + 1))
            count = min(last - first, int((cut.end - cut.start) * RATE))
            sound = joined(film_sound(source.opener, source.facts.audio.stream, cut.start, count))
            clips.append(Clip(first, sound))
    begin = soundtrack(cuts, sources, samples)
    wanted = whole_levelled(whole_track(clips, samples))
    assert len(clips) == 5
    assert np.abs(wanted).max() > 0.1
    assert np.array_equal(joined(begin()), wanted)
    assert np.array_equal(joined(begin()), wanted)  # as often as it is begun


@dataclass
class Tape:
    """Counts how far reading is ahead of what was handed on."""

    read: int = 0
    given: int = 0
    ahead: int = 0
    largest: int = 0

    def play(self, samples: int) -> Generator[Sound, None, None]:
        self.read = self.given = 0
        for first in range(0, samples, 4800):
            piece = noise(min(4800, samples - first), first)
            self.read += piece.shape[1]
            self.ahead = max(self.ahead, self.read - self.given)
            yield piece

    def take(self, piece: npt.NDArray[np.float32]) -> None:
        self.given += piece.shape[1]
        self.largest = max(self.largest, piece.shape[1])


def bounded(tape: Tape) -> bool:
    """No piece longer than a second, and never more than two seconds read that were not yet handed on."""
    return 0 < tape.largest <= RATE and tape.ahead <= 2 * RATE


Laying = Callable[[Sequence[Part], int], Generator[Sound, None, None]]


def reads_whole(parts: Sequence[Part], samples: int) -> Generator[Sound, None, None]:
    """The fault that must be found: everything is read, then given out in small pieces."""
    yield from chopped(joined(laid_out(parts, samples)), RATE)


def to_the_end(track: Generator[Sound, None, None]) -> None:
    for _ in levelled(track, 2.0):
        pass


@pytest.mark.parametrize(("laying", "holds"), [(laid_out, True), (reads_whole, False)])
@pytest.mark.parametrize("listen", [gain_for, to_the_end])
def test_measuring_and_writing_keep_two_seconds_at_most(
    laying: Laying, holds: bool, listen: Callable[[Generator[Sound, None, None]], object]
) -> None:
    tape = Tape()
    samples = 20 * RATE

    def told(blocks: Generator[Sound, None, None]) -> Generator[Sound, None, None]:
        for block in blocks:
            tape.take(block)
            yield block

    listen(told(laying([Part(first=0, samples=samples, hear=lambda: tape.play(samples))], samples)))
    assert tape.given == samples
    assert bounded(tape) is holds


@pytest.mark.parametrize(("laying", "holds"), [(laid_out, True), (reads_whole, False)])
def test_a_whole_copy_is_made_with_two_seconds_of_sound_at_most(
    film: Get, monkeypatch: pytest.MonkeyPatch, laying: Laying, holds: bool
) -> None:
    tape = Tape()
    adds = Encoder.add_sound

    def add(encoder: Encoder, piece: npt.NDArray[np.float32]) -> None:
        tape.take(piece)
        adds(encoder, piece)

    def measured(track: Iterable[Sound]) -> float:
        for block in track:
            tape.take(block)
        return 1.0

    monkeypatch.setattr(Encoder, "add_sound", add)
    monkeypatch.setattr(render_module, "gain_for", measured)
    monkeypatch.setattr(render_module, "laid_out", laying)
    monkeypatch.setattr(render_module, "film_sound", lambda _o, _s, _b, samples, **_: tape.play(samples))
    cuts, sources = placed([Choice(film("long groups"), 0, 148)])
    render(cuts, sources, io.BytesIO())
    assert tape.given == 149 * 1600
    assert bounded(tape) is holds


def test_who_stops_while_the_loudness_is_measured_waits_for_no_film_to_end(film: Get) -> None:
    cuts, sources = placed([Choice(film("long groups"), 0, 100)])
    opened: list[io.BytesIO] = []

    def opener(data: bytes) -> Callable[[], io.BytesIO]:
        def open_it() -> io.BytesIO:
            opened.append(io.BytesIO(data))
            return opened[-1]

        return open_it

    watched = {
        name: Source(opener(source.opener().read()), source.index, source.facts) for name, source in sources.items()
    }
    asked: list[int] = []

    def stops() -> bool:
        asked.append(0)
        return len(asked) > 6

    with pytest.raises(Cancelled):
        render(cuts, watched, io.BytesIO(), cancelled=stops)
    assert opened
    assert all(file.closed for file in opened)
