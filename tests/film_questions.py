"""The questions that are asked of every film; how answers are judged stands in `film_asking`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

import makers
from film_asking import Asking
from vigtool.errors import FrameUnreadable, NoSuchFrame
from vigtool.player.frame import Frame
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.timebase import FrameNumber


def how_many(film: Asking) -> None:
    """The number of frames, and what is drawn into each of them in order."""
    if film.kind.broken:
        film.same(film.index.frames <= len(film.truth.sums), True, "no more than come out")
        film.same(bool(film.look.damage.sentences), True, "what is broken is said")
        return
    film.same(film.index.frames, len(film.kind.numbers), "frames")
    film.same(tuple(film.truth.numbers), film.kind.numbers, "the plain decoding")
    film.same(film.look.damage.hurts, False, "damage")


def every_time(film: Asking) -> None:
    """The time of every frame: that of the plain decoding, and that at which it was made."""
    index = film.index
    true = [tick for tick in film.truth.pts if tick is not None]
    if not film.kind.named and len(true) == len(film.truth.pts) and true == sorted(true):
        held = set(index.shown.tolist()) if film.kind.broken else set(true)
        film.same(index.shown.tolist(), [tick for tick in true if tick in held], "times")
    if film.kind.timed:
        seconds = film.kind.film.seconds()
        for number in range(index.frames):
            film.same(index.seconds(number), seconds[number] - seconds[0], f"time of {number}")


def first_and_last(film: Asking) -> None:
    """The first frame and the last, each as the first thing that is asked, and both ways between them."""
    last = film.index.frames - 1
    for numbers in ([0], [last], [last, 0, last], [0, last, 0]):
        with film.reader() as reader:
            film.ask(reader, numbers)


def by_number(film: Asking) -> None:
    """Any frame by its number, in random order, and around the borders of groups."""
    with film.reader() as reader:
        film.ask(reader, film.some(12))
        film.ask(reader, film.around(1, 4))


def by_time(film: Asking) -> None:
    """The frame shown at a moment: at its start, in its middle, one tick before the next begins."""
    index = film.index
    with film.reader() as reader:
        for number in film.some(4):
            begin = index.seconds(number)
            last = (index.after(number) - 1 - index.start) * index.time_base
            for moment in (begin, (begin + last) / 2, last):
                film.same(index.frame_at(moment), number, f"at {moment}")
                film.ask(reader, [index.frame_at(moment)], f"at {moment}")
            film.same(index.number_at(index.pts(number)), number, "by tick")
            film.same(index.number_at(index.after(number) - 1), number, "by tick")
            film.same(index.number_of(index.pts(number)), number, "by name")
            film.same(index.frame_at(FrameNumber(number)), number, "by number")


def forwards(film: Asking) -> None:
    """Step by step forwards over every border of groups."""
    with film.reader() as reader:
        film.ask(reader, film.around(3, 5), "forwards")


def backwards(film: Asking) -> None:
    """Step by step backwards over every border of groups."""
    with film.reader() as reader:
        film.ask(reader, reversed(film.around(3, 5)), "backwards")


def to_and_fro(film: Asking) -> None:
    """From single frames to their neighbours both ways, and back."""
    with film.reader() as reader:
        for number in film.some(2):
            near = [number, number - 1, number, number + 1, number, number - 2]
            film.ask(reader, [place for place in near if 0 <= place < film.index.frames], "to and fro")


def running(film: Asking) -> None:
    """Running from the beginning to the end: every frame, each once."""
    with film.reader() as reader:
        seen = []
        for frame in reader.run(0):
            film.shows(frame, frame.number, "running")
            seen.append(frame.number)
    if film.kind.broken:
        film.same(seen, sorted(set(seen)), "in order")
        film.same(len(seen) >= film.index.frames - 2, True, "nearly all of them come")
    else:
        film.same(seen, list(range(film.index.frames)), "one after the other")


def running_on(film: Asking) -> None:
    """Running on from amid groups, and being asked for something else meanwhile."""
    for first in film.some(1):
        with film.reader() as reader:
            for frame, _ in zip(reader.run(first), range(10), strict=False):
                film.shows(frame, frame.number, "running on")
            film.ask(reader, [first])


def the_end(film: Asking) -> None:
    """The end: running into it, asking past it, and when the last frame ends."""
    index = film.index
    with film.reader() as reader:
        came = [frame.number for frame in reader.run(max(0, index.frames - 3))]
        if not film.kind.broken:
            film.same(came, list(range(max(0, index.frames - 3), index.frames)), "into the end")
        for beyond in (index.frames, index.frames + 7, -1):
            film.asked += 1
            with pytest.raises(NoSuchFrame):
                reader.get(beyond)
        film.ask(reader, [index.frames - 1])
    for moment in (index.duration, index.duration + 1, Fraction(-1, 1000)):
        film.asked += 1
        with pytest.raises(NoSuchFrame):
            index.frame_at(moment)
    if film.kind.timed:
        ticks, base = film.kind.film.ticks(), film.kind.film.base
        gaps = [Fraction(int(gap)) * base for gap in np.diff(ticks)] or [base]
        length = (index.end - index.pts(index.frames - 1)) * index.time_base
        least = min(gaps) - index.time_base if min(gaps) == max(gaps) else 0  # else containers do not keep it
        film.same(least <= length <= max(gaps) + index.time_base, True, "how long the last frame is")


def passed_on_the_way(film: Asking) -> None:
    """What is decoded on the way, and kept for stepping back, is right too."""
    with film.reader() as reader:
        for number in film.some(4):
            passed: list[Frame] = []
            try:
                reader.get(number, passed.append)
            except FrameUnreadable:
                continue
            places = [frame.number for frame in passed]
            if film.kind.groups is not None:
                film.same(places, sorted(places), "in order")
            film.same(all(place < number for place in places), True, "earlier")
            for frame in passed:
                film.shows(frame, frame.number, "on the way")


def kept(film: Asking) -> None:
    """An index that was kept as bytes answers as before."""
    again = FrameIndex.from_bytes(film.index.to_bytes())
    film.same(again.fingerprint, film.index.fingerprint, "fingerprint")
    film.same(again.to_bytes(), film.index.to_bytes(), "bytes")
    with FrameReader(makers.opener(film.data), again) as reader:
        film.ask(reader, film.some(3), "kept")


def cost(film: Asking) -> None:
    """A frame costs at most its group, the group before it, and what decoders hold back."""
    if film.kind.groups is None:
        return
    most = film.kind.groups * film.kind.film.gop + 12
    with film.reader() as reader:
        for number in film.some(8):
            before = reader.packets_decoded
            reader.get(number)
            film.same(reader.packets_decoded - before <= most, True, f"packets for {number}")


Question = Callable[[Asking], None]
QUESTIONS: dict[str, Question] = {
    question.__name__: question
    for question in (
        how_many,
        every_time,
        first_and_last,
        by_number,
        by_time,
        forwards,
        backwards,
        to_and_fro,
        running,
        running_on,
        the_end,
        passed_on_the_way,
        kept,
        cost,
    )
}
