"""Where a picture lies when one looks closely: reckoning alone, at every size of film and view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.player.frame import fitted
from vigtool.ui.film.look import WHOLE, Look, Size, most_zoom, wanted

films = st.tuples(st.integers(16, 4096), st.integers(16, 4096))
views = st.tuples(st.integers(60, 1400), st.integers(60, 1000))
parts = st.floats(0, 1)
factors = st.floats(0.05, 20)
BUDGET = 384 << 20


@st.composite
def looks(draw: st.DrawFn) -> tuple[Look, Size, Size]:
    film, view = draw(films), draw(views)
    at = draw(parts) * view[0], draw(parts) * view[1]
    look = WHOLE.zoomed(draw(st.floats(1, 30)), at, film, view)
    return look, film, view


@given(looks())
def test_the_picture_fills_the_view_or_stands_in_its_middle(found: tuple[Look, Size, Size]) -> None:
    look, film, view = found
    place = look.place(film, view)
    for begin, length, room in ((place.left, place.width, view[0]), (place.top, place.height, view[1])):
        if length > room:
            assert begin <= 0
            assert begin + length >= room
        else:
            assert abs(2 * begin + length - room) <= 1


@given(looks(), factors, parts, parts)
def test_what_is_under_the_pointer_stays_there(
    found: tuple[Look, Size, Size], factor: float, across: float, down: float
) -> None:
    look, film, view = found
    at = across * view[0], down * view[1]
    after = look.zoomed(factor, at, film, view)
    before, then = look.place(film, view), after.place(film, view)
    for point, old, width, new, size, room in (
        (at[0], before.left, before.width, then.left, then.width, view[0]),
        (at[1], before.top, before.height, then.top, then.height, view[1]),
    ):
        wandered = abs((point - old) / width * size + new - point)
        at_edge = size <= room or new == 0 or new + size == room
        assert wandered <= 2 or at_edge


@given(looks(), st.floats(-3000, 3000), st.floats(-3000, 3000))
def test_pushing_there_and_back_is_nothing_unless_an_edge_was_met(
    found: tuple[Look, Size, Size], right: float, down: float
) -> None:
    look, film, view = found
    pushed = look.panned(right, down, film, view)
    left, top, end, bottom = pushed.seen(film, view)
    assert 0 <= left < end <= 1
    assert 0 <= top < bottom <= 1
    inside = min(left, top) > 0.02 and max(end, bottom) < 0.98
    if inside:
        back = pushed.panned(-right, -down, film, view)
        assert abs(back.x - look.x) < 1e-6 or look.x != look.within(film, view).x
    assert pushed.zoom == look.zoom


@given(looks(), st.booleans())
def test_no_more_is_asked_for_than_the_film_has_or_the_budget_holds(
    found: tuple[Look, Size, Size], moving: bool
) -> None:
    look, film, view = found
    box = wanted(look, film, view, BUDGET, moving=moving)
    fit, size = fitted(*film, *view), fitted(*film, *box)
    assert size[0] >= fit[0] - 1
    assert size[0] <= max(fit[0], film[0]) + 1
    least = 4 * fit[0] * fit[1]
    assert 4 * size[0] * size[1] <= max(least, BUDGET // 6) * 1.01
    if moving:
        assert size[0] * size[1] <= max(fit[0] * fit[1], 1920 * 1088) * 1.01


@given(looks())
def test_a_picture_of_the_film_as_large_as_it_is_shown_is_asked_for_exactly(found: tuple[Look, Size, Size]) -> None:
    look, film, view = found
    place = look.place(film, view)
    if place.width <= film[0] and place.height <= film[1] and 4 * place.width * place.height < BUDGET // 6:
        assert fitted(*film, *wanted(look, film, view, BUDGET, moving=False)) == (place.width, place.height)


def test_a_large_film_is_asked_for_at_its_own_size_and_less_of_it_while_it_plays() -> None:
    film, view = (3840, 2160), (800, 450)
    close = WHOLE.zoomed(12, (400, 225), film, view)
    assert wanted(close, film, view, BUDGET, moving=False) == film
    wide, high = wanted(close, film, view, BUDGET, moving=True)
    assert (1900, 1060) < (wide, high) <= (1932, 1090)
    assert wanted(WHOLE, film, view, BUDGET, moving=True) == wanted(WHOLE, film, view, BUDGET, moving=False) == view


@pytest.mark.parametrize(("film", "most"), [((1920, 1080), 9.6), ((320, 180), 4.0)])
def test_one_cannot_look_closer_than_there_is_something_to_see(film: Size, most: float) -> None:
    assert most_zoom(film, (800, 450)) == pytest.approx(most)
    assert WHOLE.zoomed(1000, (0, 0), film, (800, 450)).zoom == pytest.approx(most)
    assert WHOLE.zoomed(0.5, (0, 0), film, (800, 450)) == WHOLE
