"""Laying films beside each other by their sounds: films whose offset is known, and films that tell nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

import makers
from two_films import even, index_of, uneven
from vigtool.errors import Cancelled
from vigtool.player.alignment import Alignment, Listened, align

QUIET = makers.Film(frames=200, gop=100)
BEATING = makers.Film(frames=350, gop=100, sound=True)


def listened(film: makers.Film) -> Listened:
    return Listened(makers.opener(makers.make(film)), index_of(film))


@pytest.mark.parametrize(
    ("make", "offset"), [(even, Fraction(-37, 25)), (even, Fraction(0)), (uneven, Fraction(1777, 1000))]
)
def test_a_known_offset_is_heard_to_a_fraction_of_a_frame(make: type, offset: Fraction) -> None:
    found = align(listened(even(Fraction(0))), listened(make(offset)))
    assert found is not None
    assert abs(found.offset - offset) < Fraction(1, 200)
    assert found.confidence > 0.25


def test_whichever_is_first_the_films_lie_the_same() -> None:
    one, other = listened(even(Fraction(0))), listened(even(Fraction(7, 5)))
    there, back = align(one, other), align(other, one)
    assert isinstance(there, Alignment)
    assert isinstance(back, Alignment)
    assert abs(there.offset + back.offset) < Fraction(1, 500)


@pytest.mark.parametrize("other", [QUIET, BEATING])
def test_without_sound_or_with_a_beat_nothing_is_claimed(other: makers.Film) -> None:
    assert align(listened(BEATING), listened(other)) is None


def test_it_says_how_far_it_is_and_stops_when_asked() -> None:
    news: list[tuple[int, int]] = []
    one, other = listened(even(Fraction(0))), listened(even(Fraction(7, 5)))
    align(one, other, report=lambda *said: news.append(said))
    parts = [done / total for done, total in news]
    assert parts == sorted(parts)
    assert parts[0] < 0.1
    assert parts[-1] <= 1
    for after in (1, len(news) // 2, len(news) - 1):
        asked = iter([False] * after)
        with pytest.raises(Cancelled):
            align(one, other, cancelled=lambda asked=asked: next(asked, True))  # type: ignore[misc]  # mypy sees no default in a lambda
