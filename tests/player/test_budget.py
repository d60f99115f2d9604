"""One budget for all who hold pictures: never more than it together, whoever comes and goes."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vigtool.player.budget import Budget
from vigtool.player.frame_cache import FrameCache, ViewPicture

EACH = 4 * 4 * 4


def cache_in(budget: Budget, most: int) -> FrameCache:
    cache = FrameCache(most, budget)
    cache.resize(4, 4)
    return cache


def fill(cache: FrameCache, first: int = 0) -> None:
    for number in range(first, first + 50):
        cache.put(ViewPicture(number, number, np.zeros((4, 4, 4), np.uint8)))


def test_one_alone_has_what_it_wants_and_no_more_than_there_is() -> None:
    assert Budget(1000).join(400, lambda: None).bytes == 400
    assert Budget(1000).join(4000, lambda: None).bytes == 1000


def test_who_joins_makes_the_others_let_go_at_once() -> None:
    budget = Budget(20 * EACH)
    first = cache_in(budget, 20 * EACH)
    fill(first)
    assert first.bytes == 19 * EACH  # one is the room for a picture that is being converted
    second = cache_in(budget, 20 * EACH)
    assert first.bytes <= 9 * EACH
    fill(second)
    assert first.bytes + second.bytes <= 20 * EACH
    second.clear()
    fill(first)
    assert first.bytes == 19 * EACH


def test_shares_are_in_proportion_to_what_is_wanted() -> None:
    budget = Budget(900)
    large, small = budget.join(800, lambda: None), budget.join(400, lambda: None)
    assert (large.bytes, small.bytes) == (600, 300)
    large.leave()
    large.leave()
    assert small.bytes == 400


def test_a_smaller_budget_holds_at_once() -> None:
    budget = Budget(20 * EACH)
    cache = cache_in(budget, 20 * EACH)
    fill(cache)
    budget.resize(5 * EACH)
    assert cache.bytes <= 5 * EACH


def test_one_frame_is_kept_however_little_there_is() -> None:
    cache = cache_in(Budget(0), 1)
    fill(cache)
    assert cache.bytes == EACH


@settings(max_examples=80, deadline=None)
@given(
    total=st.integers(4, 40),
    acts=st.lists(
        st.tuples(st.sampled_from(["join", "leave", "fill", "aim", "resize"]), st.integers(0, 60)), max_size=30
    ),
)
def test_together_they_never_hold_more(total: int, acts: list[tuple[str, int]]) -> None:
    """Each may keep one frame where its share is smaller than that."""
    budget = Budget(total * EACH)
    caches: list[FrameCache] = []
    for act, value in acts:
        if act == "join":
            caches.append(cache_in(budget, (value + 1) * EACH))
        elif act == "resize":
            total = 4 + value
            budget.resize(total * EACH)
        elif caches:
            cache = caches[value % len(caches)]
            if act == "fill":
                fill(cache, value)
            elif act == "aim":
                cache.aim(value, value % 3 - 1)
            else:
                cache.clear()
                caches.remove(cache)
        assert sum(cache.bytes for cache in caches if cache.bytes > EACH) <= total * EACH
