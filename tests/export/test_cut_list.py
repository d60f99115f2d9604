"""The reel's places: every rule recomputed here from timestamps alone."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.annotate.reel import Caption, Clip, Reel
from vigtool.errors import FilmMissing, InvalidRecord, NoSuchFrame
from vigtool.export.cut_list import CutList, film_frame, make_cut_list
from vigtool.ids import new_id
from vigtool.timebase import Span


@dataclass(frozen=True)
class Times:
    """Frame times as a plain list."""

    ticks: tuple[int, ...]
    end: int
    time_base: Fraction

    @property
    def frames(self) -> int:
        return len(self.ticks)

    def pts(self, number: int, /) -> int:
        return self.ticks[number]

    def number_at(self, tick: int, /) -> int:
        return bisect_right(self.ticks, tick) - 1


def steady(rate: Fraction, frames: int = 200, base: int = 90000, first: int = 0) -> Times:
    ticks = tuple(first + round(n * base / rate) for n in range(frames + 1))
    return Times(ticks[:-1], ticks[-1], Fraction(1, base))


def reel_of(*clips: tuple[str, Span], title: str = "") -> Reel:
    made = tuple(Clip(id=new_id(), mark=None, film=film, span=span) for film, span in clips)
    return Reel(id=new_id(), family=new_id(), author=new_id(), title=title, clips=made)


FILM = "f" * 32
OTHER = "0" * 32


def test_a_steady_film_gives_frame_for_frame() -> None:
    film = steady(Fraction(30))
    cuts = make_cut_list(reel_of((FILM, Span(film.pts(10), film.pts(25)))), {FILM: film})
    cut = cuts.cuts[0]
    assert (cut.first, cut.last, cut.out_first, cut.out_last) == (10, 24, 0, 14)
    assert [film_frame(cut, n, cuts.rate, film) for n in range(15)] == list(range(10, 25))
    assert cuts.duration == Fraction(1, 2)


def test_title_first_then_clips_without_gaps() -> None:
    film = steady(Fraction(30))
    span = Span(film.pts(0), film.pts(30))
    cuts = make_cut_list(reel_of((FILM, span), (FILM, span), title=" For you "), {FILM: film})
    assert cuts.title == "For you"
    assert cuts.title_frames == 90
    assert [(cut.out_first, cut.out_last) for cut in cuts.cuts] == [(90, 119), (120, 149)]
    assert cuts.frames == 150


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ((25,), 25),
        ((24,), 24),
        ((Fraction(24000, 1001),), 24),
        ((Fraction(2510, 100),), 25),
        ((Fraction(2540, 100),), 30),
        ((25, 30), 30),
        ((24, 25), 30),
        ((60,), 30),
        ((10,), 30),
    ],
)
def test_rate(rates: tuple[Fraction, ...], expected: int) -> None:
    films = {f"{n:032x}": steady(Fraction(rate)) for n, rate in enumerate(rates)}
    clips = [(name, Span(film.pts(0), film.pts(50))) for name, film in films.items()]
    films["a" * 32] = steady(Fraction(60))  # a film that no clip shows has no say
    assert make_cut_list(reel_of(*clips), films).rate == expected


def test_a_film_of_thirty_that_lost_pictures_keeps_thirty() -> None:
    kept = [n for n in range(300) if n % 6]  # every sixth is lost: 25 in the mean
    film = Times(tuple(n * 3000 for n in kept), 300 * 3000, Fraction(1, 90000))
    assert make_cut_list(reel_of((FILM, Span(film.pts(0), film.end))), {FILM: film}).rate == 30


def test_half_a_frame_rounds_up_and_a_moment_lasts_one_frame() -> None:
    film = Times(tuple(range(0, 3000, 30)), 3000, Fraction(1, 1000))
    spans = [Span(0, 50), Span(0, 49), Span(30, 31), Span(30, 30)]  # 1.5 frames, just under, a blink, a moment
    cuts = make_cut_list(reel_of(*[(FILM, span) for span in spans]), {FILM: film})
    assert [cut.out_frames for cut in cuts.cuts] == [2, 1, 1, 1]
    assert (cuts.cuts[3].first, cuts.cuts[3].last) == (1, 1)


def test_the_frame_that_begins_at_the_end_is_not_shown() -> None:
    film = steady(Fraction(60))
    cuts = make_cut_list(reel_of((FILM, Span(film.pts(3), film.pts(8)))), {FILM: film})
    cut = cuts.cuts[0]
    assert (cut.first, cut.last) == (3, 7)
    assert [film_frame(cut, n, cuts.rate, film) for n in range(cut.out_first, cut.out_last + 1)] == [3, 5, 7]


def test_blank_captions_are_left_out() -> None:
    film = steady(Fraction(30))
    captions = (Caption("en", "She looked up."), Caption("ar", "  \n"))
    clip = Clip(id=new_id(), mark=None, film=FILM, span=Span(0, film.pts(9)), captions=captions)
    reel = Reel(id=new_id(), family=new_id(), author=new_id(), clips=(clip,))
    assert make_cut_list(reel, {FILM: film}).cuts[0].captions == captions[:1]


def test_refusals() -> None:
    film = steady(Fraction(30), first=900)
    with pytest.raises(InvalidRecord):
        make_cut_list(reel_of(), {})
    with pytest.raises(FilmMissing):
        make_cut_list(reel_of((OTHER, Span(900, 1800))), {FILM: film})
    for span in (Span(0, 1800), Span(900, film.end + 1), Span(film.end, film.end)):
        with pytest.raises(NoSuchFrame):
            make_cut_list(reel_of((FILM, span)), {FILM: film})


@st.composite
def film_and_spans(draw: st.DrawFn) -> tuple[Times, list[Span]]:
    base = draw(st.sampled_from([600, 1000, 15360, 30000, 90000]))
    gaps = draw(st.lists(st.integers(1, base // 5), min_size=1, max_size=60))
    first = draw(st.integers(-base, base))
    ticks = [first]
    for gap in gaps:
        ticks.append(ticks[-1] + gap)
    film = Times(tuple(ticks[:-1]), ticks[-1], Fraction(1, base))
    edges = st.tuples(st.integers(first, film.end - 1), st.integers(first, film.end)).map(sorted)
    spans = draw(st.lists(edges.map(lambda pair: Span(pair[0], pair[1])), min_size=1, max_size=4))
    return film, spans


@given(film_and_spans())
def test_every_frame_obeys_the_rule_and_stays_inside(case: tuple[Times, list[Span]]) -> None:
    film, spans = case
    cuts: CutList = make_cut_list(reel_of(*[(FILM, span) for span in spans]), {FILM: film})
    position = 0
    for cut, span in zip(cuts.cuts, spans, strict=True):
        length = (span.end - span.start) * film.time_base * cuts.rate
        assert cut.out_first == position
        assert abs(cut.out_frames - length) <= Fraction(1, 2) or cut.out_frames == 1
        for k in range(cut.out_frames):
            shown = film_frame(cut, cut.out_first + k, cuts.rate, film)
            time = span.start * film.time_base + k / cuts.rate
            latest = max(n for n, tick in enumerate(film.ticks) if tick * film.time_base <= time)
            assert shown == latest
            assert cut.first <= shown <= cut.last
            assert film.ticks[shown] < span.end or span.is_moment
        position = cut.out_last + 1
    assert cuts.frames == position
