"""What is played and in which order: reckoned against walking it tick by tick."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from frames_in_memory import EVEN, UNEVEN, at
from vigtool.player.route import Route, loop_of, only, whole
from vigtool.timebase import Span

spans = st.lists(
    st.tuples(st.integers(-100, 2000), st.integers(0, 300)).map(lambda pair: Span(pair[0], pair[0] + pair[1])),
    max_size=6,
)


def ticks_of(route: Route) -> list[int]:
    return [tick for span in route.spans for tick in range(span.start, span.end)]


@given(spans)
def test_only_what_is_marked_is_played_each_tick_once(marked: list[Span]) -> None:
    route = only(EVEN, marked)
    wanted = sorted({tick for span in marked for tick in range(max(span.start, EVEN.start), min(span.end, EVEN.end))})
    assert (ticks_of(route) if route else []) == wanted
    if route is not None:
        assert all(before.end < after.start for before, after in zip(route.spans, route.spans[1:], strict=False))


@given(spans, st.booleans(), st.integers(0, 10**6), st.integers(-4000, 4000))
def test_a_way_is_walked_tick_by_tick(marked: list[Span], endless: bool, seed: int, way: int) -> None:
    made = only(EVEN, [*marked, Span(5, 9)])
    assert made is not None
    route = Route(made.spans, endless)
    ticks = ticks_of(route)
    place = seed % len(ticks)
    arrived = route.travelled(Fraction(ticks[place]) + Fraction(1, 3), Fraction(way))
    if endless or 0 <= place + way < len(ticks):
        assert arrived == ticks[(place + way) % len(ticks)] + Fraction(1, 3)
    else:
        assert arrived is None


@given(spans, st.booleans(), st.integers(0, 10**6))
def test_its_legs_are_what_is_played(marked: list[Span], endless: bool, seed: int) -> None:
    made = only(EVEN, [*marked, Span(5, 9)])
    assert made is not None
    route = Route(made.spans, endless)
    ticks = ticks_of(route)
    begin = seed % len(ticks)
    legs = list(islice(route.legs(ticks[begin]), 20))
    walked = [tick for leg in legs for tick in range(leg.start, leg.end)]
    expected = ticks[begin:] if not endless else (ticks[begin:] + ticks * 20)[: len(walked)]
    assert walked == expected
    following = route.after(ticks[begin])
    assert following == (legs[1] if len(legs) > 1 else None)


@given(spans, st.integers(-200, 2500), st.booleans())
def test_one_enters_where_it_goes_on(marked: list[Span], tick: int, forwards: bool) -> None:
    route = only(EVEN, [*marked, Span(500, 520)])
    assert route is not None
    ticks = ticks_of(route)
    coming = [other for other in ticks if other >= tick] if forwards else [x for x in reversed(ticks) if x <= tick]
    assert route.entered(tick, forwards=forwards) == (coming[0] if coming else None)
    again = Route(route.spans, endless=True).entered(tick, forwards=forwards)
    assert again == (coming[0] if coming else ticks[0 if forwards else -1])


def test_what_has_no_length_is_no_route() -> None:
    assert only(EVEN, [Span(3, 3), Span(9_000, 9_999)]) is None
    assert loop_of(EVEN, Span(3, 3)) is None
    assert loop_of(EVEN, Span(-500, 9_999)) == Route((Span(EVEN.start, EVEN.end),), endless=True)
    assert whole(UNEVEN).spans == (Span(UNEVEN.start, UNEVEN.end),)


def test_marks_are_played_one_after_the_other_and_then_it_stands() -> None:
    transport, clock = at(EVEN)
    transport.set_only([EVEN.span(70, 72), EVEN.span(10, 14), EVEN.span(13, 16), EVEN.span(40, 40)])
    transport.play()
    seen = [transport.update()]
    while transport.playing:
        clock.advance(Fraction(1, 90))
        if transport.update() != seen[-1]:
            seen.append(transport.number)
    assert seen == [*range(10, 17), 40, 70, 71, 72]
    assert transport.number == 72
    transport.play()  # once more, from the first
    assert transport.number == 10


def test_marks_are_played_backwards_too() -> None:
    transport, clock = at(EVEN)
    transport.set_only([EVEN.span(10, 12), EVEN.span(40, 41)])
    transport.seek(60)
    transport.set_rate(Fraction(-1))
    transport.play()
    seen = []
    while transport.playing:
        seen.append(transport.update())
        clock.advance(Fraction(1, 30))
        transport.update()
    assert seen == [41, 40, 12, 11, 10]
    assert transport.number == 10


def test_jumping_between_marks_goes_on_with_the_next_and_behind_the_last_it_stands() -> None:
    transport, _ = at(EVEN)
    transport.set_only([EVEN.span(10, 12), EVEN.span(40, 41)])
    transport.seek(11)
    transport.play()
    transport.jump(20)
    assert (transport.number, transport.playing) == (40, True)
    transport.jump(11)
    assert (transport.number, transport.playing) == (11, True)
    transport.jump(60)
    assert (transport.number, transport.playing) == (60, False)


def test_a_route_chosen_on_the_way_begins_at_once() -> None:
    transport, clock = at(EVEN)
    transport.play()
    clock.advance(Fraction(1))
    transport.set_loop(EVEN.span(5, 9))
    assert (transport.number, transport.loop, transport.only) == (5, EVEN.span(5, 9), ())
    clock.advance(Fraction(1, 30))
    transport.set_only([EVEN.span(50, 59)])
    assert (transport.number, transport.loop, transport.only) == (50, None, (EVEN.span(50, 59),))
    clock.advance(Fraction(1, 30))
    transport.set_only([])
    assert (transport.number, transport.only) == (51, ())
    clock.advance(Fraction(1))
    assert transport.number == 81


def test_it_says_where_it_will_be_and_can_go_back_to_the_tick() -> None:
    transport, clock = at(EVEN)
    assert transport.ahead(Fraction(5)) == EVEN.start
    transport.set_loop(EVEN.span(0, 2))
    transport.set_rate(Fraction(1, 2))
    transport.play()
    clock.advance(Fraction(1, 1000))
    assert transport.ahead(Fraction(0)) == EVEN.start + Fraction(3, 10)
    assert transport.ahead(Fraction(2, 10)) == EVEN.start + Fraction(3, 10)  # round once: 0.1 s of film
    assert transport.settle() == EVEN.start
    clock.advance(Fraction(1, 600))
    assert transport.ahead(Fraction(0)) == EVEN.start + Fraction(1, 2)
    transport.set_loop(None)
    assert transport.ahead(Fraction(100)) is None
