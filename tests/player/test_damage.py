"""What is broken is said from when to when, and what comes from the process that looked is read strictly."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigtool.player.damage import Damage, at, joined

seconds = st.builds(Fraction, st.integers(0, 10**6), st.sampled_from([1, 25, 1001, 90_000]))
spans = st.lists(st.tuples(seconds, seconds).map(lambda pair: (min(pair), max(pair))), max_size=6)


def damaged(*pairs: tuple[str, str], end: str = "60", lost: int = 0, marred: int = 0) -> str:
    told = tuple((Fraction(begin), Fraction(until)) for begin, until in pairs)
    return Damage(spans=told, end=Fraction(end), lost=lost, marred=marred).sentences[0]


def test_stretches_in_words() -> None:
    assert damaged(("3.24", "4.91")) == "pictures are damaged from 0:03.2 to 0:05.0"
    assert damaged(("3", "4"), ("70", "80.5"), end="90") == (
        "pictures are damaged from 0:03.0 to 0:04.0 and from 1:10.0 to 1:20.5"
    )
    assert damaged(("55", "60"), lost=1, marred=2) == (
        "pictures are damaged from 0:55.0 to the end: 1 picture is left out, being too damaged to be shown, "
        "2 pictures are shown with visible damage"
    )
    many = [(str(begin), str(begin + 1)) for begin in range(0, 20, 2)]
    assert damaged(*many).endswith("from 0:06.0 to 0:07.0 and in 6 more places until 0:19.0")


def test_a_film_that_breaks_off_says_where() -> None:
    assert Damage(cut=True, end=Fraction(3671, 10)).sentences == (
        "cut short at 6:07.1: what came after that is missing",
    )
    assert Damage(lacking=3, cut=True, end=Fraction(4)).sentences == (
        "cut short at 0:04.0: 3 pictures are missing at its end",
    )
    assert Damage(unseen=True, seen_until=Fraction(120)).sentences == (
        "looked at until 2:00.0 only: pictures after that may be damaged too",
    )


def test_what_hurts_no_picture_is_exact() -> None:
    assert Damage().exact
    assert Damage(restamped=True, restarts=(Fraction(2),)).exact
    for broken in (Damage(lost=1), Damage(cut=True), Damage(untimed=1), Damage(spans=((Fraction(1), Fraction(2)),))):
        assert not broken.exact
        assert broken.sentences


@settings(deadline=None)
@given(spans)
def test_joined_stretches_lie_apart_and_hold_the_same_moments(pairs: list[tuple[Fraction, Fraction]]) -> None:
    whole = joined(pairs)
    assert all(one[1] < other[0] for one, other in pairwise(whole))
    for begin, end in pairs:
        assert any(first <= begin and end <= last for first, last in whole)


@settings(deadline=None)
@given(seconds)
def test_a_moment_is_never_told_late_nor_an_end_early(moment: Fraction) -> None:
    def value(text: str) -> Fraction:
        parts = [Fraction(part) for part in text.split(":")]
        return sum((part * 60**place for place, part in enumerate(reversed(parts))), Fraction(0))

    assert 0 <= moment - value(at(moment)) < Fraction(1, 10)
    assert 0 <= value(at(moment, late=True)) - moment < Fraction(1, 10)


@settings(deadline=None)
@given(spans, st.lists(seconds, max_size=4), st.integers(0, 9), st.booleans())
def test_it_comes_back_as_it_was_sent(
    pairs: list[tuple[Fraction, Fraction]], restarts: list[Fraction], count: int, fact: bool
) -> None:
    sent = Damage(
        lost=count, untimed=count, cut=fact, unseen=fact, spans=joined(pairs), restarts=tuple(restarts), end=Fraction(9)
    )
    assert Damage.parsed(json.loads(json.dumps(sent.plain()))) == sent


@pytest.mark.parametrize(
    "spoilt",
    [
        {"lost": -1},
        {"lost": "many"},
        {"spans": [[1, 2, 3]]},
        {"spans": [[1, 0, 2, 1]]},
        {"spans": [[5, 1, 2, 1]]},
        {"spans": "everywhere"},
        {"restarts": [["x", 1]]},
        {"end": [1 << 200, 1]},
    ],
)
def test_what_is_no_damage_is_not_read(spoilt: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, ArithmeticError)):
        Damage.parsed(Damage().plain() | spoilt)
