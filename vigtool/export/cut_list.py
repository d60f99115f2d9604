"""From a reel to exact frames: what every picture of the finished copy shows, before anything is decoded.

One clock runs through the whole copy: output frame n stands at n / rate seconds. The title comes first, then the
clips without gaps. Within a clip that begins with output frame n0, output frame n shows

    the film's latest frame whose timestamp is not later than  start + (n - n0) / rate

where `start` is the clip's start on the film's own clock. Variable frame rates, 25 and 60 frames a second all follow
from this one rule. In a film whose frames are evenly apart but for the rounding of its clock (33 and 34 thousandths in
turn) a frame counts as begun one tick early, or now and then one would be shown twice and the next one never.

A clip lasts round-half-up(length * rate) output frames, at least one; because of the rounding the last of them stands
before the clip's end, so no frame from outside the clip is ever shown.

Everything is whole numbers and fractions; nothing here decodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from vigtool.annotate.reel import Caption, Clip, Reel
from vigtool.errors import FilmMissing, InvalidRecord, NoSuchFrame
from vigtool.ids import Id
from vigtool.timebase import to_seconds, to_ticks

TITLE_SECONDS = 3
_USUAL_RATE = Fraction(30)
# Rates a thousandth slower than whole ones are told from them by the fourth part of that.
_TELEVISION_RATES = (Fraction(30_000, 1001), Fraction(24_000, 1001))
_TELEVISION_TOLERANCE = Fraction(1, 4000)
_KEPT_RATES = (Fraction(25), Fraction(24))
_RATE_TOLERANCE = Fraction(1, 100)
_STEP_TOLERANCE = Fraction(1, 20)
_MULTIPLES = (1, 2, 4, 8)
_LEAST_STEP = 4  # ticks, below which one tick is no small matter


class FrameTimes(Protocol):
    """When the frames of one film are shown; a frame index of the player is one."""

    @property
    def time_base(self) -> Fraction:
        """Seconds of one tick."""

    @property
    def frames(self) -> int:
        """How many frames the film shows."""

    @property
    def end(self) -> int:
        """The tick at which the last frame ends."""

    def pts(self, number: int, /) -> int:
        """The tick at which a frame begins to be shown."""

    def number_at(self, tick: int, /) -> int:
        """The frame that is shown at a tick: the latest that begins at or before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One clip of the reel, placed.

    Attributes:
        start, end: half-open, in seconds of the film's own clock.
        first, last: frames of the film that are on screen within it, inclusive.
        out_first, out_last: frames of the finished copy, inclusive.
        leeway: ticks by which a frame of the film counts as begun early.
    """

    clip: Id
    film: Id
    start: Fraction
    end: Fraction
    first: int
    last: int
    out_first: int
    out_last: int
    captions: tuple[Caption, ...] = ()
    leeway: int = 0

    @property
    def out_frames(self) -> int:
        """How many frames of the copy it fills."""
        return self.out_last - self.out_first + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CutList:
    """A whole reel, ready to be rendered.

    Attributes:
        rate: frames a second of the copy.
        title_frames: how many frames the title stands for; 0 without a title.
    """

    title: str
    title_frames: int
    rate: Fraction
    cuts: tuple[Cut, ...]

    @property
    def frames(self) -> int:
        """How many frames the copy has."""
        return self.cuts[-1].out_last + 1 if self.cuts else self.title_frames

    @property
    def duration(self) -> Fraction:
        """Its exact length in seconds."""
        return self.frames / self.rate


def make_cut_list(reel: Reel, films: Mapping[Id, FrameTimes]) -> CutList:
    """Place every clip of `reel`.

    Args:
        reel: the clips in their order.
        films: the frame times of each film that a clip shows.

    Raises:
        InvalidRecord: for a reel without clips.
        FilmMissing: where a clip's film is not among `films`.
        NoSuchFrame: where a clip begins or ends outside its film.
    """
    if not reel.clips:
        raise InvalidRecord("there is no clip in this reel yet", "choose a moment for it first")
    if any(clip.film not in films for clip in reel.clips):
        raise FilmMissing("a film that this reel shows is not there", "bring the film in again, or take its clips out")
    rate = output_rate(films[clip.film] for clip in reel.clips)
    title_frames = _round_half_up(TITLE_SECONDS * rate) if reel.title.strip() else 0
    leeway = {film: _leeway(films[film]) for film in {clip.film for clip in reel.clips}}
    cuts: list[Cut] = []
    position = title_frames
    for clip in reel.clips:
        cut = _place(clip, films[clip.film], rate, position, leeway[clip.film])
        cuts.append(cut)
        position = cut.out_last + 1
    return CutList(title=reel.title.strip(), title_frames=title_frames, rate=rate, cuts=tuple(cuts))


def film_frame(cut: Cut, number: int, rate: Fraction, film: FrameTimes) -> int:
    """Which frame of its film the copy's frame `number` shows; `number` lies within `cut`."""
    seconds = cut.start + (number - cut.out_first) / rate
    return min(film.number_at(to_ticks(seconds, film.time_base) + cut.leeway), cut.last)


