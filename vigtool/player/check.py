"""Whether a film is exact: a self-test on any film.

The film is decoded straight on from its beginning. Then frames are asked for as a person would: the first, the last,
both neighbours of key frames forwards and backwards, any in random order, by time, running on, and beyond the end.
Every answer must have the number and the time that were asked for and be the same picture, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

import numpy as np

from vigtool.errors import Cancelled, FrameUnreadable, NoSuchFrame
from vigtool.player.damage import at
from vigtool.player.footage import Opener
from vigtool.player.frame import Frame
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.plain_reading import PlainReading, picture_sum, read_plainly

MOST_PIXELS: Final = 3_000_000_000
"""So many pixels are decoded for the truth, and about as many again for the answers: half a minute of work."""

_STRETCHES: Final = 8
_LEAST: Final = 24  # frames of a stretch
_QUESTIONS: Final = (24, 240)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of it.

    Attributes:
        exact: whether the film shows each of its pictures whole and every answer was right.
        reasons: why not, in plain words.
        frames: how many frames the film has.
        compared: of how many the true picture was found out.
        questions: how many were asked.
        wrong: how many got another picture, or another time, or one too many.
        refused: how many were refused, since the frame is damaged.
    """

    exact: bool
    reasons: tuple[str, ...]
    frames: int
    compared: int
    questions: int
    wrong: int
    refused: int

    @property
    def whole(self) -> bool:
        """Whether every frame was compared; else it is a sample, since the film is long."""
        return self.compared >= self.frames


def check(
    opener: Opener,
    index: FrameIndex,
    report: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    damage: tuple[str, ...] = (),
    sound: bool = True,
    most_pixels: int = MOST_PIXELS,
) -> Verdict:
    """Try a film.

    Args:
        opener: of the film.
        index: its frames.
        report: called with done and total.
        cancelled: whether to stop.
        damage: what is known to be broken, in plain sentences.
        sound: whether nothing of that hurts a picture.
        most_pixels: of a film with more than so many a sample is tried.

    Raises:
        FilmMissing, FilmChanged, NotAFilm, NoPicture: where it cannot be opened, or is another film.
        Cancelled: when stopped.
    """
    stretches = planned(index, most_pixels)
    due = sum(last - first + 1 for first, last in stretches)

    def told(done: int) -> None:
        if cancelled():
            raise Cancelled
        report(min(done, 2 * due), 2 * due)

    truth = read_plainly(opener, index, stretches, lambda done: told(min(done, due)), cancelled)
    asking = _Asking(index, truth, lambda part: told(due + int(part * due)))
    asking.listing(stretches, sound=sound)
    with FrameReader(opener, index, cancelled=cancelled) as reader:
        asking.all(reader, stretches, most_pixels)
    report(2 * due, 2 * due)
    reasons = [*asking.reasons(), *(() if sound else damage)]
    return Verdict(
        exact=not reasons,
        reasons=tuple(reasons),
        frames=index.frames,
        compared=len(truth.sums),
        questions=asking.questions,
        wrong=asking.wrong,
        refused=asking.refused,
    )


