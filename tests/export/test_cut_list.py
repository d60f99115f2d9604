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
        ((Fraction(24000, 1001),), Fraction(24000, 1001)),
        ((Fraction(30000, 1001),), Fraction(30000, 1001)),
        ((Fraction(30000, 1001), Fraction(60000, 1001)), Fraction(30000, 1001)),
        ((Fraction(120000, 1001),), Fraction(30000, 1001)),
        ((Fraction(30000, 1001), 30), 30),
        ((Fraction(30000, 1001), Fraction(24000, 1001)), 30),
        ((Fraction(24000, 1001), 24), 24),
        ((50,), 25),
        ((25, 50, 100), 25),
        ((48,), 24),
        ((30, 60), 30),
        ((240,), 30),
        ((Fraction(2998, 100),), 30),
        ((Fraction(2510, 100),), 25),
        ((Fraction(2540, 100),), 30),
        ((25, 30), 30),
        ((24, 25), 30),
        ((60,), 30),
        ((10,), 30),
    ],
)
def test_rate(rates: tuple[Fraction, ...], expected: Fraction) -> None:
    films = {f"{n:032x}": steady(Fraction(rate)) for n, rate in enumerate(rates)}
    clips = [(name, Span(film.pts(0), film.pts(50))) for name, film in films.items()]
    films["a" * 32] = steady(Fraction(60))  # a film that no clip shows has no say
    assert make_cut_list(reel_of(*clips), films).rate == expected


@pytest.mark.parametrize(
    ("rate", "base"), [(Fraction(30000, 1001), 30000), (Fraction(30000, 1001), 90000), (Fraction(24000, 1001), 24000)]
)
def test_television_rates_give_frame_for_frame(rate: Fraction, base: int) -> None:
    """Every frame of a clip once, the first and the last too, however long the clip is."""
    film = steady(rate, 1400, base)
    clips = [(FILM, Span(film.pts(first), film.pts(last))) for first, last in ((0, 1), (7, 400), (101, 1399))]
    cuts = make_cut_list(reel_of(*clips, title="For you"), {FILM: film})
    assert cuts.rate == rate
    assert cuts.title_frames == round(3 * rate)
    for cut, (first, last) in zip(cuts.cuts, ((0, 1), (7, 400), (101, 1399)), strict=True):
        shown = [film_frame(cut, n, rate, film) for n in range(cut.out_first, cut.out_last + 1)]
        assert shown == list(range(first, last))
    assert cuts.duration == cuts.frames / rate


def test_twice_a_rate_gives_every_second_frame() -> None:
    for rate in (Fraction(60000, 1001), Fraction(50)):
        film = steady(rate, 900)
        cuts = make_cut_list(reel_of((FILM, Span(film.pts(3), film.pts(603)))), {FILM: film})
        cut = cuts.cuts[0]
        assert cuts.rate * 2 == rate
        assert [film_frame(cut, n, cuts.rate, film) for n in range(300)] == list(range(3, 603, 2))


def test_at_thirty_the_first_frame_would_come_twice() -> None:
    """What the slower rate is for: seen where a film of 30 makes the whole reel 30."""
    slow, whole = steady(Fraction(30000, 1001)), steady(Fraction(30))
    clips = [(FILM, Span(slow.pts(10), slow.pts(20))), (OTHER, Span(0, whole.pts(9)))]
    cuts = make_cut_list(reel_of(*clips), {FILM: slow, OTHER: whole})
    assert cuts.rate == 30
    assert [film_frame(cuts.cuts[0], n, cuts.rate, slow) for n in range(10)] == [10, *range(10, 19)]


def test_television_rates_are_known_in_whole_milliseconds_and_with_lost_pictures() -> None:
    thousandths = Times(tuple(round(n * 1001 / 30) for n in range(900)), round(900 * 1001 / 30), Fraction(1, 1000))
    kept = [n for n in range(900) if n % 40]
    lossy = Times(tuple(n * 1001 for n in kept), 900 * 1001, Fraction(1, 30000))
    for film in (thousandths, lossy):
        assert make_cut_list(reel_of((FILM, Span(film.pts(0), film.end))), {FILM: film}).rate == Fraction(30000, 1001)


@pytest.mark.parametrize("rate", [Fraction(30), Fraction(30000, 1001), Fraction(24000, 1001), Fraction(25)])
@pytest.mark.parametrize("base", [1000, 90000, 600, 12800])
def test_a_clock_of_coarse_ticks_neither_doubles_nor_drops_a_frame(rate: Fraction, base: int) -> None:
    """Matroska counts thousandths: frames of 30 a second are 33 and 34 of them apart."""
    ticks = tuple(int(n * base / rate + Fraction(1, 2)) for n in range(900))
    film = Times(ticks, int(900 * base / rate), Fraction(1, base))
    clips = [(FILM, Span(film.pts(first), film.pts(last))) for first, last in ((0, 50), (1, 40), (2, 700), (7, 899))]
    cuts = make_cut_list(reel_of(*clips), {FILM: film})
    assert cuts.rate == rate
    for cut, (first, last) in zip(cuts.cuts, ((0, 50), (1, 40), (2, 700), (7, 899)), strict=True):
        shown = [film_frame(cut, n, rate, film) for n in range(cut.out_first, cut.out_last + 1)]
        assert shown == list(range(first, last))


def test_uneven_films_keep_to_the_tick() -> None:
    film = Times((0, 3001, 6000, 9000, 12000), 15000, Fraction(1, 90000))
    cuts = make_cut_list(reel_of((FILM, Span(0, 15000))), {FILM: film})
    assert cuts.cuts[0].leeway == 0
    assert [film_frame(cuts.cuts[0], n, cuts.rate, film) for n in range(5)] == [0, 0, 2, 3, 4]


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
            time = (span.start + cut.leeway) * film.time_base + k / cuts.rate
            latest = max(n for n, tick in enumerate(film.ticks) if tick * film.time_base <= time)
            assert shown == min(latest, cut.last)
            assert cut.first <= shown <= cut.last
            assert film.ticks[shown] < span.end or span.is_moment
        position = cut.out_last + 1
    assert cuts.frames == position
