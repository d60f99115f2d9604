"""A thread that decodes for a view: the newest wish, playback, what is at hand, and letting go."""

from __future__ import annotations

import io
import queue
import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import BinaryIO

import numpy as np
import pytest

import makers
from decoding_desk import SIZE, Desk, Said, number_in
from makers import Film
from vigtool.errors import Cancelled, FilmError, FilmMissing, FrameUnreadable
from vigtool.player.clock import FakeClock
from vigtool.player.decoding import FilmDecoder
from vigtool.player.frame_cache import FrameCache, ViewPicture
from vigtool.player.frame_index import FrameIndex
from vigtool.player.frame_reader import FrameReader
from vigtool.player.look import look_at
from vigtool.player.thumbnails import strip, strip_numbers
from vigtool.player.transport import Transport


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk(makers.make(Film(frames=120, gop=20)))
    yield made
    made.decoder.close()


def test_the_frame_that_is_wished_for_comes(desk: Desk) -> None:
    for number in (0, 77, 3, 119, 60, 59, 61):
        picture = desk.picture(number)
        assert number_in(picture) == number
        assert picture.pts == desk.index.pts(number)
        assert picture.pixels.shape == (64, 96, 4)


def test_the_newest_wish_wins(desk: Desk) -> None:
    for number in (5, 110, 30, 90, 12, 47):
        desk.decoder.show(number, *SIZE)
    last: ViewPicture | tuple[int, FilmError] | None = None
    while not isinstance(last, ViewPicture) or last.number != 47:
        last = desk.said.get(timeout=10)
        assert isinstance(last, ViewPicture)
        assert number_in(last) == last.number
    time.sleep(0.1)
    assert desk.said.empty()


def test_stepping_back_within_a_group_is_at_hand(desk: Desk) -> None:
    desk.picture(58)
    desk.settle(lambda: all(desk.decoder.cached(number) for number in range(40, 59)))
    for number in range(58, 39, -1):
        kept = desk.decoder.cached(number)
        assert kept is not None
        assert number_in(kept) == number


def test_the_group_before_is_fetched_before_it_is_needed(desk: Desk) -> None:
    desk.picture(42)
    desk.settle(lambda: all(desk.decoder.cached(number) for number in range(30, 43)))
    assert number_in(desk.picture(39)) == 39


def test_another_size_lets_the_old_pictures_go(desk: Desk) -> None:
    desk.picture(10)
    desk.decoder.show(10, 48, 32)
    while True:
        said = desk.said.get(timeout=10)
        if isinstance(said, ViewPicture) and said.pixels.shape == (32, 48, 4):
            break
    kept = desk.decoder.cached(10)
    assert kept is not None
    assert kept.pixels.shape == (32, 48, 4)


def test_playback_runs_ahead_and_shows_every_frame(desk: Desk) -> None:
    clock = FakeClock()
    transport = Transport(desk.index, clock)
    transport.seek(17)
    transport.play()
    desk.decoder.play(17, *SIZE)
    shown = []
    while transport.playing:
        number = transport.update()
        desk.settle(partial(_is_at, desk, number))
        picture = desk.decoder.at(number)
        assert picture is not None
        shown.append(number_in(picture))
        clock.advance(Fraction(1, 25))
    assert shown[:-1] == list(range(17, 120))


def _is_at(desk: Desk, number: int) -> bool:
    picture = desk.decoder.at(number)
    return picture is not None and picture.number == number


def test_playback_does_not_run_away(desk: Desk) -> None:
    desk.decoder.play(0, *SIZE)
    desk.settle(lambda: desk.decoder.cached(20) is not None)
    time.sleep(0.2)
    assert desk.decoder.cached(60) is None


def test_playback_that_falls_behind_goes_on_where_the_clock_is(desk: Desk) -> None:
    desk.decoder.play(0, *SIZE)
    desk.settle(lambda: _is_at(desk, 100))
    picture = desk.decoder.at(100)
    assert picture is not None
    assert number_in(picture) == 100


def test_a_picture_of_an_earlier_place_is_not_shown_in_playback(desk: Desk) -> None:
    desk.picture(5)
    desk.decoder.play(90, *SIZE)
    early = desk.decoder.at(90)
    assert early is None or early.number == 90


def test_after_rest_nothing_more_is_decoded_ahead(desk: Desk) -> None:
    desk.decoder.play(0, *SIZE)
    desk.settle(lambda: _is_at(desk, 0))
    desk.decoder.rest()
    assert number_in(desk.picture(50)) == 50


