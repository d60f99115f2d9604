from __future__ import annotations

from fractions import Fraction

import makers
from two_films import index_of
from vigtool.player.beside import frame_beside, offset_between
from vigtool.player.frame_index import FrameIndex

EVEN = makers.Film(frames=40, gop=20)
UNEVEN = makers.Film(times=makers.vary(50, (40, 30, 40, 110)), time_base=Fraction(1, 1000), last=40, gop=20, first=7001)


def partner_by_hand(first: FrameIndex, n: int, second: FrameIndex, offset: Fraction) -> int | None:
    """The last frame that begins not later, looked for one by one."""
    when = first.pts(n) * first.time_base + offset
    begun = [k for k in range(second.frames) if second.pts(k) * second.time_base <= when]
    ended = when >= second.end * second.time_base
    return None if not begun or ended else begun[-1]


def test_every_frame_has_the_partner_that_shows_at_its_time() -> None:
    for first, second in ((EVEN, UNEVEN), (UNEVEN, EVEN), (EVEN, EVEN), (UNEVEN, UNEVEN)):
        ours, theirs = index_of(first), index_of(second)
        begin = theirs.start * theirs.time_base - ours.start * ours.time_base
        for more in (Fraction(0), Fraction(1, 3), Fraction(-1, 7), Fraction(1, 1000), Fraction(-1, 1000), Fraction(9)):
            for n in range(ours.frames):
                found = frame_beside(ours, ours.pts(n), theirs, begin + more)
                assert found == partner_by_hand(ours, n, theirs, begin + more)


def test_what_was_laid_together_by_eye_shows_together() -> None:
    ours, theirs = index_of(EVEN), index_of(UNEVEN)
    for n in range(ours.frames):
        for k in range(theirs.frames):
            offset = offset_between(ours, n, theirs, k)
            assert frame_beside(ours, ours.pts(n), theirs, offset) == k
            assert frame_beside(theirs, theirs.pts(k), ours, -offset) == n