def planned(index: FrameIndex, most_pixels: int) -> list[tuple[int, int]]:
    """First and last frame of the stretches that are tried: all of the film, or some from its beginning to its end."""
    room = max(_LEAST * _STRETCHES, most_pixels // (index.picture.stored_width * index.picture.stored_height))
    if index.frames <= room:
        return [(0, index.frames - 1)]
    length = room // _STRETCHES
    begins = np.linspace(0, index.frames - length, _STRETCHES).astype(int).tolist()
    return [(begin, begin + length - 1) for begin in begins]


@dataclass(slots=True)
class _Asking:
    """The questions, and what was wrong with the answers."""

    index: FrameIndex
    truth: PlainReading
    report: Callable[[float], None]
    questions: int = 0
    wrong: int = 0
    refused: int = 0
    first_wrong: int | None = None
    list_wrong: str = ""
    lost: set[int] = field(default_factory=set)

    def listing(self, stretches: list[tuple[int, int]], *, sound: bool) -> None:
        """Whether the frames that are listed are those that come, in order; of a broken film some may be left out."""
        self.questions += 1
        listed = [number for first, last in stretches for number in range(first, last + 1)]
        self.lost = set(listed) - set(self.truth.sums)
        if self.truth.strange and sound:
            self.wrong += 1
            some = "1 picture that is" if self.truth.strange == 1 else f"{self.truth.strange} pictures that are"
            self.list_wrong = f"reading on from the beginning shows {some} not listed as a frame"
        elif self.truth.order != listed:
            self.wrong += 1
            self.list_wrong = (
                f"reading on from the beginning shows {len(self.truth.order)} pictures in their order, "
                f"{len(listed)} are listed"
            )

    def all(self, reader: FrameReader, stretches: list[tuple[int, int]], most_pixels: int) -> None:
        """Every kind of question, within what the number of pixels allows."""
        known = sorted(self.truth.sums)
        if not known:
            return
        dice = np.random.default_rng(1)
        count = self._count(most_pixels)
        borders = [number for number in self._borders(count // 3) if number in self.truth.sums]
        some = [int(number) for number in dice.permutation(known)[: count // 3]]
        rounds = (
            [known[0], known[-1], known[0]],
            borders,
            borders[::-1],
            some,
            *([number, number - 1, number, number + 1] for number in some[: count // 24]),
        )
        total = sum(len(numbers) for numbers in rounds) + count // 12
        for numbers in rounds:
            self.ask(reader, (number for number in numbers if number in self.truth.sums), total)
        self.by_time(reader, some[: count // 12], total)
        self.beyond(reader)
        for first, _ in stretches:
            self.run(reader, first, max(_LEAST, 2 * count // len(stretches)))

    def ask(self, reader: FrameReader, numbers: Iterable[int], total: int) -> None:
        """Frames by their numbers, one after the other."""
        for number in numbers:
            self.report(min(1.0, self.questions / max(1, total)))
            self.questions += 1
            try:
                self._hold(reader.get(number), number)
            except FrameUnreadable:
                self.refused += 1

    def by_time(self, reader: FrameReader, numbers: list[int], total: int) -> None:
        """The frame shown at a moment: at its beginning, in its middle, one tick before the next begins."""
        index = self.index
        for number in numbers:
            begin = index.seconds(number)
            last = (index.after(number) - 1 - index.start) * index.time_base
            for moment in (begin, (begin + last) / 2, last):
                self.questions += 1
                if index.frame_at(moment) != number:
                    self._wrong(number)
            self.ask(reader, [index.frame_at((begin + last) / 2)], total)

    def beyond(self, reader: FrameReader) -> None:
        """Past the end and before the beginning there is nothing."""
        for number in (self.index.frames, -1):
            self.questions += 1
            try:
                reader.get(number)
                self._wrong(self.index.frames - 1)
            except NoSuchFrame:
                continue

    def run(self, reader: FrameReader, first: int, count: int) -> None:
        """So many frames in a row from `first`, none missing, none twice."""
        expected = [number for number in range(first, min(first + count, self.index.frames)) if number not in self.lost]
        for number, frame in zip(expected, reader.run(first), strict=False):
            self.questions += 1
            self._hold(frame, number)

    def reasons(self) -> list[str]:
        """What was wrong, in plain words."""
        said = []
        if self.list_wrong:
            said.append(self.list_wrong)
        if self.first_wrong is not None:
            moment = at(self.index.seconds(self.first_wrong))
            said.append(
                f"{self.wrong} of {self.questions} answers were not the picture that reading on from the beginning "
                f"shows, the first of them frame {self.first_wrong} at {moment}"
            )
        if self.refused:
            said.append(f"{self.refused} of {self.questions} answers were that the frame is too damaged to be shown")
        return said

    def _hold(self, frame: Frame, number: int) -> None:
        """Whether a frame is what was asked for."""
        same = self.truth.sums.get(number) in (None, picture_sum(frame.picture))
        if (frame.number, frame.pts) != (number, self.index.pts(number)) or not same:
            self._wrong(number)

    def _wrong(self, number: int) -> None:
        self.wrong += 1
        self.first_wrong = number if self.first_wrong is None else self.first_wrong

    def _borders(self, most: int) -> list[int]:
        """Frames on both sides of the borders of groups, all over the film."""
        keys = np.unique(np.searchsorted(self.index.shown, self.index.keys.pts))
        inside = [int(key) for key in keys if int(key) in self.truth.sums]
        near = {key + step for key in inside[:: 1 + 3 * len(inside) // most] for step in (-1, 0, 1)}
        return sorted(near)

    def _count(self, most_pixels: int) -> int:
        """How many questions, where each costs about a group."""
        group = Fraction(self.index.frames, len(self.index.keys.pts))
        cost = self.index.picture.stored_width * self.index.picture.stored_height * (group / 2 + 4)
        return int(min(max(most_pixels // (2 * cost), _QUESTIONS[0]), _QUESTIONS[1]))
