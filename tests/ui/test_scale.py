"""Between ticks and pixels: exact where it is ticks, within a pixel where it is pixels."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.ui.timeline.scale import Scale

BASES = st.sampled_from([Fraction(1, 90000), Fraction(1, 1000), Fraction(1001, 30000), Fraction(1, 25), Fraction(1, 3)])


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    start = draw(st.integers(-(10**6), 10**9))
    end = start + draw(st.integers(1, 10**9))
    whole = Scale.whole(start, end, draw(BASES), draw(st.integers(1, 4000)), draw(st.integers(1, 10**4)))
    factor = draw(st.fractions(Fraction(1, 1000), 1))
    return whole.zoomed(factor, draw(st.floats(0, 4000)))


@given(scales(), st.integers(0, 10**9))
def test_a_tick_comes_back_within_a_pixel(scale: Scale, offset: int) -> None:
    tick = scale.start + offset % (scale.end - scale.start + 1)
    back = scale.tick(scale.x(tick))
    one_pixel = math.ceil(scale.length / scale.width)
    # The float of a pixel holds 53 bits: far outside the view it is off by less than a pixel.
    assert abs(back - tick) <= one_pixel


@given(scales(), st.data())
def test_in_view_and_zoomed_in_a_tick_comes_back_exactly(scale: Scale, data: st.DataObject) -> None:
    scale = scale.resized(4000)
    if scale.length > 400:
        scale = Scale(**{**{n: getattr(scale, n) for n in Scale.__slots__}, "length": 400})
    tick = data.draw(st.integers(math.ceil(scale.first), math.floor(min(scale.last, scale.end))))
    assert scale.tick(scale.x(tick) + 0.001) == tick


@given(scales(), st.fractions(Fraction(1, 50), 50), st.floats(0, 1))
def test_zooming_keeps_what_is_under_the_pointer(scale: Scale, factor: Fraction, part: float) -> None:
    x = part * scale.width
    under = scale.first + Fraction(x) * scale.length / scale.width
    zoomed = scale.zoomed(factor, x)
    assert scale.start <= zoomed.first
    assert zoomed.last <= scale.end
    assert scale.least <= zoomed.length or zoomed.length == scale.end - scale.start
    at_an_end = zoomed.first == scale.start or zoomed.last == scale.end
    off = abs(zoomed.first + Fraction(x) * zoomed.length / zoomed.width - under)
    assert at_an_end or off <= Fraction(zoomed.length, zoomed.width) + 1


@given(scales(), st.floats(-5000, 5000), st.integers(-(10**9), 2 * 10**9))
def test_it_never_leaves_the_film(scale: Scale, pixels: float, tick: int) -> None:
    inside = min(max(tick, scale.start), scale.end)
    for other in (
        scale.scrolled(pixels),
        scale.moved_to(tick),
        scale.showing(inside),
        scale.around(scale.start, inside),
        scale.showing_seconds(Fraction(30), inside),
        scale.resized(77),
    ):
        assert scale.start <= other.first
        assert other.last <= scale.end
    assert scale.showing(inside).first <= inside <= scale.showing(inside).last
    assert scale.start <= scale.tick(pixels) <= scale.end


@given(scales())
def test_the_ruler_stands_on_exact_times_and_never_crowds(scale: Scale) -> None:
    strokes = scale.ruler(64)
    assert len(strokes) < scale.width / 64 * 5 + 12
    for stroke in strokes:
        assert scale.first <= stroke.tick < scale.last
        exact = scale.start * scale.time_base + stroke.seconds
        assert 0 <= stroke.tick * scale.time_base - exact < scale.time_base
    assert len({stroke.tick for stroke in strokes}) == len(strokes)
    numbered = [stroke.seconds for stroke in strokes if stroke.numbered]
    for one, other in pairwise(numbered):
        assert float(other - one) * scale.width / float(scale.seconds) >= 63.9


def test_a_page_turns_only_when_the_tick_has_left() -> None:
    scale = Scale.whole(0, 1000, Fraction(1, 10), 100).zoomed(Fraction(1, 10), 0)
    assert scale.showing(99) is scale
    turned = scale.showing(100)
    assert turned.first == 90
    assert scale.showing(1000).last == 1000


def test_a_strip_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="some ticks"):
        Scale(start=0, end=0, time_base=Fraction(1, 10), first=0, length=1, width=10)
