"""Going back and on over the borders of groups: every frame, in whatever memory there is, and an end of it all."""

from __future__ import annotations

import io
import threading
import time
from typing import BinaryIO

import numpy as np
import pytest

import makers
from decoding_desk import SIZE, Desk, is_true
from makers import Film
from vigtool.errors import FilmMissing
from vigtool.player import wishes
from vigtool.player.budget import Budget
from vigtool.player.decode_work import DecodeWork
from vigtool.player.frame_cache import ViewPicture
from vigtool.player.frame_reader import FrameReader

FILM = Film(frames=150, gop=30)
SMALL = SIZE[0] * SIZE[1] * 3 // 2
THREADS = ("film decoder", "film back-filler")


def test_every_frame_going_back_and_on_over_the_borders() -> None:
    desk = Desk(makers.make(FILM))
    for number in (*range(149, 20, -1), *range(21, 149)):
        assert desk.picture(number).number == number
    desk.decoder.close()


@pytest.mark.parametrize("frames", [3, 20, 70])
def test_every_frame_also_where_hardly_any_fit(frames: int) -> None:
    budget = 4 * SIZE[0] * SIZE[1] + frames * SMALL
    desk = Desk(makers.make(FILM), budget)
    for number in (*range(100, 50, -1), *range(51, 70)):
        assert desk.picture(number).number == number
    assert desk.decoder.most_bytes <= budget
    desk.decoder.close()


def test_the_group_before_is_there_when_it_is_wished_for(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[int] = []
    decode = DecodeWork.picture

    def noted(work: DecodeWork, number: int, *how: object) -> ViewPicture:
        decoded.append(number)
        return decode(work, number, *how)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(DecodeWork, "picture", noted)
    monkeypatch.setattr(wishes, "_LONG_REST", 1000)
    desk = Desk(makers.make(FILM))
    desk.picture(140)
    for number in range(139, 1, -1):
        desk.settle(lambda: desk.decoder.cached(number - 1) is not None)  # noqa: B023 - called at once
        desk.picture(number)
    assert decoded == [140]
    desk.decoder.close()


def test_where_one_rests_the_picture_is_the_one_that_is_decoded_straight(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept in few bytes shows at once; its finest colours come when nobody goes on any more."""
    monkeypatch.setattr(wishes, "_LONG_REST", 0.05)
    data = makers.make(FILM)
    desk = Desk(data, 4 * SIZE[0] * SIZE[1] + 40 * SMALL)
    desk.picture(61)
    desk.settle(lambda: desk.decoder._cache.is_light(55))
    desk.picture(55)
    again = desk.next()
    assert again.number == 55
    with FrameReader(makers.opener(data), desk.index) as reader:
        assert np.array_equal(again.pixels, reader.get(55).bgra(*SIZE))
    assert desk.decoder.cached(55) is again
    desk.decoder.close()


def test_who_goes_on_does_not_wait_for_the_finest_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "_LONG_REST", 0)
    desk = Desk(makers.make(FILM), 4 * SIZE[0] * SIZE[1] + 40 * SMALL)
    for number in (*range(120, 60, -1), *range(61, 90)):
        assert desk.picture(number).number == number
    desk.decoder.close()


def test_what_lies_ahead_is_there_for_one_who_goes_on() -> None:
    desk = Desk(makers.make(FILM))
    for number in range(25, 32):
        desk.picture(number)
    desk.settle(lambda: all(desk.decoder.cached(number) for number in range(32, 60)))
    desk.decoder.close()


def test_two_films_share_one_budget() -> None:
    budget = 60 * SMALL
    shared = Budget(budget)
    desks = [Desk(makers.make(FILM), budget, budget=shared) for _ in range(2)]
    for number in range(120, 60, -1):
        for desk in desks:
            desk.picture(number)
            assert sum(each.decoder.held_bytes for each in desks) <= budget
    for desk in desks:
        desk.decoder.close()


def test_a_damaged_film_is_gone_back_through_to_its_beginning() -> None:
    data = makers.corrupted(makers.make(Film(frames=120, gop=30)), seed=4)
    desk = Desk(data)
    for number in range(desk.index.frames - 1, -1, -1):
        desk.decoder.show(number, *SIZE)
        while True:
            said = desk.said.get(timeout=20)
            if (said.number if isinstance(said, ViewPicture) else said[0]) == number:
                break
    desk.decoder.close()


def test_it_comes_to_rest() -> None:
    desk = Desk(makers.make(FILM))
    desk.picture(75)
    desk.settle(lambda: desk.decoder.cached(30) is not None)
    time.sleep(0.3)
    before = time.process_time()
    time.sleep(0.3)
    assert time.process_time() - before < 0.15
    desk.decoder.close()


def test_closing_while_it_fetches_ends_every_thread_and_lets_the_film_go() -> None:
    data = makers.make(Film(frames=250, gop=250))
    opened: list[io.BytesIO] = []

    def opener() -> BinaryIO:
        opened.append(io.BytesIO(data))
        return opened[-1]

    desk = Desk(data, opener=opener)
    desk.picture(249)
    for number in range(248, 240, -1):
        desk.decoder.show(number, *SIZE)
        time.sleep(0.01)
    desk.decoder.close()
    assert not [thread for thread in threading.enumerate() if thread.name in THREADS]
    assert all(source.closed for source in opened)


def test_a_film_that_is_gone_for_the_second_way_into_it_is_still_shown_by_the_first() -> None:
    data = makers.make(FILM)
    opened = 0

    def opener() -> BinaryIO:
        nonlocal opened
        opened += 1
        if opened > 1:
            message = "gone"
            raise FilmMissing(message)
        return io.BytesIO(data)

    desk = Desk(data, opener=opener)
    for number in range(70, 40, -1):
        assert desk.picture(number).number == number
    assert opened > 1
    desk.decoder.close()


def test_another_size_while_it_fetches() -> None:
    desk = Desk(makers.make(FILM))
    desk.picture(149)
    for number in range(148, 60, -1):
        size = (96, 64) if number % 20 else (94, 63)
        desk.decoder.show(number, *size)
        while True:
            said = desk.said.get(timeout=20)
            if isinstance(said, ViewPicture) and said.number == number and said.pixels.shape[1::-1] == size:
                break
        assert is_true(said)
    desk.decoder.close()


def test_a_film_of_one_frame() -> None:
    film = makers.make(Film(frames=1))
    desk = Desk(film)
    assert desk.picture(0).number == 0
    desk.decoder.close()
