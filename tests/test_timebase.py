from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.errors import UsageError
from vigtool.timebase import FrameNumber, Span, clock, parse_point, short_clock, to_seconds, to_ticks

ticks = st.integers(-(10**12), 10**12)
bases = st.builds(Fraction, st.integers(1, 1001), st.integers(1, 1_000_000))


def test_a_span_is_half_open_and_a_moment_holds_its_tick() -> None:
    span = Span(10, 20)
    assert span.holds(10)
    assert not span.holds(20)
    assert span.length == 10
    moment = Span(7, 7)
    assert moment.is_moment
    assert moment.holds(7)
    assert not moment.holds(8)


def test_a_span_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Span(2, 1)


@given(ticks, ticks, ticks, ticks)
def test_overlap_is_mutual(a: int, b: int, c: int, d: int) -> None:
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    assert one.overlaps(other) == other.overlaps(one)


@given(ticks, bases)
def test_ticks_survive_the_way_through_seconds(tick: int, base: Fraction) -> None:
    assert to_ticks(to_seconds(tick, base), base) == tick


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:03:12.480", Fraction("192.48")),
        ("3:12.48", Fraction("192.48")),
        ("01:00:00", Fraction(3600)),
        ("192,48", Fraction("192.48")),
        ("0", Fraction(0)),
        ("90:30", Fraction(90 * 60 + 30)),
    ],
)
def test_times_are_read_exactly(text: str, seconds: Fraction) -> None:
    assert parse_point(text) == seconds


def test_a_frame_is_read() -> None:
    assert parse_point("f123") == FrameNumber(123)


@pytest.mark.parametrize("text", ["", "f", "f-1", "-3", "1:75", "1:99:00", "abc", "1.2.3", "nan", "0:00:61"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_point(text)


@given(st.fractions(0, 360_000))
def test_the_clock_never_names_a_later_time(seconds: Fraction) -> None:
    read = parse_point(clock(seconds))
    assert isinstance(read, Fraction)
    assert 0 <= seconds - read < Fraction(1, 1000)


def test_short_clocks() -> None:
    assert short_clock(Fraction("192.48")) == "3:12.480"
    assert short_clock(Fraction(3672), millis=False) == "1:01:12"
    assert short_clock(Fraction(-3, 2)) == "-0:01.500"
