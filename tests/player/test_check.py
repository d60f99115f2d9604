"""The self-test of a film: right readers are exact, wrong ones are found out, and what is broken is said."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest

import makers
from film_table import FILMS
from makers import Film
from vigtool.errors import Cancelled
from vigtool.player.check import MOST_PIXELS, Verdict, check, planned
from vigtool.player.frame import Frame
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import Look, look_at
from vigtool.player.plain_reading import read_plainly


def known(data: bytes) -> Look:
    return look_at(makers.opener(data))


def tried(data: bytes, look: Look, most_pixels: int = MOST_PIXELS) -> Verdict:
    damage = look.damage
    return check(makers.opener(data), look.index, damage=damage.sentences, sound=damage.exact, most_pixels=most_pixels)


@pytest.mark.parametrize(
    "name",
    ["phone", "variable", "camera's MTS", "hevc open groups", "h264 avi", "edit list: end first", "intra refresh"],
)
def test_a_sound_film_is_exact(name: str) -> None:
    data = FILMS[name].data()
    verdict = tried(data, known(data))
    assert verdict.exact, verdict.reasons
    assert verdict.whole
    assert verdict.questions > 100
    assert (verdict.wrong, verdict.refused, verdict.reasons) == (0, 0, ())


@pytest.mark.parametrize(
    "name", ["half a key picture", "cut short, matroska", "changed bytes 0", "changed bytes, mpeg-2"]
)
def test_a_broken_film_is_not_and_says_why(name: str) -> None:
    """What comes out of it is right all the same: as a plain reading has it, or refused."""
    data = FILMS[name].data()
    look = known(data)
    verdict = tried(data, look)
    assert not verdict.exact
    assert not verdict.wrong
    assert set(look.damage.sentences) <= set(verdict.reasons)


def test_films_whose_times_were_made_up_are_exact_and_say_so() -> None:
    data = FILMS["recordings joined"].data()
    look = known(data)
    assert "clock starts anew" in look.damage.sentences[0]
    assert tried(data, look).exact


def one_off(self: FrameReader, number: int, passed: Callable[[Frame], None] | None = None) -> Frame:
    frame = TRUE_GET(self, min(self.index.check(number) + 1, self.index.frames - 1), passed)
    return Frame(number, self.index.pts(number), frame.picture, self.index.picture)


TRUE_GET = FrameReader.get


def test_a_reader_that_is_one_off_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    data = makers.make(Film())
    monkeypatch.setattr(FrameReader, "get", one_off)
    verdict = tried(data, known(data))
    assert not verdict.exact
    assert verdict.wrong > verdict.questions // 3
    assert "answers were not the picture" in verdict.reasons[0]


def test_a_reader_that_is_wrong_after_key_frames_alone_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def sometimes(self: FrameReader, number: int, passed: Callable[[Frame], None] | None = None) -> Frame:
        return (one_off if number % 12 == 11 else TRUE_GET)(self, number, passed)

    data = makers.make(Film(frames=90))
    monkeypatch.setattr(FrameReader, "get", sometimes)
    assert not tried(data, known(data)).exact


@pytest.mark.parametrize("fault", ["one too few", "rounded", "edit list"])
def test_an_index_that_is_wrong_is_found_out(fault: str) -> None:
    film = FILMS["variable" if fault == "rounded" else "edit list: inside a group"]
    data = film.data()
    look = known(data)
    index = look.index
    wrong: dict[str, Callable[[], FrameIndex]] = {
        "one too few": lambda: dataclasses.replace(index, shown=index.shown[1:]),
        "rounded": lambda: dataclasses.replace(index, shown=index.shown // 90 * 90 + np.arange(index.frames) % 2),
        "edit list": lambda: dataclasses.replace(known(makers.make(film.film)).index, size=index.size),
    }
    verdict = tried(data, dataclasses.replace(look, index=wrong[fault]()))
    assert not verdict.exact
    assert "listed" in verdict.reasons[0]


@pytest.mark.parametrize("container", ["mp4", "mpegts", "matroska", "avi"])
def test_of_a_long_film_a_sample_is_tried(container: str) -> None:
    codec = "mpeg4" if container == "avi" else "libx264"
    data = makers.make(Film(frames=420, container=container, codec=codec))
    look = known(data)
    verdict = tried(data, look, most_pixels=1)
    assert verdict.exact, verdict.reasons
    assert not verdict.whole
    assert verdict.compared == 8 * 24
    stretches = planned(look.index, 1)
    assert (stretches[0][0], stretches[-1][1]) == (0, 419)


def test_the_truth_of_a_stretch_is_that_of_the_whole() -> None:
    data = makers.make(Film(frames=300, container="mpegts", open_gop=True, bframes=3))
    index = known(data).index
    ways = [[(0, 299)], [(0, 23), (100, 130), (276, 299)]]
    whole, parts = (read_plainly(makers.opener(data), index, way, lambda _: None, lambda: False).sums for way in ways)
    assert len(parts) == 24 + 31 + 24
    assert all(whole[number] == found for number, found in parts.items())


def test_it_tells_how_far_it_is_and_can_be_stopped() -> None:
    data = makers.make(Film())
    seen: list[tuple[int, int]] = []
    check(makers.opener(data), known(data).index, lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1]
    calls = iter(range(10_000))
    with pytest.raises(Cancelled):
        check(makers.opener(data), known(data).index, cancelled=lambda: next(calls) > 20)
