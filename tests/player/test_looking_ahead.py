"""What is worth fetching for going back: it is missing, it fits, and it is worth the decoding."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vigtool.player.frame_cache import FrameCache, ViewPicture
from vigtool.player.frame_index import FrameIndex, KeyTable
from vigtool.player.looking_ahead import Aim, Part, next_ahead, part_behind
from vigtool.player.picture import Picture

EACH = 4 * 4 * 4
FRAMES = 600


def index_of(group: int) -> FrameIndex:
    keys = np.arange(0, FRAMES, group, dtype=np.int64)
    return FrameIndex(
        picture=Picture(stream=0, codec="h264", stored_width=4, stored_height=4),
        format="mov",
        size=1,
        time_base=Fraction(1, 25),
        shown=np.arange(FRAMES, dtype=np.int64),
        end=FRAMES,
        keys=KeyTable(pts=keys, dts=keys, pos=keys),
    )


def cache_of(frames: int) -> FrameCache:
    cache = FrameCache((frames + 1) * EACH)  # one is the room for a picture that is being converted
    cache.resize(4, 4)
    return cache


def keep(cache: FrameCache, part: Part) -> None:
    for number in range(part.first, part.last + 1):
        cache.put(ViewPicture(number, number, np.zeros((4, 4, 4), np.uint8)))


def none(_number: int) -> bool:
    return False


def test_an_aim_learns_where_one_goes() -> None:
    aim = Aim(100).to(99).to(98).to(98).to(96)
    assert (aim.cursor, aim.heading, aim.steps) == (96, -1, 4)
    assert aim.to(97) == Aim(97, 1, 1)
    assert aim.to(400) == Aim(400, 0, 0)


def test_the_group_before_is_fetched_whole_where_it_fits() -> None:
    index, cache = index_of(100), cache_of(500)
    cache.aim(320)
    keep(cache, Part(300, 320))
    assert part_behind(index, cache, Aim(320), EACH, none) == Part(200, 299)


def test_the_end_of_a_group_that_does_not_fit_is_fetched_first() -> None:
    index, cache = index_of(300), cache_of(80)
    cache.aim(310, -1)
    keep(cache, Part(300, 310))
    part = part_behind(index, cache, Aim(310, -1, 20), EACH, none)
    assert part is not None
    assert part.last == 299
    assert 40 <= part.last - part.first + 1 <= 69


def test_a_small_part_of_a_long_group_is_not_worth_it_while_there_is_time() -> None:
    index, cache = index_of(300), cache_of(80)
    cache.aim(290, -1)
    keep(cache, Part(240, 290))
    assert part_behind(index, cache, Aim(290, -1, 20), EACH, none) is None
    cache.aim(262, -1)
    assert part_behind(index, cache, Aim(262, -1, 48), EACH, none) is not None


def test_one_who_looks_has_the_group_before_unless_a_stand_in_has_it() -> None:
    index, cache = index_of(200), cache_of(500)
    cache.aim(390)
    keep(cache, Part(200, 390))
    assert part_behind(index, cache, Aim(390), EACH, none) is None
    part = part_behind(index, cache, Aim(390), EACH, none, border=True)
    assert part == Part(0, 199)
    assert part.serves(Aim(390))
    assert part_behind(index, cache, Aim(390, 1, 5), EACH, none, border=True) is None


def test_what_never_comes_is_not_asked_for_again() -> None:
    index, cache = index_of(100), cache_of(500)
    cache.aim(320)
    keep(cache, Part(300, 320))
    assert part_behind(index, cache, Aim(320), EACH, lambda number: number < 300) is None


def test_a_part_serves_until_it_is_passed_or_left() -> None:
    part = Part(100, 199)
    assert part.serves(Aim(205))
    assert part.serves(Aim(150, -1, 60))
    assert not part.serves(Aim(99, -1, 100))
    assert not part.serves(Aim(590))
    assert not part.serves(Aim(300, 1, 50))
    assert part.serves(Aim(590, -1, 20))


def test_ahead_only_for_one_who_goes_on_and_a_little_for_one_who_stands() -> None:
    index, cache = index_of(100), cache_of(500)
    cache.aim(50)
    keep(cache, Part(50, 58))
    assert next_ahead(index, cache, Aim(50), EACH, none) is None
    assert next_ahead(index, cache, Aim(50, 1, 5), EACH, none) == 59
    assert next_ahead(index, cache, Aim(50, -1, 5), EACH, none) is None
    assert next_ahead(index, cache, Aim(FRAMES - 1, 1, 50), EACH, none) is None


@settings(max_examples=60, deadline=None)
@given(
    group=st.sampled_from([1, 7, 30, 250, 600]),
    room=st.integers(5, 400),
    cursor=st.integers(0, FRAMES - 1),
    steps=st.integers(0, 80),
    border=st.booleans(),
)
def test_whoever_goes_back_finds_all_frames_and_nothing_is_fetched_twice(
    group: int, room: int, cursor: int, steps: int, *, border: bool
) -> None:
    """Every part fits: fetching it drives out nothing that is nearer, so that fetching comes to an end."""
    index, cache = index_of(group), cache_of(room)
    heading = -1 if steps else 0
    aim = Aim(cursor, heading, steps)
    cache.aim(cursor, heading)
    keep(cache, Part(cursor, cursor))
    fetched: set[int] = set()
    while (part := part_behind(index, cache, aim, EACH, none, border=border)) is not None:
        assert part.serves(aim)
        wanted = set(range(part.first, part.last + 1))
        assert index.keyframe_before(part.last) <= part.first
        assert not wanted & fetched
        nearer = [number for number in range(part.last + 1, cursor + 1) if cache.holds(number)]
        keep(cache, part)
        fetched |= wanted
        assert all(cache.holds(number) for number in wanted)
        assert all(cache.holds(number) for number in nearer)
        assert cache.bytes <= cache.budget