def output_rate(films: Iterable[FrameTimes]) -> Fraction:
    """30 frames a second, or one of 30/1.001, 24/1.001, 25 and 24 if all films run at it, or at 2, 4 or 8 times it.

    At 30 a film of 30/1.001 would show a clip's first frame twice and its last one never; a film of 50 would go
    unevenly. A phone's film of 30 a second that lost pictures may come to 25 in the mean; it keeps its 30, or more
    would be lost.
    """
    paces = [_pace(film) for film in {id(film): film for film in films}.values()]
    for rate in _TELEVISION_RATES:
        if all(any(_runs_precisely(pace, times * rate) for times in _MULTIPLES) for pace in paces):
            return rate
    for rate in _KEPT_RATES:
        if all(any(_runs_about(pace, times * rate) for times in _MULTIPLES) for pace in paces):
            return rate
    return _USUAL_RATE


@dataclass(frozen=True, slots=True)
class _Pace:
    """How fast a film goes: frames a second over all of it, and seconds of its middle step from frame to frame."""

    mean: Fraction
    step: Fraction


def _pace(film: FrameTimes) -> _Pace:
    return _Pace(_mean_rate(film), sorted(_steps(film))[film.frames // 2] * film.time_base)


def _leeway(film: FrameTimes) -> int:
    """One tick where a film's frames are evenly apart but for the rounding to its ticks, else none."""
    steps = _steps(film)[:-1] or [0]
    return int(max(steps) - min(steps) <= 1 and min(steps) >= _LEAST_STEP)


def _steps(film: FrameTimes) -> list[int]:
    """Ticks from each frame to the next, and from the last one to the end."""
    begins = [*(film.pts(number) for number in range(film.frames)), film.end]
    return [after - before for before, after in pairwise(begins)]


def _runs_about(pace: _Pace, rate: Fraction) -> bool:
    """Whether a film runs at that rate in the mean, and its middle step does too."""
    return abs(pace.mean / rate - 1) <= _RATE_TOLERANCE and abs(pace.step * rate - 1) <= _STEP_TOLERANCE


def _runs_precisely(pace: _Pace, rate: Fraction) -> bool:
    """Whether it is this rate and not the whole one beside it.

    The mean tells where a container keeps whole milliseconds; the step tells where pictures were lost.
    """
    if abs(pace.mean / rate - 1) <= _TELEVISION_TOLERANCE:
        return abs(pace.step * rate - 1) <= _STEP_TOLERANCE
    return abs(pace.step * rate - 1) <= _TELEVISION_TOLERANCE and pace.mean < rate


def _mean_rate(film: FrameTimes) -> Fraction:
    """Frames a second over the whole film; 0 for a film without length."""
    length = to_seconds(film.end - film.pts(0), film.time_base)
    return Fraction(film.frames) / length if length > 0 else Fraction(0)


def _place(clip: Clip, film: FrameTimes, rate: Fraction, position: int, leeway: int) -> Cut:
    """One clip as a cut that begins with output frame `position`."""
    span = clip.span
    if span.start < film.pts(0) or span.start >= film.end or span.end > film.end:
        raise NoSuchFrame("a clip of this reel lies outside its film", "set the clip's start and end again")
    start, end = to_seconds(span.start, film.time_base), to_seconds(span.end, film.time_base)
    count = max(1, _round_half_up((end - start) * rate))
    return Cut(
        clip=clip.id,
        film=clip.film,
        start=start,
        end=end,
        first=film.number_at(span.start),
        last=film.number_at(max(span.start, span.end - 1)),
        out_first=position,
        out_last=position + count - 1,
        captions=tuple(caption for caption in clip.captions if caption.text.strip()),
        leeway=leeway,
    )


def _round_half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return int((value + Fraction(1, 2)) // 1)
