"""Films that are shorter than they say, and packets that lost their bytes."""

from __future__ import annotations

import pytest

import makers
from makers import Film
from vigtool.player.packets import _units_fit
from vigtool.player.wholeness import is_cut

KINDS = {
    "mov": Film(),
    "matroska": Film(container="matroska"),
    "avi": Film(container="avi", codec="mpeg4"),
    "mpegts": Film(container="mpegts"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_film_that_was_cut_says_so_itself(kind: str) -> None:
    data = makers.make(KINDS[kind])
    assert not is_cut(makers.opener(data), kind)
    assert is_cut(makers.opener(data[:-101]), kind)


def test_a_container_that_says_nothing_counts_as_whole() -> None:
    data = makers.make(Film(container="mpeg", codec="mpeg2video"))
    assert not is_cut(makers.opener(data[:-101]), "mpeg")
    for kind in KINDS:
        assert not is_cut(makers.opener(b"nothing of the kind"), kind)


def test_packets_that_lost_their_bytes() -> None:
    unit = b"\x41" + bytes(range(1, 100))
    whole = len(unit).to_bytes(4, "big") + unit
    assert _units_fit(whole * 3, 4)
    assert not _units_fit(whole * 3 + b"\0", 4)
    assert not _units_fit(whole[:50] + bytes(20) + whole[70:], 4)
    assert _units_fit(whole[:50] + b"\0\0\0\1" + whole[54:], 4)  # a start code, as some cameras leave them there
    assert _units_fit(whole[:80] + bytes(24), 4)  # stuffing at the end