def test_closing_ends_the_thread_and_lets_the_film_go() -> None:
    data = makers.make(Film())
    opened: list[io.BytesIO] = []

    def opener() -> BinaryIO:
        opened.append(io.BytesIO(data))
        return opened[-1]

    index = look_at(makers.opener(data)).index
    said: Said = queue.Queue()
    decoder = FilmDecoder(opener, index, said.put, lambda number, why: said.put((number, why)))
    for number in range(0, 60, 7):
        decoder.show(number, *SIZE)
    decoder.close()
    left = said.qsize()
    assert all(source.closed for source in opened)
    assert not [thread for thread in threading.enumerate() if thread.name == "film decoder"]
    time.sleep(0.05)
    assert said.qsize() == left


def test_a_film_that_is_gone_is_told_and_the_thread_goes_on() -> None:
    data = makers.make(Film())
    index = look_at(makers.opener(data)).index
    there = False

    def opener() -> BinaryIO:
        if not there:
            message = "gone"
            raise FilmMissing(message)
        return io.BytesIO(data)

    said: Said = queue.Queue()
    decoder = FilmDecoder(opener, index, said.put, lambda number, why: said.put((number, why)))
    decoder.show(4, *SIZE)
    told = said.get(timeout=10)
    assert isinstance(told, tuple)
    assert told[0] == 4
    assert isinstance(told[1], FilmMissing)
    decoder.play(7, *SIZE)
    told = said.get(timeout=10)
    assert isinstance(told, tuple)
    there = True
    decoder.show(5, *SIZE)
    picture = said.get(timeout=10)
    assert isinstance(picture, ViewPicture)
    assert number_in(picture) == 5
    decoder.close()


def test_an_unreadable_frame_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(makers.make(Film()))

    def fails(*_how: object) -> None:
        message = "damaged"
        raise FrameUnreadable(message)

    monkeypatch.setattr(FrameReader, "get", fails)
    desk.decoder.show(9, *SIZE)
    told = desk.said.get(timeout=10)
    assert isinstance(told, tuple)
    assert isinstance(told[1], FrameUnreadable)
    desk.decoder.close()


def test_a_small_budget_keeps_little_and_still_shows_all() -> None:
    desk = Desk(makers.make(Film(frames=90, gop=30)), cache_bytes=5 * 96 * 64 * 4)
    for number in (0, 44, 43, 42, 41, 20, 89):
        assert number_in(desk.picture(number)) == number
    time.sleep(0.1)
    assert 0 < desk.decoder.most_bytes <= 5 * 96 * 64 * 4
    desk.decoder.close()


def picture_of(number: int, side: int = 4) -> ViewPicture:
    return ViewPicture(number, number, np.zeros((side, side, 4), np.uint8))


def test_the_cache_keeps_what_lies_around() -> None:
    cache = FrameCache(11 * 64)  # one is the room for a picture that is being converted
    cache.resize(4, 4)
    cache.aim(50)
    for number in range(100):
        cache.put(picture_of(number))
    kept = [number for number in range(100) if cache.holds(number)]
    assert len(kept) == 10
    assert 50 in kept
    assert min(kept) >= 40
    assert max(kept) <= 55
    cache.put(picture_of(50))
    assert len([number for number in range(100) if cache.holds(number)]) == 10
    cache.put(picture_of(51, side=8))
    newest = cache.newest_until(1000, 0)
    assert newest is not None
    assert newest.number == max(kept)
    assert cache.newest_until(1000, 1000) is None
    cache.clear()
    assert cache.get(50) is None


@pytest.mark.parametrize("film", [Film(frames=120, gop=10), Film(frames=50, gop=50), Film(frames=1), Film(frames=3)])
def test_a_strip_of_small_pictures(film: Film) -> None:
    data = makers.make(film)
    index = look_at(makers.opener(data)).index
    got: dict[int, ViewPicture] = {}
    order: list[int] = []

    def deliver(place: int, picture: ViewPicture) -> None:
        got[place] = picture
        order.append(place)

    strip(makers.opener(data), index, 8, (72, 48), deliver)
    assert sorted(order) == list(range(8))
    numbers = strip_numbers(index, 8)
    assert [got[place].number for place in range(8)] == numbers == sorted(numbers)
    assert all(number_in(picture) == picture.number for picture in got.values())
    if film.frames > 8:
        assert len(set(numbers)) == 8
        assert max(order[:3]) - min(order[:3]) >= 4


def test_a_strip_can_be_stopped() -> None:
    data = makers.make(Film())
    with pytest.raises(Cancelled):
        strip(makers.opener(data), _index(data), 4, (9, 6), lambda _place, _picture: None, lambda: True)


def _index(data: bytes) -> FrameIndex:
    return look_at(makers.opener(data)).index
